"""Several indexes as one: what the geocoder asks when gazetteers are plugged in.

The rows of all parts are put in the order of one index, so whatever works on a `PlaceIndex` works
on the union. A place of a later part that an earlier one has too is left out: it is the same place,
not its own rival. Names stay on disk in their parts.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mapper.gazetteer.index import KINDS, Ints, PlaceIndex

__all__ = ["PlaceUnion"]

_CELL_DEGREES = 0.1  # two places of one name in one cell are one place; cells are tried shifted
_SHIFTS = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5))
_MOST_PEOPLE = (1 << 28) - 1


class PlaceUnion(PlaceIndex):
    """An index of several parts, the more trusted first."""

    def __init__(self, parts: Sequence[PlaceIndex]) -> None:
        """Put the parts together; `parts`: at least one, the shipped index first."""
        self.folder = Path()
        self.parts = tuple(parts)
        self._codes = sorted({code for part in parts for code in part.admin1_codes})
        self._place_start = _starts([len(part) for part in parts])
        self._name_start = _starts([int(part.last[-1]) for part in parts])
        for column in ("ref", "latitude", "longitude", "population", "country", "kind"):
            setattr(self, column, np.concatenate([getattr(part, column) for part in parts]))
        self.radius_km = np.concatenate([part.radius_km for part in parts])
        number = {code: i for i, code in enumerate(self._codes)}
        self.admin1 = np.concatenate(
            [np.array([number[c] for c in p.admin1_codes], np.uint16)[p.admin1] for p in parts]
        )
        self._first_name = self._shifted("first", self._name_start)
        self._arrange(self._twins())

    def _shifted(self, column: str, starts: Ints) -> Ints:
        found = [
            np.asarray(getattr(part, column), np.int64) + starts[i]
            for i, part in enumerate(self.parts)
        ]
        return np.concatenate(found)

    def _arrange(self, twin: Ints) -> None:
        """Put all columns in the order of an index, without the places that have a twin."""
        own = twin < 0
        country, kind = (np.asarray(c, np.int64) for c in (self.country, self.kind))
        sort_key = (country * 4 + kind) << 16 | self.admin1
        people = _MOST_PEOPLE - self.population.astype(np.int64).clip(0, _MOST_PEOPLE)
        # both parts are in this order already, which a stable sort merges quickly
        order = np.argsort(sort_key << 28 | people, kind="stable")
        self._order = order[own[order]]
        row_of = np.full(len(own), -1, dtype=np.int64)
        row_of[self._order] = np.arange(len(self._order))
        row_of[~own] = row_of[twin[~own]]
        self._row_of = row_of
        admin2 = np.concatenate(
            [np.where(p.admin2 >= 0, p.admin2 + s, -1)
             for p, s in zip(self.parts, self._place_start, strict=True)]
        )  # fmt: skip
        self.admin2 = np.where(admin2 >= 0, row_of[admin2], -1).astype(np.int32)
        last = self._shifted("last", self._name_start)
        rows = np.concatenate(
            [p.rows + s for p, s in zip(self.parts, self._name_start, strict=True)]
        )
        hashes = np.concatenate([part.hashes for part in self.parts])
        kept = np.repeat(own, last - self._first_name)[rows]
        by_hash = np.argsort(hashes[kept], kind="stable")
        self.hashes, self.rows = hashes[kept][by_hash], rows[kept][by_hash].astype(np.int32)
        for column in (
            "ref", "latitude", "longitude", "population", "country", "admin1", "admin2", "kind",
            "radius_km",
        ):  # fmt: skip
            setattr(self, column, getattr(self, column)[self._order])
        self.first = self._first_name[self._order].astype(np.int32)
        self._last = last[self._order].astype(np.int32)

    def _twins(self) -> Ints:
        """Return for each place the same place in an earlier part, -1 where there is none."""
        twin = np.full(int(self._place_start[-1]) + len(self.parts[-1]), -1, dtype=np.int64)
        for number in range(1, len(self.parts)):
            for earlier in range(number):
                found = _same_id(self.parts[earlier], self.parts[number])
                left = found < 0
                if not (self.parts[earlier].prefix == self.parts[number].prefix == "geonames"):
                    found[left] = _same_spot(self.parts[earlier], self.parts[number])[left]
                at = np.flatnonzero(found >= 0)
                mine = at + self._place_start[number]
                target = found[at] + self._place_start[earlier]
                target = np.where(twin[target] >= 0, twin[target], target)
                twin[mine] = np.where(twin[mine] >= 0, twin[mine], target)
        return twin

    @property
    def prefix(self) -> str:
        """That of the first part; `place_id` gives each place its own."""
        return self.parts[0].prefix

    @cached_property
    def admin1_codes(self) -> list[str]:
        """ISO 3166-2 codes of all parts."""
        return self._codes

    @cached_property
    def last(self) -> NDArray[np.int32]:
        """The row after the last name of each place."""
        return self._last

    def _local(self, row: int, starts: Ints) -> tuple[PlaceIndex, int]:
        number = int(np.searchsorted(starts, row, side="right")) - 1
        return self.parts[number], int(row - starts[number])

    def name(self, place: int) -> str:
        """Return a place's own name."""
        part, row = self._local(int(self._order[place]), self._place_start)
        return part.name(row)

    def name_at(self, row: int) -> str:
        """Return a folded name by its row."""
        part, local = self._local(row, self._name_start)
        return part.name_at(local)

    def names_at(self, rows: Ints) -> list[str]:
        """Return folded names by their rows."""
        rows = np.asarray(rows, dtype=np.int64)
        return self._gather(rows, self._name_start, PlaceIndex.names_at)

    def place_of(self, rows: Ints) -> Ints:
        """Return the place that each name row belongs to."""
        return self._row_of[np.searchsorted(self._first_name, rows, side="right") - 1]

    def place_ids(self, places: Ints) -> list[str]:
        """Return the ids of many places as MATCH carries them: each part's."""
        return self._of_parts(places, PlaceIndex.place_ids)

    def own_names(self, places: Ints) -> list[str]:
        """Return the own names of many places."""
        return self._of_parts(places, PlaceIndex.own_names)

    def _of_parts(self, places: Ints, ask: Callable[[PlaceIndex, Ints], list[str]]) -> list[str]:
        """Ask each part about its own of some places."""
        rows = self._order[np.asarray(places, dtype=np.int64)]
        return self._gather(rows, self._place_start, ask)

    def _gather(
        self, rows: Ints, starts: Ints, ask: Callable[[PlaceIndex, Ints], list[str]]
    ) -> list[str]:
        where = np.searchsorted(starts, rows, side="right") - 1
        found = np.empty(len(rows), dtype=object)
        for number, part in enumerate(self.parts):
            at = where == number
            found[at] = ask(part, rows[at] - starts[number])
        return found.tolist()

    def find_id(self, place_id: str) -> int:
        """Return the row of a place by its id, -1 if no part has it; a twin's is that kept."""
        for part, start in zip(self.parts, self._place_start.tolist(), strict=True):
            if (row := part.find_id(place_id)) >= 0:
                return int(self._row_of[start + row])
        return -1


def _starts(lengths: Sequence[int]) -> Ints:
    return np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)


def _same_id(base: PlaceIndex, other: PlaceIndex) -> Ints:
    """Return for each place of `other` the row of its id in `base`, -1 for none.

    Ids are geonameids and, for first-level areas, their codes.
    """
    found = np.full(len(other), -1, dtype=np.int64)
    number = KINDS.index("admin1")
    codes = {base.admin1_codes[base.admin1[r]]: r for r in np.flatnonzero(base.kind == number)}
    for row in np.flatnonzero(other.kind == number).tolist():
        found[row] = codes.get(other.admin1_codes[other.admin1[row]], -1)
    if base.prefix != other.prefix or base.prefix != "geonames":
        return found
    order = np.argsort(base.ref, kind="stable")
    at = np.searchsorted(base.ref, other.ref, sorter=order).clip(0, len(order) - 1)
    rows = order[at]
    same = (base.ref[rows] == other.ref) & (other.ref > 0)
    found[same] = rows[same]
    return found


def _same_spot(base: PlaceIndex, other: PlaceIndex) -> Ints:
    """Return for each place of `other` one of its name, kind and country beside it in `base`.

    Beside is within one cell of a grid, or of the same grid shifted by half a cell: always for
    less than 5 km, never for more than 16 km.
    """
    found = np.full(len(other), -1, dtype=np.int64)
    mine, theirs = _shared(base, other)
    for shift in _SHIFTS:
        cells, sought = _spots(base, *mine, shift), _spots(other, *theirs, shift)
        order = np.lexsort((mine[1], cells))
        if not len(order):
            break
        at = np.searchsorted(cells[order], sought).clip(0, len(order) - 1)
        rows, places = mine[1][order[at]], theirs[1]
        same = (cells[order[at]] == sought) & (found[places] < 0)
        same &= (base.kind[rows] == other.kind[places]) & (
            base.country[rows] == other.country[places]
        )
        found[places[same]] = rows[same]
    return found


def _shared(
    base: PlaceIndex, other: PlaceIndex
) -> tuple[tuple[NDArray[np.uint32], Ints], tuple[NDArray[np.uint32], Ints]]:
    """Return the names that both have, as hashes with the place of each."""

    def within(index: PlaceIndex, other: PlaceIndex) -> tuple[NDArray[np.uint32], Ints]:
        own, hashes = np.asarray(index.hashes, np.uint32), np.asarray(other.hashes, np.uint32)
        at = np.searchsorted(hashes, own).clip(0, max(len(hashes) - 1, 0))
        same = hashes[at] == own
        counts = index.last.astype(np.int64) - np.asarray(index.first, np.int64)
        places = np.repeat(np.arange(len(index)), counts)[index.rows[same]]
        return own[same], places

    return within(base, other), within(other, base)


def _spots(
    index: PlaceIndex, hashes: NDArray[np.uint32], places: Ints, shift: tuple[float, float]
) -> NDArray[np.uint64]:
    """Return hash and grid cell of each name's place as one number."""
    row = np.floor((index.latitude[places] + 90.0) / _CELL_DEGREES + shift[0]).astype(np.uint64)
    column = np.floor((index.longitude[places] + 180.0) / _CELL_DEGREES + shift[1]).astype(
        np.uint64
    )
    cell = row * np.uint64(3602) + column
    return np.asarray(hashes.astype(np.uint64) << np.uint64(32) | cell, np.uint64)
