"""Official border crossings: the hand-kept list, the nearest one, and its status on a date."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mapper import geodata
from mapper.world.arcs import Floats
from mapper.world.distance import geodesic_km, on_sphere

__all__ = [
    "CROSSING_COLUMNS",
    "MODES",
    "NEAREST_KM",
    "STATUSES",
    "STATUS_COLUMNS",
    "Interval",
    "crossing_status",
    "crossings",
    "intervals",
    "nearest_crossing",
]

Text = NDArray[np.str_]
Days = NDArray[np.datetime64]

NEAREST_KM = 100.0  # a crossing farther than this is nobody's nearest
_EARTH_KM = 6371.0

CROSSING_COLUMNS = (
    "id",
    "pair",
    "name",
    "name_es",
    "name_en",
    "name_pt",
    "name_fr",
    "name_id",
    "aliases",
    "latitude",
    "longitude",
    "uncertainty_km",
    "quality",
    "mode",
    "town_a",
    "town_b",
    "river",
    "opened",
    "verified",
    "source",
)
STATUS_COLUMNS = (
    "crossing",
    "side",
    "mode",
    "status",
    "from",
    "from_time",
    "to",
    "to_time",
    "detail",
    "source",
    "verified",
)
MODES = ("foot", "vehicle", "cargo", "river")
STATUSES = ("open", "restricted", "closed", "blocked", "disputed")
_NUMBERS = ("latitude", "longitude", "uncertainty_km")

# From free to shut. A passage is as free as its shutter side.
_SEVERITY = {"unknown": 0, "open": 1, "restricted": 2, "disputed": 3, "closed": 4, "blocked": 5}
_NAMES = {number: name for name, number in _SEVERITY.items()}


@cache
def _shipped() -> pd.DataFrame:
    frame = pd.read_csv(geodata.path("crossings.csv"), dtype=str, keep_default_na=False)
    return frame.astype(dict.fromkeys(_NUMBERS, "float64"))


def crossings(extra: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the known crossings, columns `CROSSING_COLUMNS`; `aliases` and `mode` joined by `|`.

    `extra`: more of them in the same columns (the user's own); one with a known id replaces ours.
    """
    ours = _shipped()
    if extra is None or extra.empty:
        return ours.copy()
    kept = ours[~ours["id"].isin(extra["id"])]
    return pd.concat([kept, extra[list(CROSSING_COLUMNS)]], ignore_index=True)


def nearest_crossing(lon: Floats, lat: Floats, crossings: pd.DataFrame) -> tuple[Text, Floats]:
    """Return the id of the nearest crossing within `NEAREST_KM` and its geodesic distance in km.

    Beyond that, and where a coordinate is NaN: `""` and NaN.
    """
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    found = np.full(len(lon), "", dtype=object)
    km = np.full(len(lon), np.nan)
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if len(known) and len(crossings):
        x, y = crossings["longitude"].to_numpy(), crossings["latitude"].to_numpy()
        chord = 1.02 * NEAREST_KM / _EARTH_KM
        distance, at = cKDTree(on_sphere(x, y)).query(
            on_sphere(lon[known], lat[known]), distance_upper_bound=chord
        )
        near = np.isfinite(distance)
        known, at = known[near], np.asarray(at)[near]
        exact = geodesic_km(lon[known], lat[known], x[at], y[at])
        within = exact <= NEAREST_KM
        found[known[within]] = crossings["id"].to_numpy(dtype=object)[at[within]]
        km[known[within]] = exact[within]
    return found.astype(np.str_), km


@dataclass(frozen=True, slots=True)
class Interval:
    """What one source says of a crossing: a side, a mode and a status from a day to a day.

    `side`: ISO2, `""` for both. `mode`: foot, vehicle, cargo or river. `first`, `last`: days, both
    included; `last` NaT means until further notice. The times say when on these days it changed.
    """

    side: str
    mode: str
    status: str
    first: np.datetime64
    last: np.datetime64
    from_time: str
    to_time: str
    detail: str
    source: str

    def covers(self, start: np.datetime64, end: np.datetime64) -> bool:
        """Whether it holds on any day from `start` to `end`."""
        return bool(self.first <= end and (np.isnat(self.last) or self.last >= start))

    def to_dict(self) -> dict[str, str]:
        """Return it as text for the `crossing_status_detail` column."""
        row = asdict(self)
        first, last = row.pop("first"), row.pop("last")
        row["from"] = str(first)
        row["to"] = "" if np.isnat(last) else str(last)
        order = ("side", "mode", "status", "from", "from_time", "to", "to_time", "detail", "source")
        return {key: row[key] for key in order if row[key] or not key.endswith("_time")}


def _intervals(frame: pd.DataFrame) -> dict[str, list[Interval]]:
    grouped: dict[str, list[Interval]] = defaultdict(list)
    for row in frame.to_dict("records"):
        grouped[str(row["crossing"])].append(
            Interval(
                side=str(row["side"]),
                mode=str(row["mode"]),
                status=str(row["status"]),
                first=np.datetime64(str(row["from"]), "D"),
                last=np.datetime64(str(row["to"]) or "NaT", "D"),
                from_time=str(row["from_time"]),
                to_time=str(row["to_time"]),
                detail=str(row["detail"]),
                source=str(row["source"]),
            )
        )
    return dict(grouped)


@cache
def _shipped_intervals() -> dict[str, list[Interval]]:
    frame = pd.read_csv(geodata.path("crossing_status.csv"), dtype=str, keep_default_na=False)
    return _intervals(frame)


def intervals(extra: pd.DataFrame | None = None) -> dict[str, list[Interval]]:
    """Return the sourced status intervals by crossing id; `extra` adds the user's own.

    `extra`: columns `STATUS_COLUMNS`, all text, days as YYYY-MM-DD.
    """
    ours = _shipped_intervals()
    if extra is None or extra.empty:
        return ours
    theirs = _intervals(extra)
    return {key: ours.get(key, []) + theirs.get(key, []) for key in {**ours, **theirs}}


def _contradict(one: Interval, other: Interval) -> bool:
    """Whether two intervals of one side and mode say different things of the same days.

    A day on which one ends and the other begins is a change, not a contradiction.
    """
    if one.status == other.status:
        return False
    first = max(one.first, other.first)
    lasts = [i.last for i in (one, other) if not np.isnat(i.last)]
    return not lasts or bool(min(lasts) > first)


def _of_day(holding: Sequence[Interval]) -> int:
    """Return how shut the crossing is by intervals that hold on one day.

    The shutter of the two sides decides for each mode; the freest mode decides for the crossing:
    a bridge open on foot and closed to cars is open (on foot).
    """
    sides: dict[tuple[str, str], list[Interval]] = defaultdict(list)
    for interval in holding:
        sides[interval.mode, interval.side].append(interval)
    modes: dict[str, int] = {}
    for (mode, _), said in sides.items():
        worst = max(_SEVERITY[i.status] for i in said)
        if any(_contradict(a, b) for i, a in enumerate(said) for b in said[i + 1 :]):
            worst = _SEVERITY["disputed"]
        modes[mode] = max(modes.get(mode, 0), worst)
    return min((m for m in modes.values() if m), default=0)


def _days_of_change(holding: Iterable[Interval], start: np.datetime64, end: np.datetime64) -> Days:
    """Return the days of the span on which the answer can differ from the day before."""
    day = np.timedelta64(1, "D")
    days = {start}
    for interval in holding:
        days |= {interval.first, interval.last, interval.last + day}
    known = [d for d in days if not np.isnat(d) and start <= d <= end]
    return np.array(sorted(known), dtype="datetime64[D]")


def _status(known: Sequence[Interval], start: np.datetime64, end: np.datetime64) -> tuple[str, str]:
    holding = [i for i in known if i.covers(start, end)]
    worst = 0
    for day in _days_of_change(holding, start, end):
        worst = max(worst, _of_day([i for i in holding if i.covers(day, day)]))
    rows = [i.to_dict() for i in sorted(holding, key=lambda i: (i.side, i.mode, i.first))]
    detail = json.dumps(rows, ensure_ascii=False, allow_nan=False) if rows else ""
    return _NAMES[worst], detail


def crossing_status(
    ids: Text, start: Days, end: Days, known: dict[str, list[Interval]] | None = None
) -> tuple[Text, NDArray[np.object_]]:
    """Return each crossing's status from `start` to `end` (days) and what it rests on.

    The status is the most restrictive of the span: open, restricted, disputed (sources differ),
    closed, blocked; `unknown` where nothing is sourced or there is no date; `""` where the id is
    `""`. The detail is a JSON list of side, mode, status, from, to, detail and source.

    Args:
        ids: crossing ids.
        start: first days, NaT where unknown.
        end: last days; NaT means the first day.
        known: intervals as `intervals()` gives them; ours if left out.
    """
    said = intervals() if known is None else known
    first = np.asarray(start).astype("datetime64[D]")
    last = np.asarray(end).astype("datetime64[D]")
    last = np.where(np.isnat(last), first, last)
    keys = pd.MultiIndex.from_arrays([np.asarray(ids, dtype=object), first, last])
    code, unique = pd.factorize(keys)
    status = np.full(len(unique), "", dtype=object)
    detail = np.full(len(unique), "", dtype=object)
    for i, (name, a, b) in enumerate(unique):
        if not name:
            continue
        status[i] = "unknown"
        if not pd.isna(a):
            span = np.datetime64(a, "D"), np.datetime64(b, "D")
            status[i], detail[i] = _status(said.get(name, []), *span)
    return status[code].astype(np.str_), detail[code]
