"""Reads the groups of a place text: the grammar's second half.

Each rule is a function that answers or passes; they are asked in the order of `RULES`. The first
group that names something is the head; what follows it in brackets, after a comma or after "in"
says where it lies, unless it makes a list of it.
"""

import math
from collections.abc import Callable
from dataclasses import replace

from mapper.geocode import answer, borders, choose, joined, lists, radius, single
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Place
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene

__all__ = ["PLURAL_BORDERS", "RULES", "read"]

_MOST_GROUPS = 16
"""Groups of a text that are read: no honest place text has more."""
_PLAIN_KINDS = frozenset(("settlement", "admin1", "admin2"))
PLURAL_BORDERS = frozenset(
    (
        "borders",
        "frontiers",
        "boundaries",
        "fronteras",
        "fronteiras",
        "frontieres",
        "grenzen",
        "granitsy",
        "kordony",
        "confini",
        "sinirlari",
        "frontiere",
    )
)


def read(scene: Scene, groups: list[Group]) -> Answer:
    """Return the answer for the groups of a text."""
    if len(groups) == 1 and _plain(groups[0]):
        return single.single(scene, groups, [])  # what all other rules would pass on
    groups = _merged([replace(g) for g in groups[:_MOST_GROUPS]])
    main, tail = _cut(groups)
    if not main:
        return answer.unresolved("nothing_named")
    for rule in RULES:
        found = rule(scene, main, tail)
        if found is not None:
            return found
    return answer.unresolved("nothing_named")


def _plain(group: Group) -> bool:
    """Whether a group is one bare name, with a word for a town or an area at most."""
    about = group.joint or group.border or group.side or math.isfinite(group.distance_km)
    return len(group.names) == 1 and not about and _PLAIN_KINDS.issuperset(group.kinds)


def border(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """A border phrase: "border between X and Y", "frontera colombo-venezolana"."""
    head = main[0]
    beside = any(g.border and not g.names and not g.near for g in main[1:2])
    adjectives_only = not head.names and not head.kinds
    opens = head.border or head.side or (beside and adjectives_only)
    if not opens or (head.kinds and head.names):
        return None
    group = [g for g in main if not math.isfinite(g.distance_km)]
    if any(math.isfinite(g.distance_km) for g in main) and not math.isfinite(head.distance_km):
        group = main[: next(i for i, g in enumerate(main) if math.isfinite(g.distance_km))]
    named = single.known_names(scene, main)
    crossing = next((p for p in named if p.kind in ("crossing", "site", "trail")), None)
    if crossing is not None and not single.countries_of(main):
        return choose.best(crossing, method="name", text=crossing.name, confidence=0.85)
    countries = single.countries_of(group)
    seas = [c for c in countries if not borders.pairs_of(c)]
    if seas or any("area" in g.kinds for g in main):
        return _maritime(scene, main)
    places = [p for p in named if p.kind in ("admin1", "settlement", "admin2")]
    plural = any(w.folded in PLURAL_BORDERS for g in main for w in g.words)
    del tail
    return borders.border_of(
        countries, places, scene.clues, scene.profile, scene.borders,
        plural=plural, side=any(g.side for g in main),
    )  # fmt: skip


def known_as(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Read "trocha conocida como La 80": the name after the words is the one."""
    at = next((i for i, g in enumerate(main) if g.joint == "known_as"), None)
    if at is None:
        return None
    after = [replace(main[at], joint="", kinds=[*main[0].kinds, *main[at].kinds])]
    found = single.single(scene, [*after, *main[at + 1 :]], tail)
    if not found.found and at:
        found = single.single(scene, main[:at], tail)
    return found


def distance(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Read "5 km north of X": a point off X; a head that is known goes before."""
    at = next((i for i, g in enumerate(main) if math.isfinite(g.distance_km)), None)
    if at is None:
        return None
    head = answer.unresolved("nothing_named")
    stretch = any("road" in g.kinds for g in main[: at + 1])
    if any(g.names or g.countries for g in main[:at]):
        head = single.single(scene, main[:at], [*main[at:], *tail])
        if head.found and not stretch and (head.shape == "point" or main[0].kinds):
            return head
    away = main[at]
    target = [replace(away, distance_km=math.nan, joint=""), *main[at + 1 :]]
    if stretch and away.names and any(g.names for g in main[at + 1 : at + 2]):
        target = main[at + 1 :]  # "A - B road 60 km from A"
    target = [g for g in target if not g.empty]
    if not target:
        return None
    if target[0].names and not target[0].kinds:
        target[0].kinds.append("settlement")  # one measures from a town, not from its state
    base = read(scene, target)
    if head.found and base.shape != "point":
        return head
    return _moved(base, away.distance_km, away.bearing) if base.found else base


def _moved(base: Answer, distance: float, bearing: float) -> Answer:
    """Return a point `distance` km from the base, in a direction if one was said."""
    known = math.isfinite(bearing)
    if base.shape in ("area", "line") and base.precision != "near":
        return base.ruled("a distance from an area")
    lat, lon = base.latitude, base.longitude
    if known:
        rad = math.radians(bearing)
        lat += distance * math.cos(rad) / 111.2
        lon += distance * math.sin(rad) / (111.2 * math.cos(math.radians(lat)))
    reach = base.uncertainty_km + radius.of_relative(distance, bearing=known)
    place = Place(base.place_id, base.name, "near", base.latitude, base.longitude)
    found = answer.near(
        round(lat, 5), round(lon, 5), reach, place, reason="offset",
        name=base.name, distance=f"{distance:g}",
    )  # fmt: skip
    found.countries = base.countries
    return found.ruled("distance and direction" if known else "distance")


def _maritime(scene: Scene, main: list[Group]) -> Answer | None:
    """Borders at sea: the islands named, as areas."""
    return lists.several(scene, main, []) or single.single(
        scene, [g for g in main if not g.bare], []
    )


def one_place(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """One place, with what says where it lies."""
    return single.single(scene, main, tail)


Rule = Callable[[Scene, list[Group], list[Group]], Answer | None]
RULES: tuple[Rule, ...] = (
    known_as,
    distance,
    joined.road,
    joined.joined_towns,
    border,
    lists.several,
    one_place,
)


def _merged(groups: list[Group]) -> list[Group]:
    """Join a group that only says kinds with the name that follows it ("kota perbatasan, X")."""
    result: list[Group] = []
    for group in groups:
        if result and group.names and _leads_to(result[-1], group):
            last = result.pop()
            joined = replace(
                group, joint=last.joint, kinds=[*last.kinds, *group.kinds],
                adjectives=[*last.adjectives, *group.adjectives], near=last.near or group.near,
                words=[*last.words, *group.words],
            )  # fmt: skip
            result.append(joined)
        else:
            result.append(group)
    return result


def _leads_to(last: Group, group: Group) -> bool:
    """Whether a group without a name of its own speaks of the name that follows."""
    speaks = last.bare and not last.border and not last.side
    follows = group.depth == last.depth and group.joint in (",", "", "of", "~")
    return speaks and follows and not math.isfinite(last.distance_km)


def _cut(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Part the text from the clause that only describes it ("…, que comunica a X con Y")."""
    for number, group in enumerate(groups):
        if group.joint == "describes" and any(not g.empty for g in groups[:number]):
            return groups[:number], groups[number:]
    return groups, []
