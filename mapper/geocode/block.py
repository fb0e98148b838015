"""The names of one country or area, for what exact look-up misses: likeness, patterns, sounds."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from mapper.gazetteer.index import PlaceIndex
from mapper.gazetteer.keys import consonants, key

__all__ = ["Block", "block_of"]


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
def block_of(index: PlaceIndex, country: str, admin1: str, kind: str) -> Block:
    """Return the names of the places of one kind in a country, or in one admin area of it."""
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
