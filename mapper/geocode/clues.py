"""What else is known about a place text: the hints of its row, and the company of its file."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeVar

import numpy as np
from rapidfuzz import fuzz

from mapper import gazetteer
from mapper.gazetteer.lexicon import without_generics
from mapper.geocode.atlas import Atlas
from mapper.text import fold

__all__ = ["Clues", "Profile", "admin1_of", "admin2_of", "hints"]

T = TypeVar("T")

_ADMIN_SIMILAR = 78.0
"""Least likeness (0-100) of a misspelt admin area to the best of its country's few."""
_ADMIN_LEAD = 6.0


@dataclass(slots=True)
class Profile:
    """The company places keep in one file: small and serialisable.

    `countries`: how often each country is named by rows. `pairs`: how often each border is named,
    outright or by one of its crossings. `learned`: folded place and country → points with
    coordinates given elsewhere in the input, `(latitude, longitude, uncertainty_km)`.
    """

    countries: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    learned: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)

    def pairs_with(self, country: str) -> dict[str, int]:
        """Return the borders of one country the file speaks of."""
        return {p: n for p, n in self.pairs.items() if country in p.split("-")}


@dataclass(frozen=True, slots=True)
class Clues:
    """The hints of one row, strict, and what was said beside a name in its text.

    `countries`: ISO2 the place must be in; empty if nothing is said. `admin1`: codes of which one
    must hold it. `admin2`: rows of second-level areas likewise. `near`: latitude, longitude and
    reach (km) that a candidate should be within. `said`: the country came from the row itself.
    """

    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    admin2: tuple[int, ...] = ()
    near: tuple[float, float, float] | None = None
    admin1_text: str = ""
    admin2_text: str = ""

    @property
    def country(self) -> str:
        """The one country, `""` if none or several."""
        return self.countries[0] if len(self.countries) == 1 else ""

    def within(self, **changes: object) -> "Clues":
        """Return the clues with some of them replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


@cache
def hints(atlas: Atlas, country: str, admin1: str, admin2: str) -> Clues:
    """Return the clues of a row's hints; what cannot be understood is no strict one."""
    code = gazetteer.country_code(country) if country else ""
    first = admin1_of(atlas, admin1, code) if admin1 else ()
    if first and not code:
        held = {atlas.admin1(c).country for c in first if atlas.admin1(c)}  # type: ignore[union-attr]
        code = held.pop() if len(held) == 1 else ""
    second = admin2_of(atlas, admin2, code, first) if admin2 else ()
    return Clues((code,) if code else (), first, second, None, admin1, admin2)


def admin1_of(atlas: Atlas, text: str, country: str) -> tuple[str, ...]:
    """Return the codes of the first-level areas a text names: exactly, else the likeliest."""
    codes = _iso(atlas, text, country)
    if codes:
        return codes
    folded = fold(text)
    for name in dict.fromkeys((folded, without_generics(folded))):
        hits = [h for h in atlas.find(name) if h.place.kind == "admin1"] if name else []
        hits = [h for h in hits if not country or h.place.country == country]
        if hits:
            best = min(h.quality for h in hits)
            return tuple(dict.fromkeys(h.place.admin1 for h in hits if h.quality == best))
    return _likeliest(_admin1_names(atlas, country), without_generics(folded)) if country else ()


def _iso(atlas: Atlas, text: str, country: str) -> tuple[str, ...]:
    code = text.strip().upper()
    for form in (code, f"{country}-{code}"):
        if form in atlas.admin1_rows:
            return (form,)
    return ()


@cache
def _admin1_names(atlas: Atlas, country: str) -> tuple[tuple[str, str], ...]:
    """Return (bare folded name, code) of a country's first-level areas."""
    rows = atlas.index.of_country(country, "admin1")
    found: dict[tuple[str, str], None] = {}
    for row in range(rows.start, rows.stop):
        code = atlas.place(row).admin1
        for name in atlas.index.names_of(row):
            found[without_generics(name) or name, code] = None
    return tuple(found)


def _likeliest(names: tuple[tuple[str, T], ...], text: str) -> tuple[T, ...]:
    """Return what bears the most similar name, if it is similar enough and no rival is near."""
    best: dict[T, float] = {}
    for name, owner in names:
        score = fuzz.ratio(text, name)
        best[owner] = max(best.get(owner, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < _ADMIN_SIMILAR:
        return ()
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _ADMIN_LEAD:
        return ()
    return (ranked[0][0],)


def admin2_of(
    atlas: Atlas, text: str, country: str, admin1: tuple[str, ...] = ()
) -> tuple[int, ...]:
    """Return the rows of the second-level areas a text names inside a country or admin area.

    Where the index has no such area, or does not know where it is, the row of the town of its name
    stands for it: districts are mostly named after their seat.
    """
    if not country:
        return ()
    folded = fold(text)
    bare = without_generics(folded) or folded
    names = tuple(dict.fromkeys(n for n in (folded, bare, without_generics(bare, _SEAT)) if n))
    for kind in ("admin2", "settlement"):
        found = _inside(atlas, names, kind, country, admin1)
        if found:
            return found if kind == "admin2" else found[:1]
    known = _admin2_names(atlas, country, admin1)
    begins = {row for name, row in known if name.startswith(bare + " ")}
    return tuple(begins) if len(begins) == 1 else _likeliest(known, bare)


_SEAT = frozenset(("admin1", "admin2", "settlement", "seat"))


def _inside(
    atlas: Atlas, names: Sequence[str], kind: str, country: str, admin1: tuple[str, ...]
) -> tuple[int, ...]:
    """Return the rows of one kind that bear one of the names inside an area, best first."""
    found: dict[int, tuple[int, int]] = {}
    for name in names:
        for hit in atlas.find(name):
            place = hit.place
            inside = place.country == country and (not admin1 or place.admin1 in admin1)
            if place.kind == kind and inside and math.isfinite(place.latitude):
                order = (hit.quality, -place.population)
                found[place.row] = min(found.get(place.row, order), order)
    best = min((q for q, _ in found.values()), default=0)
    rows = [row for row, (quality, _) in found.items() if quality == best]
    return tuple(sorted(rows, key=lambda row: found[row]))


@cache
def _admin2_names(
    atlas: Atlas, country: str, admin1: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    rows = atlas.index.of_country(country, "admin2")
    numbers = [atlas.index.admin1_number.get(code, -1) for code in admin1]
    places = np.arange(rows.start, rows.stop)
    if admin1:
        places = places[np.isin(atlas.index.admin1[places], numbers)]
    found: dict[tuple[str, int], None] = {}
    for row in places.tolist():
        for name in atlas.index.names_of(row):
            found[without_generics(name) or name, row] = None
    return tuple(found)
