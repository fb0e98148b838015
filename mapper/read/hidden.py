"""What a workbook hides from the person who looks at it: columns and rows of a sheet."""

import re

from mapper.read.xlsx import parts_of

__all__ = ["hidden_parts"]

_TAG = rb"<(?:\w+:)?%b\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>"
_ROW, _COLUMN = re.compile(_TAG % b"row"), re.compile(_TAG % b"col")
_RANGE = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
MOST_COLUMNS = 16_384


def hidden_parts(data: bytes, sheet: str) -> tuple[list[str], int]:
    """Return (letters of the hidden columns, number of hidden rows) of a sheet of an XLSX file.

    Other formats, and workbooks that do not say where their sheet lies, give nothing.
    """
    part, _ = parts_of(data, sheet)
    letters: list[str] = []
    for tag in _COLUMN.findall(part):
        ends = {key: int(value) for key, value in _RANGE.findall(tag)}
        first, last = ends.get(b"min", 1), min(ends.get(b"max", 0), MOST_COLUMNS)
        if last - first < MOST_COLUMNS // 2:  # all that lies beyond the table is often hidden
            letters += [_letters(number) for number in range(first, last + 1)]
    return letters, len(_ROW.findall(part))


def _letters(number: int) -> str:
    """Return the name of a column of a sheet: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
