"""Tells how one place text was answered, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from mapper.columns import PLACE_KEY
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import atlas
from mapper.geocode.clues import Profile
from mapper.geocode.resolve import answer_one, questions, reason_text

__all__ = ["Trace", "explain"]


@dataclass(slots=True)
class Trace:
    """The way from a text to its answer: steps as (heading, what), and the answer."""

    place: str
    steps: list[tuple[str, str]] = field(default_factory=list)
    answer: Answer = field(default_factory=Answer)
    reason: str = ""

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
    profile: Profile | None = None,
    lang: str = "en",
) -> Trace:
    """Return the trace of one place text with its hints."""
    known = atlas(crossings)
    keys = pd.DataFrame(dict(zip(PLACE_KEY, ([place], [country], [admin1], [admin2]), strict=True)))
    question = questions(keys, known)[0]
    trace = Trace(place)
    say = trace.steps.append
    clues = question.clues
    if clues.countries or clues.admin1 or clues.admin2:
        named = [*clues.countries, *clues.admin1, *(known.place(r).name for r in clues.admin2)]
        say(("must lie in", ", ".join(named)))
    for number, group in enumerate(question.groups):
        said = [*group.kinds, *(["border"] if group.border else [])]
        said += [f"country {c}" for c in group.countries]
        said += [f"of {c}" for c in group.adjectives]
        for name in group.names:
            said.append(f'the name "{name.raw}"')
        joint = {",": "after a comma", "(": "in brackets", "": "first" if not number else "then"}
        say((f"words, {joint.get(group.joint, group.joint)}", ", ".join(said)))
        for name in group.names:
            for hit in name.hits[:5]:
                spot = hit.place
                quality = ("its own name", "another of its names", "spelt nearly so")[hit.quality]
                people = f", {spot.population:,} people" if spot.population else ""
                where = " ".join(filter(None, (spot.admin1 or spot.country,)))
                say(("candidate", f"{spot.name}, {spot.kind}, {where}{people}: {quality}"))
            if len(name.hits) > 5:
                say(("candidate", f"and {len(name.hits) - 5} more"))
    company = profile or Profile()
    found = answer_one(question, known, company, borders)
    trace.answer, trace.reason = found, reason_text(found, lang)
    for rule in found.rules:
        say(("rule", rule))
    if found.found:
        where = f"{found.latitude:.4f}, {found.longitude:.4f}"
        say(("answer", f"{found.name}: {found.shape} ({found.precision}) at {where}"))
        say(("true place within", f"{found.uncertainty_km:.1f} km in nine of ten cases"))
        say(("confidence", f"{found.confidence:.2f}"))
    else:
        say(("answer", f"{found.status}; nothing is drawn"))
    if found.runner_up:
        say(("next best", found.runner_up))
    say(("because", trace.reason))
    return trace
