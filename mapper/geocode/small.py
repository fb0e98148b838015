"""Villages of the second list: asked for a name that no place of the index bears.

The list has no people and no districts, and villages share names. A name is taken for a village
only inside the areas that the row hints at, and only if no other village of the name fits as well.
"""

from collections.abc import Sequence

from mapper.geocode import choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Place
from mapper.geocode.scene import Scene
from mapper.geocode.villages import villages_of

__all__ = ["small_place"]

_PLAIN = frozenset(("settlement",))
_ONE_PLACE_KM = 10.0
_CONFIDENCE = 0.75


def small_place(scene: Scene, text: str, raw: str, kinds: Sequence[str]) -> Answer | None:
    """Return the village that a name means; None if there is none, or more than one.

    `text`: folded; `raw`: as written.
    """
    clues = scene.clues
    hinted = clues.admin1 or clues.admin2
    if not (clues.country and hinted) or not _PLAIN.issuperset(kinds):
        return None
    hits = [h for h in villages_of(text, clues.country) if choose.fits(h.place, clues)]
    borne_out = [(choose.in_second(h.place, clues, scene.atlas), h) for h in hits]
    best = max(((second, -h.quality) for second, h in borne_out), default=(-1.0, 0))
    if best[0] < 0:
        return None
    first, *others = [h.place for second, h in borne_out if (second, -h.quality) == best]
    if any(_apart(first, other) for other in others):
        return None
    found = choose.best(first, method="name", text=raw, confidence=_CONFIDENCE)
    found.candidates = len(hits)
    return found.ruled("a village of the second list")


def _apart(one: Place, other: Place) -> bool:
    return km(one.latitude, one.longitude, other.latitude, other.longitude) > _ONE_PLACE_KM
