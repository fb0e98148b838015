"""The crossings of a page: where they are, their sourced status, and what the reports claim.

A claim is a report that a crossing was closed, reopened or blocked. It stands beside the sourced
status and never changes it.
"""

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from mapper import world
from mapper.columns import parts_of
from mapper.messages import LANGUAGES

__all__ = ["CLAIM_TYPES", "claims", "crossings"]

CLAIM_TYPES = ("border_closure", "border_reopening", "crossing_blocked")
NEAR_KM = 15.0
"""A town this near to a crossing is spoken of for it ("the border at Santa Elena reopened")."""

_MOST = 500  # claims of one crossing in a page; the latest are kept

Claim = dict[str, Any]


def crossings(
    places: pd.DataFrame,
    reports: pd.DataFrame,
    table: pd.DataFrame | None = None,
    known: dict[str, list[world.Interval]] | None = None,
) -> list[dict[str, Any]]:
    """Return the crossings of the borders that occur, with what is known of their status.

    Of each: `id`, `pair`, `name`, `names` (by language), `lat`, `lon`, `mode`; `status`, the
    sourced intervals; `calendar`, [first day, status] of each stretch; `claims` as `claims` gives
    them; and `claims_left_out`, a number, where there were too many.

    Args:
        places: one row a distinct place, with `border`.
        reports: the rows of LOCATED that are shown.
        table: the crossings of the run, columns of `world.crossings()`; ours where left out.
        known: their status intervals; ours where left out.
    """
    table = world.crossings() if table is None else table
    known = world.intervals() if known is None else known
    table = table[table["pair"].isin(set(places["border"]) - {""})]
    claimed = claims(reports, table)
    found = []
    for row in table.to_dict("records"):
        said = claimed.get(row["id"], [])
        one = {
            "id": row["id"],
            "pair": row["pair"],
            "name": row["name"],
            "names": {
                lang: row[f"name_{lang}"] for lang in LANGUAGES if row.get(f"name_{lang}", "")
            },
            "lat": round(float(row["latitude"]), 6),
            "lon": round(float(row["longitude"]), 6),
            "mode": row["mode"],
            "status": [_interval(one) for one in known.get(row["id"], [])],
            "calendar": _calendar(row["id"], known),
            "claims": said[-_MOST:],
        }
        if len(said) > _MOST:
            one["claims_left_out"] = len(said) - _MOST
        found.append(one)
    return found


def claims(reports: pd.DataFrame, table: pd.DataFrame) -> dict[str, list[Claim]]:
    """Return what reports say of crossings being closed, reopened or blocked, by crossing id.

    Each claim, in order of day: `day` and `to` (day numbers since 1970, None where there is no
    date), `type` (one of `CLAIM_TYPES`), `source` (`source_name`), `incident_id`, and `at`: how
    the report speaks of the crossing. `crossing`: by name; `near`: of a town at most `NEAR_KM`
    away, whose nearest crossing it is; `border`: of the whole border. Closures of areas and those
    whose place is not known are claims about no crossing and stand among the reports only.
    """
    rows = reports[reports["event_type"].isin(CLAIM_TYPES)]
    of_pair: dict[str, list[str]] = defaultdict(list)
    for name, pair in zip(table["id"], table["pair"], strict=True):
        of_pair[pair].append(name)
    found: dict[str, list[Claim]] = defaultdict(list)
    days = (_days(rows[name]) for name in ("date_start", "date_end"))
    texts = (rows[name].tolist() for name in ("event_type", "source_name", "incident_id"))
    for first, last, kind, source, number, (at, names) in zip(
        *days, *texts, _about(rows), strict=True
    ):
        claim = {"day": first, "to": last if last is not None else first, "type": kind,
                 "source": source, "incident_id": number}  # fmt: skip
        for name in of_pair.get(names[0], []) if at == "border" else names:
            found[name].append({**claim, "at": at})
    known = set(table["id"])
    return {
        name: sorted(said, key=lambda c: (c["day"] is None, c["day"] or 0, c["incident_id"]))
        for name, said in found.items()
        if name in known
    }


def _about(rows: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return of each report how it speaks of crossings, and which (of `border`: the pair)."""
    columns = ("place_id", "shape", "parts", "nearest_crossing", "crossing_km")
    known: dict[tuple[Any, ...], tuple[str, list[str]]] = {}
    found = []
    for place in zip(*(rows[c].tolist() for c in columns), strict=True):
        if place not in known:
            known[place] = _said_at(*place)
        found.append(known[place])
    return found


def _said_at(
    place_id: str, shape: str, parts: str, nearest: str, km: float
) -> tuple[str, list[str]]:
    """Return how a report at a place speaks of crossings, and which."""
    ids = [place_id, *(str(part.get("place_id", "")) for part in parts_of(parts))]
    named = [i.removeprefix("crossing:") for i in ids if i.startswith("crossing:")]
    if named:
        return "crossing", list(dict.fromkeys(named))
    if place_id.startswith("border:"):
        return "border", [place_id.removeprefix("border:")]
    if shape == "point" and nearest and km <= NEAR_KM:
        return "near", [nearest]
    return "", []


def _interval(one: world.Interval) -> dict[str, Any]:
    return {
        "side": one.side,
        "mode": one.mode,
        "status": one.status,
        "from": _day(one.first),
        "to": _day(one.last),
        "at": one.from_time,
        "source": one.source,
        "detail": one.detail,
    }


def _day(date: np.datetime64) -> int | None:
    return None if np.isnat(date) else int(date.astype("datetime64[D]").astype(np.int64))


def _days(dates: pd.Series) -> list[int | None]:
    """Return day numbers since 1970, None where there is no date."""
    days = dates.to_numpy().astype("datetime64[D]")
    none = np.isnat(days).tolist()
    return [
        None if missing else day
        for day, missing in zip(days.astype(np.int64).tolist(), none, strict=True)
    ]


def _calendar(crossing: str, known: dict[str, list[world.Interval]]) -> list[tuple[int, str]]:
    """Return (first day, status) of every stretch of days with one status, in order."""
    one = np.timedelta64(1, "D")
    said = known.get(crossing, [])
    days = {i.first for i in said} | {i.last + one for i in said}
    ordered = np.array(sorted(d for d in days if not np.isnat(d)), dtype="datetime64[D]")
    if not len(ordered):
        return []
    ids = np.array([crossing] * len(ordered), dtype=np.str_)
    status, _ = world.crossing_status(ids, ordered, ordered, known)
    calendar: list[tuple[int, str]] = []
    for day, value in zip(ordered.astype(np.int64), status, strict=True):
        if not calendar or calendar[-1][1] != value:
            calendar.append((int(day), str(value)))
    return calendar
