"""From what the user names to bytes: files, folders, standard input, gzip, zip of one."""

import gzip
import hashlib
import io
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mapper.archive import BROKEN_ZIP
from mapper.errors import InputError
from mapper.messages import text
from mapper.read.report import Limits

__all__ = ["Source", "expand", "load"]

TABLE_SUFFIXES = (
    ".csv", ".tsv", ".tab", ".txt", ".psv", ".json", ".geojson", ".jsonl", ".ndjson", ".xlsx",
    ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".gpkg", ".kml", ".kmz", ".fgb", ".shp",
)  # fmt: skip
CHUNK = 1 << 20
LEAST_CAP = 32 << 20  # what any file may unpack to, however small


@dataclass(slots=True)
class Source:
    """One input: the name shown, the path (None for standard input), the bytes once loaded.

    `sha256` is that of the file as it lies on the disk, known once it is loaded.
    """

    name: str
    path: Path | None
    data: bytes = b""
    sha256: str = ""


def fail(*, code: str, **args: object) -> InputError:
    """Return the error `code` of the catalogue as one clear line."""
    return InputError(text("read", code, "en", **args))


def expand(inputs: Sequence[str | Path]) -> list[Source]:
    """Return the files meant by `inputs`: a folder stands for the tables in it, `-` for stdin.

    Names are made distinct (`a.csv`, `a.csv (2)`), because rows are told apart by them.

    Raises:
        InputError: a file is missing, a folder holds no table, or nothing was named.
    """
    sources = [source for item in inputs for source in _expand_one(item)]
    if not sources:
        raise fail(code="nothing_named")
    seen: dict[str, int] = {}
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        if seen[source.name] > 1:
            source.name = f"{source.name} ({seen[source.name]})"
    return sources


def _expand_one(item: str | Path) -> Iterator[Source]:
    if str(item) == "-":
        yield Source("stdin", None)
        return
    path = Path(item)
    try:
        if path.is_dir():
            tables = sorted(p for p in path.iterdir() if p.is_file() and _is_table(p))
            if not tables:
                raise fail(code="folder_without_tables", file=path.name or str(item))
            yield from (Source(p.name, p) for p in tables)
            return
        if not path.exists():
            raise fail(code="missing", file=str(item))
    except (OSError, ValueError) as error:
        raise fail(code="unreadable", file=str(item), why=_why(error)) from error
    yield Source(path.name, path)


def _is_table(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz").removesuffix(".zip")
    # decisions of a review are about a table and no table of incidents
    return not name.startswith((".", "~$")) and (
        name.endswith(TABLE_SUFFIXES) and not name.endswith(".fixes.csv")
    )


def _is_hidden(member: str) -> bool:
    """Whether a member of an archive is what systems put beside one's files."""
    return any(part.startswith((".", "__MACOSX")) for part in member.split("/"))


def load(source: Source, limits: Limits) -> bytes:
    """Return the bytes of a source, unpacked where it is a gzip or a zip of one table.

    Raises:
        InputError: it cannot be read, is truncated, or unpacks to more than `limits` allow.
    """
    if source.name.startswith((".~lock.", "~$")):
        raise fail(code="lock_file", file=source.name)
    try:
        if source.path is None:
            data = sys.stdin.buffer.read(limits.max_bytes + 1)
        elif source.path.stat().st_size > limits.max_bytes:
            raise fail(code="too_large", file=source.name, cap=size_words(limits.max_bytes))
        else:
            data = source.path.read_bytes()
    except OSError as error:
        raise fail(code="unreadable", file=source.name, why=_why(error)) from error
    source.sha256 = hashlib.sha256(data).hexdigest()
    if data[:2] == b"\x1f\x8b":
        data = _gunzip(data, source.name, limits)
    if data[:4] == b"PK\x03\x04":
        data = _unzip(data, source, limits)
    if len(data) > limits.max_bytes:
        raise fail(code="too_large", file=source.name, cap=size_words(limits.max_bytes))
    return data


def _gunzip(data: bytes, name: str, limits: Limits) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return _capped(stream, len(data), name, limits)
    except (EOFError, zlib.error, OSError) as error:
        raise fail(code="broken_gzip", file=name) from error


def _unzip(data: bytes, source: Source, limits: Limits) -> bytes:
    """Unpack a zip that holds one table; a zip that is itself a format comes back as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [i.filename for i in archive.infolist() if not i.is_dir()]
            if any(n in {"[Content_Types].xml", "mimetype", "doc.kml"} for n in names) or any(
                n.lower().endswith((".kml", ".shp")) for n in names
            ):
                _check_members(archive, len(data), source.name, limits)
                return data
            tables = [n for n in names if _is_table(Path(n)) and not _is_hidden(n)]
            if len(tables) > 1:  # a read-me beside the table
                tables = [n for n in tables if not n.lower().endswith(".txt")] or tables
            if len(tables) != 1:
                raise fail(code="zip_not_one", file=source.name, n=len(tables))
            with archive.open(tables[0]) as stream:
                return _capped(stream, len(data), source.name, limits)
    except BROKEN_ZIP as error:
        raise fail(code="broken_zip", file=source.name) from error


def _check_members(archive: zipfile.ZipFile, packed: int, name: str, limits: Limits) -> None:
    """Refuse a spreadsheet or the like whose parts, as they really unpack, are beyond the caps.

    What the archive says of their sizes is not believed.
    """
    cap = bomb_cap(packed, limits)
    total = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > cap:
                    raise fail(code="bomb", file=name, cap=size_words(cap))


def _capped(stream: IO[bytes] | gzip.GzipFile, packed: int, name: str, limits: Limits) -> bytes:
    """Read a decompressing stream to its end, but never beyond the caps."""
    cap = bomb_cap(packed, limits)
    parts, total = [], 0
    while chunk := stream.read(CHUNK):
        total += len(chunk)
        if total > cap:
            raise fail(code="bomb", file=name, cap=size_words(cap))
        parts.append(chunk)
    return b"".join(parts)


def bomb_cap(packed: int, limits: Limits) -> int:
    """Return how many bytes a file of `packed` bytes may unpack to."""
    return min(limits.max_bytes, max(packed * limits.max_ratio, LEAST_CAP))


def size_words(n: int) -> str:
    """Return a size for a sentence."""
    return f"{n / (1 << 30):.1f} GiB" if n >= 1 << 30 else f"{n / (1 << 20):.0f} MiB"


def _why(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
