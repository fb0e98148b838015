"""Writes an index of any size: rows come in parts, wait on disk, and are put in order at the end.

`mapper.gazetteer.index.write` is its like for what fits into memory as Python objects.
"""

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pandas as pd
import pyarrow as pa

from mapper.gazetteer.index import KINDS, pack_country, write_table
from mapper.gazetteer.keys import keys

__all__ = ["Stow"]

_PLACES = pa.schema(
    [
        ("ref", pa.int64()),
        ("name", pa.string()),
        ("id", pa.string()),
        ("latitude", pa.float32()),
        ("longitude", pa.float32()),
        ("population", pa.int32()),
        ("country", pa.uint16()),
        ("admin1", pa.uint16()),
        ("kind", pa.uint8()),
        ("radius_km", pa.float32()),
        ("count", pa.int32()),
    ]
)
_NAMES = pa.schema([("name", pa.string()), ("hash", pa.uint32())])


class Stow:
    """An index being written into `folder`; a context, so that nothing waits on disk after it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = 0
        self.countries: set[str] = set()
        self._codes: dict[str, int] = {"": 0}
        self._files = {name: folder / f"waiting.{name}" for name in ("places", "names")}

    def __enter__(self) -> Self:
        """Open the files that wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sinks = {name: pa.OSFile(str(file), "wb") for name, file in self._files.items()}
        self._places = pa.ipc.new_stream(self._sinks["places"], _PLACES)
        self._names = pa.ipc.new_stream(self._sinks["names"], _NAMES)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Remove them."""
        self._close()
        for file in self._files.values():
            file.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._sinks["names"].closed:
            return
        for writer in (self._places, self._names, *self._sinks.values()):
            writer.close()

    def add(self, places: pd.DataFrame, names: Sequence[Sequence[str]]) -> None:
        """Take some places.

        Args:
            places: columns ref, id, name, latitude, longitude, population, country (ISO2 or ""),
                admin1 (code or ""), kind (of `KINDS`), radius_km.
            names: for each its distinct folded names, at least one, its own first.
        """
        codes = [self._codes.setdefault(c, len(self._codes)) for c in places["admin1"].tolist()]
        countries = places["country"].tolist()
        self.countries.update(filter(None, countries))
        packed = {code: pack_country(code) for code in set(countries)}
        columns = {
            "ref": places["ref"].to_numpy(np.int64),
            "name": places["name"].tolist(),
            "id": places["id"].tolist(),
            "latitude": places["latitude"].to_numpy(np.float32),
            "longitude": places["longitude"].to_numpy(np.float32),
            "population": places["population"].to_numpy(np.int32),
            "country": np.array([packed[c] for c in countries], np.uint16),
            "admin1": np.array(codes, np.uint16),
            "kind": np.array([KINDS.index(k) for k in places["kind"].tolist()], np.uint8),
            "radius_km": places["radius_km"].to_numpy(np.float32),
            "count": np.array([len(n) for n in names], np.int32),
        }
        self._places.write_table(pa.table(columns, schema=_PLACES))
        flat = [name for group in names for name in group]
        hashes = np.fromiter((zlib.crc32(k.encode("ascii")) for k in keys(flat)), np.uint32)
        self._names.write_table(pa.table({"name": flat, "hash": hashes}, schema=_NAMES))
        self.rows += len(places)

    def finish(self, prefix: str, *, numbered: bool) -> None:
        """Put all in order and write the index; `numbered`: `ref` is the id, else `id`."""
        self._close()
        places, names = (_waiting(self._files[name]) for name in ("places", "names"))
        codes = sorted(self._codes)
        place_in = {code: i for i, code in enumerate(codes)}
        by_number = np.array([place_in[code] for code in self._codes], np.uint16)
        admin1 = by_number[places["admin1"].to_numpy()]
        columns = (-places["population"].to_numpy(), admin1, places["kind"], places["country"])
        order = np.lexsort(tuple(np.asarray(c) for c in columns))
        counts = places["count"].to_numpy().astype(np.int64)
        before = np.cumsum(counts) - counts
        sorted_counts = counts[order]
        first = np.cumsum(sorted_counts) - sorted_counts
        dropped = ["count", "admin1", *([] if not numbered else ["id"])]
        table = places.drop_columns(dropped).take(pa.array(order))
        table = table.append_column("admin1", pa.array(admin1[order]))
        table = table.append_column("admin2", pa.array(np.full(len(order), -1, np.int32)))
        table = table.append_column("first", pa.array(first.astype(np.int32)))
        meta = {"prefix": prefix, "admin1": codes, "names": int(counts.sum())}
        table = table.replace_schema_metadata({"mapper": json.dumps(meta)})
        write_table(table, self.folder / "places.arrow")
        at = np.repeat(before[order] - first, sorted_counts) + np.arange(counts.sum())
        write_table(names.select(["name"]).take(pa.array(at)), self.folder / "names.arrow")
        hashes = names["hash"].to_numpy()[at]
        by_hash = np.argsort(hashes, kind="stable")
        keys = pa.table({"hash": hashes[by_hash], "row": by_hash.astype(np.int32)})
        write_table(keys, self.folder / "keys.arrow")


def _waiting(file: Path) -> pa.Table:
    return pa.ipc.open_stream(pa.memory_map(str(file))).read_all()
