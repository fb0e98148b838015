"""Records → a table: names of the columns, rows of one width, what had to be said on the way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from mapper.messages import text
from mapper.read.align import align, rejoined, study
from mapper.read.arrow import frame_of
from mapper.read.cells import looks
from mapper.read.decimals import decimal_pairs, join_pairs, without_formula
from mapper.read.layout import find_layout
from mapper.read.parts import Layout
from mapper.read.report import Limits
from mapper.read.scan import Dialect, Record
from mapper.read.sources import fail

DATE_NAME = re.compile(r"date|fecha|tanggal|\bdata\b|tgl", re.IGNORECASE)

__all__ = ["Found", "Table", "column_names", "table_of"]


@dataclass(slots=True)
class Found:
    """One thing to be said of one row: its number (from 1), a code, what was found."""

    row: int
    code: str
    value: str = ""
    expected: str = ""


@dataclass(slots=True)
class Table:
    """A table of text and how it was found.

    `lines[i]` is the physical line (or sheet row) of row i+1; `header_line` 0 means no header.
    `titles` are the names as written, `tags` HXL hashtags by column name. `dropped` are rows that
    are no data: (line, why, words).
    """

    frame: pd.DataFrame
    header_line: int = 1
    lines: np.ndarray | None = None
    titles: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    dropped: list[tuple[int, str, str]] = field(default_factory=list)
    other_table_line: int = 0
    notes: list[str] = field(default_factory=list)


def titles_of(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return what header rows say of each of `width` columns; several rows are joined.

    In the rows above the last an empty cell takes the name on its left (a group's heading). A name
    that stands in both rows is said once.
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    for level, row in enumerate(rows):
        carried = ""
        for i in range(width):
            cell = " ".join(row[i].split()) if i < len(row) else ""
            if level < len(rows) - 1 and not cell:
                cell = carried
            carried = cell
            if cell and cell not in parts[i][-1:]:
                parts[i].append(cell)
    return [" ".join(words).lstrip("\ufeff") for words in parts]


def column_names(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return distinct names of `width` columns from header rows.

    What has no name becomes `column_3`, a name's second column `name (2)`.
    """
    names: list[str] = []
    taken = {"source_file", "source_row"}
    for i, title in enumerate(titles_of(rows, width)):
        name = base = title or f"column_{i + 1}"
        n = 1
        while name in taken:
            n += 1
            name = f"{base} ({n})"
        taken.add(name)
        names.append(name)
    return names


def table_of(
    records: list[Record],
    name: str,
    limits: Limits,
    known: Callable[[str], bool],
    dialect: Dialect,
) -> Table:
    """Find the table among records and give every row one width.

    Raises:
        InputError: nothing but a header, too many columns or rows.
    """
    layout = find_layout(records, known)
    header = _header_rows(records, layout)
    body = [records[i] for i in range(layout.first, layout.last) if i not in layout.skipped]
    width = _true_width(layout, header, body)
    if width > limits.max_columns:
        raise fail(code="too_many_columns", file=name, n=width, cap=limits.max_columns)
    if len(body) > limits.max_rows:
        raise fail(code="too_many_rows", file=name, cap=limits.max_rows)
    joined = _join_decimals(header, body) if dialect.delimiter == "," else 0
    if joined:
        width = _true_width(layout, header, body, named=True)
    names = column_names(_shifted(header, body, width), width)
    if not body:
        raise fail(code="header_only", file=name, columns=", ".join(names)[:120])
    body = rejoined(body, width)
    table = Table(pd.DataFrame(), lines=np.asarray([r.line for r in body], dtype="int64"))
    if joined:
        table.notes.append(text("read", "decimals_joined", n=joined))
    named_at = layout.header or [layout.tags]
    table.header_line = records[named_at[-1]].line if named_at[-1] >= 0 else 0
    rows = without_formula(_rows(body, width, dialect, table))
    if layout.other_table >= 0:
        others = [r for r in records[layout.other_table :] if r.filled]
        for record in others:
            rows.append((record.cells + [""] * width)[:width])
            table.found.append(Found(len(rows), "other_table", str(len(record.cells))))
        body = [*body, *others]
        table.lines = np.asarray([r.line for r in body], dtype="int64")
    named = [any(len(row) > i and row[i].strip() for row in header) for i in range(width)]
    arrays = {
        name: pa.array(cells, type=pa.large_string())
        for name, cells, has_name in zip(names, zip(*rows, strict=True), named, strict=True)
        if has_name or not header or any(cell.strip() for cell in cells)
    }
    table.frame = frame_of(arrays)
    titles = dict(zip(names, titles_of(_shifted(header, body, width), width), strict=True))
    table.titles = [titles[name] for name in arrays]
    if layout.tags >= 0:
        tags = dict(zip(names, records[layout.tags].cells, strict=False))
        table.tags = {n: tags[n].strip() for n in arrays if tags.get(n, "").strip()}
    _say_dropped(records, layout, table)
    return table


def _header_rows(records: list[Record], layout: Layout) -> list[list[str]]:
    """Return the rows that name the columns; of a table with HXL tags alone, the tags."""
    at = layout.header or ([layout.tags] if layout.tags >= 0 else [])
    return [_closed(records[i].cells, layout.width) for i in at]


def _join_decimals(header: list[list[str]], body: list[Record]) -> int:
    """Make numbers one again that decimal commas cut in two; return in how many columns."""
    pairs = decimal_pairs(header, [r.cells for r in body])
    if pairs:
        for record in body:
            record.cells = join_pairs(record.cells, pairs)
    return len(pairs)


def _true_width(
    layout: Layout, header: list[list[str]], body: list[Record], *, named: bool = False
) -> int:
    """Return the number of columns; a column without name and without any cell is none.

    `named` takes the header's word alone.
    """
    of_header = max((len(row) for row in header), default=0)
    width = of_header if named else max(layout.width, of_header)
    while width > 1:
        has_name = any(len(row) >= width and row[width - 1].strip() for row in header)
        has_cell = any(len(r.cells) >= width and r.cells[width - 1].strip() for r in body)
        if has_name or has_cell or not header:
            break
        width -= 1
    return width


def _shifted(header: list[list[str]], body: list[Record], width: int) -> list[list[str]]:
    """Give a header that is one name short, before rows that are numbered, its empty first cell."""
    if not header or len(header[-1]) != width - 1 or width < 3:
        return header
    sound = [r.cells for r in body[:200] if len(r.cells) == width]
    if not sound or any(not row[-1].strip() for row in sound):
        return header
    if _is_in_place(header[-1], sound):
        return header
    first = [row[0] for row in sound]
    counting = [str(i) for i in range(1, len(first) + 1)]
    if first == counting or first == [str(i) for i in range(len(first))]:
        return [["", *row] for row in header]
    return header


def _is_in_place(names: list[str], rows: list[list[str]]) -> bool:
    """Whether a column called a date holds dates where it stands, and not one further on."""
    for i, name in enumerate(names):
        if not DATE_NAME.search(name):
            continue
        here, next_to = (sum(looks(row[j]) == "date" for row in rows) for j in (i, i + 1))
        if here != next_to:
            return here > next_to
    return False


def _closed(names: list[str], width: int) -> list[str]:
    """Return the names with those made one that a delimiter in brackets cut, if that gives `width`.

    `date (d,m,y)` is one name.
    """
    joined: list[str] = []
    for name in names:
        if joined and joined[-1].count("(") > joined[-1].count(")"):
            joined[-1] = f"{joined[-1]},{name}"
        else:
            joined.append(name)
    return joined if len(joined) == width else names


def _rows(body: list[Record], width: int, dialect: Dialect, table: Table) -> list[list[str]]:
    ragged = [r for r in body if len(r.cells) != width]
    if not ragged and not any(r.mended for r in body):
        return [r.cells for r in body]
    columns = study([r.cells for r in body], width)
    rows = []
    for number, record in enumerate(body, 1):
        cells, code = align(record, width, columns, dialect.delimiter)
        if record.mended and not code and len(record.cells) == width:
            code = "quotes_mended"
        if code:
            table.found.append(Found(number, code, str(len(record.cells)), str(width)))
        rows.append(cells)
    return rows


def _say_dropped(records: list[Record], layout: Layout, table: Table) -> None:
    table.dropped = [
        (records[i].line, why, " ".join(" ".join(records[i].cells).split())[:80])
        for i, why in sorted(layout.skipped.items())
        if why != "blank"
    ]
    top = min([*layout.header, layout.first, *([layout.tags] if layout.tags >= 0 else [])])
    table.dropped = [
        (records[i].line, "preamble", " ".join(" ".join(records[i].cells).split())[:80])
        for i in range(top)
        if records[i].filled
    ] + table.dropped
    if layout.other_table >= 0:
        table.other_table_line = records[layout.other_table].line
