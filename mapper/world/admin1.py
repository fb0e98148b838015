"""First-level admin areas: which one a point lies in, their shapes and names."""

from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from mapper import geodata
from mapper.world.arcs import Floats, read_arcs, ring_lists
from mapper.world.countries import country_at, country_polygons

__all__ = ["admin1_at", "admin1_shape", "admin1_table"]

Text = NDArray[np.str_]
Areas = dict[str, tuple[list[str], NDArray[np.object_]]]

_REACH_DEGREES = 0.5  # off every area (an islet, the sea), the nearest one this near counts


@cache
def _areas() -> Areas:
    """Return, by country, the codes and the polygons of its areas' faces."""
    arcs = read_arcs("admin1.parquet")
    grouped: dict[str, tuple[list[str], list[shapely.Polygon]]] = defaultdict(lambda: ([], []))
    for region, rings in ring_lists("admin1_faces.parquet"):
        country, _, code = region.partition("/")
        grouped[country][0].append(code)
        grouped[country][1].append(arcs.polygon(rings))
    return {
        country: (codes, np.array(polygons, dtype=object))
        for country, (codes, polygons) in grouped.items()
    }


def _within(
    codes: list[str], polygons: NDArray[np.object_], lon: Floats, lat: Floats
) -> NDArray[np.object_]:
    """Return the code of the polygon each point is in, else of the nearest within reach."""
    found = np.full(len(lon), "", dtype=object)
    order = np.argsort(lon, kind="stable")
    west, south, east, north = shapely.bounds(polygons).T
    first = np.searchsorted(lon[order], west, side="left")
    last = np.searchsorted(lon[order], east, side="right")
    for i in np.flatnonzero(last > first):
        at = order[first[i] : last[i]]
        at = at[(lat[at] >= south[i]) & (lat[at] <= north[i]) & (found[at] == "")]
        if len(at):
            shapely.prepare(polygons[i])
            found[at[shapely.intersects_xy(polygons[i], lon[at], lat[at])]] = codes[i]
    off = np.flatnonzero(found == "")
    if len(off):
        point, polygon = shapely.STRtree(polygons).query_nearest(
            shapely.points(lon[off], lat[off]), max_distance=_REACH_DEGREES, all_matches=False
        )
        found[off[point]] = np.array(codes, dtype=object)[polygon]
    return found


def admin1_at(lon: Floats, lat: Floats, country: Text | None = None) -> Text:
    """Return the code of the first-level admin area of each point, `""` where there is none.

    The area is looked for only inside the point's country. `country`: ISO2 of each point, or
    `None` to ask `country_at`; an entry `CO|VE` (cannot tell) gives `""`.
    """
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    where = country_at(lon, lat) if country is None else np.asarray(country)
    found = np.full(len(lon), "", dtype=object)
    areas = _areas()
    known = np.isfinite(lon) & np.isfinite(lat)
    for code in np.unique(where[known]):
        if str(code) in areas:
            at = np.flatnonzero(known & (where == code))
            found[at] = _within(*areas[str(code)], lon[at], lat[at])
    return found.astype(np.str_)


@cache
def admin1_shape(code: str) -> shapely.MultiPolygon:
    """Return the land of an admin area, cut at our own country borders; empty if unknown."""
    parts: list[shapely.Geometry] = []
    for country, (codes, polygons) in _areas().items():
        mine = polygons[[i for i, c in enumerate(codes) if c == code]]
        for polygon in mine:
            box = shapely.clip_by_rect(country_polygons(country), *shapely.bounds(polygon))
            parts.append(shapely.intersection(shapely.make_valid(box), polygon))
    whole = shapely.union_all(parts)
    return shapely.MultiPolygon([p for p in shapely.get_parts(whole) if p.geom_type == "Polygon"])


@cache
def _names() -> pd.DataFrame:
    return pq.read_table(geodata.built("admin1_names.parquet")).to_pandas()


def admin1_table() -> pd.DataFrame:
    """Return all first-level admin areas, sorted by code.

    Columns: `code` (ISO 3166-2, or a stable stand-in such as `XK-X02`), `country`, `name`,
    `name_ascii` (folded), `names` (all names in many languages, joined by `|`), `type`, `type_en`,
    `geonames_admin1` (`CO.21`), `geonames_id`, `latitude`, `longitude` (a point inside) and
    `radius_km` (a circle about it that holds the area). An area may stand under two countries.
    """
    return _names().copy()
