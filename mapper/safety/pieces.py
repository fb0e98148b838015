"""Finished files taken apart into what can be read in them, however deep it lies."""

import base64
import binascii
import bz2
import csv
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any, Protocol

import pandas as pd
import shapely

from mapper.archive import BROKEN_ZIP
from mapper.columns import LOCATED
from mapper.safety.public import private_values
from mapper.safety.spellings import spellings

__all__ = ["OpenPage", "Pieces", "Readable", "take_apart"]

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_PARTED = re.compile(r"[/_-]")
_LONG = 40  # a shorter run counts where what is packed in it can be read
_WKB = re.compile(r"(?<![0-9a-zA-Z])0[01][0-9a-fA-F]{40,}(?![0-9a-zA-Z])")
_MOST = 256 << 20
_DEEPEST = 4
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"RIFF", b"GIF8")


class Readable(Protocol):
    """What the page's own decoder finds in it; see `mapper.render.decode.Readable`."""

    @property
    def markup(self) -> str:
        """The page without its program and data."""
        ...

    @property
    def reports(self) -> pd.DataFrame:
        """Its reports."""
        ...

    @property
    def meta(self) -> dict[str, Any]:
        """What it knows besides."""
        ...

    @property
    def basemap(self) -> dict[str, Any]:
        """The directory of its basemap."""
        ...

    @property
    def shapes(self) -> dict[str, Any]:
        """The directory of its outlines."""
        ...

    @property
    def other(self) -> dict[str, bytes]:
        """Further data elements."""
        ...


OpenPage = Callable[[str, str], Readable]


@dataclass(slots=True)
class Pieces:
    """What was found in the files.

    Attributes:
        texts: pairs of where and text.
        drawn: likewise, texts of the still picture.
        values: pairs of where and what JSON held: numbers and lists of numbers count here.
        pages: name → what its decoder found.
        tables: pairs of where and a table of texts: numbers of one row belong together.
        metadata: pairs of where and what, in pictures.
        raw: name → bytes.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, Any]] = field(default_factory=list)
    pages: dict[str, Readable] = field(default_factory=dict)
    tables: list[tuple[str, pd.DataFrame]] = field(default_factory=list)
    metadata: list[tuple[str, str]] = field(default_factory=list)
    raw: dict[str, bytes] = field(default_factory=dict)

    def add_text(self, where: str, text: str, depth: int = 0) -> None:
        """Add a text, and whatever is packed inside it."""
        if not text or text.isspace():
            return
        self.texts.append((where, text))
        if depth >= _DEEPEST:
            return
        for other in spellings(text):
            self.add_text(where, other, depth + 1)
        for found in _WKB.finditer(text):
            shape = shapely.from_wkb(found[0], on_invalid="ignore")
            if shape is not None:
                self.values.append((where, shapely.get_coordinates(shape).round(6).tolist()))
        for found in _BASE64.finditer(text):
            for run in dict.fromkeys((found[0], *_PARTED.split(found[0]))):
                packed = _unpacked(run)
                if packed:
                    self.add_bytes(f"{where} (packed)", packed, depth + 1)

    def add_table(self, where: str, text: str) -> None:
        """Add a table of texts, cells parted by commas, semicolons or tabs."""
        head = text.partition("\n")[0]
        sign = max(",;\t", key=head.count)
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=sign) if row]
        if rows:
            self.tables.append((where, pd.DataFrame(rows[1:]).fillna("").astype("str")))

    def add_value(self, where: str, value: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Add what JSON held: texts and, as they stand together, numbers."""
        self.values.append((where, value))
        for at, text in _texts_in(value, where):
            self.add_text(at, text)

    def add_bytes(self, where: str, data: bytes, depth: int = 0) -> None:
        """Add a file, or what was packed inside one."""
        if depth > _DEEPEST:
            return
        if data.startswith(_PICTURES):
            self.metadata += [(where, what) for what in _metadata(data)]
        elif data.startswith(b"PK\x03\x04"):
            with suppress(*BROKEN_ZIP), zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    self.add_bytes(f"{where}/{name}", archive.read(name), depth + 1)
        elif data.startswith(_PACKED):
            self.add_bytes(where, _unzipped(data), depth + 1)
        elif data.startswith(b"PAR1"):
            self.add_text(where, pd.read_parquet(io.BytesIO(data)).to_csv(index=False), depth)
        elif data.startswith(b"%PDF"):
            self.add_text(where, data.decode("latin-1"), depth)
            for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
                self.add_text(where, _inflated(stream).decode("latin-1"), depth)
        else:
            self._add_plain(where, data, depth)

    def _add_plain(self, where: str, data: bytes, depth: int) -> None:
        text = _decoded(data)
        if where.lower().endswith((".csv", ".csv.gz", ".tsv")):
            self.add_table(where, text)
        if text.lstrip()[:1] in ("{", "["):
            try:
                self.add_value(where, json.loads(text))
            except ValueError:
                pass
            else:
                return
        self.add_text(where, text, depth)


def take_apart(files: dict[str, bytes], open_page: OpenPage) -> Pieces:
    """Return everything that can be read in finished files.

    Args:
        files: name → bytes. Those ending in .html are pages of mapper.
        open_page: the decoder of a page (`mapper.render.decode.readable`).

    Raises:
        InputError: an .html file is no page of mapper: what cannot be read cannot be checked.
    """
    pieces = Pieces(raw=dict(files))
    for name, data in files.items():
        pieces.add_text("the name of the file", PurePath(name).stem)
        if name.lower().endswith((".html", ".htm")):
            _page(pieces, name, open_page(data.decode("utf-8", "replace"), name))
        else:
            pieces.add_bytes(name, data)
    return pieces


def _page(pieces: Pieces, name: str, page: Readable) -> None:
    pieces.pages[name] = page
    parser = _Texts()
    parser.feed(page.markup)
    parser.close()
    for drawn, text in parser.found:
        if drawn:
            pieces.drawn.append((f"{name} (picture)", text))
        else:
            pieces.add_text(f"{name} (markup)", text)
    for column in page.reports.columns:
        values = page.reports[column]
        if not pd.api.types.is_numeric_dtype(values.dtype) and column != "incident_id":
            for value in private_values(str(column), values.astype(str).unique()):
                pieces.add_text(f"{name} (column {column})", value)
    own = [name for name in page.reports.columns if name not in LOCATED]
    pieces.tables.append((f"{name} (columns)", page.reports[own].astype("str")))
    for value in page.reports["incident_id"]:
        pieces.texts.append((f"{name} (column incident_id)", str(value)))
    pieces.add_value(f"{name} (outlines)", [one.get("id", "") for one in page.shapes["shapes"]])
    for element, data in page.other.items():
        pieces.add_bytes(f"{name} ({element})", data)


class _Texts(HTMLParser):
    """Collects texts, comments and attribute values, and whether they stand in a picture."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[bool, str]] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag == "svg"
        for attribute, value in attrs:
            # paths of a drawing are steps of pixels
            if value and not (self._inside and attribute in ("d", "points", "transform")):
                self.found.append((False, value))

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.found.append((self._inside > 0, data))

    def handle_comment(self, data: str) -> None:
        self.found.append((False, data))


def _texts_in(value: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield where, str(key)
            yield from _texts_in(inner, where)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner, where)


def _unpacked(text: str) -> bytes:
    """Return what a run of base64 holds: a picture, a packed file or a text; else nothing."""
    try:
        padded = text.rstrip("=").replace("-", "+").replace("_", "/")
        data = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
    if data.startswith((*_PICTURES, b"PK\x03\x04", *_PACKED)):
        return data
    inflated = _inflated(data)
    if inflated:
        return inflated
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        return b""
    least = 0.9 if len(text) >= _LONG else 0.999
    return data if sum(c.isprintable() for c in plain) > least * len(plain) else b""


def _decoded(data: bytes) -> str:
    """Return a file as text: UTF-8, or UTF-16 where a mark or every second byte says so."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data.count(b"\x00") * 3 > len(data):
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    return data.decode("utf-8", "replace")


def _unzipped(data: bytes) -> bytes:
    """Return what a packed file holds, of a broken one what can be read."""
    with suppress(zlib.error, OSError, lzma.LZMAError, EOFError):
        if data.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(data, _MOST)
        if data.startswith(b"\xfd7zXZ"):
            return lzma.LZMADecompressor().decompress(data, _MOST)
        return zlib.decompressobj(wbits=31).decompress(data, _MOST)
    return b""


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST)
    except zlib.error:
        return b""


def _metadata(data: bytes) -> list[str]:
    """Return what a picture says beside its pixels."""
    marks = {"EXIF": b"Exif\x00\x00", "XMP": b"http://ns.adobe.com/xap/", "IPTC": b"Photoshop 3.0"}
    found = [name for name, mark in marks.items() if mark in data]
    if data[:4] == b"RIFF" and b"EXIF" in data and "EXIF" not in found:
        found.append("EXIF")
    if data.startswith(b"\xff\xd8\xff"):
        found += _segments(data)
    if data.startswith(b"GIF8") and b"\x21\xfe" in data:
        found.append("comment")
    if data.startswith(b"\x89PNG"):
        at = 8
        while at + 8 <= len(data):
            size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
            if kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt"):
                found.append(kind.decode("ascii"))
            at += 12 + size
    return found


def _segments(data: bytes) -> list[str]:
    """Return the comments among the segments before the pixels of a JPEG."""
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFE:
            found.append("comment")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found
