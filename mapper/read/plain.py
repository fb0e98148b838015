"""A text table from bytes: small or odd ones by records, large regular ones by Arrow."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from mapper.read.arrow import frame_of
from mapper.read.build import Table, column_names, table_of
from mapper.read.detect import NOT_DELIMITED, find_dialect
from mapper.read.fixed import fixed_records
from mapper.read.layout import find_layout
from mapper.read.report import Limits
from mapper.read.scan import ALIGNED, Dialect, Record, lines_of, scan
from mapper.read.sources import fail

__all__ = ["read_plain", "records_of"]

LARGE = 2 << 20
HEAD = 1 << 20
# A line of totals, as `layout` knows it, for Arrow.
TOTAL_LINE = (
    r"(?i)^\W*(sub|grand |gran )?-?(total(es|s)?( general| geral| g[eé]n[eé]ral| keseluruhan)?"
    r"|jumlah|suma|somme|soma|promedio|average|mean|m[eé]dia|moyenne|rata-rata)\W*$"
)
Known = Callable[[str], bool]
# Delimiters so weak that the columns may as well stand at fixed places.
LOOSE = (ALIGNED, " ", NOT_DELIMITED.delimiter)


def records_of(
    text: str, known: Known, limits: Limits, delimiter: str = ""
) -> tuple[list[Record], Dialect]:
    """Return all records of a text and the dialect they were read under."""
    dialect = find_dialect(text, known, delimiter)
    if text[:4].lower() == "sep=":
        text = text.split("\n", 1)[-1] if "\n" in text else ""
    if not delimiter and dialect.delimiter in LOOSE and (fixed := fixed_records(text)):
        return fixed, Dialect(ALIGNED)
    records = scan(text, dialect, max_field=limits.max_field)
    if dialect == NOT_DELIMITED and (inner := _unwrapped(records)):
        dialect = find_dialect(inner, known)
        text = text if dialect == NOT_DELIMITED else inner
        records = scan(text, dialect, max_field=limits.max_field)
    layout = find_layout(records, known)
    widths = {len(r.cells) for r in records if r.filled}
    if layout.width > 1 and (len(widths) > 1 or any(r.mended for r in records)):
        records = scan(text, dialect, layout.width, limits.max_field)
    if dialect.delimiter == "|" and dialect.skip_blank:
        for record in records:
            record.cells = [cell.strip() for cell in record.cells]
    return records, dialect


def _unwrapped(records: list[Record]) -> str:
    """Return the text inside lines that are quoted as a whole, else nothing."""
    cells = [r.cells[0] for r in records if r.filled and len(r.cells) == 1]
    signs = sum(1 for cell in cells if any(sign in cell for sign in ",;\t|"))
    if len(cells) < 2 or len(cells) != sum(1 for r in records if r.filled) or signs < len(cells):
        return ""
    return "\n".join(cells) + "\n"


def read_plain(
    data: bytes, name: str, limits: Limits, known: Known, delimiter: str = ""
) -> tuple[Table, Dialect]:
    """Read UTF-8 bytes as a table of text.

    Raises:
        InputError: it is no table, or beyond a cap.
    """
    if len(data) > LARGE:
        fast = _read_fast(data, name, limits, known, delimiter)
        if fast is not None:
            return fast
    text = data.decode("utf-8")
    records, dialect = records_of(text, known, limits, delimiter)
    return table_of(records, name, limits, known, dialect), dialect


def _read_fast(
    data: bytes, name: str, limits: Limits, known: Known, delimiter: str
) -> tuple[Table, Dialect] | None:
    """Read a large regular table by Arrow; None where it is not regular."""
    cut = data.rfind(b"\n", 0, HEAD)
    if cut < 0:
        return None
    head = data[: cut + 1].decode("utf-8")
    dialect = find_dialect(head, known, delimiter)
    if not dialect.simple or head[:4].lower() == "sep=":
        return None
    records = scan(head, dialect, max_field=limits.max_field)[:2000]
    layout = find_layout(records, known)
    irregular = (
        any(why in ("comment", "repeated_header", "total") for why in layout.skipped.values())
        or layout.other_table >= 0
    )
    width = layout.width
    body = [
        r for i, r in enumerate(records[layout.first :], layout.first) if i not in layout.skipped
    ]
    if irregular or width < 2 or any(len(r.cells) != width or r.mended for r in body):
        return None
    if layout.header and any(len(records[i].cells) != width for i in layout.header):
        return None
    if width > limits.max_columns:
        raise fail(code="too_many_columns", file=name, n=width, cap=limits.max_columns)
    first_line = records[layout.first].line
    start = len("".join(lines_of(head)[: first_line - 1]).encode("utf-8"))
    columns = _parse(data, start, dialect, width)
    if columns is None or columns.num_rows > limits.max_rows:
        return None
    longest = max(
        (pc.max(pc.binary_length(column)).as_py() or 0 for column in columns.columns), default=0
    )
    if longest > limits.max_field:
        return None
    names = column_names([records[i].cells for i in layout.header], width)
    table = Table(frame_of({}), header_line=records[layout.header[-1]].line if layout.header else 0)
    if layout.tags >= 0:
        cells = records[layout.tags].cells
        table.tags = {n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}
    columns = _without_noise(columns, names if layout.header else [], known)
    if columns is None:
        return None
    table.frame = frame_of(dict(zip(names, columns.columns, strict=True)))
    table.lines = _lines(columns, data, start, first_line)
    table.dropped += [
        (records[i].line, "preamble", " ".join(records[i].cells)[:80])
        for i in range(min([*layout.header, layout.first]))
        if records[i].filled and i != layout.tags
    ]
    return table, dialect


def _parse(data: bytes, start: int, dialect: Dialect, width: int) -> pa.Table | None:
    """Parse the body; None where a row has another number of cells, or quotes are broken."""
    names = [f"c{i}" for i in range(width)]
    bad: list[int] = []

    def refuse(_row: object) -> str:
        bad.append(1)
        return "skip" if len(bad) < 2 else "error"

    quoted = bool(dialect.quote) and dialect.quote.encode() in data
    try:
        table = pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(data)[start:])),
            read_options=pacsv.ReadOptions(column_names=names, block_size=8 << 20),
            parse_options=pacsv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote if quoted else False,
                newlines_in_values=quoted,
                invalid_row_handler=refuse,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowCapacityError):
        return None
    return None if bad else table


def _without_noise(columns: pa.Table, names: list[str], known: Known) -> pa.Table | None:
    """Drop rows without any cell and repeated headers; None where the end needs a closer look."""
    first = columns.column(0)
    empty = pc.equal(first, "")
    if pc.any(empty).as_py():
        for column in columns.columns[1:]:
            empty = pc.and_(empty, pc.equal(column, ""))
            if not pc.any(empty).as_py():
                break
        else:
            columns = columns.filter(pc.invert(empty))
    if pc.any(pc.match_substring_regex(first, TOTAL_LINE)).as_py():
        return None
    if names:
        again = pc.and_(
            pc.equal(columns.column(0), names[0]), pc.equal(columns.column(1), names[1])
        )
        if pc.any(again).as_py():
            return None
    tail = columns.slice(max(0, columns.num_rows - 40)).to_pylist()
    records = [Record(list(row.values()), n + 1) for n, row in enumerate(tail)]
    layout = find_layout(records, known)
    return None if any(why == "footer" for why in layout.skipped.values()) else columns


def _lines(columns: pa.Table, data: bytes, start: int, first_line: int) -> np.ndarray | None:
    """Return each row's physical line where cells hold line ends; None for one line a row."""
    ends = data.count(b"\n", start) + (not data.endswith(b"\n"))
    if ends <= columns.num_rows + 1:
        return None
    extra = np.zeros(columns.num_rows, dtype="int64")
    for column in columns.columns:
        extra += pc.count_substring(column, "\n").to_numpy().astype("int64")
    before = np.concatenate([[0], np.cumsum(extra)[:-1]])
    return np.asarray(first_line + np.arange(columns.num_rows) + before)
