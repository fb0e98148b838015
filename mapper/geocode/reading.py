"""Reads the groups of a place text: the grammar's second half.

Each rule is a method that answers or passes; they are asked in the order of `RULES`. The first
group that names something is the head; what follows it in brackets, after a comma or after "in"
says where it lies, unless it makes a list of it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mapper.geocode import answer, borders, choose, radius
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import LOOSE, Atlas, Place
from mapper.geocode.clues import Clues, Profile, admin1_of
from mapper.geocode.fuzzy import country_like, similar
from mapper.geocode.phrases import Group, Name

__all__ = ["PLURAL_BORDERS", "Reader"]

_TOWN_OF_CROSSING_KM = 8.0
_NEAR_TOWN_KM = 6.0
_AROUND_TOWN_KM = 18.0
_ROAD_KM = 15.0
_DIRECTIONAL_SHARE = 0.5


@dataclass(slots=True)
class Reader:
    """Reads one text. `borders`: the pairs the caller speaks of."""

    atlas: Atlas
    clues: Clues
    profile: Profile
    borders: Sequence[str] = ()
    trace: list[str] = field(default_factory=list)

    def read(self, groups: list[Group]) -> Answer:
        """Return the answer for the groups of a text."""
        groups = _merged([replace(g) for g in groups])
        main, tail = _cut(groups)
        if not main:
            return answer.unresolved("nothing_named")
        for rule in RULES:
            found = rule(self, main, tail)
            if found is not None:
                return found
        return answer.unresolved("nothing_named")

    # ---------------------------------------------------------------------------------- the rules
    def border(self, main: list[Group], tail: list[Group]) -> Answer | None:
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
        named = self._known_names(main)
        crossing = next((p for p in named if p.kind in ("crossing", "site", "trail")), None)
        if crossing is not None and not self._countries(main):
            return choose.best(crossing, method="name", text=crossing.name, confidence=0.85)
        countries = self._countries(group)
        seas = [c for c in countries if not borders.pairs_of(c)]
        if seas or any("area" in g.kinds for g in main):
            return self._maritime(main)
        places = [p for p in named if p.kind in ("admin1", "settlement", "admin2")]
        plural = any(w.folded in PLURAL_BORDERS for g in main for w in g.words)
        del tail
        return borders.border_of(
            countries, places, self.clues, self.profile, self.borders,
            plural=plural, side=any(g.side for g in main),
        )  # fmt: skip

    def known_as(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """ "trocha conocida como La 80": the name after the words is the one."""
        at = next((i for i, g in enumerate(main) if g.joint == "known_as"), None)
        if at is None:
            return None
        after = [replace(main[at], joint="", kinds=[*main[0].kinds, *main[at].kinds])]
        found = self._single([*after, *main[at + 1 :]], tail)
        if not found.found and at:
            found = self._single(main[:at], tail)
        return found

    def joined_towns(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """ "puente que une San Antonio y Cúcuta", "road between X and Y", "X–Y road"."""
        at = next((i for i, g in enumerate(main) if g.joint == "between"), None)
        if at is None:
            return None
        head = main[:at]
        if head and any(g.names for g in head):
            return self._single(head, [*main[at:], *tail])
        ends = main[at:]
        kinds = [k for g in head for k in g.kinds] + [k for k in ends[0].kinds if k != "settlement"]
        countries = self._countries([g for g in ends if not g.names])
        spans = bool({"bridge", "crossing", "trail"} & set(kinds))
        towns = self._ends(ends, both_sides=spans)
        span = {"bridge", "crossing", "trail"} & set(kinds)
        if span and len(towns) >= 2:
            return self._crossing_between(towns[0], towns[1], kinds)
        if span and len(towns) == 1 and towns[0].kind == "admin1":
            return self._crossings_in(towns[0], main)
        if span or (not towns and len(countries) >= 2):
            return borders.border_of(countries, (), self.clues, self.profile, self.borders)
        if len(towns) >= 2:
            return self._midway(towns[0], towns[1])
        return self._single(ends, tail) if towns else None

    def road(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """ "X - Y road": between its ends, or about the place that a bracket or "in" adds."""
        at = next((i for i, g in enumerate(main) if "road" in g.kinds), None)
        if at is None:
            return None
        for group in main[1:]:
            if group.names and (group.depth or group.joint in ("in", "near")):
                found = self._single([replace(group, joint="", depth=0)], tail)
                if found.found:
                    return self._on_road(found)
        ends = [g for g in main if g.names and not g.depth]
        joined = [g for g in ends[1:] if g.joint in ("-", "~", "between", "and")]
        if len(ends) < 2 or not joined:
            return None
        towns = self._ends(ends[:2])
        if len(towns) == 2:
            return self._midway(towns[0], towns[1])
        return answer.unresolved("unknown_name", text=ends[0].names[0].raw).ruled("road")

    def _on_road(self, found: Answer) -> Answer:
        if found.shape == "point":
            return self._widened(found, _ROAD_KM, "near_town")
        return found

    def distance(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """ "5 km north of X": a point off X; a head that is known goes before."""
        at = next((i for i, g in enumerate(main) if math.isfinite(g.distance_km)), None)
        if at is None:
            return None
        head = answer.unresolved("nothing_named")
        if any(g.names or g.countries for g in main[:at]):
            head = self._single(main[:at], [*main[at:], *tail])
            if head.found and (head.shape == "point" or main[0].kinds):
                return head
        away = main[at]
        target = [replace(away, distance_km=math.nan, joint=""), *main[at + 1 :]]
        target = [g for g in target if not g.empty]
        if not target:
            return None
        base = self.read(target)
        if head.found and base.shape != "point":
            return head
        return self._moved(base, away.distance_km, away.bearing) if base.found else base

    def several(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """Several places in one text: "A, B y C", "puentes A y B", "five municipalities (…)"."""
        members = self._members(main)
        if len(members) < 2:
            return None
        scope, items = self._list_scope(main, members)
        found = [self._within(scope)._single(m, []) for m in items]
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

    def single(self, main: list[Group], tail: list[Group]) -> Answer | None:
        """One place, with what says where it lies."""
        return self._single(main, tail)

    # ------------------------------------------------------------------------------- single places
    def _single(self, main: list[Group], tail: list[Group]) -> Answer:
        head_at = next((i for i, g in enumerate(main) if g.names or g.countries), None)
        if head_at is None:
            return self._unnamed(main, tail)
        head = main[head_at]
        context = [*main[:head_at], *main[head_at + 1 :]]
        kinds = list(dict.fromkeys(k for g in (*main[:head_at], head) for k in g.kinds))
        scope = self._scope(head, context, tail)
        near = head.near or any(g.near for g in main[:head_at])
        if head.names:
            found = self._within(scope)._name(head.names[0], kinds)
            if not found.found and context:
                found = self._retry(head, kinds, context, found)
        else:
            found = self._country(head, kinds)
        if near and found.found:
            found = self._nearby(found)
        return found

    def _retry(self, head: Group, kinds: list[str], context: list[Group], first: Answer) -> Answer:
        """The name is not where the text puts it: try what the text puts it in, then elsewhere."""
        for group in context:
            if (group.joint in ("or", "/") or self._alias(group)) and group.names:
                other = self._name(group.names[0], kinds)
                if other.found:
                    return other.ruled("the other name")
        for group in context:
            if group.names and group.joint in ("in", ",", "of", "("):
                other = self._name(group.names[0], group.kinds)
                if other.found:
                    return self._inside(other, head.names[0].raw)
        return first

    def _name(self, name: Name, kinds: list[str]) -> Answer:
        """Return what a name means, given the kinds said of it."""
        spanning = [k for k in kinds if k in ("bridge", "crossing", "trail")]
        if spanning:
            found = self._spanning(name, spanning)
            if found is not None:
                return found
        if "river" in kinds:
            return self._river(name)
        found = choose.of_name(name.raw, name.hits, self.clues, kinds, self.atlas, self.profile)
        if not found.found:
            found = self._otherwise(name, kinds, found)
        if found.shape == "point" and found.precision == "settlement":
            return self._about_town(found, name, kinds)
        return found

    def _otherwise(self, name: Name, kinds: list[str], found: Answer) -> Answer:
        """A name that no place bears: a likely misspelling, else a known name inside it."""
        if "admin1" in kinds and self.clues.country:
            codes = admin1_of(self.atlas, name.text, self.clues.country)
            place = self.atlas.admin1(codes[0]) if len(codes) == 1 else None
            if place is not None:
                found = answer.area(place, reason="similar", confidence=0.75, text=name.raw)
                return found.ruled("similar name of an area")
        close = similar(name.text, name.raw, self.clues, self.atlas, kinds)
        if close is not None:
            return close
        code = country_like(name.text) if not self.clues.countries else ""
        if code:
            place = self.atlas.country(code)
            return answer.area(place, reason="similar", confidence=0.7, text=name.raw)
        wanted = {"admin1", "admin2"} & set(kinds)
        for part in name.parts if wanted else ():
            exact = [h for h in part.hits if h.place.kind in wanted and h.quality < LOOSE]
            inner = choose.of_name(part.raw, exact, self.clues, kinds, self.atlas, self.profile)
            if inner.found:
                return inner.ruled("known part of a name")
        for part in name.parts:
            inner = choose.of_name(part.raw, part.hits, self.clues, kinds, self.atlas, self.profile)
            hinted = bool(self.clues.admin1 or self.clues.admin2)
            long = len(part.text) >= 5 and len(part.text) * 2 >= len(name.text)
            if inner.found and long and not hinted:
                inner.confidence -= 0.25
                return inner.ruled("known part of a name")
        return found

    def _river(self, name: Name) -> Answer:
        """A river by its own name, or the stretch that crossings of the border know by it."""
        own = [h for h in name.hits if h.place.kind == "river"]
        if own:
            return choose.of_name(name.raw, own, self.clues, ["river"], self.atlas, self.profile)
        known = [
            place
            for key, place in self.atlas.crossing_places.items()
            if name.text in self.atlas.crossing_rivers[key] and choose.fits(place, self.clues)
        ]
        if known:
            lat = sum(p.latitude for p in known) / len(known)
            lon = sum(p.longitude for p in known) / len(known)
            reach = 10 + max(km(lat, lon, p.latitude, p.longitude) for p in known)
            return answer.near(
                round(lat, 5), round(lon, 5), reach, known[0], reason="river_at_crossings",
                method="border", shape="area", text=name.raw,
            ).ruled("river at the crossings")  # fmt: skip
        towns = [h for h in name.hits if h.place.kind == "settlement" and self.clues.admin1]
        if towns:
            found = choose.of_name(name.raw, towns, self.clues, [], self.atlas, self.profile)
            if found.found:
                return self._widened(found, _AROUND_TOWN_KM, "area_by_town")
        return answer.unresolved("unknown_name", text=name.raw).ruled("no such river")

    def _about_town(self, found: Answer, name: Name, kinds: list[str]) -> Answer:
        """A kind that a town is not ("hospital", "mountains of") lies in or about the town."""
        said = set(kinds)
        if "settlement" in said or not said or said <= {"admin2", "admin1", "country"}:
            if said and "settlement" not in said:
                return self._widened(found, _AROUND_TOWN_KM, "area_by_town")
            return found
        if "area" in said:
            return self._widened(found, _AROUND_TOWN_KM, "area_by_town")
        if said & {"bridge", "crossing", "trail", "river", "road"}:
            return self._widened(found, _NEAR_TOWN_KM, "near_town", kind=name.raw)
        if "site" in said:
            found.reason, found.precision = "site_in_town", "near"
            found.uncertainty_km = 1.3 * found.uncertainty_km + 2
            found.method = "relative"
        return found

    def _widened(self, found: Answer, reach: float, reason: str, **args: object) -> Answer:
        found.uncertainty_km = max(found.uncertainty_km, reach)
        found.precision, found.method, found.reason = "near", "relative", reason
        found.args = {**found.args, **args}
        found.confidence -= 0.15
        found.shape = "area" if reason == "area_by_town" else found.shape
        return found.ruled("about a town")

    def _spanning(self, name: Name, kinds: list[str]) -> Answer | None:
        """A bridge, a crossing or a trail by its own name or by its town's."""
        own = [h.place for h in name.hits if h.place.kind in ("trail", "crossing", "site")]
        known = [*own, *self.atlas.crossing(name.text)]
        known = [p for p in dict.fromkeys(known) if choose.fits(p, self.clues)]
        if len(known) > 1:
            known = self._nearest_to_clues(known) or self._of_file(known)
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
        towns = [t for t in towns if choose.fits(t, self.clues)]
        for town in sorted(towns, key=lambda t: -t.population):
            crossing = self._crossing_of_town(town, name.text)
            if crossing is not None:
                found = choose.best(crossing, method="name", text=name.raw, confidence=0.85)
                found.reason, found.args = "crossing_of_town", {"town": town.name}
                return found.ruled("crossing of a town")
        return None

    def _of_file(self, known: list[Place]) -> list[Place]:
        spoken = [p for p in known if p.country in self.profile.pairs]
        return spoken or known

    def _nearest_to_clues(self, known: list[Place]) -> list[Place]:
        if self.clues.near is None:
            return []
        lat, lon, reach = self.clues.near
        away = {p.place_id: km(lat, lon, p.latitude, p.longitude) for p in known}
        best = min(known, key=lambda p: away[p.place_id])
        return [best] if away[best.place_id] <= reach + 10 else []

    def _crossing_of_town(self, town: Place, text: str) -> Place | None:
        near = []
        for key, place in self.atlas.crossing_places.items():
            away = km(town.latitude, town.longitude, place.latitude, place.longitude)
            named = any(f" {text} " in f" {t} " for t in self.atlas.crossing_towns[key])
            if away <= _TOWN_OF_CROSSING_KM or (named and away <= 40):
                near.append((not named, away, place))
        near.sort(key=lambda item: item[:2])
        if not near or (len(near) > 1 and near[0][0] and near[1][1] < 1.5 * near[0][1]):
            return None
        return near[0][2]

    def _crossing_between(self, one: Place, other: Place, kinds: Sequence[str]) -> Answer:
        best: tuple[float, Place] | None = None
        for place in self.atlas.crossing_places.values():
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
        del kinds
        return self._midway(one, other)

    def _crossings_in(self, area: Place, main: list[Group]) -> Answer:
        """All crossings of an area ("los puentes del Táchira"); the area if the number differs."""
        bridges = any("bridge" in g.kinds for g in main)
        found = []
        for key, place in self.atlas.crossing_places.items():
            towns = " ".join(self.atlas.crossing_towns[key])
            at = area.name and f" {choose.folded(area.name)} " in f" {towns} "
            if at and (not bridges or "puente" in choose.folded(place.name)):
                found.append(place)
        said = [_NUMBERS.get(w.folded, 0) for g in main for w in g.words if w.has("number")]
        if len(found) >= 2 and (not said or said[0] in (0, len(found))):
            answers = [choose.best(p, method="name", text=p.name, confidence=0.75) for p in found]
            return answer.listed(answers, reason="crossings_of_area", area=area.name).ruled(
                "all crossings of an area"
            )
        return answer.area(area, reason="somewhere_in", confidence=0.7, text=area.name).ruled(
            "somewhere in an area"
        )

    def _midway(self, one: Place, other: Place) -> Answer:
        lat, lon = (one.latitude + other.latitude) / 2, (one.longitude + other.longitude) / 2
        apart = km(one.latitude, one.longitude, other.latitude, other.longitude)
        return answer.near(
            lat, lon, 0.55 * apart + 5, one, reason="between", shape="area",
            one=one.name, other=other.name,
        ).ruled("between two places")  # fmt: skip

    def _nearby(self, found: Answer) -> Answer:
        """ "near X": at X, with a wider radius; an area stays the area."""
        if found.shape != "point":
            return found
        reach = 2.0 if found.precision == "crossing" else 5.0
        found.uncertainty_km = found.uncertainty_km + reach
        if found.precision != "crossing":
            found.precision = "near"
        found.method = "relative" if found.precision == "near" else found.method
        found.reason, found.args = "near", {"name": found.name}
        return found.ruled("near a place")

    def _inside(self, found: Answer, text: str) -> Answer:
        """An unknown name inside a known place: that place, said so."""
        if found.shape == "point":
            found = self._widened(found, _ROAD_KM, "unknown_in_town")
        else:
            found.reason, found.method = "unknown_in_area", "admin"
        found.args = {"text": text, "where": found.name}
        found.confidence = min(found.confidence, 0.55)
        return found.ruled("unknown name in a known place")

    def _moved(self, base: Answer, distance: float, bearing: float) -> Answer:
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

    @staticmethod
    def _alias(group: Group) -> bool:
        """Whether a bracket holds another name of what stands before it."""
        return group.joint == "(" and bool(group.names) and not group.kinds

    def _country(self, head: Group, kinds: list[str]) -> Answer:
        code = head.countries[0]
        if self.clues.countries and code not in self.clues.countries and len(head.countries) == 1:
            # A country named in a row of another one is context, or the row is wrong.
            pair = borders.between(code, self.clues.country) if self.clues.country else ""
            if not pair and self.clues.country:
                return answer.unresolved("outside_hint", [code], text=code)
        place = self.atlas.country(code)
        found = answer.area(place, reason="area_country", text=place.name, confidence=0.9)
        if "site" in kinds:
            found.confidence = 0.6
        return found.ruled("country")

    def _unnamed(self, main: list[Group], tail: list[Group]) -> Answer:
        """Kinds without a name: the one crossing of a border, else nothing."""
        kinds = [k for g in main for k in g.kinds]
        adjectives = [c for g in main for c in g.adjectives]
        if len(adjectives) == 1 and not kinds and not any(g.side for g in main):
            place = self.atlas.country(adjectives[0])
            return answer.area(place, reason="area_country", text=place.name).ruled("country")
        if any(g.side for g in main) or (kinds and set(kinds) <= {"border"}):
            return borders.border_of(
                adjectives, (), self.clues, self.profile, self.borders, side=True
            )
        del tail
        if "crossing" in kinds:
            return self._only_crossing(adjectives, main)
        return answer.unresolved("names_no_place").ruled("generic words alone")

    def _only_crossing(self, adjectives: list[str], main: list[Group]) -> Answer:
        plural = any(
            w.has("number") or w.folded in _PLURAL_CROSSINGS for g in main for w in g.words
        )
        country = (adjectives or [self.clues.country])[0] if not plural else ""
        pairs = [p for p in self.profile.pairs_with(country)] if country else []
        if len(pairs) == 1:
            there = [p for p in self.atlas.crossing_places.values() if p.country == pairs[0]]
            if len(there) == 1:
                found = choose.best(there[0], method="crossing", text=there[0].name, confidence=0.6)
                found.uncertainty_km = max(found.uncertainty_km, 2.0)
                found.reason, found.args = "only_crossing", {"pair": pairs[0].replace("-", "–")}
                return found.ruled("the only crossing of a border")
        return answer.unresolved("which_crossing_unsaid").ruled("generic words alone")

    # ------------------------------------------------------------------------------------- context
    def _within(self, clues: Clues) -> "Reader":
        return self if clues == self.clues else replace(self, clues=clues)

    def _scope(self, head: Group, context: list[Group], tail: list[Group]) -> Clues:
        """Return the clues narrowed by what the text says beside the head's name."""
        clues = self.clues
        said = [*head.adjectives, *(head.countries if head.names else [])]
        for group in context:
            said += group.countries + (group.adjectives if group.names or group.kinds else [])
        said = [c for c in said if not clues.countries or c in clues.countries]
        if not clues.countries and len(set(said)) == 1:
            clues = clues.within(countries=(said[0],))
        for group in context:
            if group.names and group.joint in ("in", ",", "(", "of", "near", "or", "~"):
                clues = self._narrow(clues, group)
        for group in tail:
            if group.names and clues.near is None:
                clues = self._narrow(clues, replace(group, kinds=["settlement"]))
        return clues

    def _narrow(self, clues: Clues, group: Group) -> Clues:
        """Return the clues with an area, or the neighbourhood of a town, named beside."""
        hits = [h for h in group.names[0].hits if choose.fits(h.place, clues)]
        kinds = set(group.kinds)
        areas = [h for h in hits if h.place.kind == "admin1" and h.quality < 2]
        if areas and not kinds & {"settlement", "bridge", "crossing"} and not clues.admin1:
            codes = tuple(dict.fromkeys(h.place.admin1 for h in areas))
            return clues.within(admin1=codes)
        units = [h for h in hits if h.place.kind == "admin2" and h.quality < 2]
        if units and "admin2" in kinds and not clues.admin2:
            return clues.within(admin2=tuple(h.place.row for h in units))
        spots = [h for h in hits if h.place.kind not in ("admin1", "admin2", "country")]
        if spots and clues.near is None:
            found = choose.of_name(
                group.names[0].raw, spots, clues, group.kinds, self.atlas, self.profile
            )
            if found.found:
                return clues.within(near=(found.latitude, found.longitude, 30.0))
        return clues

    def _countries(self, groups: Sequence[Group]) -> list[str]:
        return list(dict.fromkeys(c for g in groups for c in (*g.countries, *g.adjectives)))

    def _known_names(self, groups: Sequence[Group]) -> list[Place]:
        found = []
        for group in groups:
            for name in group.names:
                said = Clues((group.adjectives[0],)) if group.adjectives else self.clues
                best = choose.of_name(
                    name.raw, name.hits, said, group.kinds, self.atlas, self.profile
                )
                if best.found:
                    found.append(_place_of(best, name))
        return found

    def _ends(self, groups: Sequence[Group], *, both_sides: bool = False) -> list[Place]:
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
                clues = Clues((said[0],)) if said else Clues() if both_sides else self.clues
                fitting = [h.place for h in name.hits if choose.fits(h.place, clues)]
                fitting = [p for p in fitting if p.kind not in ("crossing", "country")]
                fitting = [p for p in fitting if math.isfinite(p.latitude)]
                if fitting:
                    choices.append(fitting)
        if len(choices) < 2:
            return [min(c, key=lambda p: (p.kind != "admin1", -p.population)) for c in choices]
        pairs = (
            (km(a.latitude, a.longitude, b.latitude, b.longitude), a, b)
            for a in choices[0]
            for b in choices[1]
        )
        return list(
            min(pairs, key=lambda t: (round(t[0] / 15), -t[1].population - t[2].population))[1:]
        )

    # --------------------------------------------------------------------------------------- lists
    def _members(self, main: list[Group]) -> list[list[Group]]:
        """Part the groups into the members of a list; one member if it is none."""
        level = self._list_level(main)
        groups = [g for g in main if g.depth == level] if level else main
        if level:
            groups = [replace(g, joint="," if g.joint == "(" else g.joint) for g in groups]
        members: list[list[Group]] = []
        linked = any(g.joint == "and" for g in groups)
        outside = [g for g in main if g.depth == 0 and not g.names] if level else []
        carried: list[str] = [k for g in outside for k in g.kinds]
        for group in groups:
            part = _split_names(group)
            begins = group.joint in ("and", ",", "") and group.depth == level
            named = bool(group.names or group.countries)
            if not named and not members:
                carried = group.kinds
                continue
            if not members or (begins and named and (linked or group.joint == "and")):
                if members and group.joint == "," and self._contains(group, members[-1]):
                    members[-1].append(group)
                    continue
                members += [[p] for p in part]
            else:
                members[-1].append(group)
        if len(members) < 2:
            return []
        return [_with_kinds(m, carried, members) for m in members]

    @staticmethod
    def _list_level(main: list[Group]) -> int:
        """Return 1 if the list stands in brackets after words that name nothing of their own."""
        inside = [g for g in main if g.depth == 1 and (g.names or g.countries)]
        before = [g for g in main if g.depth == 0 and g.joint not in ("in", "of", ")")]
        several = len(inside) >= 2 and any(g.joint == "and" for g in inside)
        return 1 if several and not any(g.names for g in before[:1]) else 0

    def _contains(self, group: Group, member: list[Group]) -> bool:
        """Whether a group names an area that holds the member before it."""
        if group.countries and not group.names:
            return bool(member[0].names)
        if not group.names or not member[0].names:
            return False
        codes = {h.place.admin1 for h in group.names[0].hits if h.place.kind == "admin1"}
        return bool(codes & {h.place.admin1 for h in member[0].names[0].hits})

    def _list_scope(
        self, main: list[Group], members: list[list[Group]]
    ) -> tuple[Clues, list[list[Group]]]:
        """Return the clues of a list in brackets ("five municipalities in Táchira (…)")."""
        clues = self.clues
        inside = {id(g) for m in members for g in m}
        outer = [g for g in main if g.names and g.depth == 0 and g.joint in ("in", ")", "of", "")]
        outer = [g for g in outer if id(g) not in inside]
        if self._list_level(main):
            for group in outer:
                clues = self._narrow(clues, group)
        return clues, members

    def _maritime(self, main: list[Group]) -> Answer | None:
        """Borders at sea: the islands named, as areas."""
        return self.several(main, []) or self._single([g for g in main if not g.bare], [])


PLURAL_BORDERS = frozenset(
    [
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
    ]
)
_PLURAL_CROSSINGS = frozenset(["crossings", "pasos", "cruces", "passagens", "passages", "valichi"])
_NUMBERS = {
    "two": 2, "dos": 2, "dois": 2, "duas": 2, "deux": 2, "dua": 2, "twee": 2, "zwei": 2, "due": 2,
    "three": 3, "tres": 3, "trois": 3, "tiga": 3, "drie": 3, "drei": 3, "tre": 3,
    "four": 4, "cuatro": 4, "quatro": 4, "quatre": 4, "empat": 4, "vier": 4, "quattro": 4,
    "five": 5, "cinco": 5, "cinq": 5, "lima": 5, "vijf": 5, "funf": 5, "cinque": 5,
}  # fmt: skip

Rule = Callable[[Reader, list[Group], list[Group]], Answer | None]
RULES: tuple[Rule, ...] = (
    Reader.known_as,
    Reader.distance,
    Reader.road,
    Reader.joined_towns,
    Reader.border,
    Reader.several,
    Reader.single,
)


def _place_of(found: Answer, name: Name) -> Place:
    known = [h.place for h in name.hits if h.place.place_id == found.place_id]
    return known[0] if known else Place(
        found.place_id, found.name, "settlement", found.latitude, found.longitude,
        found.countries[0] if found.countries else "",
    )  # fmt: skip


def _merged(groups: list[Group]) -> list[Group]:
    """Join a group that only says kinds with the name that follows it ("kota perbatasan, X")."""
    result: list[Group] = []
    for group in groups:
        if (
            result
            and result[-1].bare
            and not result[-1].border
            and not result[-1].side
            and group.names
            and group.depth == result[-1].depth
            and group.joint in (",", "", "of", "~")
            and not math.isfinite(result[-1].distance_km)
        ):
            last = result.pop()
            group = replace(
                group, joint=last.joint, kinds=[*last.kinds, *group.kinds],
                adjectives=[*last.adjectives, *group.adjectives], near=last.near or group.near,
                words=[*last.words, *group.words],
            )  # fmt: skip
        result.append(group)
    return result


def _cut(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Part the text from the clause that only describes it ("…, que comunica a X con Y")."""
    for number, group in enumerate(groups):
        if group.joint == "describes" and any(not g.empty for g in groups[:number]):
            return groups[:number], groups[number:]
    return groups, []


def _split_names(group: Group) -> list[Group]:
    """Part a group whose one name is really several known ones in a row (Arabic lists)."""
    spans = {"bridge", "crossing", "trail"} & set(group.kinds)
    if spans and len(group.names) == 1 and len(group.names[0].parts) > 1:
        parts = group.names[0].parts
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
