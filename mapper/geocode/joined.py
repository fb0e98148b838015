"""What joins two places: bridges between towns, roads from one to the other."""

import math
from collections.abc import Sequence
from dataclasses import replace

from mapper.geocode import answer, borders, crossings, radius, single
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Place
from mapper.geocode.choose import fits
from mapper.geocode.clues import Clues
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene

__all__ = ["joined_towns", "road"]

_CLUSTER_KM = 15.0
_APART_KM = 400.0
"""No text speaks of the way between places farther apart."""
ONE_END_KM = 35.0
"""How far from its one known end a stretch "between X and Y" may lie."""
_WAY_SHARE, _LONGEST_END_KM = 0.6, 60.0
"""What of the spacing of places a way may reach from its known end, and how far at most."""
_MOST_CANDIDATES = 40
_ROAD_ACROSS_KM = 60.0
"""Longest road between two countries that is taken for one when the row names only one of them."""


def joined_towns(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Read "puente que une San Antonio y Cúcuta", "road between X and Y"."""
    at = next((i for i, g in enumerate(main) if g.joint == "between"), None)
    if at is None:
        return None
    head = main[:at]
    if head and any(g.names for g in head):
        return single.single(scene, head, [*main[at:], *tail])
    ends = main[at:]
    kinds = [k for g in head for k in g.kinds] + [k for k in ends[0].kinds if k != "settlement"]
    countries = single.countries_of([g for g in ends if not g.names])
    spans = bool({"bridge", "crossing", "trail"} & set(kinds))
    last = ends[-1]
    if not spans and last.depth and last.names and {"admin2", "settlement"} & set(last.kinds):
        found = single.single(scene, [replace(last, joint="", depth=0)], tail)
        if found.found:
            return _on_road(found)
    towns = _ends(scene, ends, both_sides=spans)
    span = {"bridge", "crossing", "trail"} & set(kinds)
    if span and len(towns) >= 2:
        if span == {"trail"}:  # an unofficial way is no official crossing
            return answer.midway(towns[0], towns[1])
        return crossings.crossing_between(scene, towns[0], towns[1])
    if span and len(towns) == 1 and towns[0].kind == "admin1":
        return crossings.crossings_in(scene, towns[0], main)
    if span or (not towns and len(countries) >= 2):
        return borders.border_of(countries, (), scene.clues, scene.profile, scene.borders)
    if len(towns) >= 2:
        return answer.midway(towns[0], towns[1])
    return _one_end(scene, single.single(scene, ends, tail)) if towns else None


def road(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Read "X - Y road": between its ends, or about the place that a bracket or "in" adds."""
    if not any("road" in g.kinds for g in main) and not _local_border(main):
        return None
    for group in main[1:]:
        if group.names and (group.depth or group.joint in ("in", "near")):
            found = single.single(scene, [replace(group, joint="", depth=0)], tail)
            if found.found:
                return _on_road(found)
    ends = [g for g in main if g.names and not g.depth]
    joined = [g for g in ends[1:] if g.joint in ("-", "~", "between", "and")]
    if len(ends) < 2 or not joined:
        return None
    towns = _ends(scene, ends[:2])
    if len(towns) < 2 and not scene.clues.admin1:
        towns = _across(scene, ends[:2]) or towns
    if len(towns) == 2:
        return answer.midway(towns[0], towns[1])
    if len(towns) == 1:
        known = next(g for g in ends[:2] if any(h.place is towns[0] for h in g.names[0].hits))
        return _one_end(scene, single.single(scene, [replace(known, joint="", kinds=[])], tail))
    return answer.unresolved("unknown_name", text=ends[0].names[0].raw).ruled("road")


def _across(scene: Scene, ends: Sequence[Group]) -> list[Place]:
    """Return the ends of a road that crosses the line: one in the row's country, both near."""
    towns = _ends(scene, ends, both_sides=True)
    if len(towns) < 2 or not any(fits(t, scene.clues) for t in towns):
        return []
    one, other = towns
    apart = km(one.latitude, one.longitude, other.latitude, other.longitude)
    return towns if apart <= _ROAD_ACROSS_KM else []


def _local_border(main: Sequence[Group]) -> bool:
    """Whether a text speaks of the line between two towns or districts: "Gangaw - Pale border"."""
    if len(main) < 2 or main[0].border or main[0].kinds or not main[0].names:
        return False
    return main[1].border and bool(main[1].names) and main[1].joint in ("-", "~")


def _one_end(scene: Scene, found: Answer) -> Answer:
    """Between a known place and one that is not: about the known one, for want of better.

    Where towns lie far apart the ways between them are long.
    """
    if found.shape != "point":
        return found
    admin1 = found.spot.admin1 if found.spot is not None else ""
    apart = _WAY_SHARE * radius.spacing_km(scene.atlas, admin1)
    return answer.widened(found, min(max(ONE_END_KM, apart), _LONGEST_END_KM), "area_by_town")


def _on_road(found: Answer) -> Answer:
    if found.shape == "point":
        return answer.widened(found, single.ROAD_KM, "near_town")
    return found


def _ends(scene: Scene, groups: Sequence[Group], *, both_sides: bool = False) -> list[Place]:
    """Return the places at both ends of "between A (X) and B (Y)".

    With `both_sides` (bridges) they need not be in the row's country. Of the places that bear
    the names, the two nearest to each other are meant.
    """
    choices: list[list[Place]] = []
    outside: list[Place] = []
    for number, group in enumerate(groups):
        after = groups[number + 1] if number + 1 < len(groups) else None
        said = [*group.adjectives, *group.countries]
        if after is not None and after.joint == "(" and not after.names:
            said += after.countries
        for name in group.names:
            clues = Clues((said[0],)) if said else Clues() if both_sides else scene.clues
            fitting = _candidates(name, clues)
            if not fitting and clues.admin1:
                # a way may lead out of the hinted area
                fitting = _candidates(name, clues.within(admin1=(), admin2=()))
                outside += [p for p in fitting if not fits(p, clues)]
            if fitting:
                choices.append(fitting)
    if len(choices) < 2:
        choices = [[p for p in c if p not in outside] for c in choices]
        return [min(c, key=lambda p: (p.kind != "admin1", -p.population)) for c in choices if c]
    choices = [_towns_first(c) for c in choices]
    pairs = (
        (km(a.latitude, a.longitude, b.latitude, b.longitude), a, b)
        for a in choices[0]
        for b in choices[1]
    )
    best = min(pairs, key=lambda t: (round(t[0] / _CLUSTER_KM), -t[1].population - t[2].population))
    _, one, other = best
    if (one in outside) != (other in outside):
        one, other = (other, one) if one in outside else (one, other)
        return [one, _nearer(one, other, best[0])]
    wide = one.kind == "admin1" or other.kind == "admin1"
    return [one, other] if wide or best[0] <= _APART_KM else [one]


def _nearer(one: Place, other: Place, apart: float) -> Place:
    """Return the end outside the hinted area, drawn near to the one inside: that part is meant."""
    share = min(1.0, 2 * ONE_END_KM / max(apart, 1.0))
    return replace(
        other,
        latitude=one.latitude + share * (other.latitude - one.latitude),
        longitude=one.longitude + share * (other.longitude - one.longitude),
    )


def _candidates(name: Name, clues: Clues) -> list[Place]:
    """Return the places a name at the end of a way can mean, the most populous first."""
    fitting = [h.place for h in name.hits if fits(h.place, clues)]
    fitting = [p for p in fitting if p.kind not in ("crossing", "country")]
    fitting = [p for p in fitting if math.isfinite(p.latitude)]
    return sorted(fitting, key=lambda p: -p.population)[:_MOST_CANDIDATES]


def _towns_first(places: list[Place]) -> list[Place]:
    """Return the towns of several candidates; the areas only if there is no town."""
    return [p for p in places if p.kind not in ("admin1", "admin2")] or places
