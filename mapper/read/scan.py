"""Text → records under a found dialect; records with broken quotes are mended line by line."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "ALIGNED",
    "NOTHING",
    "Dialect",
    "FieldTooLongError",
    "Record",
    "lines_of",
    "scan",
    "split_line",
]

UNIT = "\x1f"
# Several blanks part the cells of an aligned table.
ALIGNED = "  "
NOTHING = " \t\r\n\x00\x0b\x0c\x1a\u00a0\ufeff"
_ESCAPED_QUOTE = re.compile(r'(?<!\\)((?:\\\\)*)\\(["\'])')


class FieldTooLongError(Exception):
    """A cell is longer than the cap; its argument is the line."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted: delimiter (one or more characters), quote, escape of a quote."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    skip_blank: bool = False

    @property
    def simple(self) -> bool:
        """Whether a strict RFC 4180 parser reads it, delimiter aside."""
        return (
            len(self.delimiter) == 1
            and self.quote in ('"', "")
            and not self.escape
            and not self.skip_blank
        )


@dataclass(slots=True)
class Record:
    """One record: its cells, the physical line it starts on (from 1), whether it was mended."""

    cells: list[str]
    line: int
    mended: bool = False

    @property
    def filled(self) -> int:
        """The number of cells that hold anything."""
        return sum(1 for cell in self.cells if cell.strip(NOTHING))


def lines_of(text: str) -> list[str]:
    """Return the physical lines with their ends: LF, CRLF and CR end a line, U+2028 does not."""
    return list(io.StringIO(text, newline=""))


def prepared(text: str, dialect: Dialect) -> tuple[str, str]:
    """Return (text, one-character delimiter) so that the csv module can read it."""
    delimiter = dialect.delimiter
    if dialect.escape == "\\" and dialect.quote:
        text = _ESCAPED_QUOTE.sub(lambda m: m[1] + m[2] * (2 if m[2] == dialect.quote else 1), text)
    if delimiter == ALIGNED:
        return re.sub(" {2,}", UNIT, re.sub(r"(?m)^ +| +$", "", text)), UNIT
    if len(delimiter) > 1:
        text = text.replace(delimiter, UNIT)
        delimiter = UNIT
    return text, delimiter


def reader_of(lines: Iterator[str], dialect: Dialect, delimiter: str) -> Iterator[list[str]]:
    """Return a strict csv reader of `lines`."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE
    return csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=dialect.quote or None,
        quoting=quoting,
        doublequote=True,
        escapechar="\\" if dialect.escape == "\\" and not dialect.quote else None,
        skipinitialspace=dialect.skip_blank,
        strict=True,
    )


def scan(text: str, dialect: Dialect, width: int = 0, max_field: int = 1 << 24) -> list[Record]:
    """Return all records of `text`; with `width` known, broken quotes are mended towards it.

    Raises:
        FieldTooLongError: one cell is longer than `max_field`.
    """
    csv.field_size_limit(max_field)
    text, delimiter = prepared(text, dialect)
    lines = lines_of(text)
    records: list[Record] = []
    at = 0
    while at < len(lines):
        reader = reader_of(iter(lines[at:]) if at else iter(lines), dialect, delimiter)
        at = _read_on(reader, lines, at, records, dialect, delimiter, width)
    return records


def _read_on(
    reader: Iterator[list[str]],
    lines: list[str],
    base: int,
    records: list[Record],
    dialect: Dialect,
    delimiter: str,
    width: int,
) -> int:
    """Read records until the first broken one; mend that; return the line to go on with."""
    start = base
    try:
        for cells in reader:
            end = base + reader.line_num  # type: ignore[attr-defined]
            if width and len(cells) != width and (end - start > 1 or '""' in lines[start]):
                mended = mend(lines[start], dialect, delimiter, width)
                if mended is not None and len(mended) == width:
                    records.append(Record(mended, start + 1, mended=True))
                    return start + 1
            records.append(Record(cells, start + 1))
            start = end
    except csv.Error:
        mended = mend(lines[start], dialect, delimiter, width)
        if mended is None:
            mended = split_line(lines[start], dialect, delimiter)
        if max(map(len, mended)) > csv.field_size_limit():
            raise FieldTooLongError(start + 1) from None
        records.append(Record(mended, start + 1, mended=True))
        return start + 1
    return max(start, base + 1) if start < len(lines) else len(lines)


def mend(line: str, dialect: Dialect, delimiter: str, width: int) -> list[str] | None:
    """Split one line whose quotes are broken so that it has `width` cells; None if none does.

    First every quote counts as it stands, then one opening quote after the other is taken as a
    mere character.
    """
    body = line.rstrip("\r\n")
    first = split_line(body, dialect, delimiter)
    if not width:
        return first
    eager = split_line(body, dialect, delimiter, eager=True)
    sound = [cells for cells in (first, eager) if len(cells) == width]
    if sound:
        return min(sound, key=lambda cells: sum(c.startswith(dialect.quote) for c in cells))
    if len(body) > 1 << 16:
        return None
    openings = [
        i for i, char in enumerate(body) if char == dialect.quote and _opens(body, i, delimiter)
    ]
    for literal in openings[:64]:
        cells = split_line(body, dialect, delimiter, frozenset({literal}))
        if len(cells) == width:
            return cells
    cells = body.split(delimiter)
    return cells if len(cells) == width else None


def _opens(line: str, at: int, delimiter: str) -> bool:
    before = line[:at].rstrip(" ")
    return not before or before.endswith(delimiter)


def split_line(
    line: str,
    dialect: Dialect,
    delimiter: str,
    literal: frozenset[int] = frozenset(),
    *,
    eager: bool = False,
) -> list[str]:
    """Split one line leniently: a quote closes only before a delimiter or the line's end.

    Quotes at the positions `literal` open nothing. `eager` takes the first such quote, even
    where it is doubled.

    >>> split_line('a,"5" gun",c', Dialect(), ",")
    ['a', '5" gun', 'c']
    """
    line = line.rstrip("\r\n")
    quote, cells, at = dialect.quote, [], 0
    while True:
        while dialect.skip_blank and at < len(line) and line[at] == " " and delimiter != " ":
            at += 1
        close = -1
        if quote and line[at : at + 1] == quote and at not in literal:
            close = _closing(line, at + 1, quote, delimiter, eager=eager)
        if close >= 0:
            cells.append(line[at + 1 : close].replace(quote * 2, quote))
            end = line.find(delimiter, close + 1)
        else:
            end = line.find(delimiter, at)
            cells.append(line[at:] if end < 0 else line[at:end])
        if end < 0:
            return cells
        at = end + len(delimiter)


def _closing(line: str, start: int, quote: str, delimiter: str, *, eager: bool) -> int:
    """Return where the quote closes that opened before `start`, or -1.

    It is the last of a run of quotes that a delimiter or the end of the line follows; in a run of
    even length is escaped quotes as a rule, so it closes only where a sound new cell follows.
    """
    at = line.find(quote, start)
    while at >= 0:
        run = at
        while line[run : run + 1] == quote:
            run += 1
        after = line[run:].lstrip(" ")
        if not after or after.startswith(delimiter):
            odd = (run - at) % 2 == 1
            if odd or eager or at == start or _next_opens(after, quote, delimiter):
                return run - 1
        at = line.find(quote, run)
    return -1


def _next_opens(after: str, quote: str, delimiter: str) -> bool:
    """Whether what follows a run of quotes starts a sound new cell (or the line ends)."""
    if not after:
        return True
    rest = after[len(delimiter) :].lstrip(" ")
    return rest[:1] == quote or rest[:1].isdecimal() or not rest
