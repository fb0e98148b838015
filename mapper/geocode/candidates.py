"""What a place text could mean besides its answer, for a person to choose from."""

import json
import math
from collections.abc import Sequence

import pandas as pd
from rapidfuzz import fuzz, process

from mapper import recall, world
from mapper.columns import PLACE_KEY
from mapper.geocode import choose
from mapper.geocode.atlas import Atlas, Place, atlas
from mapper.geocode.borders import pairs_of
from mapper.geocode.clues import Clues
from mapper.geocode.earlier import proof
from mapper.geocode.resolve import Question, questions

__all__ = ["candidates"]

_MOST = 7
_ALIKE = 72.0
"""Least likeness (0-100) of a name that is shown: a person judges it, so it may be bold."""


def candidates(
    keys: pd.DataFrame,
    *,
    borders: Sequence[str] = (),
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
) -> list[list[dict[str, object]]]:
    """Return, for each place key, the places it could mean, the likeliest first.

    First what bears a name in the text, inside the hints before outside; then what is spelt much
    like it; then borders, where the text speaks of one; then the areas that the row names.

    Args:
        keys: distinct place keys (`PLACE_KEY`).
        borders: the borders that the input is mostly about.
        crossings: the user's crossings with ours, as `world.crossings` gives them.
        gazetteers: names of plugged-in gazetteers to ask besides the shipped index.

    Returns:
        `place_id`, `name`, `kind`, `where` (the area or country that holds it), `latitude` and
        `longitude` (degrees) of each.
    """
    rests_on = proof(borders=borders, crossings=crossings, gazetteers=gazetteers)

    def found() -> str:
        known = atlas(crossings, gazetteers)
        return json.dumps([_of(question, known, borders) for question in questions(keys, known)])

    asked = json.dumps(keys[list(PLACE_KEY)].to_numpy(dtype=object).tolist())
    told = recall.worked_out("rivals", lambda: recall.evidence(rests_on, asked), found)
    rivals: list[list[dict[str, object]]] = json.loads(told)
    return rivals


def _of(question: Question, known: Atlas, borders: Sequence[str]) -> list[dict[str, object]]:
    clues = question.clues
    names = [name for group in question.groups for name in group.names][:6]
    found: dict[str, dict[str, object]] = {}
    hits = [hit for name in names for hit in name.hits]
    hits.sort(key=lambda h: (not choose.fits(h.place, clues), h.quality, -h.place.population))
    for hit in hits[: _MOST - 2]:
        _add(found, hit.place, known)
    for name in names if len(found) < 3 else ():
        for place in _alike(name.text, clues, known):
            _add(found, place, known)
    if any(group.border for group in question.groups):
        own = [pair for code in clues.countries for pair in pairs_of(code)]
        for pair in [p for p in borders if not own or p in own] or own[:4]:
            lat, lon, _ = world.border_extent(pair)
            found[f"border:{pair}"] = _row(f"border:{pair}", pair, "border", pair, lat, lon)
    areas = [known.place(row) for row in clues.admin2[:1]]
    areas += [area for code in clues.admin1[:1] if (area := known.admin1(code))]
    for place in (*areas, *(known.country(code) for code in clues.countries[:1])):
        _add(found, place, known)
    return list(found.values())[: _MOST + 2]


def _alike(text: str, clues: Clues, known: Atlas) -> list[Place]:
    """Return the places of the hinted country whose names are spelt most like a folded text."""
    if not clues.country or len(text) < 4:
        return []
    scored: list[tuple[float, Place]] = []
    for code in clues.admin1 or ("",):
        block = known.block(clues.country, code)
        names, rows = block.names, block.rows
        if not clues.admin1:
            names, rows = block.beginning(text[0])
        near = process.extract(text, names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=4)
        scored += [(score, known.place(rows[at])) for _, score, at in near]
    return [place for _, place in sorted(scored, key=lambda s: (-s[0], s[1].place_id))][:4]


def _add(found: dict[str, dict[str, object]], place: Place, known: Atlas) -> None:
    lat, lon = place.latitude, place.longitude
    if place.kind == "country":
        lat, lon, _ = world.country_extent(place.country)
    elif place.kind == "admin1" and not math.isfinite(lat):
        lat, lon, _ = world.admin1_extent(place.admin1)
    if not math.isfinite(lat + lon) or place.place_id in found:
        return
    area = known.admin1(place.admin1) if place.kind != "admin1" else None
    where = ", ".join(filter(None, (area.name if area else "", place.country)))
    found[place.place_id] = _row(place.place_id, place.name, place.kind, where, lat, lon)


def _row(
    place_id: str, name: str, kind: str, where: str, lat: float, lon: float
) -> dict[str, object]:
    return {
        "place_id": place_id, "name": name, "kind": kind, "where": where,
        "latitude": round(lat, 5), "longitude": round(lon, 5),
    }  # fmt: skip
