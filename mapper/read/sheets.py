"""Spreadsheets (XLSX, XLS, ODS) by python-calamine: cells as the text a person sees."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

from mapper.read.cells import looks
from mapper.read.scan import Record
from mapper.read.sources import fail
from mapper.read.zeros import padded_cells

__all__ = ["Workbook", "workbook"]

COPY = 0.3  # a sheet that has more of its rows from others is a copy or a version of them


@dataclass(slots=True)
class Workbook:
    """The sheets of a workbook that are read, in its order, and the names of those that are not.

    `sheets` are the best one and those that carry on its table (a sheet a month). `others` hold
    something else, `alike` are those of them that have the same column names and repeat its rows,
    `hidden` are hidden from the person who opens the workbook and are left alone.
    """

    sheets: dict[str, list[Record]]
    others: list[str]
    alike: list[str]
    hidden: list[str]


def workbook(data: bytes, name: str, known: Callable[[str], bool], sheet: str = "") -> Workbook:
    """Return the sheets of a workbook that hold the table.

    The best sheet is the one asked for, else the one whose rows have most known column names,
    else the one with most filled rows. Where none is asked for, others with the same column names
    are read too, unless they repeat rows of those before.

    Raises:
        InputError: python-calamine is missing, the file is damaged or locked, no sheet has a cell.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise fail(code="excel_missing", file=name) from error
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown, hidden = _visible(book)
        if sheet in hidden:
            shown, hidden = [*shown, sheet], [n for n in hidden if n != sheet]
        tables = {n: _records(book.get_sheet_by_name(n), padded_cells(data, n)) for n in shown}
    except Exception as error:  # calamine raises its own, zip's and XML's errors
        raise fail(code="broken_sheet", file=name, why=str(error)[:120]) from error
    filled = {n: records for n, records in tables.items() if any(r.filled for r in records)}
    if not filled:
        raise fail(code="empty", file=name)
    if sheet and sheet not in filled:
        raise fail(code="no_such_sheet", file=name, sheet=sheet, sheets=", ".join(filled))
    best = sheet or max(filled, key=lambda n: _rank(filled[n], known))
    names, rows = _table(filled[best], known)
    taken, alike = [best], []
    for other in filled if names and not sheet else ():
        if other == best:
            continue
        other_names, other_rows = _table(filled[other], known)
        if other_names != names or not other_rows:
            continue
        if len(rows & other_rows) > COPY * min(len(rows), len(other_rows)):
            alike.append(other)
        else:
            taken.append(other)
            rows |= other_rows
    return Workbook(
        {n: filled[n] for n in filled if n in taken},
        [n for n in filled if n not in taken],
        alike,
        hidden,
    )


def _table(
    records: list[Record], known: Callable[[str], bool]
) -> tuple[list[str], set[tuple[str, ...]]]:
    """Return (column names, rows under them): the row with most known names, if two are known."""
    head = [(i, r.cells) for i, r in enumerate(records[:40]) if r.filled]
    counts = [sum(1 for cell in cells if known(cell)) for _, cells in head]
    if max(counts, default=0) < 2:
        return [], set()
    at, cells = head[counts.index(max(counts))]
    names = [c.strip().lower() for c in cells if c.strip()]
    return names, {tuple(r.cells) for r in records[at + 1 :] if r.filled > 1}


def _visible(book: object) -> tuple[list[str], list[str]]:
    """Return the names of the sheets that are shown (of all, where none is) and of the hidden."""
    meta = list(book.sheets_metadata)  # type: ignore[attr-defined]
    shown = [
        m.name for m in meta if str(m.visible).endswith(".Visible") and "WorkSheet" in str(m.typ)
    ]
    sheets = [m.name for m in meta if "WorkSheet" in str(m.typ)]
    return (shown, [n for n in sheets if n not in shown]) if shown else (sheets, [])


def _rank(records: list[Record], known: Callable[[str], bool]) -> tuple[int, int]:
    head = [r for r in records[:40] if r.filled]
    names = max((sum(1 for c in r.cells if known(c)) for r in head), default=0)
    return min(names, 4), sum(1 for r in records if r.filled > 1)


def _records(sheet: object, padded: dict[tuple[int, int], int]) -> list[Record]:
    start = sheet.start or (0, 0)  # type: ignore[attr-defined]
    rows = sheet.to_python(skip_empty_area=True)  # type: ignore[attr-defined]
    records = [
        Record([_text(value) for value in row], start[0] + number)
        for number, row in enumerate(rows, 1)
    ]
    for (row, column), width in padded.items():
        at, cell = row - start[0], column - start[1]
        if 0 <= at < len(records) and 0 <= cell < len(records[at].cells):
            written = records[at].cells[cell]
            records[at].cells[cell] = written.zfill(width) if written.isdigit() else written
    _fill_merged(records, sheet.merged_cell_ranges or [], start)  # type: ignore[attr-defined]
    return records


def _fill_merged(
    records: list[Record],
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
) -> None:
    """Give every row of a cell merged over several rows its value.

    Whole numbers are left to the first row: a count of several rows together must not be added
    once for each. Cells merged over columns are titles and groups of names: they stay as they are.
    """
    for (top, left), (bottom, _) in ranges:
        column, first = left - start[1], top - start[0]
        if bottom == top or not 0 <= first < len(records) or column < 0:
            continue
        value = records[first].cells[column] if column < len(records[first].cells) else ""
        if looks(value) == "integer":
            continue
        for record in records[first + 1 : bottom - start[0] + 1]:
            if value and column < len(record.cells) and not record.cells[column]:
                record.cells[column] = value


def _text(value: object) -> str:
    """Return a cell as text: whole numbers without `.0`, dates as ISO, booleans as words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time(0)
        return (
            value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    return "" if value is None else str(value)
