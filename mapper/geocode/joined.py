"""What joins two places: bridges between towns, roads from one to the other."""

import math
from collections.abc import Sequence
from dataclasses import replace

from mapper.geocode import answer, borders, crossings, single
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Place
from mapper.geocode.choose import fits
from mapper.geocode.clues import Clues
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene

__all__ = ["joined_towns", "road"]

_CLUSTER_KM = 15.0
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
    towns = _ends(scene, ends, both_sides=spans)
    span = {"bridge", "crossing", "trail"} & set(kinds)
    if span and len(towns) >= 2:
        return crossings.crossing_between(scene, towns[0], towns[1])
    if span and len(towns) == 1 and towns[0].kind == "admin1":
        return crossings.crossings_in(scene, towns[0], main)
    if span or (not towns and len(countries) >= 2):
        return borders.border_of(countries, (), scene.clues, scene.profile, scene.borders)
    if len(towns) >= 2:
        return answer.midway(towns[0], towns[1])
    return single.single(scene, ends, tail) if towns else None


def road(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Read "X - Y road": between its ends, or about the place that a bracket or "in" adds."""
    at = next((i for i, g in enumerate(main) if "road" in g.kinds), None)
    if at is None:
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
        towns = _across(scene, ends[:2])
    if len(towns) == 2:
        return answer.midway(towns[0], towns[1])
    return answer.unresolved("unknown_name", text=ends[0].names[0].raw).ruled("road")


def _across(scene: Scene, ends: Sequence[Group]) -> list[Place]:
    """Return the ends of a road that crosses the line: one in the row's country, both near."""
    towns = _ends(scene, ends, both_sides=True)
    if len(towns) < 2 or not any(fits(t, scene.clues) for t in towns):
        return []
    one, other = towns
    apart = km(one.latitude, one.longitude, other.latitude, other.longitude)
    return towns if apart <= _ROAD_ACROSS_KM else []


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
    for number, group in enumerate(groups):
        after = groups[number + 1] if number + 1 < len(groups) else None
        said = [*group.adjectives, *group.countries]
        if after is not None and after.joint == "(" and not after.names:
            said += after.countries
        for name in group.names:
            clues = Clues((said[0],)) if said else Clues() if both_sides else scene.clues
            fitting = [h.place for h in name.hits if fits(h.place, clues)]
            fitting = [p for p in fitting if p.kind not in ("crossing", "country")]
            fitting = [p for p in fitting if math.isfinite(p.latitude)]
            if fitting:
                choices.append(sorted(fitting, key=lambda p: -p.population)[:_MOST_CANDIDATES])
    if len(choices) < 2:
        return [min(c, key=lambda p: (p.kind != "admin1", -p.population)) for c in choices]
    pairs = (
        (km(a.latitude, a.longitude, b.latitude, b.longitude), a, b)
        for a in choices[0]
        for b in choices[1]
    )
    return list(
        min(pairs, key=lambda t: (round(t[0] / _CLUSTER_KM), -t[1].population - t[2].population))[
            1:
        ]
    )
