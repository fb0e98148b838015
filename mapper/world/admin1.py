"""First-level admin areas: which one a point lies in, their shapes and names."""

import math
from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mapper import geodata
from mapper.world.arcs import Floats, only_polygons, read_arcs, read_faces
from mapper.world.countries import country_at, country_polygons
from mapper.world.viewpoint import view

__all__ = [
    "admin1_at",
    "admin1_country",
    "admin1_extents",
    "admin1_lines",
    "admin1_may_reach",
    "admin1_shape",
    "admin1_table",
]

Text = NDArray[np.str_]
_REACH_DEGREES = 0.5  # off every area (an islet, the sea), the nearest one this near counts


@cache
def _numbers() -> dict[str, list[int]]:
    """Return the numbers of the faces of every country."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, region in enumerate(read_faces("admin1").regions):
        found[region.partition("/")[0]].append(number)
    return dict(found)


@cache
def _areas(country: str) -> tuple[list[str], NDArray[np.object_]]:
    """Return the codes and the polygons of the faces of a country's areas."""
    faces, numbers = read_faces("admin1"), _numbers().get(country, [])
    codes = [faces.regions[number].partition("/")[2] for number in numbers]
    return codes, faces.polygons(numbers)


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
    where = country_at(lon, lat, "") if country is None else np.asarray(country)
    if country is not None and view():  # areas stand under the country of the default drawing
        plain = country_at(lon, lat, "")
        where = np.where(where == country_at(lon, lat), plain, where)
    found = np.full(len(lon), "", dtype=object)
    known = np.isfinite(lon) & np.isfinite(lat)
    for code in np.unique(where[known]):
        if str(code) in _numbers():
            at = np.flatnonzero(known & (where == code))
            found[at] = _within(*_areas(str(code)), lon[at], lat[at])
    return found.astype(np.str_)


@cache
def admin1_country(code: str) -> str:
    """Return ISO2 of the country an area lies in, `""` if unknown; of two the one that names it."""
    table = _names()
    mine = table.loc[table["code"] == code, "country"].tolist()
    return code[:2] if code[:2] in mine else (mine[0] if mine else "")


@cache
def _faces_of_code() -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, region in enumerate(read_faces("admin1").regions):
        found[region.partition("/")[2]].append(number)
    return dict(found)


@cache
def _uncut(code: str) -> NDArray[np.object_]:
    """Return the polygons of an area as they are before our borders cut them."""
    return np.asarray(read_faces("admin1").polygons(_faces_of_code().get(code, [])), dtype=object)


def admin1_may_reach(code: str, lon: float, lat: float, reach_km: float) -> bool:
    """Whether an area may come within `reach_km` of a point (degrees); quick, and a no is sure.

    Asked of the area before our borders cut it, for cutting takes a hundred times as long.
    """
    if abs(lon) > 170 or abs(lat) > 80:  # degrees say little here
        return True
    reach = reach_km / 110.0
    degrees = reach / math.cos(math.radians(abs(lat) + reach))
    return bool(shapely.dwithin(_uncut(code), shapely.Point(lon, lat), degrees).any())


@cache
def admin1_shape(code: str) -> shapely.MultiPolygon:
    """Return the land of an admin area, cut at our own country borders; empty if unknown.

    An area outside every country's polygon (most of Antarctica, some reefs) is not cut.
    """
    faces, numbers = read_faces("admin1"), _faces_of_code().get(code, [])
    whole = _uncut(code)
    parts: list[BaseGeometry] = []
    for number, polygon in zip(numbers, whole, strict=True):
        country = faces.regions[number].partition("/")[0]
        box = shapely.clip_by_rect(country_polygons(country, ""), *shapely.bounds(polygon))
        parts.append(shapely.intersection(shapely.make_valid(box), polygon))
    cut = only_polygons(shapely.union_all(parts))
    return only_polygons(shapely.union_all(whole)) if cut.is_empty else cut


@cache
def admin1_extents() -> dict[str, tuple[float, float, float]]:
    """Return latitude and longitude of a point in each area and the radius about it in km."""
    columns = ("latitude", "longitude", "radius_km")
    rows = zip(*(_names()[name].tolist() for name in columns), strict=True)
    return dict(zip(_names()["code"].tolist(), rows, strict=True))


@cache
def _inner_lines() -> tuple[list[str], NDArray[np.object_]]:
    """Return the country and the line of every arc between two areas of one country."""
    arcs = read_arcs("admin1.parquet")
    inner = [i for i in range(len(arcs)) if arcs.left[i] and arcs.right[i]]
    lines = np.array([arcs.line(i) for i in inner], dtype=object)
    return [arcs.left[i].partition("/")[0] for i in inner], lines


def admin1_lines(box: tuple[float, float, float, float]) -> list[tuple[str, BaseGeometry]]:
    """Return the lines between areas in a box as (country, line), cut at the country's border.

    `box`: west, south, east, north in degrees.
    """
    countries, lines = _inner_lines()
    found: list[tuple[str, BaseGeometry]] = []
    near = shapely.STRtree(lines).query(shapely.box(*box)) if len(lines) else []
    grouped: dict[str, list[BaseGeometry]] = defaultdict(list)
    for at in sorted(int(i) for i in near):
        part = shapely.clip_by_rect(lines[at], *box)
        grouped[countries[at]] += [p for p in shapely.get_parts(part) if not p.is_empty]
    for country, parts in sorted(grouped.items()):
        ground = shapely.make_valid(shapely.clip_by_rect(country_polygons(country, ""), *box))
        cut = shapely.intersection(shapely.MultiLineString(parts), ground)
        whole = [
            p for p in shapely.get_parts(cut) if p.geom_type == "LineString" and not p.is_empty
        ]
        if whole:
            found.append((country, shapely.line_merge(shapely.MultiLineString(whole))))
    return found


@cache
def _names() -> pd.DataFrame:
    frame: pd.DataFrame = pq.read_table(geodata.built("admin1_names.parquet")).to_pandas()
    return frame


def admin1_table() -> pd.DataFrame:
    """Return all first-level admin areas, sorted by code.

    Columns: `code` (ISO 3166-2, or a stable stand-in such as `XK-X02`), `country`, `name`,
    `name_ascii` (folded), `names` (all names in many languages, joined by `|`), `type`, `type_en`,
    `geonames_admin1` (`CO.21`), `geonames_id`, `latitude`, `longitude` (a point inside) and
    `radius_km` (a circle about it that holds the area). An area may stand under two countries.
    """
    return _names().copy()
