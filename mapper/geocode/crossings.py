"""Bridges, crossings and trails: by their own names, by their towns, by what they join."""

from mapper.geocode import answer, choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Place
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene
from mapper.text import fold

__all__ = ["crossing_between", "crossings_in", "only_crossing", "river", "spanning"]

AROUND_TOWN_KM = 18.0
_TOWN_OF_CROSSING_KM = 8.0
_NAMED_TOWN_KM = 40.0
_PLURAL = frozenset(("crossings", "pasos", "cruces", "passagens", "passages", "valichi"))
_NUMBERS = {
    2: "two dos dois duas deux dua twee zwei due",
    3: "three tres trois tiga drie drei tre",
    4: "four cuatro quatro quatre empat vier quattro",
    5: "five cinco cinq lima vijf funf cinque",
}
_NUMBER_OF = {word: number for number, words in _NUMBERS.items() for word in words.split()}


def spanning(scene: Scene, name: Name, kinds: list[str]) -> Answer | None:
    """A bridge, a crossing or a trail by its own name or by its town's."""
    own = [h.place for h in name.hits if h.place.kind in ("trail", "crossing", "site")]
    known = [*own, *scene.atlas.crossing(name.text)]
    if not known:
        known = [h.place for p in name.parts for h in p.hits if h.place.kind == "crossing"]
    known = [p for p in dict.fromkeys(known) if choose.fits(p, scene.clues)]
    if len(known) > 1:
        own = [p for p in known if scene.atlas.bears(p, name.text)]
        known = _nearest_to_clues(scene, known) or _of_file(scene, own or known)
    if len(known) == 1:
        return choose.best(known[0], method="name", text=name.raw, confidence=0.95).ruled(
            "name of a crossing"
        )
    if len(known) > 1:
        shown = [p.name for p in known]
        return answer.unresolved("which_crossing", shown, text=name.raw)
    if "trail" in kinds:
        return None
    towns = [h.place for h in name.hits if h.place.kind == "settlement"]
    towns = [t for t in towns if choose.fits(t, scene.clues)]
    for town in sorted(towns, key=lambda t: -t.population):
        crossing = _crossing_of_town(scene, town, name.text)
        if crossing is not None:
            found = choose.best(crossing, method="name", text=name.raw, confidence=0.85)
            found.reason, found.args = "crossing_of_town", {"town": town.name}
            return found.ruled("crossing of a town")
    return None


def _of_file(scene: Scene, known: list[Place]) -> list[Place]:
    spoken = [p for p in known if p.country in scene.profile.pairs]
    return spoken or known


def _nearest_to_clues(scene: Scene, known: list[Place]) -> list[Place]:
    if scene.clues.near is None:
        return []
    lat, lon, reach = scene.clues.near
    away = {p.place_id: km(lat, lon, p.latitude, p.longitude) for p in known}
    best = min(known, key=lambda p: away[p.place_id])
    return [best] if away[best.place_id] <= reach + 10 else []


def _crossing_of_town(scene: Scene, town: Place, text: str) -> Place | None:
    near = []
    for key, place in scene.atlas.crossing_places.items():
        away = km(town.latitude, town.longitude, place.latitude, place.longitude)
        named = any(f" {text} " in f" {t} " for t in scene.atlas.crossing_towns[key])
        if away <= _TOWN_OF_CROSSING_KM or (named and away <= _NAMED_TOWN_KM):
            near.append((not named, away, place))
    near.sort(key=lambda item: item[:2])
    if not near or (len(near) > 1 and near[0][0] and near[1][1] < 1.5 * near[0][1]):
        return None
    return near[0][2]


def crossing_between(scene: Scene, one: Place, other: Place) -> Answer:
    """Return the crossing that joins two towns; somewhere between them if none does."""
    best: tuple[float, Place] | None = None
    for place in scene.atlas.crossing_places.values():
        detour = km(one.latitude, one.longitude, place.latitude, place.longitude)
        detour += km(other.latitude, other.longitude, place.latitude, place.longitude)
        if best is None or detour < best[0]:
            best = (detour, place)
    apart = km(one.latitude, one.longitude, other.latitude, other.longitude)
    if best is not None and best[0] <= 1.3 * apart + 3:
        found = choose.best(best[1], method="name", text=best[1].name, confidence=0.85)
        found.reason = "crossing_between"
        found.args = {"one": one.name, "other": other.name}
        return found.ruled("crossing between two towns")
    return answer.midway(one, other)


def crossings_in(scene: Scene, area: Place, main: list[Group]) -> Answer:
    """All crossings of an area ("los puentes del Táchira"); the area if the number differs."""
    bridges = any("bridge" in g.kinds for g in main)
    found = []
    for key, place in scene.atlas.crossing_places.items():
        towns = " ".join(scene.atlas.crossing_towns[key])
        at = area.name and f" {fold(area.name)} " in f" {towns} "
        if at and (not bridges or "puente" in fold(place.name)):
            found.append(place)
    said = [_NUMBER_OF.get(w.folded, 0) for g in main for w in g.words if w.has("number")]
    if len(found) >= 2 and (not said or said[0] in (0, len(found))):
        answers = [choose.best(p, method="name", text=p.name, confidence=0.75) for p in found]
        return answer.listed(answers, reason="crossings_of_area", area=area.name).ruled(
            "all crossings of an area"
        )
    return answer.area(area, reason="somewhere_in", confidence=0.7, text=area.name).ruled(
        "somewhere in an area"
    )


def only_crossing(scene: Scene, adjectives: list[str], main: list[Group]) -> Answer:
    """Return the one crossing of the border that the file speaks of, for "the customs post"."""
    plural = any(w.has("number") or w.folded in _PLURAL for g in main for w in g.words)
    country = (adjectives or [scene.clues.country])[0] if not plural else ""
    pairs = list(scene.profile.pairs_with(country)) if country else []
    if len(pairs) == 1:
        there = [p for p in scene.atlas.crossing_places.values() if p.country == pairs[0]]
        if len(there) == 1:
            found = choose.best(there[0], method="crossing", text=there[0].name, confidence=0.6)
            found.uncertainty_km = max(found.uncertainty_km, 2.0)
            found.reason, found.args = "only_crossing", {"pair": pairs[0].replace("-", "–")}
            return found.ruled("the only crossing of a border")
    return answer.unresolved("which_crossing_unsaid").ruled("generic words alone")


def river(scene: Scene, name: Name) -> Answer:
    """A river by its own name, or the stretch that crossings of the border know by it."""
    own = [h for h in name.hits if h.place.kind == "river"]
    if own:
        return scene.choose(name.raw, own, ["river"])
    known = [
        place
        for key, place in scene.atlas.crossing_places.items()
        if name.text in scene.atlas.crossing_rivers[key] and choose.fits(place, scene.clues)
    ]
    if known:
        lat = sum(p.latitude for p in known) / len(known)
        lon = sum(p.longitude for p in known) / len(known)
        reach = 10 + max(km(lat, lon, p.latitude, p.longitude) for p in known)
        return answer.near(
            round(lat, 5), round(lon, 5), reach, known[0], reason="river_at_crossings",
            method="border", shape="area", text=name.raw,
        ).ruled("river at the crossings")  # fmt: skip
    towns = [h for h in name.hits if h.place.kind == "settlement" and scene.clues.admin1]
    if towns:
        found = scene.choose(name.raw, towns, [])
        if found.found:
            return answer.widened(found, AROUND_TOWN_KM, "area_by_town")
    return answer.unresolved("unknown_name", text=name.raw).ruled("no such river")
