"""The place index on disk: Arrow IPC files mapped into memory, nothing parsed at load.

An index is a folder of three uncompressed files:

`places.arrow`   one row a place, those of one country and area together
    ref          int64: number in its source (geonameid)
    name         text: as the source writes it
    latitude, longitude   float32, degrees
    population   int32, 0 unknown
    country      uint16: ISO2, first letter * 256 + second
    admin1       uint16: number in the list `admin1` of the file's metadata (ISO 3166-2 codes)
    admin2       int32: row of its second-level area, -1 unknown
    kind         uint8: one of `KINDS`
    radius_km    float32: of an area, a circle about the point that holds it; 0 for a settlement
    first        int32: row of its first name
    id           text, only where the source's ids are no numbers: stands for `ref` in a place_id
`names.arrow`    one row a name: `name` (folded), those of one place together
`keys.arrow`     sorted by hash: `hash` uint32 (crc32 of the loose key), `row` int32 (of the name)
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from mapper.errors import GeodataError
from mapper.gazetteer.keys import key
from mapper.gazetteer.keys import keys as key_of

__all__ = ["KINDS", "Ints", "PlaceIndex", "pack_country", "unpack_country", "write", "write_table"]

KINDS = ("settlement", "admin1", "admin2", "site")

Ints = NDArray[np.int64]


def pack_country(code: str) -> int:
    """Return ISO2 as one number; 0 for none."""
    return ord(code[0]) * 256 + ord(code[1]) if len(code) == 2 and code.isascii() else 0


def unpack_country(number: int) -> str:
    """Return the ISO2 of a number made by `pack_country`."""
    return chr(number >> 8) + chr(number & 255) if number else ""


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("ascii"))


def write_table(table: pa.Table, file: Path) -> None:
    """Write a table as one batch, so that its columns can be mapped whole."""
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks(), max_chunksize=max(len(table), 1))


def write(
    places: pd.DataFrame, names: Sequence[Sequence[str]], folder: Path, *, prefix: str
) -> None:
    """Write an index.

    Args:
        places: columns ref, name, latitude, longitude, population, country (ISO2), admin1 (code or
            ""), admin2 (row in this frame, -1), kind (of `KINDS`), radius_km.
        names: for each place its distinct folded names, its own first.
        folder: made if need be.
        prefix: what stands before `ref` in a place_id, such as `geonames`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds = places["kind"].map({k: i for i, k in enumerate(KINDS)}).to_numpy()
    order = np.lexsort((-places["population"], places["admin1"], kinds, places["country"]))
    row_of = np.empty(len(order), dtype=np.int32)
    row_of[order] = np.arange(len(order), dtype=np.int32)
    sorted_places = places.iloc[order]
    sorted_names = [names[i] for i in order]
    counts = np.array([len(n) for n in sorted_names], dtype=np.int64)
    codes = sorted({"", *places["admin1"]})
    admin2 = sorted_places["admin2"].to_numpy()
    table = pa.table(
        {
            "ref": sorted_places["ref"].to_numpy(np.int64),
            "name": pa.array(sorted_places["name"].tolist(), pa.string()),
            "latitude": sorted_places["latitude"].to_numpy(np.float32),
            "longitude": sorted_places["longitude"].to_numpy(np.float32),
            "population": sorted_places["population"].to_numpy(np.int32),
            "country": np.array([pack_country(c) for c in sorted_places["country"]], np.uint16),
            "admin1": np.searchsorted(codes, sorted_places["admin1"]).astype(np.uint16),
            "admin2": np.where(admin2 >= 0, row_of[np.maximum(admin2, 0)], -1).astype(np.int32),
            "kind": kinds[order].astype(np.uint8),
            "radius_km": sorted_places["radius_km"].to_numpy(np.float32),
            "first": (np.cumsum(counts) - counts).astype(np.int32),
        }
    )
    meta = {"prefix": prefix, "admin1": codes, "names": int(counts.sum())}
    table = table.replace_schema_metadata({"mapper": json.dumps(meta)})
    write_table(table, folder / "places.arrow")
    flat = [name for group in sorted_names for name in group]
    write_table(pa.table({"name": pa.array(flat, pa.string())}), folder / "names.arrow")
    hashes = np.fromiter((_hash(key(name)) for name in flat), np.uint32, len(flat))
    by_hash = np.argsort(hashes, kind="stable")
    table = pa.table({"hash": hashes[by_hash], "row": by_hash.astype(np.int32)})
    write_table(table, folder / "keys.arrow")


@dataclass(slots=False, eq=False)
class PlaceIndex:
    """An open index. Opening costs a millisecond; pages are read as they are asked for."""

    folder: Path
    _maps: list[pa.MemoryMappedFile] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Map the files.

        Raises:
            GeodataError: a file is missing or damaged.
        """
        try:
            self._places = self._open("places.arrow")
            self._names = self._open("names.arrow")
            self._keys = self._open("keys.arrow")
            self._meta = json.loads(self._places.schema.metadata[b"mapper"])
        except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError) as error:
            message = f"the place index in {self.folder.name}/ is missing or damaged: {error}"
            raise GeodataError(message) from error
        for column in ("ref", "latitude", "longitude", "population", "country", "admin1", "admin2"):
            setattr(self, column, self._array(self._places, column))
        self.kind = self._array(self._places, "kind")
        self.radius_km = self._array(self._places, "radius_km")
        self.first = self._array(self._places, "first")
        ids = self._places.schema.get_field_index("id")
        self._ids = self._places.column(ids) if ids >= 0 else None
        self.hashes = self._array(self._keys, "hash")
        self.rows = self._array(self._keys, "row")

    ref: Ints = field(init=False)
    latitude: NDArray[np.float32] = field(init=False)
    longitude: NDArray[np.float32] = field(init=False)
    population: NDArray[np.int32] = field(init=False)
    country: NDArray[np.uint16] = field(init=False)
    admin1: NDArray[np.uint16] = field(init=False)
    admin2: NDArray[np.int32] = field(init=False)

    def _open(self, name: str) -> pa.RecordBatch:
        source = pa.memory_map(str(self.folder / name))
        self._maps.append(source)
        return pa.ipc.open_file(source).get_batch(0)

    def _array(self, batch: pa.RecordBatch, column: str) -> NDArray[np.generic]:
        return np.asarray(batch.column(batch.schema.get_field_index(column)).to_numpy())

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.ref)

    @property
    def prefix(self) -> str:
        """What stands before a place's number in its place_id."""
        return str(self._meta["prefix"])

    @cached_property
    def admin1_codes(self) -> list[str]:
        """ISO 3166-2 codes; `admin1` holds numbers in this list, 0 is none."""
        return list(self._meta["admin1"])

    @cached_property
    def admin1_number(self) -> dict[str, int]:
        """The number of each admin1 code."""
        return {code: number for number, code in enumerate(self.admin1_codes)}

    @cached_property
    def last(self) -> NDArray[np.int32]:
        """The row after the last name of each place."""
        return np.append(self.first[1:], np.int32(self._meta["names"])).astype(np.int32)

    def name(self, place: int) -> str:
        """Return a place's own name."""
        return str(self._places.column(1)[place])

    def name_at(self, row: int) -> str:
        """Return a folded name by its row."""
        return str(self._names.column(0)[row])

    def names_at(self, rows: Ints) -> list[str]:
        """Return folded names by their rows."""
        return list(self._names.column(0).take(pa.array(rows)).to_pylist())

    def names_of(self, place: int) -> list[str]:
        """Return the folded names of one place."""
        return self.names_at(np.arange(self.first[place], self.last[place]))

    def place_of(self, rows: Ints) -> Ints:
        """Return the place that each name row belongs to."""
        of_one_type = np.asarray(rows, self.first.dtype)  # else all of `first` would be copied
        return np.searchsorted(self.first, of_one_type, side="right").astype(np.int64) - 1

    def place_id(self, place: int) -> str:
        """Return the id of a place as MATCH carries it."""
        return self.place_ids(np.array([place]))[0]

    def place_ids(self, places: Ints) -> list[str]:
        """Return the ids of many places."""
        admin1 = KINDS.index("admin1")
        own = self.ref[places] if self._ids is None else self._ids.take(pa.array(places))
        rows = zip(
            self.kind[places].tolist(), self.admin1[places].tolist(), own.tolist(), strict=True
        )
        return [
            f"admin1:{self.admin1_codes[area]}" if kind == admin1 else f"{self.prefix}:{ref}"
            for kind, area, ref in rows
        ]

    def own_names(self, places: Ints) -> list[str]:
        """Return the own names of many places."""
        return list(self._places.column(1).take(pa.array(places)).to_pylist())

    def find_id(self, place_id: str) -> int:
        """Return the row of a place by its id as MATCH carries it, -1 if it is not here."""
        prefix, _, rest = place_id.partition(":")
        if prefix != self.prefix:
            return -1
        if self._ids is not None:
            found = pc.index(self._ids, pa.scalar(rest, pa.string())).as_py()
            return int(found)
        if not (rest.isascii() and rest.isdecimal() and len(rest) < 19):
            return -1
        rows = np.flatnonzero(self.ref == int(rest)).tolist()
        same = [int(row) for row in rows if self.place_id(row) == place_id]
        return same[0] if same else -1

    def lookup(self, keys: Iterable[str]) -> tuple[Ints, Ints]:
        """Look loose keys up; return, hit by hit, the number of the key and the row of the name.

        Keys that merely share a hash are sorted out.
        """
        asked = list(keys)
        hashes = np.fromiter((_hash(k) for k in asked), np.uint32, len(asked))
        low = np.searchsorted(self.hashes, hashes, side="left")
        high = np.searchsorted(self.hashes, hashes, side="right")
        counts = high - low
        which = np.repeat(np.arange(len(asked)), counts)
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self.rows[np.repeat(low, counts) + inside].astype(np.int64)
        found = key_of(self.names_at(rows))
        same = np.fromiter(
            (k == asked[i] for k, i in zip(found, which.tolist(), strict=True)), bool, len(found)
        )
        return which[same], rows[same]

    def of_country(self, country: str, kind: str = "settlement") -> slice:
        """Return the rows of one country's places of one kind; they stand together."""
        code = self.country.dtype.type(pack_country(country))  # of one type: nothing is copied
        low = int(np.searchsorted(self.country, code, side="left"))
        high = int(np.searchsorted(self.country, code, side="right"))
        kinds = self.kind[low:high]
        number = kinds.dtype.type(KINDS.index(kind))
        return slice(
            low + int(np.searchsorted(kinds, number, side="left")),
            low + int(np.searchsorted(kinds, number, side="right")),
        )
