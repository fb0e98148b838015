"""Everything that has a name, under one roof: the grammar asks it, it decides nothing.

Settlements, admin areas, countries, crossings and the hand-kept places.

Names are asked in their folded form. `prefetch` looks many up at once; `find` then answers from
memory.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from mapper import gazetteer, geodata, world
from mapper.gazetteer.countries import country_names
from mapper.gazetteer.index import KINDS, PlaceIndex, unpack_country
from mapper.gazetteer.keys import consonants, key, keys
from mapper.gazetteer.lexicon import SPANNING, lexicon, without_generics
from mapper.text import fold

__all__ = ["ALTERNATE", "LOOSE", "MAIN", "Atlas", "Hit", "Place", "atlas"]

MAIN, ALTERNATE, LOOSE = 0, 1, 2
"""How a name was met: the place's own, another of its names, or one spelt nearly so."""

_LONG = 7
_CROSSING_LIKE = 88.0
"""Least length of a crossing's name, and least likeness (0-100), for a misspelling of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One thing on the ground.

    `kind`: settlement, admin1, admin2, country, crossing, site, trail, river, road, area or
    island. `radius_km`: of an area, about its point; of a point, how well it is known (0: as well
    as its kind allows). `admin2`: row of its second-level area in the index, -1 unknown.
    """

    place_id: str
    name: str
    kind: str
    latitude: float
    longitude: float
    country: str = ""
    admin1: str = ""
    admin2: int = -1
    population: int = 0
    radius_km: float = 0.0
    shape: str = ""
    row: int = -1


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that bears a name, and how exactly."""

    place: Place
    quality: int


AREA_KINDS = frozenset({"admin1", "admin2", "country", "area", "island", "river", "road"})


@dataclass(eq=False)
class Atlas:
    """All named places; `crossings` as `world.crossings` gives them."""

    crossings: pd.DataFrame
    index: PlaceIndex = field(default_factory=gazetteer.places)
    _found: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    _places: dict[int, Place] = field(default_factory=dict)
    _kept_keys: dict[str, list[tuple[Place, tuple[str, ...]]]] = field(default_factory=dict)

    def prefetch(self, names: Iterable[str]) -> None:
        """Look up many folded names at once."""
        asked = [n for n in dict.fromkeys(names) if n and n not in self._found]
        if not asked:
            return
        rows_of: dict[str, dict[int, int]] = {name: {} for name in asked}
        loose = dict(zip(asked, keys(asked), strict=True))
        which, rows = self.index.lookup(loose.values())
        spelt = self.index.names_at(rows)
        places = self.index.place_of(rows)
        first = self.index.first[places]
        for query, row, name, place, main in zip(
            which.tolist(), rows.tolist(), spelt, places.tolist(), first.tolist(), strict=True
        ):
            found = rows_of[asked[query]]
            quality = LOOSE if name != asked[query] else MAIN if row == main else ALTERNATE
            found[place] = min(found.get(place, LOOSE), quality)
        self.open(dict.fromkeys(places.tolist()))
        for name, found in rows_of.items():
            own = self._other(name, loose[name])
            if not own:
                known = self._places
                self._found[name] = tuple([Hit(known[row], q) for row, q in found.items()])
                continue
            other = [hit for hit in own if hit.quality <= found.get(hit.place.row, LOOSE)]
            met = {hit.place.row for hit in other}
            hits = [Hit(self.place(row), quality) for row, quality in found.items()]
            self._found[name] = (*other, *(h for h in hits if h.place.row not in met))

    def find(self, name: str) -> tuple[Hit, ...]:
        """Return every place of that folded name; countries, crossings and kept places first."""
        if name not in self._found:
            self.prefetch([name])
        return self._found.get(name, ())

    def _other(self, name: str, loose: str) -> list[Hit]:
        """Return the countries, crossings and kept places of a folded name; `loose`: its key."""
        exact, near = self._kept.get(name, ()), self._kept.get("=" + loose, ())
        country = country_names().get(name, "")
        if not (exact or near or country):
            return []
        found = {hit.place.place_id: hit for hit in exact}
        for hit in near:
            found.setdefault(hit.place.place_id, Hit(hit.place, LOOSE))
        if country:
            found[f"country:{country}"] = Hit(self.country(country), MAIN)
        return list(found.values())

    def place(self, row: int) -> Place:
        """Return the place of one row of the index."""
        if row not in self._places:
            self.open([row])
        return self._places[row]

    def open(self, rows: Iterable[int]) -> None:
        """Read the places of many rows of the index at once."""
        asked = [row for row in rows if row not in self._places]
        if not asked:
            return
        index, at = self.index, np.array(asked, dtype=np.int64)
        for row, place_id, name, kind, lat, lon, country, first, second, people, reach in zip(
            asked, index.place_ids(at), index.own_names(at), index.kind[at].tolist(),
            index.latitude[at].astype(float).tolist(), index.longitude[at].astype(float).tolist(),
            index.country[at].tolist(), index.admin1[at].tolist(), index.admin2[at].tolist(),
            index.population[at].tolist(), index.radius_km[at].astype(float).tolist(), strict=True,
        ):  # fmt: skip
            self._places[row] = Place(
                place_id, name, KINDS[kind], round(lat, 5), round(lon, 5), unpack_country(country),
                index.admin1_codes[first], second, people, reach, "", row,
            )  # fmt: skip

    def country(self, code: str) -> Place:
        """Return a country as a place."""
        name = gazetteer.country_name(code)
        nowhere = float("nan")  # its extent is asked for only when it is the answer
        return Place(f"country:{code}", name, "country", nowhere, nowhere, code)

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of an id as MATCH writes it; None if there is none."""
        kind, _, rest = place_id.partition(":")
        if kind == "country":
            return self.country(rest)
        if kind == "admin1":
            return self.admin1(rest)
        if kind == "crossing":
            return self.crossing_places.get(rest)
        if kind == "place":
            return next((p for p, _ in self.kept_places if p.place_id == place_id), None)
        row = self.index.find_id(place_id)
        return self.place(row) if row >= 0 else None

    @cached_property
    def admin1_rows(self) -> dict[str, int]:
        """Row of each first-level area by its code."""
        rows = np.flatnonzero(self.index.kind == KINDS.index("admin1"))
        codes = self.index.admin1_codes
        return {codes[int(self.index.admin1[row])]: int(row) for row in rows}

    def admin1(self, code: str) -> Place | None:
        """Return a first-level area by its code."""
        row = self.admin1_rows.get(code)
        return None if row is None else self.place(row)

    @cached_property
    def crossing_places(self) -> dict[str, Place]:
        """Crossings by id, as places."""
        columns = ("id", "name", "latitude", "longitude", "pair", "uncertainty_km")
        rows = zip(*(self.crossings[c].tolist() for c in columns), strict=True)
        return {
            str(code): Place(
                place_id=f"crossing:{code}",
                name=str(name),
                kind="crossing",
                latitude=float(lat),
                longitude=float(lon),
                country=str(pair),
                radius_km=float(reach),
            )
            for code, name, lat, lon, pair, reach in rows
        }

    @cached_property
    def crossing_towns(self) -> dict[str, tuple[str, ...]]:
        """The folded text of the towns at both ends of each crossing, by id."""
        return {
            str(row.id): (fold(str(row.town_a)), fold(str(row.town_b)))
            for row in self.crossings.itertuples(index=False)
        }

    @cached_property
    def crossing_rivers(self) -> dict[str, tuple[str, ...]]:
        """The folded names of the rivers at each crossing, by id."""
        return {
            str(row.id): tuple(
                fold(part) for part in re.split(r",| and |\(|\)", str(row.river)) if fold(part)
            )
            for row in self.crossings.itertuples(index=False)
        }

    def bears(self, place: Place, name: str) -> bool:
        """Whether a crossing is called just so: "puente Santander", not "puente Puerto …"."""
        return place.place_id.removeprefix("crossing:") in self.crossing_cores.get(name, ())

    @cached_property
    def crossing_cores(self) -> dict[str, tuple[str, ...]]:
        """Crossings by their names without the word for what they are: `simon bolivar`."""
        cores: dict[str, list[str]] = {}
        for row in self.crossings.itertuples(index=False):
            for alias in self._crossing_names(row):
                core = without_generics(fold(alias), SPANNING)
                forms = dict.fromkeys((core, fold(alias), *_cjk_cores(alias)))
                for form in filter(None, forms):
                    cores.setdefault(form, []).append(str(row.id))
                    cores.setdefault("=" + key(form), []).append(str(row.id))
        return {core: tuple(dict.fromkeys(ids)) for core, ids in cores.items()}

    @staticmethod
    def _crossing_names(row: object) -> list[str]:
        names = [getattr(row, c) for c in ("name", "name_es", "name_en", "name_pt", "name_fr")]
        return [n for n in (*names, *str(getattr(row, "aliases", "")).split("|")) if n]

    def crossing(self, name: str) -> tuple[Place, ...]:
        """Return the crossings that bear a folded name, with or without the word for it."""
        ids = self.crossing_cores.get(name) or self.crossing_cores.get("=" + key(name), ())
        return tuple(self.crossing_places[i] for i in ids)

    def crossing_like(self, name: str) -> tuple[Place, ...]:
        """Return the one crossing whose name a folded name nearly is, or nothing."""
        known = [core for core in self.crossing_cores if len(core) >= _LONG and core[0] != "="]
        found = process.extract(
            name, known, scorer=fuzz.ratio, score_cutoff=_CROSSING_LIKE, limit=10
        )
        ids = {i for core, _, _ in found for i in self.crossing_cores[core]}
        return tuple(self.crossing_places[i] for i in ids) if len(ids) == 1 else ()

    @cached_property
    def _kept(self) -> dict[str, list[Hit]]:
        """Names of crossings (in full) and of the hand-kept places."""
        names: dict[str, list[Hit]] = {}
        for row in self.crossings.itertuples(index=False):
            place = self.crossing_places[str(row.id)]
            for number, alias in enumerate(self._crossing_names(row)):
                _add(names, fold(alias), Hit(place, ALTERNATE if number else MAIN))
        for place, aliases in _kept_places():
            for number, alias in enumerate([place.name, *aliases]):
                _add(names, fold(alias), Hit(place, ALTERNATE if number else MAIN))
        for place, aliases in self._other_names():
            for alias in aliases:
                _add(names, fold(alias), Hit(place, MAIN))
        return names

    def _other_names(self) -> list[tuple[Place, list[str]]]:
        """Read `geodata/names.csv`: what reports call places of the index, in other scripts too."""
        frame = _read("names.csv")
        listed = dict(zip(frame["place_id"], frame["aliases"].str.split("|"), strict=True))
        refs = [int(i.partition(":")[2]) for i in listed if i.startswith("geonames:")]
        rows = np.flatnonzero(np.isin(self.index.ref, refs)).tolist()
        places = {self.index.place_id(row): self.place(row) for row in rows}
        found = ((places.get(i) or self.by_id(i), names) for i, names in listed.items())
        return [(place, names) for place, names in found if place is not None]

    @cached_property
    def kept_places(self) -> list[tuple[Place, list[str]]]:
        """The hand-kept places with their other names."""
        return _kept_places()

    @cached_property
    def kept_keys(self) -> list[tuple[Place, tuple[str, ...]]]:
        """The hand-kept places with the loose keys of all their names."""
        return [
            (place, tuple(dict.fromkeys(key(fold(n)) for n in (place.name, *aliases))))
            for place, aliases in self.kept_places
        ]

    def kept_keys_of(self, country: str) -> list[tuple[Place, tuple[str, ...]]]:
        """Return those of one country, and those that lie in none."""
        if country not in self._kept_keys:
            self._kept_keys[country] = [
                (place, keys) for place, keys in self.kept_keys
                if not place.country or country in place.country.split("-")
            ]  # fmt: skip
        return self._kept_keys[country]

    def block(self, country: str, admin1: str = "", kind: str = "settlement") -> "Block":
        """Return the names of one country's (or one admin area's) places for fuzzy search."""
        return _block(self, country, admin1, kind)


def _cjk_cores(alias: str) -> list[str]:
    """Return a name in Chinese without its last word ("…大桥"), with and without its dots."""
    words = lexicon().cjk
    ending = next((w for w in words if alias.endswith(w) and lexicon().spans(w)), "")
    core = alias.removesuffix(ending) if ending else ""
    return [fold(core), fold(core.replace("\u00b7", ""))] if core else []


def _add(names: dict[str, list[Hit]], name: str, hit: Hit) -> None:
    if not name:
        return
    for form in (name, "=" + key(name)):
        if all(h.place is not hit.place for h in names.setdefault(form, [])):
            names[form].append(hit)


@dataclass(eq=False)
class Block:
    """Folded names and the row of the place each belongs to."""

    names: list[str]
    rows: list[int]

    @cached_property
    def _by_letter(self) -> dict[str, tuple[list[str], list[int]]]:
        found: dict[str, tuple[list[str], list[int]]] = {}
        for name, row in zip(self.names, self.rows, strict=True):
            names, rows = found.setdefault(name[:1], ([], []))
            names.append(name)
            rows.append(row)
        return found

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """All names in one text, each between blanks on its own line, and where each begins.

        The text begins with an empty line.
        """
        starts, at = [], 1
        for name in self.names:
            starts.append(at)
            at += len(name) + 3
        return "\n" + "".join(f" {name} \n" for name in self.names), starts

    def holding(self, words: str, most: int = 20) -> list[int]:
        """Return the rows of names that hold whole words and more ("colonia santa anita")."""
        text, starts = self._joined
        found: list[int] = []
        at = text.find(f" {words} ")
        while at >= 0 and len(found) < most:
            number = bisect_right(starts, at) - 1
            if self.names[number] != words:
                found.append(self.rows[number])
            at = text.find(f" {words} ", at + 1)
        return found

    def matching(self, pattern: str) -> list[int]:
        """Return the rows of names that a regular expression matches as a whole."""
        text, starts = self._joined
        found = re.finditer(f"\n {pattern} (?=\n)", text)
        return [self.rows[bisect_right(starts, match.start() + 1) - 1] for match in found]

    @cached_property
    def _by_consonants(self) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for name, row in zip(self.names, self.rows, strict=True):
            short = key(name)
            found.setdefault(consonants(short), []).append((short, row))
        return found

    def sounding(self, short: str) -> list[tuple[str, int]]:
        """Return the keys that have the consonants of a key, with their rows."""
        return self._by_consonants.get(consonants(short), [])

    def beginning(self, letter: str) -> tuple[list[str], list[int]]:
        """Return the names that begin with a letter, and their rows."""
        return self._by_letter.get(letter, ([], []))


@cache
def _block(atlas: Atlas, country: str, admin1: str, kind: str) -> Block:
    index = atlas.index
    rows = index.of_country(country, kind)
    places = np.arange(rows.start, rows.stop)
    if admin1:
        number = index.admin1_number.get(admin1, -1)
        places = places[index.admin1[places] == number]
    if len(places) == 0:
        return Block([], [])
    first = np.asarray(index.first[places], dtype=np.int64)
    counts = np.asarray(index.last[places], dtype=np.int64) - first
    before = np.repeat(np.cumsum(counts) - counts, counts)
    names = index.names_at(np.repeat(first, counts) + np.arange(len(before)) - before)
    return Block(names, np.repeat(places, counts).tolist())


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(geodata.path(name), dtype=str, keep_default_na=False)


def _kept_places() -> list[tuple[Place, list[str]]]:
    """Read `geodata/places.csv`: the hand-kept places and their other names."""
    found = []
    for row in _read("places.csv").to_dict("records"):
        place = Place(
            place_id=f"place:{row['id']}",
            name=str(row["name"]),
            kind=str(row["kind"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=str(row["country"]),
            admin1=str(row["admin1"]),
            radius_km=float(row["uncertainty_km"] or 0),
            shape=str(row.get("shape", "")),
        )
        found.append((place, [a for a in str(row["aliases"]).split("|") if a]))
    return found


@cache
def _atlas(index: PlaceIndex) -> Atlas:
    return Atlas(world.crossings(), index)


def atlas(crossings: pd.DataFrame | None = None, gazetteers: Sequence[str] = ()) -> Atlas:
    """Return the atlas, with plugged-in `gazetteers`; with the user's own `crossings` a new one."""
    index = gazetteer.places(gazetteers)
    return _atlas(index) if crossings is None else Atlas(crossings, index)


def spans(words: Sequence[str], longest: int = 6) -> list[str]:
    """Return all runs of words, up to `longest` of them, as names to look up."""
    n = len(words)
    return [" ".join(words[i:j]) for i in range(n) for j in range(i + 1, min(i + longest, n) + 1)]
