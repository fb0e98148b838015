"""Numbers that a spreadsheet shows with leading zeros: 7 under the format 0000 is read as 0007."""

import re
from xml.etree import ElementTree as ET

from mapper.read.xlsx import MAIN, parts_of, tree

__all__ = ["padded_cells"]

_PADDED = re.compile(r"0{2,18}")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]{0,200})>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")


def padded_cells(data: bytes, sheet: str) -> dict[tuple[int, int], int]:
    """Return (row, column), from 0, → digits shown, of the cells of an XLSX sheet so formatted."""
    part, styles = parts_of(data, sheet)
    widths = _widths(styles)
    if not widths:
        return {}
    found = {}
    for cell in _CELL.finditer(part):
        style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
        if style and place and (width := widths.get(int(style[1]))):
            found[int(place[2]) - 1, _number(place[1])] = width
    return found


def _widths(styles: bytes) -> dict[int, int]:
    """Return style of a cell → digits of its number format, if that is zeros alone."""
    try:
        root = tree(styles) if styles else None
    except (KeyError, ET.ParseError):
        root = None
    if root is None:
        return {}
    formats = {
        one.get("numFmtId"): len(code)
        for one in root.iter(f"{MAIN}numFmt")
        if _PADDED.fullmatch(code := one.get("formatCode", ""))
    }
    cells = root.find(f"{MAIN}cellXfs")
    return {
        number: formats[one.get("numFmtId")]
        for number, one in enumerate(cells if cells is not None else ())
        if one.get("numFmtId") in formats
    }


def _number(letters: bytes) -> int:
    """Return the number, from 0, of a column of a sheet: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
