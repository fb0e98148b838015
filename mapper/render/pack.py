"""The packed container: integer columns as byte planes, strings as UTF-8, one deflate over all.

`mapper/web/src/data/container.js` reads what this writes; the two files mirror each other. A column
of k planes holds the lowest bytes of all its numbers, then the next bytes, and so on: deflate finds
the empty high planes and the repeated low ones, and a reader needs no branches.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["ArrayType", "Integers", "Pack", "coded", "deflated", "dump_json"]

ArrayType = Literal["u8", "u16", "u32", "i32", "f64"]
_U32 = 0xFFFFFFFF
Integers = npt.NDArray[np.int64]


def dump_json(value: object) -> str:
    """Return compact JSON with sorted keys left as given; NaN and infinity are refused."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def deflated(data: bytes, level: int = 9) -> str:
    """Return the base64 of the zlib stream of `data`."""
    return base64.b64encode(zlib.compress(data, level)).decode("ascii")


class Pack:
    """Collects columns and string lists, and becomes the bytes of one container."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def _add(self, data: bytes) -> int:
        at = self._size
        self._parts.append(data)
        self._size += len(data)
        return at

    def _planes(self, raw: Integers) -> dict[str, Any]:
        """Add unsigned numbers below 2^32 as byte planes; return where they are."""
        n = len(raw)
        planes = max(1, (int(raw.max()).bit_length() + 7) // 8) if n else 0
        bytes_of = raw.astype("<u4").view(np.uint8).reshape(n, 4)
        at = self._add(np.ascontiguousarray(bytes_of[:, :planes].T).tobytes())
        return {"at": at, "n": n, "planes": planes}

    def integers(
        self, values: npt.ArrayLike, kind: ArrayType | None = None, *, delta: bool = False
    ) -> dict[str, Any]:
        """Add a column of whole numbers and return its entry in the directory.

        Args:
            values: whole numbers, each between -2^31 and 2^32.
            kind: the array the reader makes; the narrowest unsigned one where not given.
            delta: store differences to the number before, for columns that run on.
        """
        numbers = np.asarray(values, dtype=np.int64)
        n = len(numbers)
        low = int(numbers.min()) if n else 0
        high = int(numbers.max()) if n else 0
        kind = kind or _narrowest(high)
        if low == high:
            return {"at": self._size, "n": n, "planes": 0, "base": low, "type": kind}
        if kind == "u8" and low > 0 and not delta:
            low = 0  # plain bytes, which the reader takes as they are
        if delta:
            steps = np.diff(numbers, prepend=numbers[0])
            folded = (steps << 1) ^ (steps >> 63)
            if int(folded.max()) <= _U32:
                base = int(numbers[0])
                return {**self._planes(folded), "base": base, "type": kind, "delta": True}
        return {**self._planes(numbers - low), "base": low, "type": kind}

    def decimals(self, values: npt.ArrayLike, scale: int) -> dict[str, Any]:
        """Add a column of decimal numbers kept to 1/`scale`; NaN stays NaN."""
        numbers = np.asarray(values, dtype=np.float64)
        known = np.isfinite(numbers)
        steps = np.round(numbers[known] * scale).astype(np.int64)
        low = int(steps.min()) if len(steps) else 0
        stored = np.zeros(len(numbers), dtype=np.int64)
        stored[known] = steps - low + 1
        return {**self._planes(stored), "base": low, "type": "f64", "scale": scale}

    def strings(self, values: Iterable[str]) -> dict[str, Any]:
        """Add a list of strings and return its entry in the directory."""
        array = pa.array(values, pa.large_string())
        lengths = np.diff(np.frombuffer(array.buffers()[1], dtype=np.int64)[: len(array) + 1])
        body = array.buffers()[2]
        data = b"" if body is None else body.to_pybytes()[: int(lengths.sum())]
        at = self._add(data)
        return {"at": at, "bytes": len(data), "lengths": self.integers(lengths, "u32")}

    def container(self, directory: dict[str, Any]) -> bytes:
        """Return the whole container: length of the directory, the directory, the data."""
        head = dump_json(directory).encode()
        return b"".join([len(head).to_bytes(4, "little"), head, *self._parts])


def _narrowest(high: int) -> ArrayType:
    if high < 1 << 8:
        return "u8"
    return "u16" if high < 1 << 16 else "u32"


def coded(values: Sequence[str] | npt.NDArray[Any]) -> tuple[Integers, list[str]]:
    """Return one code a value and the distinct values; code 0 is always the empty string.

    Codes follow first appearance, so the same table gives the same bytes.
    """
    encoded = pa.array(values, pa.large_string()).dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    if "" in distinct:
        hole = distinct.index("")
        order = np.arange(len(distinct))
        order = np.where(order < hole, order + 1, order)
        order[hole] = 0
        distinct.pop(hole)
        return order[codes], ["", *distinct]
    return codes + 1, ["", *distinct]
