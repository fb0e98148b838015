"""Two editions in, one `Diff` out."""

from datetime import date

import numpy as np
import pandas as pd

from mapper.columns import INCIDENT, LOCATED
from mapper.editions.cells import Bools, Integers, as_text, differs, known
from mapper.editions.kinds import KIND_OF_COUNT, KINDS, SHADOWS, TEXTS, kind_of, refined
from mapper.editions.model import Change, Diff, Edition
from mapper.editions.pairing import pair
from mapper.editions.places import distances, placed, relocations

__all__ = ["diff"]

# where a row stands in its file, and the key itself, are no facts about a report
_NEVER = ("incident_id", "source_file", "source_row")
_PLACE = ("place", "place_country", "place_admin1", "place_admin2",
          "given_latitude", "given_longitude")  # fmt: skip


def diff(old: Edition, new: Edition, *, since: date | None = None) -> Diff:
    """Return what differs between two editions of a table.

    Only columns that both editions carry are compared; the others are named in `not_compared`.
    Where both editions have places (`located`), reports whose place as written changed get the
    distance moved, and places that are taken for something else although the data say the same
    are listed apart as `relocations`.

    Args:
        old: the older edition.
        new: the newer edition.
        since: the day up to which the older edition is thought to report; the last day any of its
            reports is about where not given.

    Raises:
        KeyError: a table lacks a column of INCIDENT.
    """
    pairing = pair(old.incidents, new.incidents)
    names, not_compared = _comparable(old, new)
    a = old.incidents.iloc[pairing.old]
    b = new.incidents.iloc[pairing.new]
    unlike = _unlike(a, b, names)
    rows = np.flatnonzero(np.logical_or.reduce([*unlike.values(), np.zeros(len(a), dtype=bool)]))
    km = distances(old.located, new.located, pairing)
    changes = _changes(a, b, unlike, rows, km)
    text_only = tuple(c for c in changes if set(c.fields) <= set(TEXTS))
    same_place = ~np.logical_or.reduce(
        [differs(a[name], b[name]) for name in _PLACE if name in a and name in b]
    )
    removed, added = _left(len(old.incidents), pairing.old), _left(len(new.incidents), pairing.new)
    come = placed(new, added)
    since = since or _last_day(old.incidents)
    ids = come["incident_id"].to_numpy()
    undated = come["date_start"].isna().to_numpy(dtype=bool)
    older = np.zeros(len(come), dtype=bool)
    if since:
        older = (come["date_start"] <= pd.Timestamp(since)).to_numpy(dtype=bool)
    return Diff(
        old=old.label,
        new=new.label,
        since=since,
        added=_texts(ids),
        older=_texts(ids[older]),
        undated=_texts(ids[undated]),
        removed=_texts(old.incidents["incident_id"].to_numpy()[removed]),
        changed=tuple(c for c in changes if not set(c.fields) <= set(TEXTS)),
        text_only=text_only,
        relocations=relocations(old.located, new.located, pairing, same_place),
        rows_old=len(old.incidents),
        rows_new=len(new.incidents),
        paired={
            "incident_id": len(pairing.old) - pairing.by_likeness,
            "likeness": pairing.by_likeness,
        },
        pairing=pairing.reason,
        not_compared=not_compared,
        gone=placed(old, removed),
        come=come,
    )


def _texts(values: np.ndarray) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _left(rows: int, paired: Integers) -> Integers:
    """Return the positions that are not paired."""
    left = np.ones(rows, dtype=bool)
    left[paired] = False
    return np.flatnonzero(left)


def _last_day(incidents: pd.DataFrame) -> date | None:
    days = np.concatenate([incidents[n].dropna().to_numpy() for n in ("date_start", "date_end")])
    return pd.Timestamp(days.max()).date() if len(days) else None


def _comparable(old: Edition, new: Edition) -> tuple[list[str], dict[str, str]]:
    """Return the columns to compare, in order, and those that one edition alone carries."""
    sides = {"old": _carried(old), "new": _carried(new)}
    order = list(dict.fromkeys([*new.incidents.columns, *old.incidents.columns]))
    both, alone = [], {}
    for name in order:
        having = [side for side, carried in sides.items() if name in carried]
        of_the_tool = name in LOCATED and name not in INCIDENT
        if name in _NEVER or of_the_tool or not having:
            continue
        if len(having) == 2:
            both.append(name)
        elif name not in SHADOWS and name not in KIND_OF_COUNT:
            alone[str(name)] = having[0]
    return both, alone


def _carried(edition: Edition) -> set[str]:
    """Return the columns an edition has something to say in."""
    frame = edition.incidents
    if edition.fields is None:
        carried = {str(name) for name in frame.columns if known(frame[name]).any()}
    else:
        carried = {str(name) for name in edition.fields if name in frame.columns}
        # a date as written is compared as the days it means
        if carried & {"date_text", "date_start", "date_end"}:
            carried |= {"date_start", "date_end", "date_precision", "date_text"}
        if "event_label" in carried:
            carried.add("event_type")
    return carried


def _unlike(a: pd.DataFrame, b: pd.DataFrame, names: list[str]) -> dict[str, Bools]:
    """Return, for each column, which pairs differ in it."""
    unlike = {name: differs(a[name], b[name]) for name in names}
    for name, counts in KIND_OF_COUNT.items():
        if name in unlike:
            has = [np.logical_or.reduce([known(side[c]) for c in counts]) for side in (a, b)]
            unlike[name] &= has[0] & has[1]
    for name, repeated in SHADOWS.items():
        if name in unlike and any(said in unlike for said in repeated):
            understood = known(a[repeated[0]]) | known(b[repeated[0]])
            unlike[name] &= ~understood
    return {name: where for name, where in unlike.items() if where.any()}


def _changes(
    a: pd.DataFrame, b: pd.DataFrame, unlike: dict[str, Bools], rows: Integers, km: np.ndarray
) -> list[Change]:
    """Return the change of each of `rows`, positions in the paired tables."""
    fields: dict[int, dict[str, tuple[str, str]]] = {int(row): {} for row in rows}
    for name in sorted(unlike, key=_column_order):
        at = np.flatnonzero(unlike[name])
        texts = zip(as_text(a[name].iloc[at]), as_text(b[name].iloc[at]), strict=True)
        for row, (old, new) in zip(at.tolist(), texts, strict=True):
            fields[row][name] = (old, new)
    changes = []
    dates = {"date", "date_refined"}
    ids_old, ids_new = a["incident_id"].to_numpy(), b["incident_id"].to_numpy()
    for row, changed in fields.items():
        kinds = {kind_of(name) for name in changed}
        if "date" in kinds and refined(a.iloc[row], b.iloc[row]):
            kinds = (kinds - {"date"}) | {"date_refined"}
        moved = float(km[row]) if "moved" in kinds else float("nan")
        old_id = str(ids_old[row]) if ids_old[row] != ids_new[row] else ""
        dated = (_days(a.iloc[row]), _days(b.iloc[row])) if dates & kinds else None
        ordered = tuple(kind for kind in KINDS if kind in kinds)
        changes.append(Change(str(ids_new[row]), changed, ordered, moved, old_id, dated))
    return changes


def _days(row: pd.Series) -> tuple[str, str]:
    """Return the first and the last day of a report as ISO dates; `""` where it has none."""
    first, last = ("" if pd.isna(row[name]) else str(row[name].date())
                   for name in ("date_start", "date_end"))  # fmt: skip
    return first, last


_ORDER = {name: k for k, name in enumerate(INCIDENT.names)}


def _column_order(name: str) -> int:
    return _ORDER.get(name, len(_ORDER))
