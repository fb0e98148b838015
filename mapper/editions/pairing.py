"""Which report of the older edition is which of the newer one.

By `incident_id` where the sources give ids. Where they do not, our readers make ids from the
content of a row (`r-` and a hash), which change with it: what is then left over is paired by
likeness. Ids that are mere row numbers shift when a row is put in, so they are not trusted either.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from mapper.editions.cells import Bools, Integers, differs, known
from mapper.text import fold

__all__ = ["Pairing", "pair"]

_MADE = re.compile(r"^r-[0-9a-f]{10}(~[0-9]+)?$")
# what two reports are compared by, and how much agreement in it weighs
_WEIGHTS = {
    "source_url": 4.0,
    "description": 3.0,
    "place": 2.0,
    "event_type": 2.0,
    "source_name": 1.0,
    "actor1": 1.0,
    "actor2": 1.0,
}
_DATE_WEIGHT = 2.0
# one report, most of it unchanged: tried on the sample editions with their ids taken away
_ALIKE = 0.6
_NEAR_DAYS = 7
_MOST_PAIRS = 2_000_000
_BLOCKS = (
    ("source_url",),
    ("place", "date_start"),
    ("event_id", "event_type"),
    ("place", "event_type", "actor1"),
    ("description",),
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Positions in the two editions that are one report.

    Attributes:
        old, new: positions, side by side, in the order of the newer edition.
        by_likeness: how many were paired without a common id.
        reason: `ids_made`, `row_numbers`, or `""` where all was keyed by id.
    """

    old: Integers
    new: Integers
    by_likeness: int
    reason: str


def pair(old: pd.DataFrame, new: pd.DataFrame) -> Pairing:
    """Pair the rows of two INCIDENT tables."""
    where = pd.Index(old["incident_id"]).get_indexer(pd.Index(new["incident_id"]))
    at_new = np.flatnonzero(where >= 0)
    at_old = where[at_new]
    reason = ""
    if _are_row_numbers(old, new, at_old, at_new):
        reason = "row_numbers"
        at_old = at_new = np.zeros(0, dtype=np.int64)
    left_old = np.setdiff1d(np.arange(len(old)), at_old)
    left_new = np.setdiff1d(np.arange(len(new)), at_new)
    if not reason:
        made_old, made_new = _made(old, left_old), _made(new, left_new)
        if not made_old.any() and not made_new.any():
            return Pairing(at_old.astype(np.int64), at_new.astype(np.int64), 0, "")
        reason = "ids_made"
    more_old, more_new = _by_likeness(old, new, left_old, left_new, any_id=reason == "row_numbers")
    all_old, all_new = np.concatenate([at_old, more_old]), np.concatenate([at_new, more_new])
    order = np.argsort(all_new, kind="stable")
    paired_by = reason if len(more_old) else ""
    return Pairing(
        all_old[order].astype(np.int64), all_new[order].astype(np.int64), len(more_old), paired_by
    )


def _made(frame: pd.DataFrame, at: Integers) -> Bools:
    ids = frame["incident_id"].iloc[at]
    return np.fromiter((bool(_MADE.match(i)) for i in ids), dtype=bool, count=len(at))


def _are_row_numbers(
    old: pd.DataFrame, new: pd.DataFrame, at_old: Integers, at_new: Integers
) -> bool:
    """Whether ids merely count the rows and most rows of one number have nothing in common."""
    for frame in (old, new):
        numbers = pd.to_numeric(frame["incident_id"], errors="coerce").to_numpy(dtype=np.float64)
        if len(frame) < 5 or not (np.diff(numbers) == 1).all():
            return False
    unlike = np.ones(len(at_old), dtype=np.int64)
    for name in ("place", "date_start", "event_type", "source_url", "description"):
        a, b = old[name].iloc[at_old], new[name].iloc[at_new]
        unlike += differs(a, b) | ~known(a)
    return bool((unlike >= 5).mean() > 0.3)


def _by_likeness(
    old: pd.DataFrame, new: pd.DataFrame, at_old: Integers, at_new: Integers, *, any_id: bool
) -> tuple[Integers, Integers]:
    """Pair what is left, best likeness first, each row at most once.

    A pair of two ids that sources gave themselves is left alone unless `any_id`.
    """
    a, b = _candidates(old.iloc[at_old], new.iloc[at_new])
    if not any_id:
        free = _made(old, at_old)[a] | _made(new, at_new)[b]
        a, b = a[free], b[free]
    if not len(a):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    score = _likeness(old.iloc[at_old[a]], new.iloc[at_new[b]])
    good = np.flatnonzero(score >= _ALIKE)
    order = good[np.lexsort((a[good], b[good], -score[good]))]
    taken_a, taken_b = np.zeros(len(at_old), dtype=bool), np.zeros(len(at_new), dtype=bool)
    chosen = []
    for k in order:
        if not taken_a[a[k]] and not taken_b[b[k]]:
            taken_a[a[k]] = taken_b[b[k]] = True
            chosen.append(k)
    return at_old[a[chosen]], at_new[b[chosen]]


def _candidates(old: pd.DataFrame, new: pd.DataFrame) -> tuple[Integers, Integers]:
    """Return positions of pairs that share a source, a place and day, an event or the text."""
    found = []
    for names in _BLOCKS:
        keys = []
        for frame in (old, new):
            full = np.logical_and.reduce([known(frame[name]) for name in names])
            key = frame[list(names)].reset_index(drop=True)[full]
            keys.append(key.assign(_at=np.flatnonzero(full)))
        # a source that a thousand reports cite says little: leave such blocks out
        sizes = [key.groupby(list(names), sort=False).size() for key in keys]
        pairs = sizes[0].mul(sizes[1], fill_value=0)
        if pairs.sum() > _MOST_PAIRS:
            small = pairs[pairs <= 400].index
            keys = [key.set_index(list(names)).loc[lambda k: k.index.isin(small)].reset_index()  # noqa: B023
                    for key in keys]  # fmt: skip
        met = keys[0].merge(keys[1], on=list(names), suffixes=("_old", "_new"))
        found.append(met[["_at_old", "_at_new"]].to_numpy(dtype=np.int64).reshape(-1, 2))
    both = np.unique(np.concatenate(found), axis=0)[:_MOST_PAIRS]
    return both[:, 0], both[:, 1]


def _likeness(
    old: pd.DataFrame, new: pd.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return how alike the rows of two tables are, 0 to 1; what both leave out does not count."""
    total, weight = np.zeros(len(old)), np.zeros(len(old))
    for name, heavy in _WEIGHTS.items():
        has_old, has_new = known(old[name]), known(new[name])
        agree = np.where(has_old & has_new, _agreement(name, old[name], new[name]), 0.25)
        counts = np.where(has_old | has_new, heavy, 0.0)
        total += counts * agree
        weight += counts
    days = (new["date_start"].to_numpy() - old["date_start"].to_numpy()) / np.timedelta64(1, "D")
    dated = ~np.isnan(days)
    near = np.clip(1 - np.abs(np.where(dated, days, 0.0)) / _NEAR_DAYS, 0, 1)
    total += np.where(dated, _DATE_WEIGHT * near, 0.0)
    weight += np.where(dated, _DATE_WEIGHT, 0.0)
    alike: np.ndarray[tuple[int], np.dtype[np.float64]] = total / np.maximum(weight, 1e-9)
    return alike


def _agreement(
    name: str, old: pd.Series, new: pd.Series
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    if name == "description":
        # any two sentences of one language are 40 % alike
        ratio = (fuzz.ratio(a, b) / 100 for a, b in zip(old, new, strict=True))
        return np.clip((np.fromiter(ratio, float, len(old)) - 0.4) / 0.6, 0, 1)
    if name in ("place", "actor1", "actor2", "source_name"):
        same = (fold(a) == fold(b) for a, b in zip(old, new, strict=True))
        return np.fromiter(same, float, len(old))
    return (~differs(old, new)).astype(np.float64)
