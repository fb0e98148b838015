"""A name that no place bears: a likely misspelling, a village, or a known name inside it."""

from mapper.gazetteer.lexicon import lexicon
from mapper.geocode import answer, crossings
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import LOOSE
from mapper.geocode.choose import borne_out
from mapper.geocode.clues import admin1_of
from mapper.geocode.fuzzy import country_like, similar
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene
from mapper.geocode.small import small_place
from mapper.text import fold

__all__ = ["otherwise", "whole_name"]

_SAID = frozenset(("bridge", "crossing", "trail", "admin1"))
"""Kinds whose words are no part of a town's name."""
_LONG = 5
"""Letters of a part that can stand for the whole name."""


def otherwise(scene: Scene, name: Name, kinds: list[str], found: Answer) -> Answer:
    """Return what a name that no place bears may mean; what was found if nothing."""
    if "admin1" in kinds and scene.clues.country:
        codes = admin1_of(scene.atlas, name.text, scene.clues.country)
        place = scene.atlas.admin1(codes[0]) if len(codes) == 1 else None
        if place is not None:
            found = answer.area(place, reason="similar", confidence=0.75, text=name.raw)
            return found.ruled("similar name of an area")
    close = similar(name.text, name.raw, scene.clues, scene.atlas, kinds)
    if close is None or not borne_out(close, scene.clues, scene.atlas):
        # a village of that very name goes before a town of another district named much like it
        close = small_place(scene, name.text, name.raw, kinds) or close
    if close is not None:
        return close
    code = country_like(name.text) if not scene.clues.countries else ""
    if code:
        place = scene.atlas.country(code)
        return answer.area(place, reason="similar", confidence=0.7, text=name.raw)
    return _area_inside(scene, name, kinds) or _part(scene, name, kinds) or found


def whole_name(scene: Scene, head: Group) -> Answer | None:
    """Return the place that general words and an unknown name are together, nearly spelt so.

    "Puerto Sntander" is Puerto Santander, no port of some Santander.
    """
    name = head.names[0]
    whole = " ".join(w.folded for w in head.words)
    before = whole.removesuffix(name.text).strip()
    if name.hits or before in ("", whole) or _SAID & set(head.kinds):
        return None
    close = similar(whole, "", scene.clues, scene.atlas)
    if close is None or close.spot is None or not close.found:
        return None
    return close if fold(close.spot.name).startswith(f"{before} ") else None


def _area_inside(scene: Scene, name: Name, kinds: list[str]) -> Answer | None:
    """An area of the kind that is said, whose name is a part of the text's."""
    wanted = {"admin1", "admin2"} & set(kinds)
    for part in name.parts if wanted else ():
        exact = [h for h in part.hits if h.place.kind in wanted and h.quality < LOOSE]
        inner = scene.choose(part.raw, exact, kinds)
        if inner.found:
            return inner.ruled("known part of a name")
    return None


def _part(scene: Scene, name: Name, kinds: list[str]) -> Answer | None:
    """A known name that is most of the text's."""
    hinted = bool(scene.clues.admin1_text or scene.clues.admin2_text)
    for part in name.parts:
        if _bridge_meant(name, part):
            spans = crossings.spanning(scene, part, ["bridge"])
            if spans is not None:
                spans.confidence -= 0.1
                return spans.ruled("the word for it misspelt")
        inner = scene.choose(part.raw, part.hits, kinds)
        if inner.reason == "namesakes":
            continue  # borne by many, and nothing says where: a guess
        long = len(part.text) >= _LONG and len(part.text) * 2 >= len(name.text)
        if inner.found and long and not hinted:
            inner.confidence -= 0.25
            return inner.ruled("known part of a name")
    return None


def _bridge_meant(name: Name, part: Name) -> bool:
    """Whether the one word of a name beside its known part is a misspelt word for a bridge."""
    before, _, after = f" {name.text} ".partition(f" {part.text} ")
    rest = [*before.split(), *after.split()]
    return len(rest) == 1 and lexicon().meant(rest[0], "bridge")
