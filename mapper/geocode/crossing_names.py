"""The names of crossings: in full, without the word for what they are, nearly so."""

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from rapidfuzz import fuzz, process

from mapper.gazetteer.keys import key
from mapper.gazetteer.lexicon import SPANNING, lexicon, without_generics
from mapper.geocode.place import Place
from mapper.text import fold

__all__ = ["CrossingNames", "aliases_of"]

_LONG = 7
_CROSSING_LIKE = 88.0
"""Least length of a crossing's name, and least likeness (0-100), for a misspelling of it."""


@dataclass(eq=False)
class CrossingNames:
    """Crossings by their names; `crossings` as `world.crossings` gives them."""

    crossings: pd.DataFrame

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
            for alias in aliases_of(row):
                core = without_generics(fold(alias), SPANNING)
                forms = dict.fromkeys((core, fold(alias), *_cores_in_chinese(alias)))
                for form in filter(None, forms):
                    cores.setdefault(form, []).append(str(row.id))
                    cores.setdefault("=" + key(form), []).append(str(row.id))
        return {core: tuple(dict.fromkeys(ids)) for core, ids in cores.items()}

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


def aliases_of(row: object) -> list[str]:
    """Return all names of a row of the crossings, its own first."""
    names = [getattr(row, c) for c in ("name", "name_es", "name_en", "name_pt", "name_fr")]
    return [n for n in (*names, *str(getattr(row, "aliases", "")).split("|")) if n]


def _cores_in_chinese(alias: str) -> list[str]:
    """Return a name in Chinese without its last word ("…大桥"), with and without its dots."""
    words = lexicon().cjk
    ending = next((w for w in words if alias.endswith(w) and lexicon().spans(w)), "")
    core = alias.removesuffix(ending) if ending else ""
    return [fold(core), fold(core.replace("\u00b7", ""))] if core else []
