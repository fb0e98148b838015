"""Villages of the second list: asked for a name that no place of the index bears.

The list has no people and no districts, and villages share names. A name is taken for a village
only inside the areas that the row hints at, and only if no other village of the name fits as well.
"""

from collections.abc import Sequence

from mapper.geocode import choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import LOOSE, Place
from mapper.geocode.scene import Scene
from mapper.geocode.villages import villages_of

__all__ = ["small_place"]

_PLAIN = frozenset(("settlement",))
_ONE_PLACE_KM = 10.0
_DOUBTFUL_KM = 15.0  # no district bears the village out
_CONFIDENCE = 0.75
_INSIDE = 0.2
"""Least of `choose.in_second` where the row names a district: of thirteen villages that lay
elsewhere in the province, five were not meant."""


def small_place(scene: Scene, text: str, raw: str, kinds: Sequence[str]) -> Answer | None:
    """Return the village that a name means; None if there is none, or more than one.

    `text`: folded; `raw`: as written.
    """
    clues = scene.clues
    hinted = clues.admin1 or clues.admin2
    if not (clues.country and hinted) or not _PLAIN.issuperset(kinds):
        return None
    hits = [h for h in villages_of(text, clues.country) if choose.fits(h.place, clues)]
    near = hits
    if clues.admin2:
        near = [h for h in hits if choose.in_second(h.place, clues, scene.atlas) >= _INSIDE]
    exact = [h.place for h in near if h.quality < LOOSE]
    places = exact or [h.place for h in near]
    if not places or any(_apart(places[0], other) for other in places[1:]):
        return None
    found = choose.best(places[0], method="name", text=raw, confidence=_CONFIDENCE)
    if not clues.admin2:
        found.uncertainty_km = max(found.uncertainty_km, _DOUBTFUL_KM)
    found.candidates = len(hits)
    return found.ruled("a village of the second list")


def _apart(one: Place, other: Place) -> bool:
    return km(one.latitude, one.longitude, other.latitude, other.longitude) > _ONE_PLACE_KM
