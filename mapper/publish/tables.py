"""Tables to CSV bytes that a spreadsheet can open without running anything; JSON bytes."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

__all__ = ["csv_bytes", "json_bytes", "safe_text"]

ROWS_AT_ONCE = 50_000  # written as text in one go; a large table never stands in memory twice
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_text(value: str) -> str:
    """Return `value` so that no spreadsheet takes it for a formula: an apostrophe before it.

    The reader of mapper takes that apostrophe off again.
    """
    return "'" + value if value.startswith(_FORMULA_STARTS) else value


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` as CSV: UTF-8, CRLF line ends (RFC 4180), text formula-safe.

    Numbers are written in their shortest form that reads back the same, whole ones without a
    point; dates as ISO days; missing values empty.
    """
    parts = [_lines([[safe_text(str(name)) for name in frame.columns]])]
    for start in range(0, len(frame), ROWS_AT_ONCE):
        part = frame.iloc[start : start + ROWS_AT_ONCE]
        columns = [_cells(part.iloc[:, at]) for at in range(part.shape[1])]
        parts.append(_lines(zip(*columns, strict=True)))
    return b"".join(parts)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", errors="replace")


def json_bytes(value: object) -> bytes:
    """Return a value as indented JSON: UTF-8, one line end at its end, never NaN."""
    written = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return (written + "\n").encode("utf-8", errors="replace")


def _cells(column: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [str(day) for day in column.dt.strftime("%Y-%m-%d").fillna("")]
    if pd.api.types.is_integer_dtype(column.dtype):
        return [str(number) for number in column.tolist()]
    if pd.api.types.is_float_dtype(column.dtype):
        return [_number(number) for number in column.to_numpy(dtype="float64")]
    return [safe_text(str(value)) for value in column.fillna("").tolist()]


def _number(number: float) -> str:
    if np.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else repr(float(number))
