"""Border phrases: which border is meant, and how much of it.

A border is joined only on evidence: two countries in the text, a country and the pair the caller
or the file speaks of, a country with a single neighbour. Otherwise the text stays unresolved and
says so.
"""

import math
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper import world
from mapper.geocode import answer
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Place
from mapper.geocode.clues import Clues, Profile

__all__ = ["between", "border_of", "pairs_of", "within"]

_DOMINANT = 0.75
"""Share of a file's border mentions that lets one border stand for "the border with X"."""
_BESIDE_DEGREES = 0.05
"""How far an admin area's outline, which is coarse, may lie from the border it is at."""
_STRETCH_KM = 25.0
"""Reach within which a border belongs to a town or an area named with it."""


@cache
def pairs_of(country: str) -> tuple[str, ...]:
    """Return the land borders of a country."""
    return tuple(p for p in world.pairs() if country in p.split("-"))


def between(one: str, other: str) -> str:
    """Return the pair of two countries if they have a land border, else `""`."""
    pair = "-".join(sorted((one, other)))
    return pair if one != other and pair in pairs_of(one) else ""


def border_of(
    countries: Sequence[str],
    places: Sequence[Place],
    clues: Clues,
    profile: Profile,
    borders: Sequence[str],
    *,
    plural: bool = False,
    side: bool = False,
) -> Answer:
    """Return the border that a phrase means.

    Args:
        countries: those the phrase names, in order.
        places: admin areas or towns it names.
        clues: the row's hints.
        profile: the file's company.
        borders: pairs the caller speaks of (`--border`).
        plural: several borders are meant ("the Colombian and Brazilian borders").
        side: one country's side of it is meant.
    """
    named = list(dict.fromkeys(countries))
    pairs, reason = _pairs(named, places, clues, profile, borders, plural=plural)
    if not pairs:
        if named and (side or len(named) == 1):
            return _country(named[0], reason)
        return answer.unresolved(reason).ruled("no evidence for a border")
    if places and len(pairs) == 1:
        return _stretch(pairs[0], places).ruled("stretch of a border")
    if len(pairs) == 1:
        found = answer.line(pairs[0], reason=reason, border=pairs[0].replace("-", "–"))
        return found.ruled("border")
    lines = [answer.line(p, reason=reason, confidence=0.6, border=p) for p in pairs]
    return answer.listed(lines, reason="borders").ruled("several borders")


def _pairs(
    named: list[str],
    places: Sequence[Place],
    clues: Clues,
    profile: Profile,
    borders: Sequence[str],
    *,
    plural: bool,
) -> tuple[list[str], str]:
    """Return the pairs and the reason for them."""
    if len(named) >= 2:
        focus = _focus(named, profile) if plural else ""
        if focus:
            return [p for p in (between(focus, c) for c in named) if p], "borders_of_file"
        pair = between(named[0], named[1])
        if pair:
            return [pair], "border_two_countries"
        return [], "no_common_border"
    inside = [p.country for p in places if p.country]
    sides = list(dict.fromkeys((*named, *inside)))
    if len(sides) >= 2 and between(sides[0], sides[1]):
        return [between(sides[0], sides[1])], "border_two_areas"
    if places:
        touching = _touching(places[0], world.view())
        if len(touching) == 1:
            return touching, "border_of_area"
    row = clues.country
    if len(named) == 1 and row and row != named[0] and between(row, named[0]):
        return [between(row, named[0])], "border_row_country"
    country = (named or inside or [row])[0] if (named or inside or row) else ""
    return _by_evidence(country, profile, borders)


def _focus(named: list[str], profile: Profile) -> str:
    """Return the country whose borders with each of `named` the file speaks of, `""` if none."""
    counts: dict[str, int] = {}
    for pair, n in profile.pairs.items():
        for code in pair.split("-"):
            counts[code] = counts.get(code, 0) + n
    for code in sorted(counts, key=lambda c: -counts[c]):
        if code not in named and all(between(code, c) in profile.pairs for c in named):
            return code
    return ""


def _by_evidence(country: str, profile: Profile, borders: Sequence[str]) -> tuple[list[str], str]:
    """Return the border(s) meant when the text names one country or none."""
    asked = [b for b in borders if not country or country in b.split("-")]
    if len(asked) == 1:
        return asked, "border_option"
    if not country:
        return [], "border_unsaid"
    all_pairs = pairs_of(country)
    if len(all_pairs) == 1:
        return [all_pairs[0]], "border_only_neighbour"
    spoken = {p: n for p, n in profile.pairs_with(country).items() if p in all_pairs}
    total = sum(spoken.values())
    if not total:
        return [], "border_which"
    best = max(spoken, key=lambda p: (spoken[p], p))
    if spoken[best] >= _DOMINANT * total:
        return [best], "border_of_file"
    real = [p for p in sorted(spoken) if spoken[p] >= 0.1 * total]
    return real, "borders_of_file"


def _country(code: str, reason: str) -> Answer:
    """Return the area of a country named in a border phrase whose border nobody can tell."""
    lat, lon, reach = world.country_extent(code)
    place = Place(f"country:{code}", code, "country", lat, lon, code, radius_km=reach)
    found = answer.area(place, method="border", reason="border_country", confidence=0.4)
    # the borders that mapper knows best come first: those with kept crossings
    kept = set(world.crossings()["pair"])
    asked = sorted(pairs_of(code), key=lambda pair: (pair not in kept, pair))
    found.args = {"country": code, "why": reason, "borders": ", ".join(asked)}
    found.considered, found.candidates = tuple(asked), len(asked)
    found.runner_up = "; ".join(asked[:3])
    return found.ruled("no evidence for a border")


@lru_cache(maxsize=4096)
def _touching(place: Place, _view: str) -> list[str]:
    """Return the borders that a place lies at; `_view`: the view they are drawn in."""
    shape = world.admin1_shape(place.admin1) if place.kind == "admin1" else None
    found = []
    for pair in pairs_of(place.country):
        line = world.border_line(pair)
        if shape is not None and not shape.is_empty:
            if shapely.dwithin(line, shape, _BESIDE_DEGREES):
                found.append(pair)
        elif _distance(line, place)[2] <= _STRETCH_KM:
            found.append(pair)
    return found


def within(line: shapely.Geometry, area: shapely.Geometry, reach: float) -> shapely.Geometry:
    """Return the part of a line within `reach` degrees of an area.

    Only the ground beside the line is widened: a coast of a thousand islands takes long.
    """
    if area.is_empty:
        return shapely.LineString()
    west, south, east, north = shapely.bounds(area)
    near = shapely.clip_by_rect(line, west - reach, south - reach, east + reach, north + reach)
    if near.is_empty:
        return near
    west, south, east, north = shapely.bounds(near)
    beside = shapely.box(
        *(west - 2 * reach, south - 2 * reach, east + 2 * reach, north + 2 * reach)
    )
    return shapely.intersection(line, shapely.buffer(shapely.intersection(area, beside), reach))


def _farthest(lat: float, lon: float, xy: NDArray[np.float64]) -> float:
    """Return the distance in km of the farthest of many points; the measure is that of `km`."""
    y0, y1, across = (np.radians(a) for a in (lat, xy[:, 1], xy[:, 0] - lon))
    h = np.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * np.cos(y1) * np.sin(across / 2) ** 2
    return float(answer.EARTH_DIAMETER_KM * np.arcsin(np.sqrt(np.minimum(h.max(), 1.0))))


def _distance(line: shapely.Geometry, place: Place) -> tuple[float, float, float]:
    """Return the point of a line nearest to a place, and how far it is in km."""
    spot = shapely.shortest_line(line, shapely.Point(place.longitude, place.latitude))
    x, y = shapely.get_coordinates(spot)[0]
    return float(y), float(x), km(y, x, place.latitude, place.longitude)


def _stretch(pair: str, places: Sequence[Place]) -> Answer:
    """Return the part of a border that lies at the places named with it."""
    line = world.border_line(pair)
    towns = [p for p in places if p.kind not in ("admin1", "admin2", "country")]
    if towns:
        lat, lon, away = _distance(line, towns[0])
        if away <= _STRETCH_KM:
            return answer.near(
                lat, lon, max(3.0, 1.2 * away), towns[0], reason="border_at", method="border",
                shape="point", border=pair.replace("-", "–"), near=towns[0].name,
            )  # fmt: skip
        return answer.line(pair, reason="border_two_areas", border=pair.replace("-", "–"))
    found = answer.line(
        pair, reason="border_stretch", border=pair.replace("-", "–"),
        places=", ".join(p.name for p in places),
    )  # fmt: skip
    areas = tuple(p.admin1 for p in places if p.kind == "admin1")
    found.latitude, found.longitude, reach = _part(pair, areas, world.view())
    found.uncertainty_km = reach if math.isfinite(reach) else found.uncertainty_km
    return found


@lru_cache(maxsize=1024)
def _part(pair: str, areas: tuple[str, ...], _view: str) -> tuple[float, float, float]:
    """Return a point of the part of a border that lies at areas, and its reach in km.

    `areas`: codes of first-level ones; `_view`: the view that the border is drawn in.
    """
    parts = world.border_line(pair)
    for code in areas:
        cut = within(parts, world.admin1_shape(code), _BESIDE_DEGREES)
        parts = parts if cut.is_empty else cut
    xy = shapely.get_coordinates(shapely.segmentize(parts, 0.05))
    middle = parts.centroid
    at = int(np.argmin(np.hypot(xy[:, 0] - middle.x, xy[:, 1] - middle.y)))
    lon, lat = float(xy[at, 0]), float(xy[at, 1])
    return lat, lon, _farthest(lat, lon, xy)
