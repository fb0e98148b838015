"""Everything that has a name, under one roof: the grammar asks it, it decides nothing.

Settlements, admin areas, countries, crossings and the hand-kept places.

Names are asked in their folded form. `prefetch` looks many up at once; `find` then answers from
memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import pandas as pd

from mapper import gazetteer, world
from mapper.gazetteer.countries import country_names
from mapper.gazetteer.index import KINDS, PlaceIndex, unpack_country
from mapper.gazetteer.keys import key, keys
from mapper.geocode.block import Block, block_of
from mapper.geocode.crossing_names import CrossingNames, aliases_of
from mapper.geocode.kept import kept_places, read_kept
from mapper.geocode.place import ALTERNATE, LOOSE, MAIN, Hit, Place
from mapper.geocode.villages import village_by_id
from mapper.text import fold

__all__ = ["ALTERNATE", "LOOSE", "MAIN", "Atlas", "Hit", "Place", "atlas"]


@dataclass(eq=False)
class Atlas(CrossingNames):
    """All named places; `crossings` as `world.crossings` gives them."""

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
        if kind == "village":
            return village_by_id(place_id)
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
    def _kept(self) -> dict[str, list[Hit]]:
        """Names of crossings (in full) and of the hand-kept places."""
        names: dict[str, list[Hit]] = {}
        for row in self.crossings.itertuples(index=False):
            place = self.crossing_places[str(row.id)]
            for number, alias in enumerate(aliases_of(row)):
                _add(names, fold(alias), Hit(place, ALTERNATE if number else MAIN))
        for place, aliases in kept_places():
            for number, alias in enumerate([place.name, *aliases]):
                _add(names, fold(alias), Hit(place, ALTERNATE if number else MAIN))
        for place, aliases in self._other_names():
            for alias in aliases:
                _add(names, fold(alias), Hit(place, MAIN))
        return names

    def _other_names(self) -> list[tuple[Place, list[str]]]:
        """Read `geodata/names.csv`: what reports call places of the index, in other scripts too."""
        frame = read_kept("names.csv")
        listed = dict(zip(frame["place_id"], frame["aliases"].str.split("|"), strict=True))
        refs = [int(i.partition(":")[2]) for i in listed if i.startswith("geonames:")]
        rows = np.flatnonzero(np.isin(self.index.ref, refs)).tolist()
        places = {self.index.place_id(row): self.place(row) for row in rows}
        found = ((places.get(i) or self.by_id(i), names) for i, names in listed.items())
        return [(place, names) for place, names in found if place is not None]

    @cached_property
    def kept_places(self) -> list[tuple[Place, list[str]]]:
        """The hand-kept places with their other names."""
        return kept_places()

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

    def block(self, country: str, admin1: str = "", kind: str = "settlement") -> Block:
        """Return the names of one country's (or one admin area's) places for fuzzy search."""
        return block_of(self.index, country, admin1, kind)


def _add(names: dict[str, list[Hit]], name: str, hit: Hit) -> None:
    if not name:
        return
    for form in (name, "=" + key(name)):
        if all(h.place is not hit.place for h in names.setdefault(form, [])):
            names[form].append(hit)


@cache
def _atlas(index: PlaceIndex) -> Atlas:
    return Atlas(world.crossings(), index)


def atlas(crossings: pd.DataFrame | None = None, gazetteers: Sequence[str] = ()) -> Atlas:
    """Return the atlas, with plugged-in `gazetteers`; with the user's own `crossings` a new one."""
    index = gazetteer.places(gazetteers)
    return _atlas(index) if crossings is None else Atlas(crossings, index)
