"""Places made coarse: for every report the rungs of a ladder from its policy's level up to nothing.

A rung is a `place_id`: `exact:…` (the report's own place), `moved:lat,lon`, `cell:south,west,north,
east`, `admin1:CO-NSA`, `country:CO`, `border:CO-VE`, or `""` for no place. Squares and steps depend
on the place and the key alone, never on the other reports, so they are the same in every edition.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.safety.key import Key
from mapper.safety.policy import LEVELS, Level, Policy
from mapper.text import fold
from mapper.world import geodesic_km

__all__ = ["NOTHING", "cell", "ladder", "moved", "rank_of", "shown_id"]

Strings = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]

NOTHING = ""
_KM_LAT = 110.574  # of one degree of latitude at the equator
_KM_LON = 111.320  # of one degree of longitude there
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


@dataclass(frozen=True, slots=True)
class _Step:
    """A place to be moved: its name for the key, and where it is moved from."""

    name: str
    latitude: float
    longitude: float
    slack_km: float


def moved(rows: pd.DataFrame, policy: Policy, key: Key) -> list[str]:
    """Return where each report is shown: one step a place, the same for all its reports.

    Were every report moved by itself, the middle of many would give the place away. So a place is
    moved as a whole: by its id in the gazetteer or, for coordinates that the source gives, by its
    name as written and a square of the least step, whose centre is moved. Where one neighbourhood
    still comes out in several points whose middle lies nearer than the least step, all of it takes
    the step of the first.
    """
    least, most = policy.displaced_km
    steps = [_step(row, least) for _, row in rows.iterrows()]
    targets = [_moved(step, least, most, key) for step in steps]
    _settle(rows, steps, targets, least)
    return [f"moved:{lat:.5f},{lon:.5f}" for lat, lon in targets]


def _step(row: pd.Series, least: float) -> _Step:
    lat, lon = float(str(row["latitude"])), float(str(row["longitude"]))
    if row["method"] != "given":
        return _Step(str(row["place_id"]), lat, lon, 0.0)
    square = cell(lat, lon, least)
    south, west, north, east = (float(x) for x in square.removeprefix("cell:").split(","))
    written = fold(" ".join(str(row[n]) for n in ("place", "place_admin1", "place_country")))
    return _Step(written or square, (south + north) / 2, (west + east) / 2, 0.71 * least)


def _moved(step: _Step, least: float, most: float, key: Key) -> tuple[float, float]:
    turn, out = key.unit("step", step.name)
    a, b = least + step.slack_km, max(most, least + step.slack_km + 1)
    km = math.sqrt(a * a + out * (b * b - a * a))
    north, east = km * math.cos(turn * math.tau), km * math.sin(turn * math.tau)
    lat = step.latitude + north / _KM_LAT
    lon = step.longitude + east / (_KM_LON * max(0.05, math.cos(math.radians(step.latitude))))
    return round(max(-89.9, min(89.9, lat)), 5), round((lon + 180) % 360 - 180, 5)


def _settle(
    rows: pd.DataFrame, steps: list[_Step], targets: list[tuple[float, float]], least: float
) -> None:
    """Give neighbourhoods whose points average back to the place one point."""
    near: dict[str, list[int]] = {}
    for i, (lat, lon) in enumerate(zip(rows["latitude"], rows["longitude"], strict=True)):
        near.setdefault(cell(lat, lon, least), []).append(i)
    for members in near.values():
        if len({targets[i] for i in members}) < 2:
            continue
        true = rows[["latitude", "longitude"]].to_numpy(dtype=np.float64)[members]
        shown = np.array([targets[i] for i in members])
        for middle in (np.median, np.mean):
            a, b = middle(true, axis=0), middle(shown, axis=0)
            if geodesic_km(*(np.array([x]) for x in (a[1], a[0], b[1], b[0])))[0] < least:
                first = min(members, key=lambda i: steps[i].name)
                for i in members:
                    targets[i] = targets[first]
                break
