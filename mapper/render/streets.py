"""The user's own vector tiles (`--pmtiles`): what of them goes into the page, within a budget.

Only tiles around the places drawn are taken, and only the zooms that show streets; they are packed
into a small archive of their own, which the page reads offline. The boxes are those in which the
embedded map is drawn in detail, so what is published tells no more than the places themselves.
"""

import base64
import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from pmtiles import reader, tile, writer

from mapper.errors import InputError
from mapper.messages import text
from mapper.render.basemap import DETAIL_KM, Box

__all__ = ["BUDGET_MB", "Streets", "streets_of"]

BUDGET_MB = 8.0
FIRST_ZOOM = 8  # of the data, which are drawn a zoom closer; farther out the embedded map says more
LAST_ZOOM = 15
_MB = 1_000_000
_MOST_DIRECTORY = 1 << 24
_MOST_TILE = 1 << 24  # bytes one tile may unpack to
_DEPTH = 4
_BAD = (
    *(ValueError, KeyError, IndexError, EOFError, OverflowError, OSError, AttributeError),
    *(struct.error, zlib.error, MemoryError, RecursionError),
)
Take = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Streets:
    """Tiles to be embedded.

    Attributes:
        archive: a PMTiles archive, version 3, of gzipped vector tiles.
        max_zoom: the closest zoom in it.
        layers: names of the layers, as the file's metadata list them.
        credit: whom the file wants named, plain text.
        url: the first address in its credit, "" for none.
    """

    archive: bytes
    max_zoom: int
    layers: tuple[str, ...]
    credit: str
    url: str

    def as_meta(self) -> dict[str, Any]:
        """Return what the page needs to know of them."""
        return {"min_zoom": FIRST_ZOOM, "max_zoom": self.max_zoom, "layers": list(self.layers)}

    def as_base64(self) -> str:
        """Return the archive as it stands in the page."""
        return base64.b64encode(self.archive).decode("ascii")


@dataclass(frozen=True, slots=True)
class _Found:
    """One tile of the file: its number in the archive's order, and where its bytes stand."""

    tile_id: int
    zoom: int
    offset: int
    length: int


def streets_of(path: Path, boxes: tuple[Box, ...], budget_mb: float = BUDGET_MB) -> Streets:
    """Return the tiles of a file that touch the boxes.

    Args:
        path: a PMTiles archive of vector tiles (Mapbox Vector Tile).
        boxes: west, south, east, north in degrees.
        budget_mb: what the tiles may take, in million bytes as they are packed.

    Raises:
        InputError: the file cannot be used, holds nothing there, or too much.
    """
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            return _cut(path, mapped, boxes, budget_mb)
    except (tile.MagicNumberNotFound, tile.SpecVersionUnsupported) as error:
        raise InputError(text("streets", "foreign", file=path)) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(text("streets", "unreadable", file=path, why=why)) from error
    except ValueError as error:
        # an empty file cannot be mapped
        raise InputError(text("streets", "foreign", file=path)) from error


def _cut(path: Path, mapped: mmap, boxes: tuple[Box, ...], budget_mb: float) -> Streets:
    def take(offset: int, length: int) -> bytes:
        part = mapped[offset : offset + length]
        if len(part) != length:
            message = "the file breaks off"
            raise EOFError(message)
        return part

    if mapped[:7] != b"PMTiles":
        raise tile.MagicNumberNotFound
    try:
        header = tile.deserialize_header(take(0, 127))
        _usable(path, header)
        found = list(_found(take, header, boxes))
        credit, url, layers = _metadata(take, header)
        _affordable(path, found, boxes, budget_mb)
        archive = _packed(take, header, found)
    except (tile.MagicNumberNotFound, tile.SpecVersionUnsupported):
        raise
    except _BAD as error:
        raise InputError(text("streets", "damaged", file=path)) from error
    return Streets(archive, max(one.zoom for one in found), layers, credit, url)


def _usable(path: Path, header: tile.HeaderDict) -> None:
    """Refuse what the page could not draw."""
    if header["tile_type"] is not tile.TileType.MVT:
        kind = header["tile_type"].name
        raise InputError(text("streets", "not_vector", file=path, kind=kind))
    if header["tile_compression"] not in (tile.Compression.GZIP, tile.Compression.NONE):
        packing = header["tile_compression"].name.lower()
        raise InputError(text("streets", "packing", file=path, packing=packing))
    if header["max_zoom"] < FIRST_ZOOM:
        raise InputError(
            text("streets", "too_far", file=path, zoom=header["max_zoom"], least=FIRST_ZOOM)
        )


def _found(take: Take, header: tile.HeaderDict, boxes: tuple[Box, ...]) -> Iterator[_Found]:
    """Yield the tiles that touch a box, in the archive's order, each once."""

    @cache
    def directory(offset: int, length: int) -> list[tile.Entry]:
        if length > _MOST_DIRECTORY:
            message = "a directory has no such size"
            raise ValueError(message)
        return tile.deserialize_directory(take(offset, length))

    def entry_of(tile_id: int) -> tile.Entry | None:
        offset, length = header["root_offset"], header["root_length"]
        for _ in range(_DEPTH):
            entry = tile.find_tile(directory(offset, length), tile_id)
            if entry is None or entry.run_length:
                return entry
            offset, length = header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    zooms = range(max(FIRST_ZOOM, header["min_zoom"]), min(LAST_ZOOM, header["max_zoom"]) + 1)
    wanted = {at for zoom in zooms for box in boxes for at in _tiles(box, zoom)}
    numbers = sorted((tile.zxy_to_tileid(*at), at[0]) for at in wanted)
    for tile_id, zoom in numbers:
        entry = entry_of(tile_id)
        if entry is not None and entry.length:
            yield _Found(tile_id, zoom, header["tile_data_offset"] + entry.offset, entry.length)


def _tiles(box: Box, zoom: int) -> Iterator[tuple[int, int, int]]:
    """Yield zoom, column, row of the tiles that touch a box."""
    across = 1 << zoom
    west, south, east, north = box
    first, last = (int((lon + 180) / 360 * across) for lon in (west, east))
    rows = [
        int((1 - np.arcsinh(np.tan(np.radians(np.clip(lat, -85, 85)))) / np.pi) / 2 * across)
        for lat in (north, south)
    ]
    for x in range(max(0, first), min(across - 1, last) + 1):
        for y in range(max(0, rows[0]), min(across - 1, rows[1]) + 1):
            yield zoom, x, y


def _affordable(path: Path, found: list[_Found], boxes: tuple[Box, ...], budget_mb: float) -> None:
    """Refuse nothing, and too much; say how to cut a file that fits."""
    west, south, east, north = (
        f(box[k] for box in boxes) for k, f in enumerate((min, min, max, max))
    )
    box = f"{west:.2f},{south:.2f},{east:.2f},{north:.2f}"
    if not found:
        raise InputError(text("streets", "nothing", file=path, km=round(DETAIL_KM), box=box))
    size = _size(found)
    if size <= budget_mb * _MB:
        return
    told: dict[str, Any] = {
        "file": path, "size": f"{size / _MB:.1f}", "budget": f"{budget_mb:g}", "box": box,
    }  # fmt: skip
    for zoom in range(max(one.zoom for one in found) - 1, FIRST_ZOOM - 1, -1):
        fits = _size([one for one in found if one.zoom <= zoom])
        if 0 < fits <= budget_mb * _MB:
            raise InputError(text("streets", "budget", zoom=zoom, fits=f"{fits / _MB:.1f}", **told))
    raise InputError(text("streets", "budget_never", **told))


def _size(found: list[_Found]) -> int:
    """Return what tiles take; the same bytes in several places are kept once."""
    return sum(length for _, length in {(one.offset, one.length) for one in found})


def _packed(take: Take, header: tile.HeaderDict, found: list[_Found]) -> bytes:
    """Return an archive of these tiles alone; all of them gzipped, each of a sound size."""
    zipped = header["tile_compression"] is tile.Compression.GZIP
    contents = [take(one.offset, one.length) for one in found]
    # all are looked at before the writer opens its file
    contents = [_sound(one) if zipped else gzip.compress(one, mtime=0) for one in contents]
    file = io.BytesIO()
    made = writer.Writer(file)
    for one, content in zip(found, contents, strict=True):
        made.write_tile(one.tile_id, content)
    told: Any = {"tile_type": tile.TileType.MVT, "tile_compression": tile.Compression.GZIP}
    made.finalize(told, {})
    return file.getvalue()


def _sound(content: bytes) -> bytes:
    """Return a tile; raise where it does not unpack, or to more than a page should hold."""
    stream = zlib.decompressobj(wbits=31)
    stream.decompress(content, _MOST_TILE)
    if not stream.eof:
        message = "a tile breaks off or is too large"
        raise ValueError(message)
    return content


def _metadata(take: Take, header: tile.HeaderDict) -> tuple[str, str, tuple[str, ...]]:
    """Return whom the file wants named, their first address, and the names of its layers."""
    if header["metadata_length"] > _MOST_DIRECTORY:
        message = "the metadata have no such size"
        raise ValueError(message)
    told = reader.Reader(take).metadata()
    told = told if isinstance(told, dict) else {}
    words = _Words()
    words.feed(str(told.get("attribution") or ""))
    words.close()
    credit = " ".join("".join(words.said).split())
    name = " ".join(str(told.get("name") or "").split())
    layers = told.get("vector_layers")
    names = [one.get("id") for one in layers if isinstance(one, dict)] if layers else []
    said = credit or (text("streets", "credit", name=name) if name else text("streets", "nameless"))
    return said[:300], words.url, tuple(str(one) for one in names[:200])


class _Words(HTMLParser):
    """The plain words of a credit that may be HTML, and its first address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the first address of a link, if a browser may follow it."""
        for name, value in attrs:
            if tag == "a" and name == "href" and value and not self.url:
                self.url = value if value.startswith(("https://", "http://")) else ""

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.said.append(data)
