"""The ground that normalise, geocode and join stand on: countries, borders, admin areas, crossings.

Nothing is read before the first question. Arrays are numpy; coordinates are degrees, longitude
first; distances are geodesic, in km.
"""

from mapper.world.borders import border_line, countries_near, nearest_border, pairs
from mapper.world.countries import country_at, country_codes

__all__ = [
    "border_line",
    "countries_near",
    "country_at",
    "country_codes",
    "nearest_border",
    "pairs",
]
