"""The parts of an XLSX file that readers of spreadsheets keep to themselves."""

import io
import zipfile
from xml.etree import ElementTree as ET

__all__ = ["MAIN", "parts_of", "tree"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STYLES = "xl/styles.xml"


def parts_of(data: bytes, sheet: str) -> tuple[bytes, bytes]:
    """Return (XML of a sheet, XML of the styles) of an XLSX file; empty where there is none.

    Other formats, and workbooks that do not say where their sheet lies, give nothing.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.read(_path_of(archive, sheet))
            return part, archive.read(_STYLES) if _STYLES in archive.namelist() else b""
    except (KeyError, zipfile.BadZipFile, ET.ParseError, StopIteration):
        return b"", b""


def _path_of(archive: zipfile.ZipFile, sheet: str) -> str:
    book = tree(archive.read("xl/workbook.xml"))
    link = next(s.get(LINK) for s in book.iter(f"{MAIN}sheet") if s.get("name") == sheet)
    links = tree(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(r.get("Target", "") for r in links.iter(RELATION) if r.get("Id") == link)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def tree(text: bytes) -> ET.Element:
    """Return a part as a tree; one that declares entities is refused.

    Raises:
        KeyError: it declares something.
        ET.ParseError: it is no XML.
    """
    if b"<!" in text.replace(b"<!--", b""):  # no entities are ever expanded
        raise KeyError(MAIN)
    return ET.fromstring(text)  # noqa: S314 - without declarations there is nothing to expand
