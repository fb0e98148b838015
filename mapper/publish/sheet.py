"""A table as a spreadsheet: typed cells, nothing a formula, no clock. Needs openpyxl."""

import datetime as dt
import io
import re

import pandas as pd

from mapper.archive import without_clock
from mapper.errors import OutputError, UnusableError
from mapper.messages import text
from mapper.publish.features import json_cells
from mapper.publish.tables import safe_text

__all__ = ["xlsx"]

_CELL = 32_767  # the most letters of a cell
_ROWS = 1_048_575  # the most rows of a sheet under its header
_COLUMNS = 16_384
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xlsx(frame: pd.DataFrame) -> bytes:
    """Return a table as one sheet, `reports`, its header frozen; longer texts are cut.

    Raises:
        UnusableError: the extra `[excel]` is missing.
        OutputError: more rows or columns than a sheet can hold.
    """
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
    except ImportError as error:
        raise UnusableError(text("publish", "excel_missing")) from error
    if len(frame) > _ROWS or len(frame.columns) > _COLUMNS:
        size = {"rows": f"{len(frame):,}", "columns": f"{len(frame.columns):,}"}
        raise OutputError(text("publish", "sheet_full", **size))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("reports")
    sheet.freeze_panes = "A2"

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        clean = _CONTROL.sub("\ufffd", value)[:_CELL]
        if safe_text(clean) == clean:
            return clean or None
        # typed as text and marked so: neither opening nor editing makes a formula of it
        made = WriteOnlyCell(sheet, value=clean)
        made.data_type = "s"
        made.quotePrefix = True
        return made

    sheet.append([cell(str(name)) for name in frame.columns])
    for row in zip(*(_cells(frame[name]) for name in frame.columns), strict=True):
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _cells(column: pd.Series) -> list[object]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else dt.date(day.year, day.month, day.day) for day in column]
    return json_cells(column)
