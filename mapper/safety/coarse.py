"""Places made coarse: for every report the rungs of a ladder from its policy's level up to nothing.

A rung is a `place_id`: `exact:…` (the report's own place), `moved:lat,lon`, `cell:south,west,north,
east`, `admin1:CO-NSA`, `country:CO`, `border:CO-VE`, or `""` for no place. Squares and steps depend
on the place and the key alone, never on the other reports, so they are the same in every edition.
"""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.safety.key import Key
from mapper.safety.policy import LEVELS, Level, Policy

__all__ = ["NOTHING", "cell", "ladder", "moved", "rank_of", "shown_id", "squares_of"]

Strings = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]

NOTHING = ""
_KM_LAT = 110.574  # of one degree of latitude at the equator
_KM_LON = 111.320  # of one degree of longitude there
_HALF_DIAGONAL = 0.7072  # of a square, in sides
_AREAS = ("admin1", "country", "border")


def ladder(located: pd.DataFrame, levels: list[Level], policy: Policy, key: Key) -> list[Strings]:
    """Return the rungs: for each step upward the `place_id` of every report.

    Args:
        located: LOCATED rows.
        levels: how coarse each row is to be shown at least.
        policy: sizes of squares and steps.
        key: the secret of the steps.
    """
    country = np.array([_country(*row) for row in _cells(located, "country", "border")], object)
    admin1 = np.array(
        [f"admin1:{code}" if code and "|" not in code else above
         for code, above in zip(located["admin1"], country, strict=True)], object)  # fmt: skip
    own = located["place_id"].to_numpy(dtype=object)
    kind = np.array([str(name).partition(":")[0] for name in own], object)
    # what the source itself names as an area is published as that area, never finer
    is_area = np.isin(kind, _AREAS)
    admin1 = np.where(is_area, own, admin1)
    country = np.where(np.isin(kind, ("country", "border")), own, country)
    lat, lon = (located[n].to_numpy(dtype=np.float64) for n in ("latitude", "longitude"))
    placed = np.isfinite(lat) & np.isfinite(lon) & (located["shape"] != "none").to_numpy()
    level = np.array(levels, dtype=object)
    fine = np.select(
        [level == "admin1", level == "country", level == "nothing"],
        [admin1, country, np.full(len(own), NOTHING, object)],
        default=admin1,
    )
    free = placed & ~is_area
    rows = np.flatnonzero(free & (level == "grid"))
    fine[rows] = _cells_of(located.iloc[rows], admin1[rows], policy.grid_km)
    rows = np.flatnonzero(free & (level == "displaced"))
    fine[rows] = moved(located.iloc[rows], policy, key)
    rows = np.flatnonzero(placed & (level == "exact"))
    fine[rows] = [f"exact:{own[row]}@{lat[row]:.6f},{lon[row]:.6f}" for row in rows]
    nothing = np.full(len(own), NOTHING, object)
    steps = [fine, np.where(level == "country", country, admin1), country, nothing]
    hidden = (level == "nothing") | ~placed
    return [np.where(hidden, NOTHING, step) for step in steps]


def shown_id(place: str) -> str:
    """Return the `place_id` that a page shows of a rung."""
    return place.removeprefix("exact:").rpartition("@")[0] if place[:6] == "exact:" else place


def rank_of(place: str) -> int:
    """Return how coarse a place as shown is: the position of its level in `policy.LEVELS`."""
    kind = place.partition(":")[0] if place else "nothing"
    kind = {"moved": "displaced", "cell": "grid", "border": "country"}.get(kind, kind)
    return LEVELS.index(kind) if kind in LEVELS else 0


def _cells(located: pd.DataFrame, *names: str) -> list[tuple[str, ...]]:
    columns = [located[name].astype(str) for name in names]
    return list(zip(*columns, strict=True))


def _country(country: str, border: str) -> str:
    """Return the country rung; where the side cannot be told it is the border itself."""
    if "|" not in country:
        return f"country:{country}" if country else NOTHING
    pair = "-".join(sorted(country.split("|")))
    return f"border:{pair}" if pair == border else NOTHING


def _cells_of(rows: pd.DataFrame, above: Strings, km: float) -> list[str]:
    """Return each place's square; a place less sure than that goes to its admin area."""
    unsure = rows["uncertainty_km"].to_numpy(dtype=np.float64) > km
    squares = [
        cell(lat, lon, km) for lat, lon in zip(rows["latitude"], rows["longitude"], strict=True)
    ]
    return [str(up) if far else one for one, up, far in zip(squares, above, unsure, strict=True)]


def cell(latitude: float, longitude: float, km: float) -> str:
    """Return the square of a fixed world-wide grid that holds a point."""
    tall = km / _KM_LAT
    row = math.floor(latitude / tall)
    wide = km / (_KM_LON * max(0.05, math.cos(math.radians((row + 0.5) * tall))))
    column = math.floor(longitude / wide)
    edges = (row * tall, column * wide, (row + 1) * tall, (column + 1) * wide)
    return "cell:" + ",".join(f"{edge:.5f}" for edge in edges)


def moved(rows: pd.DataFrame, policy: Policy, key: Key) -> list[str]:
    """Return where each report is shown: one step for all that lies in one small square.

    Were every report moved by itself, the middle of many would give the place away; were every
    place, the places of one neighbourhood would. So the middle of a square of a fixed world-wide
    grid is moved, whatever else is reported in it, and the same in every edition.
    """
    least, most = policy.displaced_km
    squares = squares_of(rows["latitude"], rows["longitude"], least)
    targets = {square: _moved(square, least, most, key) for square in dict.fromkeys(squares)}
    return [targets[square] for square in squares]


def squares_of(latitude: pd.Series, longitude: pd.Series, least_km: float) -> list[str]:
    """Return the square that is moved as a whole, of each position, where least is moved so far."""
    side = least_km / 2
    return [cell(lat, lon, side) for lat, lon in zip(latitude, longitude, strict=True)]


def _moved(square: str, least: float, most: float, key: Key) -> str:
    """Return the middle of a square, moved so that all in it is moved by least to most km."""
    south, west, north, east = (float(edge) for edge in square.removeprefix("cell:").split(","))
    slack = _HALF_DIAGONAL * least / 2
    a = least + slack
    b = max(most - slack, a + 0.1 * least)
    turn, out = key.unit("step", square)
    km = math.sqrt(a * a + out * (b * b - a * a))
    up, right = km * math.cos(turn * math.tau), km * math.sin(turn * math.tau)
    middle = (south + north) / 2
    lat = middle + up / _KM_LAT
    wide = _KM_LON * max(0.05, math.cos(math.radians((middle + lat) / 2)))
    lon = (west + east) / 2 + right / wide
    lat, lon = max(-89.9, min(89.9, lat)), (lon + 180) % 360 - 180
    return f"moved:{lat:.5f},{lon:.5f}"
