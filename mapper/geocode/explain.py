"""Tells how one place text was answered, rule by rule."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from mapper import messages
from mapper.columns import PLACE_KEY
from mapper.gazetteer import country_name
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Atlas, Hit, atlas
from mapper.geocode.choose import fits, scored
from mapper.geocode.clues import Clues, Profile
from mapper.geocode.phrases import Group
from mapper.geocode.resolve import answer_one, questions, reason_text
from mapper.geocode.scene import Choice

__all__ = ["Trace", "explain"]

_SHOWN = 5
_JOINTS = {",": "comma", "(": "bracket", "~": "dash", "-": "dash", "/": "or"}


@dataclass(slots=True)
class Trace:
    """The way from a text to its answer: steps as (heading, what), and the answer."""

    place: str
    lang: str = "en"
    steps: list[tuple[str, str]] = field(default_factory=list)
    answer: Answer = field(default_factory=Answer)
    reason: str = ""

    def say(self, head: str, what: str) -> None:
        """Add a step; `head` is the code of its heading."""
        self.steps.append((_text(self.lang, f"head.{head}"), what))

    def lines(self) -> list[str]:
        """Return the trace as lines for a person."""
        width = max((len(head) for head, _ in self.steps), default=0)
        return [f'"{self.place}"', *(f"  {head:<{width}}  {what}" for head, what in self.steps)]

    def to_dict(self) -> dict[str, object]:
        """Return the trace for machines."""
        found = self.answer
        return {
            "place": self.place,
            "steps": [{"step": head, "what": what} for head, what in self.steps],
            "status": found.status,
            "shape": found.shape,
            "latitude": found.latitude if found.found else None,
            "longitude": found.longitude if found.found else None,
            "uncertainty_km": found.uncertainty_km if found.found else None,
            "precision": found.precision,
            "method": found.method,
            "place_id": found.place_id,
            "matched_name": found.name,
            "confidence": round(found.confidence, 2),
            "rules": list(found.rules),
            "reason_code": found.reason,
            "reason": self.reason,
        }


def explain(
    place: str,
    country: str = "",
    admin1: str = "",
    admin2: str = "",
    *,
    borders: Sequence[str] = (),
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
    profile: Profile | None = None,
    lang: str = "en",
) -> Trace:
    """Return the trace of one place text with its hints."""
    known = atlas(crossings, gazetteers)
    keys = pd.DataFrame(dict(zip(PLACE_KEY, ([place], [country], [admin1], [admin2]), strict=True)))
    question = questions(keys, known)[0]
    company = profile or Profile()
    choices: list[Choice] = []
    found = answer_one(question, known, company, borders, choices)
    trace = Trace(place, lang, answer=found, reason=reason_text(found, lang))
    if _where(question.clues, known, lang):
        trace.say("hint", _where(question.clues, known, lang))
    for group in question.groups:
        trace.say("read", _read(group, lang))
    choices = choices or [
        Choice(name.raw, name.hits, group.kinds or question.groups[0].kinds, question.clues)
        for group in question.groups
        for name in group.names
    ]
    for text in dict.fromkeys(choice.text for choice in choices):
        last = next(c for c in reversed(choices) if c.text == text)
        _candidates(trace, last, known, company)
    _outcome(trace)
    return trace


def _text(lang: str, code: str, /, **args: object) -> str:
    return messages.text("explain", code, lang, **args)


def _where(clues: Clues, known: Atlas, lang: str) -> str:
    """Return the hints as names: countries, states, districts."""
    named = [known.place(row).name for row in clues.admin2]
    areas = [known.admin1(code) for code in clues.admin1]
    named += [area.name for area in areas if area is not None]
    return ", ".join((*named, *(country_name(code, lang) for code in clues.countries)))


def _read(group: Group, lang: str) -> str:
    """Return what the grammar took a group of words for."""
    said = [_text(lang, f"kind.{kind}") for kind in dict.fromkeys(group.kinds)]
    said += [_text(lang, "kind.border")] if group.border else []
    if math.isfinite(group.distance_km):
        said.append(_text(lang, "said.distance", km=f"{group.distance_km:g}"))
    if math.isfinite(group.bearing):
        said.append(_text(lang, f"direction.{group.bearing:.0f}"))
    said += [_text(lang, "said.name", name=name.raw) for name in group.names]
    said += [country_name(code, lang) for code in group.countries]
    said += [_text(lang, "said.adjective", country=country_name(c, lang)) for c in group.adjectives]
    joint = _JOINTS.get(group.joint, group.joint)
    if group.near:
        joint = "near"
    known = f"joint.{joint}" in messages.catalogue("explain", lang)
    before = _text(lang, f"joint.{joint}") + " " if known else ""
    return before + (", ".join(said) or _text(lang, "said.nothing"))


def _candidates(trace: Trace, choice: Choice, known: Atlas, company: Profile) -> None:
    """Say which places of a name were weighed, the best first, and which could not be meant."""
    ranked = scored(choice.text, choice.hits, choice.kinds, choice.clues, known, company)
    for hit, score in ranked[:_SHOWN]:
        trace.say("candidate", _candidate(hit, score, trace.lang, alone=len(ranked) == 1))
    if len(ranked) > _SHOWN:
        trace.say("more", _text(trace.lang, "line.more", n=len(ranked) - _SHOWN))
    outside = sum(not fits(hit.place, choice.clues) for hit in choice.hits)
    where = _where(choice.clues, known, trace.lang)
    if outside and where:
        trace.say("more", _text(trace.lang, "line.outside", n=outside, where=where))


def _candidate(hit: Hit, score: float, lang: str, *, alone: bool) -> str:
    spot = hit.place
    country = " – ".join(country_name(c, lang) for c in spot.country.split("-") if c)
    state = atlas().admin1(spot.admin1) if spot.kind not in ("admin1", "country") else None
    where = ", ".join(filter(None, (state.name if state else "", country)))
    return _text(
        lang, "line.candidate",
        score="" if alone else _text(lang, "line.score", score=score),
        name=spot.name,
        kind=_text(lang, f"unit.{spot.kind}"),
        where=f", {where}" if where and spot.kind != "country" else "",
        people=_text(lang, "line.people", n=spot.population) if spot.population else "",
        spelt=_text(lang, f"spelt.{hit.quality}"),
    )  # fmt: skip


def _outcome(trace: Trace) -> None:
    """Say the rules that chose, the answer, how sure it is, and why."""
    found, lang = trace.answer, trace.lang
    for rule in found.rules:
        trace.say("rule", rule)
    if found.found:
        name = country_name(found.name, lang) if found.precision == "country" else found.name
        spot = {"lat": found.latitude, "lon": found.longitude}
        shown = {"name": name, "shape": found.shape, "precision": found.precision}
        trace.say("answer", _text(lang, "line.found", **shown, **spot))
        for part in found.parts:
            spot = {"lat": part.latitude, "lon": part.longitude}
            trace.say("part", _text(lang, "line.part", name=part.name, shape=part.shape, **spot))
        trace.say("radius", _text(lang, "line.radius", km=found.uncertainty_km))
        trace.say("confidence", f"{found.confidence:.2f}")
    else:
        trace.say("answer", _text(lang, "line.lost", status=found.status))
    if found.runner_up:
        trace.say("rival", found.runner_up)
    trace.say("because", trace.reason)
