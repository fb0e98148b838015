"""Asks a service for the places that are not found offline: one after the other, each saved."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from mapper.columns import PLACE_KEY, PROBLEM, empty
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Atlas, atlas
from mapper.geocode.clues import Clues, hints
from mapper.geocode.online.adapter import Failed
from mapper.geocode.online.cache import Cache, default_path
from mapper.geocode.online.client import Client
from mapper.geocode.online.feature import Feature, features
from mapper.geocode.online.policy import Service
from mapper.geocode.online.verdict import Region, verdict
from mapper.geocode.resolve import table
from mapper.messages import text

__all__ = ["Found", "complete"]

_ASKED = frozenset(
    ("unknown_name", "outside_hint", "similar_several", "which_crossing", "unknown_in_area")
)
"""Reasons of texts that name a place which the gazetteer lacks. Texts that name none ("frontera")
are nobody's to answer."""
_LONGEST = 200
"""Characters of a text that are sent."""


@dataclass(slots=True)
class Found:
    """What came of asking: MATCH anew, PROBLEM rows, and whom the page must name."""

    matches: pd.DataFrame
    problems: pd.DataFrame
    credits: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """One service in one run; `failures` in a row, `left` unasked after it was given up."""

    client: Client
    cache: Cache
    failures: int = 0
    left: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def service(self) -> Service:
        return self.client.service

    def ask(self, place: str, clues: Clues) -> list[Feature] | None:
        """Return the features for a text, from the cache or the service; `None`: left unasked.

        Raises:
            Failed: the service has no usable answer.
        """
        sent = " ".join(place.split())[:_LONGEST]
        parameters = dict(self.service.parameters)
        if self.service.countries and clues.countries:
            parameters["country_codes"] = [c.lower() for c in clues.countries]
        question = {"q": sent, **parameters}
        known = self.cache.get(self.service, question)
        if known is not None:
            return features(self.service.code, known)
        if self.failures >= self.service.give_up_after:
            self.left += 1
            return None
        try:
            answer = self.client.ask(sent, parameters)
            found = features(self.service.code, answer)
        except Failed:
            self.failures += 1
            raise
        self.failures = 0
        self.cache.put(self.service, question, answer)
        return found


def complete(
    keys: pd.DataFrame,
    matches: pd.DataFrame,
    service: Service,
    *,
    rows: pd.DataFrame,
    countries: tuple[str, ...] = (),
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
    lang: str = "en",
    progress: Callable[[float], None] = lambda _share: None,
) -> Found:
    """Ask a service for what the offline stages left open.

    Args:
        keys: distinct place keys (`PLACE_KEY`).
        matches: their rows of MATCH, in the same order.
        service: whom to ask.
        rows: `source_file`, `source_row` of a report of each key, for the problems.
        countries: ISO2 codes that places of rows without a country must be in.
        crossings: the user's crossings with ours, as `world.crossings` gives them.
        gazetteers: names of plugged-in gazetteers to ask besides the shipped index.
        lang: language of the reasons.
        progress: called with the share done.

    Raises:
        ServiceError: the cache cannot be used.
    """
    matches = matches.copy()
    asked = np.flatnonzero([_open(*row) for row in _reasons(matches)]).tolist()
    known, region = atlas(crossings, gazetteers), _region(matches)
    answers: dict[int, Answer] = {}
    with Cache(default_path()) as cache:
        run = _Run(Client(service), cache)
        for n, i in enumerate(asked):
            progress(n / len(asked))
            place, *hinted = (str(keys[name].iat[i]).strip() for name in PLACE_KEY)
            clues = hints(known, *hinted)
            if not clues.countries and countries:
                clues = clues.within(countries=countries)
            try:
                found = run.ask(place, clues)
            except Failed as failed:
                run.problems.append(_problem(failed, place, rows.iloc[i], service, lang))
                continue
            answer = _judged(place, found or [], clues, known, region, service)
            if answer is not None and (answer.found or matches["shape"].iat[i] == "none"):
                answers[i] = answer
        if run.left:
            run.problems.append(_given_up(run, lang))
    _put(matches, answers, lang)
    used = any(answer.found for answer in answers.values())
    return Found(matches, _table(run.problems), [service.attribution] if used else [])


def _judged(
    place: str, found: list[Feature], clues: Clues, known: Atlas, region: Region, service: Service
) -> Answer | None:
    return verdict(place, found, clues, known, region, service) if found else None


def _reasons(matches: pd.DataFrame) -> list[tuple[str, str, str]]:
    columns = ("shape", "reason_code", "reason_args")
    return list(zip(*(matches[name].tolist() for name in columns), strict=True))


def _open(shape: str, code: str, args: str) -> bool:
    """Whether a place is still to be found: nothing stands for it, or only its hinted area."""
    if code.startswith("fallback_"):
        return json.loads(args or "{}").get("why") in _ASKED
    return shape == "none" and code in _ASKED


def _region(matches: pd.DataFrame) -> Region:
    small = ~matches["precision"].isin(("country", "border"))
    points = matches[(matches["status"] == "resolved") & small]
    points = points[["latitude", "longitude"]].dropna()
    return Region(tuple(points["latitude"].tolist()), tuple(points["longitude"].tolist()))


def _put(matches: pd.DataFrame, answers: dict[int, Answer], lang: str) -> None:
    if not answers:
        return
    at = list(answers)
    found = table([answers[i] for i in at], matches.index[at], lang)
    for column in found.columns:
        position = matches.columns.get_loc(column)
        matches.iloc[at, position] = found[column].to_numpy()  # type: ignore[index]


def _problem(
    failed: Failed, place: str, row: pd.Series, service: Service, lang: str
) -> dict[str, Any]:
    why = text("online", f"failed.{failed.code}", lang, **failed.args_of_text)
    return {
        "source_file": str(row["source_file"]),
        "source_row": int(row["source_row"]),
        "column": "place",
        "value": place,
        "problem_code": f"online_{failed.code}",
        "problem": text("online", "problem", lang, service=service.name, why=why),
        "remedy": text("online", "remedy", lang),
        "severity": "doubt",
    }


def _given_up(run: _Run, lang: str) -> dict[str, Any]:
    service = run.service
    return {
        "source_file": "",
        "source_row": 0,
        "column": "place",
        "value": service.url,
        "problem_code": "online_given_up",
        "problem": text(
            "online", "given_up", lang, service=service.name, failures=run.failures, n=run.left
        ),
        "remedy": text("online", "remedy", lang),
        "severity": "doubt",
    }


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    problems = empty(PROBLEM, len(rows))
    for column in problems.columns if rows else ():
        values = [row[column] for row in rows]
        number = column == "source_row"
        problems[column] = np.array(values) if number else pd.array(values, dtype="str")
    return problems
