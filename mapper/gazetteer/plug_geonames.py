"""Reads GeoNames dumps (`VE.txt`, `allCountries.txt`, bare or in a zip) chunk by chunk.

The format is GeoNames' own: 19 columns parted by tabs, UTF-8, no header, no quotes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from mapper.archive import BROKEN_ZIP
from mapper.errors import InputError
from mapper.gazetteer.plug_rows import stow_rows, useful
from mapper.gazetteer.stow import Stow
from mapper.messages import text

__all__ = ["looks_like_dump", "stow_dump"]

_COLUMNS = {
    0: "id", 1: "name", 3: "others", 4: "latitude", 5: "longitude", 6: "group", 7: "feature",
    8: "country", 14: "population",
}  # fmt: skip
_WIDTH = 19
_CHUNK = 50_000
_MOST_BYTES, _MOST_RATIO = 8 << 30, 60
# sites that reports of borders name: bridges, ferries, customs and border posts, ports, bases
_SITES = frozenset(("BDG", "BDGQ", "CSTM", "FY", "MILB", "PRT", "PSTB", "PSTC", "PSTP"))
_MEMBER = re.compile(r"(?:[A-Z]{2}|allCountries|cities\d+)\.txt")


def looks_like_dump(file: Path) -> bool:
    """Whether a file is a GeoNames dump or a zip of one, by its first line."""
    if zipfile.is_zipfile(file) or file.suffix.lower() == ".zip":
        return True
    with file.open("rb") as stream:
        cells = stream.readline(1 << 16).split(b"\t")
    return len(cells) == _WIDTH and cells[0].removeprefix(b"\xef\xbb\xbf").isdigit()


def stow_dump(stow: Stow, file: Path) -> tuple[int, int]:
    """Put a dump into an index: settlements, and sites of kinds that reports of borders name.

    Returns:
        How many rows had no name or place on earth, and how many were of other kinds.

    Raises:
        InputError: it is no dump, or no whole zip, or a bomb.
    """
    left_out = others = 0
    try:
        with _opened(file) as stream:
            for chunk in _chunks(stream, file.name):
                wanted = (chunk["group"] == "P") | chunk["feature"].isin(_SITES)
                others += int((~wanted).sum())
                rows = chunk[wanted].reset_index(drop=True)
                kinds = np.where(rows["group"] == "P", "settlement", "site")
                rows = rows.assign(kind=kinds, radius_km=0.0)
                numbered = rows["id"].str.fullmatch(r"\d{1,15}")
                left_out += int((~numbered).sum())
                rows = rows[numbered].reset_index(drop=True)
                names = ([n for n in s.split(",") if useful(n)] for s in rows["others"].tolist())
                left_out += stow_rows(stow, rows, names)
    except BROKEN_ZIP as error:
        raise InputError(text("gazetteer", "bad_zip", file=file.name, why=error)) from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(text("gazetteer", "not_table", file=file.name, why=error)) from error
    return left_out, others


def _chunks(stream: IO[bytes], name: str) -> Iterator[pd.DataFrame]:
    first = stream.readline(1 << 16)
    found = first.count(b"\t") + 1
    if found != _WIDTH:
        message = text("gazetteer", "not_geonames", row=1, file=name, found=found)
        raise InputError(message)
    head = io.BytesIO(first)
    for source in (head, stream):
        try:
            reader = pd.read_csv(
                source, sep="\t", header=None, usecols=list(_COLUMNS), dtype=str, quoting=3,
                keep_default_na=False, encoding="utf-8-sig", chunksize=_CHUNK, engine="c",
            )  # fmt: skip
        except pd.errors.EmptyDataError:  # a dump of a single row
            continue
        for chunk in reader:
            yield chunk.rename(columns=_COLUMNS).fillna("").reset_index(drop=True)


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """Open a dump, in a zip or not, never more of it than the cap."""
    if not (zipfile.is_zipfile(file) or file.suffix.lower() == ".zip"):
        with file.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(file) as box:
        listed = [i for i in box.infolist() if not i.is_dir()]
        dumps = [i for i in listed if _MEMBER.fullmatch(Path(i.filename).name)]
        if not dumps:
            dumps = [i for i in listed if i.filename.lower().endswith(".txt")]
            dumps = [i for i in dumps if "readme" not in i.filename.lower()]
        if len(dumps) != 1:
            found = ", ".join(i.filename for i in listed[:5]) or "–"
            raise InputError(text("gazetteer", "no_member", file=file.name, found=found))
        most = min(_MOST_BYTES, _MOST_RATIO * max(file.stat().st_size, 1 << 16))
        with box.open(dumps[0]) as stream:
            yield io.BufferedReader(_Capped(stream, most, file.name), 1 << 20)


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than so many bytes, whatever its header promised."""

    def __init__(self, stream: IO[bytes], most: int, name: str) -> None:
        super().__init__()
        self._stream, self._left, self._name = stream, most, name

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read into a buffer."""
        got = self._stream.read(len(buffer))
        self._left -= len(got)
        if self._left < 0:
            message = text("gazetteer", "bomb", file=self._name, ratio=_MOST_RATIO, most="8 GB")
            raise InputError(message)
        buffer[: len(got)] = got
        return len(got)
