"""LOCATED and a policy in, what may be published out; nothing after this sees the exact table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.columns import EVENT_TYPES, INCIDENT, LOCATED, empty, require
from mapper.errors import UsageError
from mapper.messages import text
from mapper.safety.coarse import NOTHING, Strings, ladder
from mapper.safety.key import Key
from mapper.safety.linked import as_coarse_as_their_event, groups_of, unlinked
from mapper.safety.places import match_table
from mapper.safety.policy import LEVELS, Level, Policy
from mapper.safety.scrub import scrub
from mapper.safety.threshold import merged
from mapper.safety.withheld import Withheld, withheld

__all__ = ["Published", "apply", "places_of"]

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Published:
    """What may be published.

    Attributes:
        incidents: INCIDENT columns and those of the file that the policy names; no exact place.
        matches: MATCH, one row a published place. Country, border, distances and crossing are to
            be worked out from these, as for any other table.
        codes: the row of `matches` of each incident.
        sentences: what was done, in words, for the map.
        withheld: what must not be found in any output.
    """

    incidents: pd.DataFrame
    matches: pd.DataFrame
    codes: "npt.NDArray[np.int64]"
    sentences: list[str]
    withheld: Withheld

    @property
    def ids(self) -> set[str]:
        """The published ids."""
        return set(self.withheld.published)


def apply(
    located: pd.DataFrame,
    policy: Policy,
    key: Key,
    *,
    before: Mapping[str, str] | None = None,
    today: date | None = None,
    lang: str = "en",
) -> Published:
    """Return what a policy lets be published of a located table.

    Args:
        located: LOCATED and the file's own columns.
        policy: what may be published. Reports of one event are all shown as coarsely as the
            coarsest of them, or the others would give its place away.
        key: the secret of moved places and new ids; editions made with one key are comparable.
        before: published id → place_id of the edition published before, if there was one.
        today: reports dated after this day do not count as the newest; they are mistakes.
        lang: the language of names and sentences.

    Raises:
        TypeError: `located` is no LOCATED table.
        UsageError: the policy flags rows by a column that the table does not have.
    """
    require(located, LOCATED, without=["geometry"])
    levels, kept = _ruled(located, policy)
    groups = groups_of(located, policy)
    levels = as_coarse_as_their_event(levels, groups, kept)
    fresh = _too_new(located, policy.delay_days, today)
    out = kept & ~fresh
    ids = np.array([_new_id(str(i), policy, key) for i in located["incident_id"]], dtype=object)
    order = np.flatnonzero(out)
    order = order[np.lexsort((ids[order], located["date_start"].to_numpy()[order]))]
    rows = located.iloc[order]
    steps = ladder(rows, [levels[i] for i in order], policy, key)
    rung = merged(steps, ids[order], policy.least_reports, dict(before) if before else None)
    places: Strings = np.array([steps[r][i] for i, r in enumerate(rung)], dtype=object)
    matches, codes = match_table(places, rows, policy, lang)
    incidents = _incidents(rows, ids[order], matches["matched_name"].to_numpy()[codes], policy, key)
    apart = unlinked(incidents, groups[order], places, finest=steps[0])
    facts = replace(
        withheld(located, order, places, ids[order], matches=matches, policy=policy, key=key),
        ranks={str(ids[i]): LEVELS.index(levels[i]) for i in order},
        lifted=frozenset(ids[order][places != steps[0]].tolist()),
        before=None if before is None else dict(before),
    )
    scrubbed = scrub(incidents, facts, policy)
    said = [text("safety", "done", lang, name=policy.name)]
    for code, n in (
        ("withheld", int((~kept).sum())),
        ("delayed", int((kept & fresh).sum())),
        ("merged", int(((rung > 0) & (places != steps[0])).sum())),
        ("unplaced", int((places == NOTHING).sum())),
        ("unlinked", apart),
        ("scrubbed", scrubbed),
    ):
        if n:
            said.append(text("safety", code, lang, n=n))
    return Published(incidents, matches, codes, said, facts)


def places_of(reports: pd.DataFrame) -> dict[str, str]:
    """Return published id → place_id of a published table; "" where a report has no place.

    Args:
        reports: `incident_id`, `place_id`, `shape`.
    """
    drawn = reports["place_id"].where(reports["shape"] != "none", NOTHING)
    return dict(zip(reports["incident_id"].astype(str), drawn.astype(str), strict=True))


def _ruled(located: pd.DataFrame, policy: Policy) -> tuple[list[Level], Bools]:
    """Return the level of each row by the first rule that fits, and which rows are kept."""
    levels: list[Level] = [policy.level] * len(located)
    kept = np.ones(len(located), dtype=bool)
    open_ = np.ones(len(located), dtype=bool)
    for rule in policy.rules:
        fits = open_.copy()
        if rule.event_types:
            fits &= located["event_type"].isin(rule.event_types).to_numpy()
        if rule.column:
            if rule.column not in located:
                message = (
                    f"the policy {policy.name} flags rows by the column {rule.column}, "
                    "which the file does not have."
                )
                raise UsageError(message)
            wanted = [value.casefold() for value in rule.values]  # noqa: PD011 - not of pandas
            flags = located[rule.column].astype(str).str.strip().str.casefold()
            fits &= flags.isin(wanted).to_numpy()
        open_ &= ~fits
        for row in np.flatnonzero(fits):
            levels[row] = rule.level
        if rule.withhold:
            kept &= ~fits
    return levels, kept


def _too_new(located: pd.DataFrame, days: int, today: date | None) -> Bools:
    """Return which reports are about the newest days, or about nobody knows when."""
    if not days:
        return np.zeros(len(located), dtype=bool)
    last = located["date_end"].fillna(located["date_start"])
    known = last.dropna()
    if today is not None:
        known = known[known <= pd.Timestamp(today)]
    if not len(known):
        return np.ones(len(located), dtype=bool)
    edge = known.max() - timedelta(days=days)
    return np.asarray(last.isna() | (last > edge), dtype=bool)


def _new_id(name: str, policy: Policy, key: Key) -> str:
    return "p-" + key.word("id", name) if policy.rekey else name


def _incidents(
    rows: pd.DataFrame, ids: Strings, names: Strings, policy: Policy, key: Key
) -> pd.DataFrame:
    """Return the columns that are published: the allowed ones, and nothing in all others."""
    table = empty(INCIDENT, len(rows))
    allowed = [name for name in rows.columns if name in policy.columns and name != "geometry"]
    for name in allowed:
        if name in INCIDENT:
            table[name] = rows[name].reset_index(drop=True)
    table["incident_id"] = pd.array(ids, dtype="str")
    table["place"] = pd.array(names, dtype="str")
    table["source_row"] = np.arange(1, len(rows) + 1)
    if "event_type" in policy.columns:
        # a type that is none of ours is a free text
        known = rows["event_type"].isin([*EVENT_TYPES, ""]).to_numpy()
        table["event_type"] = pd.array(
            np.where(known, rows["event_type"].to_numpy(dtype=object), "other"), dtype="str"
        )
        if "event_label" not in policy.columns:
            table["event_label"] = table["event_type"]
    if policy.rekey:
        table["event_id"] = pd.array(
            ["e-" + key.word("event", name) if name else "" for name in table["event_id"]],
            dtype="str",
        )
        table["relates_to"] = pd.array(
            [_relations(told, policy, key) for told in table["relates_to"]], dtype="str"
        )
    extras = [name for name in allowed if name not in LOCATED]
    return pd.concat([table, rows[extras].astype(str).reset_index(drop=True)], axis=1)


def _relations(told: str, policy: Policy, key: Key) -> str:
    """Return `relates_to` with the published ids."""
    words = []
    for word in told.split():
        relation, colon, name = word.partition(":")
        if colon:
            words.append(f"{relation}:{_new_id(name, policy, key)}")
    return " ".join(words)
