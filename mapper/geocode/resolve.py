"""From distinct place keys to rows of MATCH."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import messages
from mapper.columns import MATCH, PLACE_KEY, empty
from mapper.gazetteer import country_name
from mapper.geocode import answer, fallback
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Atlas, atlas
from mapper.geocode.clues import Clues, Profile, hints
from mapper.geocode.decisions import decision
from mapper.geocode.earlier import Overheard, earlier, proof
from mapper.geocode.names import spans_of
from mapper.geocode.overrides import by_ids, by_rows
from mapper.geocode.pause import collection_paused
from mapper.geocode.phrases import Group, groups_of
from mapper.geocode.quick import plain_name, ready
from mapper.geocode.reading import PLURAL_BORDERS, read
from mapper.geocode.scene import Choice, Scene
from mapper.geocode.tokens import Token, tokenise

__all__ = [
    "Question",
    "answer_one",
    "overridden",
    "profile",
    "questions",
    "reason_text",
    "resolve",
    "table",
]

_UNSURE = frozenset(("fuzzy", "relative"))
"""Methods that give way to coordinates which other rows have for the same place."""


@dataclass(slots=True)
class Question:
    """One distinct place key with the clues of its row.

    `tokens`: the words of its text, `None` where it is one plain name; `groups`: what the grammar
    reads.
    """

    place: str
    clues: Clues
    tokens: tuple[Token, ...] | None
    groups: list[Group]


def questions(keys: pd.DataFrame, known: Atlas, countries: Sequence[str] = ()) -> list[Question]:
    """Return the questions of place keys; all their names are looked up in one go.

    `countries`: where a row names no country the place must be in one of these.
    """
    columns = [keys[name].tolist() for name in PLACE_KEY]
    plain = {text: plain_name(text) for text in dict.fromkeys(columns[0])}
    known.prefetch(name[0] for name in plain.values() if name is not None)
    asked: list[Question] = []
    words: dict[str, tuple[Token, ...]] = {}
    for place, *hinted in zip(*columns, strict=True):
        clues = hints(known, *(h.strip() for h in hinted))
        if not clues.countries and countries:
            clues = clues.within(countries=tuple(countries))
        name = plain[place]
        groups = ready(name, clues, known) if name is not None else None
        if groups is None:
            words.setdefault(place, ())
        asked.append(Question(place, clues, None, groups or []))
    for text in words:
        words[text] = tuple(tokenise(text))
    known.prefetch(span for tokens in words.values() for span in spans_of(tokens))
    for question in asked:
        if not question.groups:
            question.tokens = words[question.place]
            question.groups = groups_of(question.tokens, known, question.clues.country)
    return asked


@collection_paused()
def profile(
    keys: pd.DataFrame, *, known_points: pd.DataFrame | None = None,
    crossings: pd.DataFrame | None = None, gazetteers: Sequence[str] = (),
) -> Profile:  # fmt: skip
    """Return the company that the places of one input keep.

    Args:
        keys: distinct place keys (`PLACE_KEY`).
        known_points: rows with `place`, `place_country`, `place_admin1`, `latitude`, `longitude`
            and `uncertainty_km` for places whose coordinates the input itself gives.
        crossings: the user's crossings with ours, as `world.crossings` gives them.
        gazetteers: names of plugged-in gazetteers to ask besides the shipped index.
    """
    known = atlas(crossings, gazetteers)
    return _company([_said(one, known) for one in questions(keys, known)], known_points)


def _said(question: Question, known: Atlas) -> str:
    """Return what one place tells of the company of its file: countries; borders."""
    return f"{' '.join(question.clues.countries)};{' '.join(_pairs(question, known))}"


def _company(said: Sequence[str], known_points: pd.DataFrame | None = None) -> Profile:
    countries: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for one in said:
        named, _, spoken = one.partition(";")
        countries.update(named.split())
        pairs.update(spoken.split())
    found = Profile(dict(countries.most_common()), dict(pairs.most_common()))
    if known_points is not None:
        found.learned = fallback.learn(known_points)
    return found


def _pairs(question: Question, known: Atlas) -> list[str]:
    """Return the borders a text speaks of outright or by one of its crossings."""
    if question.tokens is None:
        return []
    groups = question.groups
    found = []
    for group in groups:
        spanning = {"bridge", "crossing", "trail"} & set(group.kinds)
        for name in group.names:
            crossings = [h.place for h in name.hits if h.place.kind == "crossing"]
            crossings += known.crossing(name.text) if spanning else ()
            found += list(dict.fromkeys(p.country for p in crossings))[:1]
    plural = any(w.folded in PLURAL_BORDERS for g in groups for w in g.words)
    if any(g.border for g in groups) and not plural:
        said = list(dict.fromkeys(c for g in groups for c in (*g.countries, *g.adjectives)))
        both = [*said, *(c for c in question.clues.countries if c not in said)][:2]
        from mapper.geocode.borders import between

        if len(both) == 2 and (pair := between(*both)):
            found.append(pair)
    return found


def answer_one(
    question: Question, known: Atlas, company: Profile, borders: Sequence[str] = (),
    log: list[Choice] | None = None,
) -> Answer:  # fmt: skip
    """Return the answer to one question: the grammar's, else the hinted area.

    `log`: takes the choices made on the way, for `explain`.
    """
    if question.tokens is not None and not question.tokens:
        found = answer.unresolved("no_text")
    else:
        found = read(Scene(known, question.clues, company, borders, log), question.groups)
        if not found.found or found.method in _UNSURE:
            # what a name says plainly stands: given coordinates that disagree are reported
            found = fallback.learned(question.place, question.clues, company) or found
    if found.precision == "country" and not _allowed(found, question.clues):
        found = answer.unresolved("outside_hint", [found.name], text=question.place)
    hinted = bool(question.clues.admin1 or question.clues.admin2)
    if not found.found or (found.precision == "country" and hinted):
        return fallback.to_area(found, question.place, question.clues, known)
    return found


def _allowed(found: Answer, clues: Clues) -> bool:
    """Whether a country is one that the row names, where it names any."""
    return not clues.countries or bool({*found.countries} & {*clues.countries})


@collection_paused()
def resolve(
    keys: pd.DataFrame,
    *,
    profile: Profile | None = None,
    known_points: pd.DataFrame | None = None,
    borders: Sequence[str] = (),
    countries: Sequence[str] = (),
    overrides: pd.DataFrame | None = None,
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
    lang: str = "en",
) -> pd.DataFrame:
    """Return one row of MATCH for each place key, in the same order.

    Args:
        keys: distinct place keys, columns `PLACE_KEY`, text.
        profile: the company of the whole input; of these keys and points if None.
        known_points: places whose coordinates the input itself gives, as for `profile`.
        borders: pairs such as `CO-VE` that the caller speaks of.
        countries: ISO2 codes that places of rows without a country must be in.
        overrides: what a person decided, as `overrides.parse` gives it; wins over all.
        crossings: the user's crossings with ours, as `world.crossings` gives them.
        gazetteers: names of plugged-in gazetteers to ask besides the shipped index.
        lang: language of the reasons.
    """
    known = atlas(crossings, gazetteers)
    rests_on = proof(
        borders=borders, countries=countries, crossings=crossings,
        gazetteers=gazetteers, lang=lang,
    )  # fmt: skip
    before = earlier(keys, rests_on)
    asked: dict[int, Question] = {}

    def ask(rows: list[int]) -> None:
        asked.update(zip(rows, questions(keys.iloc[rows], known, countries), strict=True))

    ask(before.new)
    said = before.said() | {i: _said(question, known) for i, question in asked.items()}
    told = [said[i] for i in range(len(keys))]
    company = Overheard(profile if profile is not None else _company(told, known_points))
    ask(before.outdated(company))
    fixed = by_rows(keys, overrides)
    found = {i: decision(row, known) for i, row in fixed.items()}
    rested: dict[int, tuple[str, ...]] = {}
    for i in sorted(asked.keys() - fixed.keys()):
        found[i] = answer_one(asked[i], known, company, borders)
        rested[i] = company.rested_on()
    rows = sorted(found)
    answers = table([found[i] for i in rows], pd.RangeIndex(len(rows)), lang)
    matches = before.with_new(rows, answers)
    before.keep(matches, said, rested, fixed)
    return matches


def overridden(
    incident_ids: Sequence[str],
    overrides: pd.DataFrame | None,
    *,
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
    lang: str = "en",
) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """Return the reports that a person placed by `incident_id`: their positions, and their MATCH.

    These beat what their place text was resolved to.
    """
    known = atlas(crossings, gazetteers)
    fixed = by_ids(incident_ids, overrides)
    positions = np.array(sorted(fixed), dtype=np.int64)
    found = [decision(fixed[i], known) for i in positions.tolist()]
    return positions, table(found, pd.RangeIndex(len(found)), lang)


def table(found: Sequence[Answer], index: pd.Index, lang: str) -> pd.DataFrame:
    """Return answers as rows of MATCH with the reasons in a language."""
    rows = empty(MATCH, index=index)
    text = {
        "status": [a.status for a in found],
        "shape": [a.shape for a in found],
        "precision": [a.precision for a in found],
        "method": [a.method for a in found],
        "matched_name": [a.name for a in found],
        "place_id": [a.place_id for a in found],
        "parts": [_parts(a) for a in found],
        "runner_up": [a.runner_up for a in found],
        "reason_code": [a.reason for a in found],
        "reason_args": [_json(a.args) for a in found],
        "reason": [reason_text(a, lang) for a in found],
    }
    for column, values in text.items():
        rows[column] = pd.array(values, dtype="str")
    rows["latitude"] = np.round([a.latitude for a in found], 6)
    rows["longitude"] = np.round([a.longitude for a in found], 6)
    rows["uncertainty_km"] = np.round([a.uncertainty_km for a in found], 2)
    rows["confidence"] = np.round([min(max(a.confidence, 0.0), 1.0) for a in found], 2)
    rows["n_candidates"] = [float(a.candidates) for a in found]
    return rows


def _parts(found: Answer) -> str:
    if not found.parts:
        return ""
    return _json(
        [
            {
                "place_id": p.place_id,
                "name": p.name,
                "latitude": round(p.latitude, 6),
                "longitude": round(p.longitude, 6),
            }
            for p in found.parts
        ]
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) if value else ""


def reason_text(found: Answer, lang: str = "en") -> str:
    """Return the reason as one line for a person."""
    args = dict(found.args)
    code = args.get("country")
    if isinstance(code, str) and len(code) == 2:
        args["country"] = country_name(code, lang)
    reach = found.uncertainty_km
    args.setdefault("name", found.name)
    args.setdefault("text", found.name)
    args.setdefault("km", f"{reach:.0f}" if math.isfinite(reach) else "?")
    args.setdefault("candidates", "; ".join(found.considered) or "–")
    return messages.text("geocode", found.reason, lang, **args)
