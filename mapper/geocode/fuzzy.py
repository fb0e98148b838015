"""Misspelt names: the most similar name of the same country and area, if it is similar enough.

Only for what exact stages miss, only inside a hinted country, with a lower confidence. Below the
threshold, or with a rival nearly as similar elsewhere, it refuses.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Hamming, JaroWinkler

from mapper.gazetteer.countries import country_names
from mapper.gazetteer.keys import consonants, key
from mapper.geocode import answer, choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Atlas, Place
from mapper.geocode.block import Block
from mapper.geocode.clues import Clues
from mapper.text import fold

__all__ = ["country_like", "damaged", "likeness", "similar"]

THRESHOLD = 86.0
"""Least likeness (0-100) of a name to what it is taken for."""
LEAD = 3.0
"""How much more alike it must be than the best rival elsewhere."""
_SHORTEST = 4
_MANY = 1200
"""In a block of more names than this, only those with the same first letter are compared."""
_SHORT = 7
_ALONE = 93.0
_LOOK = 70.0
_COUNTRY_LIKE = 85.0
_LONG_ENOUGH = 6
_WELL_KNOWN = 100_000
"""People of a town that a word with one wrong letter means before a village spelt more alike."""
_FEWEST_CONSONANTS = 3
_SOUNDING, _SOUNDING_SHORT = 80.0, 90.0
_IN_DISTRICT = 0.5
_HELD = 93.0
"""Likeness of a name held by a longer one of the same district, or of the same consonants."""
_DAMAGED = re.compile("[\u0180-\u024f\u00a0-\u00bf\u00d7\u00f7\ufffd?]")

Scored = dict[str, tuple[float, Place]]


def similar(
    text: str, raw: str, clues: Clues, atlas: Atlas, kinds: Sequence[str] = ()
) -> Answer | None:
    """Return the answer for the most similar name inside the hints; None if none will do.

    `text`: folded; `raw`: as written. A letter that no language of ours has (`UreƱa`) is a damaged
    one and may stand for any.
    """
    if not clues.country or len(text) < _SHORTEST:
        return None
    scored: Scored = {}
    pattern = damaged(raw)
    for code in clues.admin1 or ("",):
        block = atlas.block(clues.country, code)
        if pattern:
            _restore(scored, pattern, block, atlas)
        _take(scored, text, block, atlas)
        if clues.admin2:
            _take_longer(scored, text, clues, block, atlas)
        _take_sounding(scored, text, clues, block, atlas)
    _take_kept(scored, text, clues, atlas)
    if not clues.admin1:
        _take(scored, text, atlas.block(clues.country, "", "admin1"), atlas)
    return _decide(raw or text, scored, clues, kinds, atlas)


def damaged(raw: str) -> str:
    """Return a pattern for a word with letters that a wrong encoding left; `""` if it has none.

    Letters damaged in a row are one part of it, so that it cannot be tried in many ways.
    """
    if not _DAMAGED.search(raw) or len(_DAMAGED.sub("", raw)) < 3:
        return ""
    pattern, run = "", 0
    for number, part in enumerate(_DAMAGED.split(raw)):
        run += number > 0
        if folded := fold(part):
            pattern += (f"[a-z]{{{run},{2 * run}}}" if run else "") + re.escape(folded)
            run = 0
    return pattern + (f"[a-z]{{{run},{2 * run}}}" if run else "")


def _restore(scored: Scored, pattern: str, block: Block, atlas: Atlas) -> None:
    for row in block.matching(pattern):
        _keep(scored, 95.0, atlas.place(row))


@cache
def country_like(text: str) -> str:
    """Return the country whose name a folded word nearly is, `""` if none or several."""
    if len(text) < 6:
        return ""
    names = country_names()
    found = process.extract(
        text, list(names), scorer=fuzz.ratio, score_cutoff=_COUNTRY_LIKE, limit=5
    )
    codes = {names[name] for name, _, _ in found}
    return codes.pop() if len(codes) == 1 else ""


def _take(scored: Scored, text: str, block: Block, atlas: Atlas) -> None:
    if not block.names:
        return
    names, rows = block.names, block.rows
    if len(names) > _MANY:
        names, rows = block.beginning(text[0])
        if not names:
            return
    found = process.cdist([text], names, scorer=fuzz.ratio, score_cutoff=_LOOK)[0]
    alike = [
        (likeness(text, names[at], float(found[at])), rows[at]) for at in np.flatnonzero(found)
    ]
    near = [(score, row) for score, row in alike if score >= THRESHOLD]
    slips = [rows[at] for at in np.flatnonzero(found) if _one_slip(text, names[at])]
    atlas.open((*(row for _, row in near), *slips))
    for score, row in near:
        _keep(scored, score, atlas.place(row))
    for row in slips:
        place = atlas.place(row)
        if place.kind == "settlement" and place.population >= _WELL_KNOWN:
            _keep(scored, 100.0 * 2 * len(text) / (2 * len(text) + 1), place)


def _one_slip(text: str, name: str) -> bool:
    """Whether one letter is another: as small a slip as a letter left out, and weighed as one."""
    if len(text) < _LONG_ENOUGH or len(text) != len(name):
        return False
    return text[0] == name[0] and Hamming.distance(text, name) == 1


def _take_longer(scored: Scored, text: str, clues: Clues, block: Block, atlas: Atlas) -> None:
    """Places of the hinted district whose longer name holds the whole text."""
    if len(text) < _LONG_ENOUGH:
        return
    for row in block.holding(text):
        place = atlas.place(row)
        if choose.in_second(place, clues, atlas) >= 1:
            _keep(scored, _HELD, place)


def _take_sounding(scored: Scored, text: str, clues: Clues, block: Block, atlas: Atlas) -> None:
    """Places written with the same consonants: vowels are spelt in many ways."""
    short = key(text)
    count = len(consonants(short))
    if count < _FEWEST_CONSONANTS or not clues.admin2:
        return
    asked = _SOUNDING if count > _FEWEST_CONSONANTS else _SOUNDING_SHORT
    for other, row in block.sounding(short):
        if other[0] == short[0] and fuzz.ratio(short, other) >= asked:
            place = atlas.place(row)
            if choose.in_second(place, clues, atlas) >= _IN_DISTRICT:
                _keep(scored, _HELD, place)


def _take_kept(scored: Scored, text: str, clues: Clues, atlas: Atlas) -> None:
    short = key(text)
    for place, aliases in atlas.kept_keys_of(clues.country):
        if choose.fits(place, clues):
            for alias in aliases:
                score = likeness(short, alias, fuzz.ratio(short, alias, score_cutoff=_LOOK))
                if score >= THRESHOLD:
                    _keep(scored, score, place)


def likeness(text: str, name: str, ratio: float) -> float:
    """Return how alike two names are, 0 to 100: letters merely out of order count less."""
    if ratio >= _LOOK and len(text) == len(name) and sorted(text) == sorted(name):
        return max(ratio, 100 * JaroWinkler.similarity(text, name) - 4)
    return ratio


def _keep(scored: Scored, score: float, place: Place) -> None:
    if score > scored.get(place.place_id, (0.0, place))[0]:
        scored[place.place_id] = (score, place)


def _decide(
    text: str, scored: Scored, clues: Clues, kinds: Sequence[str], atlas: Atlas
) -> Answer | None:
    scored = {k: v for k, v in scored.items() if _enough(*v, text, clues, atlas)}
    if not scored:
        return None

    def order(item: tuple[float, Place]) -> tuple[float, bool, int, str]:
        score, place = item
        kind = _kind_bonus(place, kinds) if kinds else choose.bare_preference(place, clues)
        total = score + 4 * choose.in_second(place, clues, atlas) + kind
        # of the two entries of one town, the hand-kept one is checked
        return -total, not place.place_id.startswith("place:"), -place.population, place.place_id

    ranked = sorted(scored.values(), key=order)
    score, place = ranked[0]
    rivals = [p for s, p in ranked[1:] if s > score - LEAD and _elsewhere(place, p)]
    if rivals and not _kind_bonus(place, kinds) and choose.in_second(place, clues, atlas) < 1:
        shown = [answer.describe(p) for p in (place, *rivals)]
        return answer.unresolved("similar_several", shown, text=text).ruled("similar names")
    found = choose.best(place, method="fuzzy", text=text, confidence=0.5 + (score - 80) / 50)
    found.reason = "similar"
    found.candidates = len(ranked)
    found.args["score"] = f"{score:.0f}"
    return found.ruled("similar name")


def _enough(score: float, place: Place, text: str, clues: Clues, atlas: Atlas) -> bool:
    """Whether a likeness is enough: more is asked of short names and without a nearer hint."""
    second = choose.in_second(place, clues, atlas)
    if second < 0:
        return False
    asked = THRESHOLD if second > 0 or not clues.admin2 else _ALONE
    return score >= asked + max(0, _SHORT - len(text))


def _elsewhere(place: Place, rival: Place) -> bool:
    """Whether a rival is somewhere else and weighty enough to forbid a choice."""
    if km(place.latitude, place.longitude, rival.latitude, rival.longitude) <= 25:
        return False
    if place.kind == "admin1" and rival.admin1 == place.admin1:
        return False
    return rival.population * 4 > place.population


def _kind_bonus(place: Place, kinds: Sequence[str]) -> float:
    return 5.0 if place.kind in kinds else 0.0
