"""Circles that stand for admin areas: where their land and their settlements are.

No second-level polygons are in any registry. Points spread evenly over a first-level area, each
given to the second-level area of the nearest settlement (Voronoi cells), stand for them.
"""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mapper import world
from mapper.gazetteer.lexicon import without_generics

__all__ = ["circle", "measure", "seats"]

Floats = NDArray[np.float64]

_FEWEST, _PER_UNIT = 400, 40  # points over a first-level area: at least, and for each unit in it
_KM_PER_DEGREE = 111.195
_HOLDS = 0.95  # share of the points that the circle holds
_SMALLEST_KM = 1.0


def _plane(lat: Floats, lon: Floats, lat0: float) -> Floats:
    """Return points in a local plane, km."""
    return np.column_stack((lon * np.cos(np.radians(lat0)), lat)) * _KM_PER_DEGREE


def _middle(points: Floats) -> Floats:
    """Return the geometric median of points in a plane (Weiszfeld's iteration)."""
    guess = np.median(points, axis=0)
    for _ in range(40):
        weight = 1 / np.maximum(np.hypot(*(points - guess).T), 0.2)
        guess = (points * weight[:, None]).sum(0) / weight.sum()
    return np.asarray(guess)


def circle(lat: Floats, lon: Floats) -> tuple[float, float, float]:
    """Return centre and radius (km) of a circle that holds 95 % of the points; NaN for none."""
    if len(lat) == 0:
        return np.nan, np.nan, np.nan
    lon = np.where(lon < lon[0] - 180, lon + 360, np.where(lon > lon[0] + 180, lon - 360, lon))
    lat0 = float(np.median(lat))
    xy = _plane(lat, lon, lat0)
    middle = _middle(xy)
    radius = float(np.quantile(np.hypot(*(xy - middle).T), _HOLDS))
    east = float(middle[0] / _KM_PER_DEGREE / np.cos(np.radians(lat0)))
    return float(middle[1] / _KM_PER_DEGREE), (east + 540) % 360 - 180, max(radius, _SMALLEST_KM)


def _even_points(shape: shapely.Geometry, n: int) -> tuple[Floats, Floats]:
    """Return about `n` points spread evenly over a shape (lat, lon): a fixed sequence (R2)."""
    west, south, east, north = shape.bounds
    box = max((east - west) * (north - south), 1e-9)
    tries = int(min(n * box / max(shape.area, 1e-9), 40 * n)) + 1
    steps = np.arange(1, tries + 1)
    lon = west + (steps * 0.7548776662466927 % 1) * (east - west)
    lat = south + (steps * 0.5698402909980532 % 1) * (north - south)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, lon, lat)
    return lat[inside], lon[inside]


def seats(towns: pd.DataFrame, second: pd.DataFrame, offset: int) -> pd.DataFrame:
    """Return points known to lie in second-level areas: latitude, longitude, admin1, unit.

    The settlements with an area; for an area without any, the settlement of its name in the same
    first-level area. `unit` is a row of `second`; `towns["admin2"]` counts from `offset` for it.
    """
    known = towns.loc[towns["admin2"] >= 0, ["latitude", "longitude", "admin1", "admin2"]]
    known = known.rename(columns={"admin2": "unit"}).assign(unit=lambda f: f["unit"] - offset)
    lonely = second.index.difference(known["unit"].unique().tolist())
    by_name: dict[tuple[str, str], int] = {}
    order = towns.sort_values("population", ascending=False, kind="stable").index
    for row, admin1, names in zip(
        order, towns["admin1"].loc[order], towns["names"].loc[order], strict=True
    ):
        for name in names:
            by_name.setdefault((admin1, name), row)
    found = []
    for unit in lonely:
        names = second.loc[unit, "names"]
        keys = (
            (second.loc[unit, "admin1"], form)
            for name in names
            for form in (name, without_generics(name) or name)
        )
        row = next((by_name[k] for k in keys if k in by_name), None)
        if row is not None:
            town = towns.loc[row]
            found.append((town["latitude"], town["longitude"], town["admin1"], unit))
    return pd.concat([known, pd.DataFrame(found, columns=known.columns)], ignore_index=True).astype(
        {"unit": int}
    )


def _spread(
    shape: shapely.Geometry, inside: pd.DataFrame
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return points spread over a first-level area and the second-level unit of each, or -1."""
    n = max(_FEWEST, _PER_UNIT * inside["unit"].nunique())
    lat, lon = _even_points(shape, n)
    if len(inside) == 0 or len(lat) == 0:
        return lat, lon, np.full(len(lat), -1)
    lat0 = float(np.median(lat))
    places = _plane(inside["latitude"].to_numpy(), inside["longitude"].to_numpy(), lat0)
    _, nearest = cKDTree(places).query(_plane(lat, lon, lat0))
    return lat, lon, inside["unit"].to_numpy()[nearest]


def measure(
    first: pd.DataFrame, second: pd.DataFrame, towns: pd.DataFrame, known: pd.DataFrame
) -> None:
    """Fill `latitude`, `longitude` and `radius_km` of the areas, NaN where nothing is known.

    Land and settlements count alike: incidents happen where people are, but not only there.
    `known`: from `seats`.
    """
    by_area = dict(list(known.groupby("admin1")))
    towns_of = dict(list(towns.groupby("admin1")[["latitude", "longitude"]]))
    spread: dict[int, list[Floats]] = {}
    none = known.iloc[:0]
    circles = []
    for code in first["admin1"]:
        shape = world.admin1_shape(code)
        blank = np.empty(0)
        lat, lon, units = (blank, blank, np.empty(0, dtype=int))
        if not shape.is_empty:
            lat, lon, units = _spread(shape, by_area.get(code, none))
        for unit in np.unique(units[units >= 0]):
            at = units == unit
            spread.setdefault(int(unit), []).append(np.column_stack((lat[at], lon[at])))
        circles.append(_both(lat, lon, towns_of.get(code)))
    first[["latitude", "longitude", "radius_km"]] = np.array(circles)
    own = dict(list(known.groupby("unit")[["latitude", "longitude"]]))
    circles = []
    for unit in second.index:
        land = np.concatenate(spread[unit]) if unit in spread else np.empty((0, 2))
        circles.append(_both(land[:, 0], land[:, 1], own.get(unit)))
    second[["latitude", "longitude", "radius_km"]] = np.array(circles)


def _both(lat: Floats, lon: Floats, places: pd.DataFrame | None) -> tuple[float, float, float]:
    """Return the circle of land points and as many settlements."""
    if places is not None and len(places):
        n = max(len(lat), len(places))
        lat = np.concatenate((lat, np.resize(places["latitude"].to_numpy(), n)))
        lon = np.concatenate((lon, np.resize(places["longitude"].to_numpy(), n)))
    return circle(lat, lon)
