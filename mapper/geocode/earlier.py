"""Answers of earlier runs, and which of them still hold.

An answer rests on its place key, the options and the gazetteers; and, only where its rules asked
for it, on the company of the file or on coordinates learned from it. What was asked for is noted
with the answer, so that a new place in the file makes only those answers be found anew that could
change by it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper import recall, world
from mapper.columns import MATCH, PLACE_KEY
from mapper.gazetteer import store
from mapper.geocode.clues import Profile

__all__ = ["Earlier", "Overheard", "earlier", "proof"]

_KIND = "places"
_PARTS = {"countries": "company", "pairs": "company", "learned": "learned"}
_ASKED = ("company", "learned")


class Overheard(Profile):
    """The company of a file that notes which parts of it are asked for: `heard`."""

    __slots__ = ("digests", "heard")

    def __init__(self, company: Profile) -> None:
        super().__init__(company.countries, company.pairs, company.learned)
        self.digests = {
            "company": _digest([[*company.countries.items()], [*company.pairs.items()]]),
            "learned": _digest([*company.learned.items()]),
        }
        self.heard: set[str] = set()

    def __getattribute__(self, name: str) -> object:
        """Return an attribute; one of the file's company is noted."""
        if name in _PARTS:
            self.heard.add(_PARTS[name])
        return super().__getattribute__(name)

    def rested_on(self) -> tuple[str, ...]:
        """Return the digest of each part asked for since last asked, "" for the others."""
        found = tuple(self.digests[part] if part in self.heard else "" for part in _ASKED)
        self.heard.clear()
        return found


def _digest(value: object) -> str:
    return recall.evidence(json.dumps(value))[:16]


@dataclass(slots=True)
class Earlier:
    """What an earlier run found of these places.

    Attributes:
        keys: the distinct place keys of this run.
        rows: PLACE_KEY, MATCH, `said` (what the place tells of the company of its file),
            `company` and `learned` (digests of what the answer rests on, "" where it asked for
            none); None where nothing is remembered.
        at: the row of each key, -1 for none.
        proof: hash of what all answers rest on.
    """

    keys: pd.DataFrame
    rows: pd.DataFrame | None
    at: list[int]
    proof: str

    @property
    def new(self) -> list[int]:
        """The keys that no earlier run met."""
        return [i for i, row in enumerate(self.at) if row < 0]

    def said(self) -> dict[int, str]:
        """Return what each known key tells of the company."""
        if self.rows is None:
            return {}
        told = self.rows["said"].tolist()
        return {i: told[row] for i, row in enumerate(self.at) if row >= 0}

    def outdated(self, company: Overheard) -> list[int]:
        """Return the known keys whose answer asked for company that is no longer the same."""
        if self.rows is None:
            return []
        same = np.ones(len(self.rows), dtype=bool)
        for part in _ASKED:
            same &= self.rows[part].isin(["", company.digests[part]]).to_numpy()
        return [i for i, row in enumerate(self.at) if row >= 0 and not same[row]]

    def with_new(self, found: Sequence[int], answers: pd.DataFrame) -> pd.DataFrame:
        """Return MATCH of all keys: `answers` for the keys `found`, the rest as it was."""
        if self.rows is None:
            return answers.set_axis(self.keys.index)
        mine = set(found)
        old = [i for i in range(len(self.keys)) if i not in mine]
        kept = self.rows[list(MATCH.names)].iloc[[self.at[i] for i in old]]
        both = pd.concat([kept, answers], ignore_index=True) if len(answers) else kept
        order = np.argsort([*old, *found], kind="stable")
        return both.iloc[order].set_axis(self.keys.index)

    def keep(
        self,
        matches: pd.DataFrame,
        said: dict[int, str],
        rested: dict[int, tuple[str, ...]],
        fixed: Collection[int],
    ) -> None:
        """Keep the answers of this run.

        Args:
            matches: MATCH of all keys.
            said: what each key tells of the company.
            rested: of each key answered anew, the digests of what its answer rests on.
            fixed: keys that a person decided; they are no answers.
        """
        if not rested:
            return
        of_run = [i for i in range(len(self.keys)) if i not in fixed]
        rows = pd.concat([self.keys.reset_index(drop=True), matches.reset_index(drop=True)], axis=1)
        rows = rows.iloc[of_run]
        rows["said"] = pd.array([said[i] for i in of_run], dtype="str")
        for k, part in enumerate(_ASKED):
            known = None if self.rows is None else self.rows[part].tolist()
            values = [rested[i][k] if i in rested else known[self.at[i]] for i in of_run]  # type: ignore[index]
            rows[part] = pd.array(values, dtype="str")
        unused = None
        if self.rows is not None:
            used = {row for i, row in enumerate(self.at) if row >= 0 and i not in fixed}
            unused = self.rows.drop(index=sorted(used))
        recall.keep_table(_KIND, self.proof, rows, unused)


def proof(
    *,
    borders: Sequence[str] = (),
    countries: Sequence[str] = (),
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
    lang: str = "",
) -> str:
    """Return the hash of what all answers under these options rest on; see `resolve`."""
    own = "" if crossings is None else crossings.to_csv()
    plugged = [str(one["sha256"]) for one in store.used(gazetteers)]
    told = json.dumps([lang, world.view(), [*borders], [*countries], plugged])
    return recall.evidence(told, own)


def earlier(keys: pd.DataFrame, rests_on: str) -> Earlier:
    """Return what is remembered of these places; `rests_on`: the `proof` of the run's options."""
    rows = recall.table(_KIND, rests_on)
    names = list(PLACE_KEY)
    at = [-1] * len(keys) if rows is None else recall.positions(keys[names], rows)
    return Earlier(keys[names], rows, at, rests_on)
