"""How many were killed: what may be added is added, the rest is laid side by side.

A count may be added only where its kind says that it is the count of one event (`event`), where
that event has no second count that differs, where no report is said to be part of or the same as
another, and never across files. The same logic serves the page in
`mapper/web/src/state/summary.js`; both are held by `tests/vectors/summary.json`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["Claim", "Group", "Sum", "Summary", "claims_of", "summarise"]

_FAR = 3
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says of one measure. Counts are people, NaN where not given.

    Attributes:
        event: the event the report names, "" for none.
        low: lowest count.
        best: best count.
        high: highest count.
        kind: what the count is: `event`, `running`, `cumulative`, `part`, `total` …
        file: the source file.
        related: whether it relates to another report, or another to it.
        place: the point it was taken for, "" where it is none.
    """

    event: str = ""
    low: float = math.nan
    best: float = math.nan
    high: float = math.nan
    kind: str = "unknown"
    file: str = ""
    related: bool = False
    place: str = ""

    @property
    def counted(self) -> bool:
        """Whether the report gives any count."""
        return not (math.isnan(self.low) and math.isnan(self.best) and math.isnan(self.high))

    @property
    def addable(self) -> bool:
        """Whether it is, by itself, the count of one event."""
        return self.kind == "event" and not self.related

    @property
    def figures(self) -> tuple[float, float, float]:
        """Low, best, high; -1 where not given, so that equal figures are equal."""
        return tuple(-1.0 if math.isnan(x) else x for x in (self.low, self.best, self.high))  # type: ignore[return-value]


@dataclass(slots=True)
class Sum:
    """What was added, of one file: people between `low` and `high` in `events` events."""

    file: str
    low: float = 0.0
    high: float = 0.0
    at_least: bool = False
    events: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Claims laid side by side.

    Attributes:
        event: "" for reports that name no event.
        reports: how many give a count.
        low: lowest count claimed; NaN where none is.
        high: highest count claimed, but for those in `beyond`.
        beyond: counts that stand apart, ascending: more than three times the median of the
            event's claims, or an upper bound with nothing else.
        whole: most of the claims are totals over several places.
        place: the place most of them name, "" for none.
        first: position of the first report of the group.
    """

    event: str
    reports: int
    low: float
    high: float
    beyond: tuple[float, ...]
    whole: bool
    place: str
    first: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer: reports with a count, what was added by file, and what was not."""

    reports: int
    sums: tuple[Sum, ...]
    apart: int
    groups: tuple[Group, ...]


@dataclass(slots=True)
class _Beside:
    """A group while it is gathered."""

    first: int
    reports: int = 0
    totals: int = 0
    counts: Counter[float] = field(default_factory=Counter)
    bounds: list[float] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)


def summarise(claims: Sequence[Claim], shown: Iterable[bool] | None = None) -> Summary:
    """Return the answer for the claims that are shown (all where `shown` is not given).

    Whether an event's count may be added is judged over all claims: a filter that hides the other
    reports of an event does not make it certain.
    """
    verdict = _judge(claims)
    mask = [True] * len(claims) if shown is None else list(shown)
    sums: dict[str, Sum] = {}
    beside: dict[str, _Beside] = {}
    added: set[str] = set()
    reports = apart = 0
    for position, claim in enumerate(claims):
        if not mask[position] or not claim.counted:
            continue
        reports += 1
        if verdict[claim.event] if claim.event else claim.addable:
            _add(sums, claim, fresh=not claim.event or claim.event not in added)
            added.add(claim.event)
        else:
            apart += 1
            _lay_beside(beside.setdefault(claim.event, _Beside(position)), claim)
    groups = [_finish(event, group) for event, group in beside.items()]
    groups.sort(key=lambda group: (-group.reports, group.first))
    ordered = tuple(sums[file] for file in sorted(sums))
    return Summary(reports=reports, sums=ordered, apart=apart, groups=tuple(groups))


def _judge(claims: Sequence[Claim]) -> dict[str, bool]:
    """Return, for each event, whether all its counts agree and are counts of the event."""
    verdict: dict[str, bool] = {}
    witness: dict[str, Claim] = {}
    for claim in claims:
        if not claim.event or not claim.counted:
            continue
        first = witness.setdefault(claim.event, claim)
        agrees = first.figures == claim.figures and first.file == claim.file
        verdict[claim.event] = verdict.get(claim.event, True) and agrees and claim.addable
    return verdict


def _add(sums: dict[str, Sum], claim: Claim, *, fresh: bool) -> None:
    total = sums.setdefault(claim.file, Sum(claim.file))
    total.reports += 1
    if not fresh:
        return
    total.events += 1
    total.low += _first(claim.low, claim.best, 0.0)
    total.high += _first(claim.high, claim.best, claim.low)
    total.at_least |= math.isnan(claim.high) and not math.isnan(claim.low)


def _first(*figures: float) -> float:
    """Return the first figure that is given."""
    return next(x for x in figures if not math.isnan(x))


def _lay_beside(group: _Beside, claim: Claim) -> None:
    group.reports += 1
    group.totals += claim.kind == "total"
    if claim.place:
        group.places[claim.place] += 1
    if claim.kind == "part":
        return
    value = claim.low if math.isnan(claim.best) else claim.best
    if math.isnan(value):
        group.bounds.append(claim.high)
    else:
        group.counts[value] += 1


def _finish(event: str, group: _Beside) -> Group:
    values = sorted(group.counts)
    limit = _FAR * max(1.0, _lower_median(values, group.counts)) if event else math.inf
    core = [value for value in values if value <= limit]
    beyond = sorted({*values[len(core) :], *group.bounds})
    return Group(
        event=event,
        reports=group.reports,
        low=core[0] if core else math.nan,
        high=core[-1] if core else math.nan,
        beyond=tuple(beyond),
        whole=group.totals * 2 >= group.reports,
        place=next((place for place, _ in group.places.most_common(1)), ""),
        first=group.first,
    )


def _lower_median(values: Sequence[float], times: Mapping[float, int]) -> float:
    """Return the lower median of the claims; infinity where there are too few to tell."""
    everything = sum(times[value] for value in values)
    if everything < _FEWEST:
        return math.inf
    seen = 0
    for value in values:
        seen += times[value]
        if seen * 2 >= everything:
            return value
    return math.inf


def claims_of(located: pd.DataFrame, measure: str = "fatalities") -> list[Claim]:
    """Return the claims of a LOCATED table on one measure: `fatalities`, `injured` or `people`.

    Reports that give no count of it are left out: they say nothing of the answer.
    """
    best = f"{measure}_best" if measure == "fatalities" else measure
    named = {
        relation.partition(":")[2] or relation
        for relations in located["relates_to"].unique()
        for relation in str(relations).split()
    }
    figures = [f"{measure}_low", best, f"{measure}_high"]
    located = located[located[figures].notna().any(axis=1)]
    text = {
        name: located[name].to_list()
        for name in ("incident_id", "event_id", "relates_to", "source_file", "matched_name")
    }
    point = (located["shape"] == "point").to_list()
    return [
        Claim(
            event=event,
            low=float(low),
            best=float(middle),
            high=float(high),
            kind=kind or "unknown",
            file=file,
            related=bool(relations) or own in named,
            place=name if is_point else "",
        )
        for own, event, relations, file, name, is_point, low, middle, high, kind in zip(
            text["incident_id"],
            text["event_id"],
            text["relates_to"],
            text["source_file"],
            text["matched_name"],
            point,
            *(located[name].to_list() for name in (*figures, f"{measure}_kind")),
            strict=True,
        )
    ]
