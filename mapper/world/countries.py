"""Which country a point lies in, and the shapes of countries."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.world.arcs import Floats, country_of, read_arcs, ring_lists

__all__ = ["country_at", "country_codes", "country_polygons"]

Text = NDArray[np.str_]

_CELL = 0.5  # degrees; cells no border runs through are answered from the grid alone
_MIXED = -2
_EPSILON = 1e-9
ANTARCTIC = -60.0  # south of it the Antarctic Treaty holds; the zones know only the stations


@dataclass(frozen=True, slots=True)
class _Faces:
    """The polygons of all countries, prepared; `codes[country[i]]` is polygon `i`'s country."""

    polygons: NDArray[np.object_]
    country: NDArray[np.int64]
    codes: Text
    grid: NDArray[np.int16]


@cache
def _faces() -> _Faces:
    arcs = read_arcs("borders.parquet")
    faces = ring_lists("border_faces.parquet")
    polygons = np.array([arcs.polygon(rings) for _, rings in faces], dtype=object)
    owners = [country_of(region) for region, _ in faces]
    codes = np.array(["", *sorted(set(owners))])
    country = np.searchsorted(codes, owners)
    shapely.prepare(polygons)
    return _Faces(polygons, country, codes, _grid(arcs.xy, arcs.start, polygons, country))


def _grid(
    xy: Floats, start: NDArray[np.int64], polygons: NDArray[np.object_], country: NDArray[np.int64]
) -> NDArray[np.int16]:
    """Return the country of every cell no arc runs through, `_MIXED` for the others."""
    rows, columns = int(180 / _CELL), int(360 / _CELL)
    ends = np.zeros(len(xy), dtype=bool)
    ends[start[1:] - 1] = True
    from_, to = xy[:-1][~ends[:-1]], xy[1:][~ends[:-1]]
    low = np.floor((np.minimum(from_, to) + [180, 90]) / _CELL - _EPSILON).astype(int)
    high = np.floor((np.maximum(from_, to) + [180, 90]) / _CELL + _EPSILON).astype(int)
    mixed = np.zeros((rows, columns), dtype=bool)
    small = np.all(high - low <= 1, axis=1)
    for dx in (0, 1):
        for dy in (0, 1):
            cell = np.minimum(low[small] + [dx, dy], high[small])
            mixed[cell[:, 1].clip(0, rows - 1), cell[:, 0].clip(0, columns - 1)] = True
    for (x0, y0), (x1, y1) in zip(low[~small], high[~small], strict=True):
        mixed[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1] = True
    row, column = np.nonzero(~mixed)
    grid = np.full((rows, columns), _MIXED, dtype=np.int16)
    centre_x, centre_y = (column + 0.5) * _CELL - 180, (row + 0.5) * _CELL - 90
    grid[row, column] = _by_polygon(centre_x, centre_y, polygons, country)
    return grid


def _by_polygon(
    lon: Floats, lat: Floats, polygons: NDArray[np.object_], country: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the country number of each point by polygon; 0 is none."""
    found = np.zeros(len(lon), dtype=np.int64)
    if len(lon) == 0:
        return found
    order = np.argsort(lon, kind="stable")
    lon_sorted = lon[order]
    west, south, east, north = shapely.bounds(polygons).T
    first = np.searchsorted(lon_sorted, west, side="left")
    last = np.searchsorted(lon_sorted, east, side="right")
    for i in np.flatnonzero(last > first):
        at = order[first[i] : last[i]]
        at = at[(lat[at] >= south[i]) & (lat[at] <= north[i]) & (found[at] == 0)]
        if len(at):
            inside = shapely.intersects_xy(polygons[i], lon[at], lat[at])
            found[at[inside]] = country[i]
    return found


def country_at(lon: Floats, lat: Floats) -> Text:
    """Return ISO 3166-1 alpha-2 of the country at each point, `""` at sea and where unknown.

    Territorial sea counts as its country. `lon`, `lat`: degrees, any length; NaN gives `""`.
    """
    faces = _faces()
    lon = np.mod(np.asarray(lon, dtype=float) + 180, 360) - 180
    lat = np.asarray(lat, dtype=float)
    number = np.zeros(len(lon), dtype=np.int64)
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90))
    # on the cut at ±180° itself both sides are the same place
    x = np.where(lon[known] <= -180 + _EPSILON, -180 + 1e-7, lon[known])
    y = lat[known]
    row = np.floor((y + 90) / _CELL).astype(int).clip(0, faces.grid.shape[0] - 1)
    column = np.floor((x + 180) / _CELL).astype(int).clip(0, faces.grid.shape[1] - 1)
    cell = faces.grid[row, column].astype(np.int64)
    mixed = cell == _MIXED
    cell[mixed] = _by_polygon(x[mixed], y[mixed], faces.polygons, faces.country)
    number[known] = cell
    found: Text = faces.codes[number]
    south = (found == "") & (lat < ANTARCTIC)
    return np.where(south, "AQ", found) if south.any() else found


def country_codes() -> list[str]:
    """Return every country code that has a shape."""
    return [str(code) for code in _faces().codes[1:]]


@cache
def country_polygons(iso2: str) -> shapely.MultiPolygon:
    """Return a country's polygons, territorial sea included; empty where there is none."""
    faces = _faces()
    number = np.flatnonzero(faces.codes == iso2)
    mine = faces.polygons[np.isin(faces.country, number)]
    whole = shapely.union_all(mine) if len(mine) > 1 else shapely.MultiPolygon(list(mine))
    return shapely.MultiPolygon([p for p in shapely.get_parts(whole) if p.geom_type == "Polygon"])
