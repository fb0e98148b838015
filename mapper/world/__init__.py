"""The ground that normalise, geocode and join stand on: countries, borders, admin areas, crossings.

Nothing is read before the first question. Arrays are numpy; coordinates are degrees, longitude
first; distances are geodesic, in km. Countries are ISO 3166-1 alpha-2 codes, pairs are alphabetical
(`CO-VE`), admin areas ISO 3166-2.
"""

from mapper.world.admin1 import (
    admin1_at,
    admin1_country,
    admin1_may_reach,
    admin1_shape,
    admin1_table,
)
from mapper.world.basemap import basemap
from mapper.world.borders import border_line, km_to_pair, nearest_border, pairs
from mapper.world.countries import country_at, country_codes
from mapper.world.crossings import (
    Interval,
    crossing_status,
    crossings,
    intervals,
    nearest_crossing,
)
from mapper.world.disputed import disputed_line, disputed_lines
from mapper.world.distance import geodesic_km
from mapper.world.points import countries_near, locate_points, near_country
from mapper.world.shapes import (
    admin1_extent,
    border_extent,
    country_extent,
    country_shape,
    outline,
)
from mapper.world.viewpoint import disputes, seen_from, view, views

__all__ = [
    "Interval",
    "admin1_at",
    "admin1_country",
    "admin1_extent",
    "admin1_may_reach",
    "admin1_shape",
    "admin1_table",
    "basemap",
    "border_extent",
    "border_line",
    "countries_near",
    "country_at",
    "country_codes",
    "country_extent",
    "country_shape",
    "crossing_status",
    "crossings",
    "disputed_line",
    "disputed_lines",
    "disputes",
    "geodesic_km",
    "intervals",
    "km_to_pair",
    "locate_points",
    "near_country",
    "nearest_border",
    "nearest_crossing",
    "outline",
    "pairs",
    "seen_from",
    "view",
    "views",
]
