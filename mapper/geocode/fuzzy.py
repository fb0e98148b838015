"""Misspelt names: the most similar name of the same country and area, if it is similar enough.

Only for what exact stages miss, only inside a hinted country, with a lower confidence. Below the
threshold, or with a rival nearly as similar elsewhere, it refuses.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from mapper.gazetteer.words import key
from mapper.geocode import answer, choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Atlas, Place
from mapper.geocode.clues import Clues

__all__ = ["similar"]

THRESHOLD = 86.0
"""Least likeness (0-100) of a name to what it is taken for."""
LEAD = 3.0
"""How much more alike it must be than the best rival elsewhere."""
_SHORTEST = 4


def similar(text: str, clues: Clues, atlas: Atlas, kinds: Sequence[str] = ()) -> Answer | None:
    """Return the answer for the most similar name inside the hints; None if none will do."""
    if not clues.country or len(text) < _SHORTEST:
        return None
    scored: dict[str, tuple[float, Place]] = {}
    for code in clues.admin1 or ("",):
        block = atlas.block(clues.country, code)
        _take(scored, text, block.names, [int(r) for r in block.rows], atlas)
    for place, aliases in atlas.kept_places:
        if choose.fits(place, clues):
            for name in (place.name, *aliases):
                score = fuzz.ratio(key(text), key(choose.folded(name)))
                if score >= THRESHOLD:
                    _keep(scored, score, place)
    if not clues.admin1:
        rows = atlas.index.of_country(clues.country, "admin1")
        for row in range(rows.start, rows.stop):
            names = atlas.index.names_of(row)
            _take(scored, text, names, [row] * len(names), atlas)
    return _decide(text, scored, clues, kinds, atlas)


def _take(
    scored: dict[str, tuple[float, Place]],
    text: str,
    names: list[str],
    rows: list[int],
    atlas: Atlas,
) -> None:
    if not names:
        return
    found = process.cdist([text], names, scorer=fuzz.ratio, score_cutoff=THRESHOLD)[0]
    for at in np.flatnonzero(found):
        _keep(scored, float(found[at]), atlas.place(rows[int(at)]))


def _keep(scored: dict[str, tuple[float, Place]], score: float, place: Place) -> None:
    if score > scored.get(place.place_id, (0.0, place))[0]:
        scored[place.place_id] = (score, place)


def _decide(
    text: str, scored: dict[str, tuple[float, Place]], clues: Clues, kinds: Sequence[str],
    atlas: Atlas,
) -> Answer | None:  # fmt: skip
    if not scored:
        return None
    ranked = sorted(
        scored.values(),
        key=lambda item: (
            -item[0] - 4 * choose.in_second(item[1], clues, atlas) - _kind_bonus(item[1], kinds),
            -item[1].population,
            item[1].place_id,
        ),
    )
    score, place = ranked[0]
    rivals = [
        (s, p) for s, p in ranked[1:]
        if s > score - LEAD and km(p.latitude, p.longitude, place.latitude, place.longitude) > 25
    ]  # fmt: skip
    certain = [p for _, p in rivals if p.population * 4 > place.population]
    if rivals and certain and not (kinds and _kind_bonus(place, kinds)):
        same_area = place.kind == "admin1" and all(p.admin1 == place.admin1 for p in certain)
        if not same_area and choose.in_second(place, clues, atlas) < 1:
            shown = [answer.describe(p) for p in (place, *certain)]
            return answer.unresolved("similar_several", shown, text=text).ruled("similar names")
    found = choose.best(place, method="fuzzy", text=text, confidence=0.5 + (score - 80) / 50)
    found.candidates = len(ranked)
    found.args["score"] = f"{score:.0f}"
    return found.ruled("similar name")


def _kind_bonus(place: Place, kinds: Sequence[str]) -> float:
    return 5.0 if place.kind in kinds else 0.0
