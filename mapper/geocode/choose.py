"""Chooses, among the places that bear a name, the one a text means: rules with names.

The rules, in order: what lies outside a strict hint is refused (`outside the country`, `outside
the area`); the kind the text says goes before others (`kind said`); a whole name before a spelling
variant (`exact name`); an area named by its bare name before a town inside it, unless the hint is
that area itself (`area before its town`); then the most people (`most people`).
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import shapely

from mapper import world
from mapper.gazetteer.index import KINDS
from mapper.gazetteer.lexicon import lexicon
from mapper.geocode import answer, radius
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import ALTERNATE, LOOSE, MAIN, Atlas, Hit, Place
from mapper.geocode.atlas import atlas as shipped_atlas
from mapper.geocode.clues import Clues, Profile
from mapper.text import fold

__all__ = [
    "bare_preference",
    "best",
    "borne_out",
    "fits",
    "in_second",
    "of_name",
    "scored",
    "sharpened",
]

_BORDER_SLACK_KM = 12.0
"""How far beyond an admin area's outline a place still counts as inside: outlines are coarse."""
_CITY_AREA_KM = 40.0
"""A first-level area smaller than this is a city; its bare name is that city."""
_OUT_OF_UNIT = 1.6
_UNIT_SLACK_KM = 8.0
"""A place farther from a hinted second-level area than so many of its radii, and some km, is
another one of the same name. Measured: of nine such, seven were."""
SEAT_KM = 30.0
"""Reach of a district known only by its seat."""
_INSIDE, _BESIDE = 0.5, 0.2
"""What `in_second` gives for a place in the hinted district, and for one near enough to be."""
_DOUBTFUL_KM = 15.0
_SURELY_ALIKE = 93.0
_MANY_RIVALS = 3
"""Rivals of a town from which on its bare name, without a country, says little."""
_AT_BORDER = 2.0
_SHARE_OF_BORDERS = 0.2
_ACROSS_TOWN_KM = 25.0
"""A file that speaks of a border means, by a bare name, a town this near it first."""
_BIG_TOWN = 300_000
_TOWN = 50_000
"""A town that is called so goes before a big one that has the name only among its others."""
_FOR_SHORT = 0.95
"""How well the first words of a town's own name name it; its whole name: 1."""
_OUTDONE = 0.5
"""How well another name of a town names it, where a town of some size is called so."""
_SMALL = 0.3
_ACROSS_KM = 5.0
"""A border place of the neighbour is taken for the row's if it lies this near its country."""


def fits(place: Place, clues: Clues, *, slack: bool = True) -> bool:
    """Whether a place satisfies the strict hints; with `slack` also just beyond an outline."""
    abroad = clues.countries and place.country and place.country not in clues.countries
    if abroad and not set(place.country.split("-")) & {*clues.countries}:
        return False
    if not clues.admin1 or place.kind in ("country", "crossing"):
        return True
    if place.admin1 in clues.admin1 or (place.row >= 0 and place.row in clues.admin2):
        return True
    if place.kind == "admin1" or not place.admin1:
        return not place.admin1
    return slack and any(_beyond(place, code) <= _BORDER_SLACK_KM for code in clues.admin1)


@cache
def _beyond(place: Place, code: str) -> float:
    """Return how far a place lies outside an admin area, in km; infinite if plainly far."""
    area = shipped_atlas().admin1(code)
    if area is None or not math.isfinite(place.latitude):
        return math.inf
    away = km(area.latitude, area.longitude, place.latitude, place.longitude)
    if not away <= 2 * area.radius_km + _BORDER_SLACK_KM:
        return math.inf
    if not world.admin1_may_reach(code, place.longitude, place.latitude, _BORDER_SLACK_KM):
        return math.inf
    outline = world.admin1_shape(code)
    if outline.is_empty:
        return math.inf
    nearest = shapely.shortest_line(outline, shapely.Point(place.longitude, place.latitude))
    xy = shapely.get_coordinates(nearest)
    return km(xy[0, 1], xy[0, 0], place.latitude, place.longitude)


def _across(hits: Sequence[Hit], clues: Clues) -> list[Hit]:
    """Return the points within a few km of the hinted country, across a land border."""
    if not clues.country:
        return []
    abroad = [h for h in hits if h.quality != LOOSE and _abroad(h.place, clues.country)]
    if clues.admin1:
        abroad = [
            h for h in abroad
            if any(_beyond(h.place, code) <= _ACROSS_KM for code in clues.admin1)
        ]  # fmt: skip
    if not abroad:
        return []
    lon = np.array([h.place.longitude for h in abroad])
    lat = np.array([h.place.latitude for h in abroad])
    near = world.near_country(clues.country, lon, lat, _ACROSS_KM)
    return [h for h, close in zip(abroad, near.tolist(), strict=True) if close]


def _abroad(place: Place, country: str) -> bool:
    """Whether a place is a point of another country."""
    point = place.kind not in ("admin1", "admin2", "country")
    return point and bool(place.country) and country not in place.country.split("-")


def _inside(hits: Sequence[Hit], clues: Clues, atlas: Atlas, *, slack: bool) -> list[Hit]:
    fitting = [h for h in hits if _somewhere(h.place) and fits(h.place, clues, slack=slack)]
    return [h for h in fitting if in_second(h.place, clues, atlas) >= 0]


def _somewhere(place: Place) -> bool:
    return math.isfinite(place.latitude) or place.kind == "country"


def in_second(place: Place, clues: Clues, atlas: Atlas) -> float:
    """Return 1 if a place lies in a hinted second-level area, 0 if nobody knows, -1 if not."""
    if not clues.admin2:
        return 0.0
    if place.admin2 in clues.admin2 or place.row in clues.admin2:
        return 1.0
    for row in clues.admin2:
        unit = atlas.place(row)
        if not math.isfinite(unit.latitude):
            continue
        away = km(unit.latitude, unit.longitude, place.latitude, place.longitude)
        reach = unit.radius_km or SEAT_KM
        if away <= reach:
            return 0.5 if place.admin2 < 0 else 0.2
        if away > _OUT_OF_UNIT * reach + _UNIT_SLACK_KM:
            return -1.0
    return 0.0


def borne_out(found: Answer, clues: Clues, atlas: Atlas) -> bool:
    """Whether an answer is a place in the very district that the row names."""
    return found.spot is not None and in_second(found.spot, clues, atlas) >= _INSIDE


def sharpened(found: Answer, clues: Clues, atlas: Atlas) -> Answer:
    """Settle the radius of a town by how well the hinted second-level area bears it out.

    A name met in the very district that the row names is exact to a fraction of its town; one that
    lies beside that district may be another place of the name.
    """
    spot = found.spot
    named = found.precision == "settlement" and found.method in ("name", "alias", "fuzzy")
    if spot is None or spot.place_id.startswith("place:") or not named or not clues.admin2:
        return found
    if in_second(spot, clues, atlas) < _BESIDE:
        found.uncertainty_km = max(found.uncertainty_km, _DOUBTFUL_KM)
    sure = found.method != "fuzzy" or float(str(found.args.get("score", 0))) >= _SURELY_ALIKE
    if borne_out(found, clues, atlas) and sure:
        found.uncertainty_km = radius.sharp(spot, found.method, atlas)
    return found


def of_name(
    text: str, hits: Sequence[Hit], kinds: Sequence[str], *, clues: Clues, atlas: Atlas,
    profile: Profile,
) -> Answer:  # fmt: skip
    """Return the answer for a name and its hits; unresolved if none will do."""
    inside = _inside(hits, clues, atlas, slack=False) or _inside(hits, clues, atlas, slack=True)
    if not inside:
        across = _across(hits, clues)
        if across:
            loosened = clues.within(countries=(), admin1=(), admin2=())
            found = of_name(text, across, kinds, clues=loosened, atlas=atlas, profile=profile)
            found.reason, found.args = "across_line", {"text": text}
            found.confidence -= 0.15
            return found.ruled("just across the line")
        shown = [answer.describe(h.place) for h in sorted(hits, key=_size)[:3]]
        reason = "outside_hint" if hits else "unknown_name"
        found = answer.unresolved(reason, shown, text=text)
        found.status = "unresolved"
        return found.ruled("outside the hint" if hits else "no such name")
    called = _called_so(fold(text), inside)
    ranked = sorted(
        inside, key=lambda h: _rank(h, clues, kinds, atlas, profile, called), reverse=True
    )
    return _answer(text, ranked, clues, kinds)


def scored(
    text: str, hits: Sequence[Hit], kinds: Sequence[str], clues: Clues, atlas: Atlas,
    profile: Profile,
) -> list[tuple[Hit, float]]:  # fmt: skip
    """Return the hits of a name that satisfy the hints, and what each is ranked by; best first."""
    inside = _inside(hits, clues, atlas, slack=False) or _inside(hits, clues, atlas, slack=True)
    called = _called_so(fold(text), inside)
    ranks = [(hit, sum(_rank(hit, clues, kinds, atlas, profile, called))) for hit in inside]
    return sorted(ranks, key=lambda pair: pair[1], reverse=True)


def _size(hit: Hit) -> tuple[int, int]:
    return hit.quality, -hit.place.population


def _called_so(name: str, hits: Sequence[Hit]) -> frozenset[str]:
    """Return the ids of the towns of some size whose own name is, or mostly is, a folded name.

    "San Cristóbal de las Casas" is called San Cristóbal, "Heroica Matamoros" Matamoros.
    """
    towns = [h for h in hits if h.place.kind == "settlement" and h.place.population >= _TOWN]
    return frozenset(h.place.place_id for h in towns if h.quality == MAIN or _mostly(name, h))


def _mostly(name: str, hit: Hit) -> bool:
    own = fold(hit.place.name)
    if hit.quality != ALTERNATE:
        return False
    if own.startswith(f"{name} "):
        return True
    before = own.removesuffix(f" {name}")
    return before != own and "honour" in lexicon().classes(before)


_WANTED = {
    "settlement": ("settlement",),
    "admin1": ("admin1",),
    "admin2": ("admin2",),
    "bridge": ("crossing",),
    "crossing": ("crossing",),
    "trail": ("trail", "crossing"),
    "site": ("site",),
    "river": ("river",),
    "road": ("road",),
    "area": ("area", "region", "island", "river"),
    "country": ("country",),
}


def _rank(
    hit: Hit, clues: Clues, kinds: Sequence[str], atlas: Atlas, profile: Profile,
    called: frozenset[str],
) -> tuple[float, ...]:  # fmt: skip
    """Return what a candidate is ranked by, the weightiest first.

    `called`: the towns called so, before which a big one with another name does not go.
    """
    place = hit.place
    wanted = 0.0
    for number, kind in enumerate(kinds):
        if place.kind in _WANTED.get(kind, ()):
            wanted = max(wanted, 3.0 - number * 0.5)
    spelt = {MAIN: 1.0, ALTERNATE: 0.75, LOOSE: 0.0}[hit.quality]
    if not kinds:
        wanted = bare_preference(place, clues)
        if called and hit.quality == ALTERNATE and place.kind == "settlement":
            if place.place_id in called:
                spelt = _FOR_SHORT
            else:
                wanted, spelt = min(wanted, _SMALL), _OUTDONE
    people = math.log10(max(place.population, 100)) / 4
    own = 0.6 if place.row < 0 else 0.0
    around = 0.0
    if clues.near is not None:
        lat, lon, reach = clues.near
        around = 2.0 if km(lat, lon, place.latitude, place.longitude) <= reach else 0.0
    company = 0.0
    if not clues.countries and profile.countries:
        shares = sum(profile.countries.get(c, 0) for c in place.country.split("-"))
        company = 1.5 * shares / max(sum(profile.countries.values()), 1)
        if place.country in profile.pairs:
            company = 1.5
    if not clues.countries and _at_border_of_file(place, profile):
        company = _AT_BORDER
    return (
        wanted + around + company + spelt + people + own + 1.5 * in_second(place, clues, atlas),
    )


def _at_border_of_file(place: Place, profile: Profile) -> bool:
    """Whether a place lies at a border that the file mostly speaks of."""
    total = sum(profile.pairs.values())
    main = [pair for pair, n in profile.pairs.items() if n >= 2 and n >= _SHARE_OF_BORDERS * total]
    if not any(place.country in pair.split("-") for pair in main):
        return False
    pair, away = _border_at(place)
    return pair in main and away <= _ACROSS_TOWN_KM


@cache
def _border_at(place: Place) -> tuple[str, float]:
    if not math.isfinite(place.latitude):
        return "", math.inf
    pair, away = world.nearest_border(np.array([place.longitude]), np.array([place.latitude]))
    return str(pair[0]), float(away[0])


def bare_preference(place: Place, clues: Clues) -> float:
    """Return how readily a bare name, without a word for its kind, means a place of this kind."""
    if place.kind == "country":
        return 3.0
    if place.kind == "admin1":
        hinted = place.admin1 in clues.admin1
        return 0.0 if hinted or place.radius_km < _CITY_AREA_KM else 1.6
    if place.kind == "admin2":
        return -0.8
    if place.kind == "settlement" and place.population >= _BIG_TOWN:
        return 1.4
    return 0.8 if place.kind not in KINDS else _SMALL


def _answer(text: str, ranked: Sequence[Hit], clues: Clues, kinds: Sequence[str]) -> Answer:
    hit = ranked[0]
    place = hit.place
    rivals = [h.place for h in ranked[1:] if _rivals(place, h.place)]
    method = "name" if hit.quality == MAIN else "alias"
    confidence = {MAIN: 0.95, ALTERNATE: 0.9, LOOSE: 0.8}[hit.quality]
    if rivals:
        confidence -= 0.1
    if not clues.countries:
        confidence -= 0.05
    found = best(place, method=method, text=text, confidence=confidence)
    found.candidates = len(ranked)
    if rivals:
        away = km(place.latitude, place.longitude, rivals[0].latitude, rivals[0].longitude)
        found.runner_up = f"{answer.describe(rivals[0])}, {away:.0f} km"
    if len(rivals) >= _MANY_RIVALS and not clues.countries and found.precision == "settlement":
        found.reason, found.args = "namesakes", {"text": text, "n": len(ranked)}
        found.confidence -= 0.2
    if place.kind in ("admin1", "admin2") and "settlement" in kinds:
        found.confidence -= 0.2
    return found.ruled(_rule(hit, kinds, rivals))


def _rule(hit: Hit, kinds: Sequence[str], rivals: Iterable[Place]) -> str:
    if any(hit.place.kind in _WANTED.get(kind, ()) for kind in kinds):
        return "kind said"
    if hit.place.kind == "admin1" and any(r.kind == "settlement" for r in rivals):
        return "area before its town"
    if hit.quality == LOOSE:
        return "spelling variant"
    return "most people" if list(rivals) else "exact name"


def _rivals(one: Place, other: Place) -> bool:
    if one.kind != other.kind:
        return one.kind != "crossing"
    return km(one.latitude, one.longitude, other.latitude, other.longitude) > 10


def best(place: Place, *, method: str, text: str, confidence: float) -> Answer:
    """Return the answer that a text means a place, in the shape that its kind has."""
    if place.kind in ("admin1", "admin2", "country"):
        return answer.area(place, reason=f"area_{place.kind}", confidence=confidence, text=text)
    if place.shape == "area" or place.kind in ("area", "region", "island", "river", "road"):
        return answer.area(
            place, method=method, reason="area_kept", confidence=confidence, text=text
        )
    reason = {"fuzzy": "similar", "alias": "alias"}.get(method, "named")
    if place.kind == "crossing":
        reason = "crossing"
    return answer.point(place, method=method, reason=reason, confidence=confidence, text=text)
