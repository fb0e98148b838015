"""Which country a point lies in, and the shapes of countries."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from mapper import geodata
from mapper.world.arcs import Floats, only_polygons, read_faces
from mapper.world.viewpoint import owner, view

__all__ = [
    "CELL_DEGREES",
    "MIXED_MARK",
    "country_at",
    "country_codes",
    "country_polygons",
    "polygon_numbers",
    "region_polygons",
]

Text = NDArray[np.str_]

CELL_DEGREES = 0.5  # cells no arc runs through are answered from the grid alone
MIXED, MIXED_MARK = -1, "*"
_EPSILON = 1e-9
ANTARCTIC = -60.0  # south of it the Antarctic Treaty holds; the zones know only the stations


@dataclass(frozen=True, slots=True)
class _Faces:
    """The polygons of all regions, prepared.

    `codes[country[i]]` is polygon `i`'s country; `grid` holds, in rows from south to north, the
    country number of the cells that no arc runs through, and `MIXED` in the others.
    """

    polygons: NDArray[np.object_]
    country: NDArray[np.int64]
    codes: Text
    grid: NDArray[np.int16]


@cache
def _faces(seen: str) -> _Faces:
    regions, polygons = region_polygons()
    owners = [owner(region, seen) for region in regions]
    codes = np.array(["", *sorted(set(owners))])
    country = np.searchsorted(codes, owners)
    cells = pq.read_table(geodata.built("country_grid.parquet"))["region"].combine_chunks()
    cells = cells.dictionary_encode()
    numbers = np.array(
        [
            MIXED if region == MIXED_MARK else np.searchsorted(codes, owner(region, seen))
            for region in cells.dictionary.to_pylist()
        ],
        dtype=np.int16,
    )
    grid = numbers[cells.indices.to_numpy()].reshape(int(180 / CELL_DEGREES), -1)
    return _Faces(polygons, country, codes, grid)


@cache
def region_polygons() -> tuple[list[str], NDArray[np.object_]]:
    """Return the region and the polygon of every face, prepared for points."""
    faces = read_faces("border")
    polygons = faces.polygons(range(len(faces.regions)))
    shapely.prepare(polygons)
    return faces.regions, polygons


def polygon_numbers(lon: Floats, lat: Floats, polygons: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the number of the polygon each point is in (on its edge counts); -1 is none."""
    found = np.full(len(lon), -1, dtype=np.int64)
    if len(lon) == 0:
        return found
    order = np.argsort(lon, kind="stable")
    lon_sorted = lon[order]
    west, south, east, north = shapely.bounds(polygons).T
    first = np.searchsorted(lon_sorted, west, side="left")
    last = np.searchsorted(lon_sorted, east, side="right")
    for i in np.flatnonzero(last > first):
        at = order[first[i] : last[i]]
        at = at[(lat[at] >= south[i]) & (lat[at] <= north[i]) & (found[at] < 0)]
        if len(at):
            found[at[shapely.intersects_xy(polygons[i], lon[at], lat[at])]] = i
    return found


def country_at(lon: Floats, lat: Floats, seen: str | None = None) -> Text:
    """Return ISO 3166-1 alpha-2 of the country at each point, `""` at sea and where unknown.

    Territorial sea counts as its country. `lon`, `lat`: degrees, any length; NaN gives `""`.
    `seen`: from where, the view in force if left out, `""` the default drawing.
    """
    faces = _faces(view() if seen is None else seen)
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    lon = np.mod(np.where(np.isfinite(lon), lon, np.nan) + 180, 360) - 180
    number = np.zeros(len(lon), dtype=np.int64)
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90))
    # on the cut at ±180° itself both sides are the same place
    x = np.where(lon[known] <= -180 + _EPSILON, -180 + 1e-7, lon[known])
    y = lat[known]
    row = np.floor((y + 90) / CELL_DEGREES).astype(int).clip(0, faces.grid.shape[0] - 1)
    column = np.floor((x + 180) / CELL_DEGREES).astype(int).clip(0, faces.grid.shape[1] - 1)
    cell = faces.grid[row, column].astype(np.int64)
    mixed = np.flatnonzero(cell == MIXED)
    polygon = polygon_numbers(x[mixed], y[mixed], faces.polygons)
    cell[mixed] = np.where(polygon >= 0, faces.country[polygon], 0)
    number[known] = cell
    found: Text = faces.codes[number]
    south = (found == "") & (lat < ANTARCTIC)
    return np.where(south, "AQ", found) if south.any() else found


def country_codes() -> list[str]:
    """Return every country code that has a shape."""
    return [str(code) for code in _faces(view()).codes[1:]]


def country_polygons(iso2: str, seen: str | None = None) -> shapely.MultiPolygon:
    """Return a country's polygons, territorial sea included; empty where there is none.

    `seen`: as in `country_at`. What has no ground in a view is drawn as by default.
    """
    found = _country_polygons(iso2, view() if seen is None else seen)
    return _country_polygons(iso2, "") if found.is_empty else found


@cache
def _country_bounds(iso2: str, seen: str) -> tuple[float, float, float, float]:
    faces = _faces(seen)
    mine = faces.polygons[np.isin(faces.country, np.flatnonzero(faces.codes == iso2))]
    west, south, east, north = shapely.total_bounds(mine).tolist() if len(mine) else [np.nan] * 4
    return west, south, east, north


def country_bounds(iso2: str) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a country in degrees; NaN where there is none."""
    return _country_bounds(iso2, view())


@cache
def _country_polygons(iso2: str, seen: str) -> shapely.MultiPolygon:
    faces = _faces(seen)
    number = np.flatnonzero(faces.codes == iso2)
    mine = faces.polygons[np.isin(faces.country, number)]
    return only_polygons(shapely.union_all(mine))
