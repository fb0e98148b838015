"""Spreadsheets (XLSX, XLS, ODS) by python-calamine: cells as the text a person sees."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

from mapper.read.cells import looks
from mapper.read.scan import Record
from mapper.read.sources import fail

__all__ = ["sheet_records"]


@dataclass(slots=True)
class Sheet:
    """The sheet that is read, and the names of those that are not.

    `others` hold something, `alike` are those of them with the same column names, `hidden` are
    hidden from the person who opens the workbook and are left alone.
    """

    records: list[Record]
    name: str
    others: list[str]
    alike: list[str]
    hidden: list[str]


def sheet_records(data: bytes, name: str, known: Callable[[str], bool], sheet: str = "") -> Sheet:
    """Return the best sheet of a workbook.

    The best sheet is the one asked for, else the one whose rows have most known column names,
    else the one with most filled rows.

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
        tables = {n: _records(book.get_sheet_by_name(n)) for n in shown}
    except Exception as error:  # calamine raises its own, zip's and XML's errors
        raise fail(code="broken_sheet", file=name, why=str(error)[:120]) from error
    filled = {n: records for n, records in tables.items() if any(r.filled for r in records)}
    if not filled:
        raise fail(code="empty", file=name)
    if sheet and sheet not in filled:
        raise fail(code="no_such_sheet", file=name, sheet=sheet, sheets=", ".join(filled))
    best = sheet or max(filled, key=lambda n: _rank(filled[n], known))
    others = [n for n in filled if n != best]
    names = _names(filled[best], known)
    alike = [n for n in others if names and _names(filled[n], known) == names]
    return Sheet(filled[best], best, others, alike, hidden)


def _names(records: list[Record], known: Callable[[str], bool]) -> list[str]:
    """Return the cells of the row with most known column names, where at least two are known."""
    rows = [r.cells for r in records[:40] if r.filled]
    counts = [sum(1 for cell in cells if known(cell)) for cells in rows]
    most = max(counts, default=0)
    return [c.strip().lower() for c in rows[counts.index(most)] if c.strip()] if most > 1 else []


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


def _records(sheet: object) -> list[Record]:
    start = sheet.start or (0, 0)  # type: ignore[attr-defined]
    rows = sheet.to_python(skip_empty_area=True)  # type: ignore[attr-defined]
    records = [
        Record([_text(value) for value in row], start[0] + number)
        for number, row in enumerate(rows, 1)
    ]
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
