"""What a workbook hides from the person who looks at it: columns and rows of a sheet."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

__all__ = ["hidden_parts"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TAG = rb"<(?:\w+:)?%b\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>"
_ROW, _COLUMN = re.compile(_TAG % b"row"), re.compile(_TAG % b"col")
_RANGE = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
MOST_COLUMNS = 16_384


def hidden_parts(data: bytes, sheet: str) -> tuple[list[str], int]:
    """Return (letters of the hidden columns, number of hidden rows) of a sheet of an XLSX file.

    Other formats, and workbooks that do not say where their sheet lies, give nothing.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.read(_path_of(archive, sheet))
    except (KeyError, zipfile.BadZipFile, ET.ParseError, StopIteration):
        return [], 0
    letters: list[str] = []
    for tag in _COLUMN.findall(part):
        ends = {key: int(value) for key, value in _RANGE.findall(tag)}
        first, last = ends.get(b"min", 1), min(ends.get(b"max", 0), MOST_COLUMNS)
        if last - first < MOST_COLUMNS // 2:  # all that lies beyond the table is often hidden
            letters += [_letters(number) for number in range(first, last + 1)]
    return letters, len(_ROW.findall(part))


def _path_of(archive: zipfile.ZipFile, sheet: str) -> str:
    book = _tree(archive, "xl/workbook.xml")
    link = next(s.get(LINK) for s in book.iter(f"{MAIN}sheet") if s.get("name") == sheet)
    links = _tree(archive, "xl/_rels/workbook.xml.rels")
    target = next(r.get("Target", "") for r in links.iter(RELATION) if r.get("Id") == link)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _tree(archive: zipfile.ZipFile, member: str) -> ET.Element:
    text = archive.read(member)
    if b"<!" in text.replace(b"<!--", b""):  # no entities are ever expanded
        raise KeyError(member)
    return ET.fromstring(text)  # noqa: S314 - without declarations there is nothing to expand


def _letters(number: int) -> str:
    """Return the name of a column of a sheet: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
