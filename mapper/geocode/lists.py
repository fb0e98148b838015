"""Several places in one text: "A, B y C", "puentes A y B", "five municipalities (…)"."""

from dataclasses import replace

from mapper.geocode import answer, single
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import LOOSE, MAIN
from mapper.geocode.clues import Clues
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene

__all__ = ["several"]

_BESIDE_KM = 60.0
_SPANS = ("crossing", "trail", "site")


def several(scene: Scene, main: list[Group], tail: list[Group]) -> Answer | None:
    """Several places in one text: "A, B y C", "puentes A y B", "five municipalities (…)"."""
    members = _members(main)
    if len(members) < 2:
        return None
    scope, items = _list_scope(scene, main, members)
    found = [single.single(scene.within(scope), m, []) for m in items]
    found = _together(scene.within(scope), items, found)
    if any(f.shape == "none" for f in found):
        known = [f for f in found if f.found]
        if not known:
            return None
        if len(known) == 1:
            return known[0].ruled("the one of several that is known")
        missing = [
            next((n.raw for g in m for n in g.names), "?")
            for m, f in zip(items, found, strict=True)
            if not f.found
        ]
        listed = answer.listed(known, reason="list_partial", missing=", ".join(missing))
        listed.confidence -= 0.2
        return listed.ruled("several places")
    del tail
    ids = {(f.place_id or f.name) for f in found}
    if len(ids) < 2:
        return found[0]
    return answer.listed(found).ruled("several places")


def _together(scene: Scene, items: list[list[Group]], found: list[Answer]) -> list[Answer]:
    """Of several districts of one name, take the one beside a district named with it."""
    districts = [f for f in found if f.precision == "admin2"]
    if len(districts) < 2:
        return found
    sure = min(districts, key=lambda f: f.candidates)
    near = (sure.latitude, sure.longitude, _BESIDE_KM)
    beside = scene.within(scene.clues.within(near=near))
    return [
        single.single(beside, m, []) if f in districts and f is not sure and f.runner_up else f
        for m, f in zip(items, found, strict=True)
    ]


def _members(main: list[Group]) -> list[list[Group]]:
    """Part the groups into the members of a list; one member if it is none."""
    level = _list_level(main)
    groups = [g for g in main if g.depth == level] if level else main
    if level:
        groups = [replace(g, joint="," if g.joint == "(" else g.joint) for g in groups]
    members: list[list[Group]] = []
    linked = any(g.joint == "and" for g in groups)
    outside = [g for g in main if g.depth == 0 and not g.names] if level else []
    carried: list[str] = [k for g in outside for k in g.kinds]
    for group in groups:
        part = _split_names(group)
        slashed = group.joint == "/" and bool(members) and _apart(members[-1][0], group)
        begins = (slashed or group.joint in ("and", ",", "")) and group.depth == level
        named = bool(group.names or group.countries)
        if not named and not members:
            carried = group.kinds
            continue
        if not members or (begins and named and (linked or slashed or group.joint == "and")):
            if members and group.joint == "," and _contains(group, members[-1]):
                members[-1].append(group)
                continue
            members += [[p] for p in part]
        else:
            members[-1].append(group)
    if len(members) < 2:
        return []
    return [_with_kinds(m, carried, members) for m in members]


def _apart(one: Group, other: Group) -> bool:
    """Whether two names are those of towns, and no place has both: "Ureña / San Antonio"."""
    if not (one.names and other.names):
        return False
    ids = [{h.place.place_id for h in g.names[0].hits if h.quality != LOOSE} for g in (one, other)]
    towns = [
        any(h.place.kind == "settlement" and h.quality == MAIN for h in g.names[0].hits)
        for g in (one, other)
    ]
    return all(towns) and not (ids[0] & ids[1])


def _list_level(main: list[Group]) -> int:
    """Return 1 if the list stands in brackets after words that name nothing of their own."""
    inside = [g for g in main if g.depth == 1 and (g.names or g.countries)]
    before = [g for g in main if g.depth == 0 and g.joint not in ("in", "of", ")")]
    several = len(inside) >= 2 and any(g.joint == "and" for g in inside)
    return 1 if several and not any(g.names for g in before[:1]) else 0


def _contains(group: Group, member: list[Group]) -> bool:
    """Whether a group names an area that holds the member before it."""
    if group.countries and not group.names:
        return bool(member[0].names)
    if not group.names or not member[0].names:
        return False
    codes = {h.place.admin1 for h in group.names[0].hits if h.place.kind == "admin1"}
    return bool(codes & {h.place.admin1 for h in member[0].names[0].hits})


def _list_scope(
    scene: Scene, main: list[Group], members: list[list[Group]]
) -> tuple[Clues, list[list[Group]]]:
    """Return the clues of a list in brackets ("five municipalities in Táchira (…)")."""
    clues = scene.clues
    inside = {id(g) for m in members for g in m}
    outer = [g for g in main if g.names and g.depth == 0 and g.joint in ("in", ")", "of", "")]
    outer = [g for g in outer if id(g) not in inside]
    if _list_level(main):
        for group in outer:
            clues = single.narrow(scene, clues, group)
    return clues, members


def _split_names(group: Group) -> list[Group]:
    """Part a group whose one name is really several known ones in a row (Arabic lists)."""
    spans = {"bridge", "crossing", "trail"} & set(group.kinds)
    if spans and len(group.names) == 1 and len(group.names[0].parts) > 1:
        parts = group.names[0].parts
        if not all(any(h.place.kind in _SPANS for h in p.hits) for p in parts):
            return [group]
        if sum(len(p.text) for p in parts) + len(parts) - 1 >= len(group.names[0].text) - 1:
            return [replace(group, names=[p]) for p in parts]
    return [group]


def _with_kinds(member: list[Group], carried: list[str], members: list[list[Group]]) -> list[Group]:
    """Give a member of a list the kind said once for all: "puentes A y B", "A and B provinces"."""
    own = member[0].kinds
    if own:
        return member
    said = carried or members[0][0].kinds or members[-1][0].kinds
    return [replace(member[0], kinds=list(said), joint=""), *member[1:]]
