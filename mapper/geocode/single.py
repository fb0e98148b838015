"""One place: a name with what a text says of its kind and of where it lies."""

import math
from collections.abc import Sequence
from dataclasses import replace

from mapper.gazetteer.lexicon import lexicon
from mapper.geocode import answer, borders, crossings, radius
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import LOOSE, Place
from mapper.geocode.choose import fits, sharpened
from mapper.geocode.clues import Clues
from mapper.geocode.frontier import at_border, is_post
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene
from mapper.geocode.unborne import otherwise, whole_name
from mapper.text import fold

__all__ = ["ROAD_KM", "countries_of", "known_names", "narrow", "single"]

NEAR_TOWN_KM = 6.0
ROAD_KM = 15.0
_UNKNOWN_KM = 35.0
_NEIGHBOURHOOD_KM = 30.0
_WITHIN = frozenset(("in", ",", "(", "~"))
_BESIDE = frozenset(("in", ",", "(", "of", "near", "or", "~"))


def single(scene: Scene, main: list[Group], tail: list[Group]) -> Answer:
    """Return the answer for one place named in groups; `tail` only describes it."""
    head_at = next((i for i, g in enumerate(main) if g.names or g.countries), None)
    if head_at is None:
        return _unnamed(scene, main, tail)
    head = main[head_at]
    context = [*main[:head_at], *main[head_at + 1 :]]
    kinds = list(dict.fromkeys(k for g in (*main[:head_at], head) for k in g.kinds))
    scope = _scope(scene, head, context, tail)
    near = head.near or any(g.near for g in main[:head_at])
    if head.names:
        found = _headed(scene.within(scope), head, kinds, post=is_post([*main[:head_at], head]))
        if found.shape == "area":
            found = _inner(scene, head, context, found)
        elif not found.found and context:
            found = _retry(scene, head, kinds, context, found)
        elif found.runner_up and _astray(scene, scope, context):
            shown = [answer.describe(h.place) for h in head.names[0].hits][:3]
            found = answer.unresolved("beside_unknown", shown, text=head.names[0].raw)
            found = found.ruled("which one is unsaid")
    else:
        found = _country(scene, head, kinds)
    if near and found.found:
        return _nearby(found)
    return sharpened(found, scope, scene.atlas)


def _headed(scene: Scene, head: Group, kinds: list[str], *, post: bool) -> Answer:
    """Return what the name of a group means, with the words before it."""
    name = head.names[0]
    if post:
        at = at_border(scene, name)
        if isinstance(at, Answer):
            return at
        name = at
    return whole_name(scene, head) or _named(scene, name, kinds)


def _inner(scene: Scene, head: Group, context: Sequence[Group], found: Answer) -> Answer:
    """Return the place of an area that stands after it: "Táchira, San Antonio"."""
    inside = narrow(scene, scene.clues, head)
    if inside == scene.clues:
        return found
    for group in context:
        if group.names and group.joint == "," and not group.near:
            other = of_words(scene.within(inside), group.names[0], group.kinds)
            if other.shape == "point" and other.method in ("name", "alias"):
                return other.ruled("the place after its area")
    return found


def _astray(scene: Scene, scope: Clues, context: Sequence[Group]) -> bool:
    """Whether a text says in what a place lies, nobody knows that, and nothing else says where."""
    clues = scene.clues
    if clues.countries or clues.admin1 or clues.near or scope != clues:
        return False
    said = any(g.names and g.joint in _WITHIN for g in context)
    # the company is asked last: an answer that never asked outlives a change of the file
    return said and not scene.profile.countries


def _retry(
    scene: Scene, head: Group, kinds: list[str], context: list[Group], first: Answer
) -> Answer:
    """The name is not where the text puts it: try what the text puts it in, then elsewhere."""
    for group in context:
        if (group.joint in ("or", "/") or _alias(group, scene.clues, kinds)) and group.names:
            other = of_words(scene, group.names[0], kinds)
            if other.found:
                return other.ruled("the other name")
    for group in context:
        if group.joint == "(" and _holds_hint(group, scene.clues, kinds):
            continue
        if group.names and group.joint in ("in", ",", "of", "("):
            other = of_words(scene, group.names[0], group.kinds)
            if other.found:
                return _inside(other, head.names[0].raw)
    return first


def _named(scene: Scene, name: Name, kinds: list[str]) -> Answer:
    """Return what a name means; a site or street is not in a town only called so for short.

    "Parque Santander" honours a person: it says nothing of Santander de Quilichao.
    """
    clues = scene.clues
    if not {"site", "road"} & set(kinds) or clues.admin2:
        return of_words(scene, name, kinds)
    own = tuple(h for h in name.hits if not _in_part(h.place, name.text) or _beside(h.place, clues))
    if len(own) == len(name.hits):
        return of_words(scene, name, kinds)
    if any(h.place.kind == "settlement" and fits(h.place, clues) for h in own):
        return of_words(scene, replace(name, hits=own), kinds)
    shown = [answer.describe(h.place) for h in name.hits if fits(h.place, clues)][:3]
    reason = "site_anywhere" if shown else "unknown_name"
    return answer.unresolved(reason, shown, text=name.raw).ruled("a site named so")


def _beside(place: Place, clues: Clues) -> bool:
    """Whether a place is in the neighbourhood that the text names."""
    if clues.near is None:
        return False
    lat, lon, reach = clues.near
    return km(lat, lon, place.latitude, place.longitude) <= reach


def _in_part(place: Place, text: str) -> bool:
    """Whether a folded name is only some of the words of a town's own name."""
    if place.kind != "settlement" or place.row < 0:
        return False
    words = [w for w in fold(place.name).split() if "article" not in lexicon().classes(w)]
    return len(words) > 1 and text in words


def of_words(scene: Scene, name: Name, kinds: list[str]) -> Answer:
    """Return what a name means, given the kinds said of it."""
    spanning = [k for k in kinds if k in ("bridge", "crossing", "trail")]
    if spanning:
        found = crossings.spanning(scene, name, spanning)
        if found is not None:
            return found
    if "river" in kinds:
        return crossings.river(scene, name)
    found = scene.choose(name.raw, name.hits, kinds)
    if not found.found:
        found = otherwise(scene, name, kinds, found)
    if found.shape == "point" and found.precision == "settlement":
        return _about_town(found, name, kinds, radius.of_district(_first_radius(scene)))
    return found


def _first_radius(scene: Scene) -> float:
    """Return the radius of the hinted first-level area, in km; NaN if there is no one."""
    area = scene.atlas.admin1(scene.clues.admin1[0]) if len(scene.clues.admin1) == 1 else None
    return area.radius_km if area is not None else math.nan


def _about_town(found: Answer, name: Name, kinds: list[str], reach: float) -> Answer:
    """A kind that a town is not ("hospital", "mountains of") lies in or about the town.

    `reach`: radius in km of a district or landscape that has the town's name.
    """
    said = set(kinds)
    if "settlement" in said or not said or said <= {"admin2", "admin1", "country"}:
        if said and "settlement" not in said:
            return answer.widened(found, reach, "area_by_town")
        return found
    if "area" in said:
        return answer.widened(found, reach, "area_by_town")
    if said & {"bridge", "crossing", "trail", "river", "road"}:
        return answer.widened(found, NEAR_TOWN_KM, "near_town", kind=name.raw)
    if "site" in said:
        found.reason, found.precision = "site_in_town", "near"
        found.uncertainty_km = 1.3 * found.uncertainty_km + 2
        found.method = "relative"
    return found


def _nearby(found: Answer) -> Answer:
    """Make of X "near X": at X, with a wider radius; an area stays the area."""
    if found.shape != "point":
        return found
    reach = 2.0 if found.precision == "crossing" else 7.0
    found.uncertainty_km = found.uncertainty_km + reach
    if found.precision != "crossing":
        found.precision = "near"
    found.method = "relative" if found.precision == "near" else found.method
    found.reason, found.args = "near", {"name": found.name}
    return found.ruled("near a place")


def _inside(found: Answer, text: str) -> Answer:
    """An unknown name inside a known place: that place, said so."""
    if found.shape == "point":
        found = answer.widened(found, _UNKNOWN_KM, "unknown_in_town")
    else:
        found.reason, found.method = "unknown_in_area", "admin"
    found.args = {"text": text, "where": found.name}
    found.confidence = min(found.confidence, 0.55)
    return found.ruled("unknown name in a known place")


def _country(scene: Scene, head: Group, kinds: list[str]) -> Answer:
    code = head.countries[0]
    if scene.clues.countries and code not in scene.clues.countries and len(head.countries) == 1:
        # A country named in a row of another one is context, or the row is wrong.
        return answer.unresolved("outside_hint", [code], text=code)
    place = scene.atlas.country(code)
    found = answer.area(place, reason="area_country", text=place.name, confidence=0.9)
    if "site" in kinds:
        found.confidence = 0.6
    return found.ruled("country")


def _unnamed(scene: Scene, main: list[Group], tail: list[Group]) -> Answer:
    """Kinds without a name: the one crossing of a border, else nothing."""
    kinds = [k for g in main for k in g.kinds]
    adjectives = [c for g in main for c in g.adjectives]
    foreign = scene.clues.countries and not set(adjectives) & {*scene.clues.countries}
    if len(adjectives) == 1 and not (kinds or foreign or any(g.side for g in main)):
        place = scene.atlas.country(adjectives[0])
        return answer.area(place, reason="area_country", text=place.name).ruled("country")
    if any(g.side for g in main) or (kinds and set(kinds) <= {"border"}):
        return borders.border_of(
            adjectives, (), scene.clues, scene.profile, scene.borders, side=True
        )
    del tail
    if "crossing" in kinds:
        return crossings.only_crossing(scene, adjectives, main)
    return answer.unresolved("names_no_place").ruled("generic words alone")


def _scope(scene: Scene, head: Group, context: list[Group], tail: list[Group]) -> Clues:
    """Return the clues narrowed by what the text says beside the head's name."""
    clues = scene.clues
    said = [*head.adjectives, *(head.countries if head.names else [])]
    for group in context:
        if group.near or group.border or group.joint == "with":
            continue  # "near Brazil", "on the border with Brazil" is not in Brazil
        said += group.countries + (group.adjectives if group.names or group.kinds else [])
    said = [c for c in said if not clues.countries or c in clues.countries]
    if not clues.countries and len(set(said)) == 1:
        clues = clues.within(countries=(said[0],))
    for group in reversed(context):  # the widest area is named last: "X, municipio Y, estado Z"
        if group.names and group.joint in _BESIDE:
            clues = narrow(scene, clues, group)
    for group in tail:
        if group.names and clues.near is None:
            clues = narrow(scene, clues, replace(group, kinds=["settlement"]))
    return clues


def narrow(scene: Scene, clues: Clues, group: Group) -> Clues:
    """Return the clues with an area, or the neighbourhood of a town, named beside."""
    hits = [h for h in group.names[0].hits if fits(h.place, clues)]
    kinds = set(group.kinds)
    areas = [h for h in hits if h.place.kind == "admin1" and h.quality < 2]
    if areas and not kinds & {"settlement", "bridge", "crossing"} and not clues.admin1:
        codes = tuple(dict.fromkeys(h.place.admin1 for h in areas))
        return clues.within(admin1=codes)
    units = [h for h in hits if h.place.kind == "admin2" and h.quality < 2]
    if units and "admin2" in kinds and not clues.admin2:
        return clues.within(admin2=tuple(h.place.row for h in units))
    spots = [
        h for h in hits
        if h.place.kind not in ("admin1", "admin2", "country")
        and (h.quality < LOOSE or clues.countries)
    ]  # fmt: skip
    if spots and clues.near is None:
        found = scene.within(clues).choose(group.names[0].raw, spots, group.kinds)
        if found.found:
            return clues.within(near=(found.latitude, found.longitude, _NEIGHBOURHOOD_KM))
    return clues


def _alias(group: Group, clues: Clues, kinds: Sequence[str]) -> bool:
    """Whether a bracket holds another name of what stands before it."""
    named = group.joint == "(" and bool(group.names) and not group.kinds
    return named and not _holds_hint(group, clues, kinds)


def _holds_hint(group: Group, clues: Clues, kinds: Sequence[str]) -> bool:
    """Whether a bracket only repeats the row's area: "Bishri mountain (Deir Ezzor)".

    The second-level area is mostly called like its seat: there it may be another name of a town.
    """
    places = [hit.place for name in group.names for hit in name.hits]
    if any(p.kind == "admin1" and p.admin1 in clues.admin1 for p in places):
        return True
    return "settlement" not in kinds and any(p.row >= 0 and p.row in clues.admin2 for p in places)


def countries_of(groups: Sequence[Group]) -> list[str]:
    """Return the countries that groups name, by name or by adjective, in order."""
    return list(dict.fromkeys(c for g in groups for c in (*g.countries, *g.adjectives)))


def known_names(scene: Scene, groups: Sequence[Group]) -> list[Place]:
    """Return the places that the names of groups mean, as far as they are known."""
    found = []
    for group in groups:
        for name in group.names:
            said = Clues((group.adjectives[0],)) if group.adjectives else scene.clues
            best = scene.within(said).choose(name.raw, name.hits, group.kinds)
            if best.found:
                found.append(_place_of(best, name))
    return found


def _place_of(found: Answer, name: Name) -> Place:
    known = [h.place for h in name.hits if h.place.place_id == found.place_id]
    return known[0] if known else Place(
        found.place_id, found.name, "settlement", found.latitude, found.longitude,
        found.countries[0] if found.countries else "",
    )  # fmt: skip
