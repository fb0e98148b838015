"""What kind of file the bytes are, from the bytes alone: names lie."""

import re

__all__ = ["kind_of"]

_MAGIC = (
    (b"PAR1", "parquet"),
    (b"SQLite format 3\x00", "gpkg"),
    (b"fgb\x03", "fgb"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x00\x00\x27\x0a", "shp"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_HTML = re.compile(
    rb"\A\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|script|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\A\s*<\?xml|\A\s*<kml\b", re.IGNORECASE)
# Texts of other kinds that could be taken for a table: (how they begin, what they are).
_TEXTS = (
    (re.compile(rb"\A(?:---\s*\n)?- \w+:.*\n +\w+:"), "a YAML file"),
    (re.compile(rb"\A(?:\s*--.*\n)*\s*(?:INSERT INTO|CREATE TABLE)\b"), "an SQL dump"),
    (re.compile(rb"\AFrom:? .*@.*\n(?:[\w-]+: .*\n)+\s*\n"), "an e-mail"),
    (re.compile(rb"\A\s*(?:var|let|const) \w+ ?="), "a script"),
    (
        re.compile(rb"\Aversion https://git-lfs"),
        "a Git LFS place-holder",
    ),
    (re.compile(rb"\ABEGIN:V(?:CARD|CALENDAR)"), "a calendar or address file"),
)
_CONTROLS = frozenset(range(32)) - {0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31}


def kind_of(data: bytes) -> str:
    """Return `text`, `json`, `html`, a table format (`xlsx`, `ods`, `gpkg` …) or `a PNG picture`.

    What holds a blank is a format that is no table at all, in words for a person.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(plain):
        return "html"
    if _XML.match(plain):
        return "kml" if b"<kml" in data[: 1 << 16].lower() else _xml_kind(plain)
    if plain.lstrip()[:1] in (b"{", b"["):
        return "json"
    if _is_binary(head):
        return "a binary file"
    other = (kind for pattern, kind in _TEXTS if pattern.match(plain.replace(b"\r", b"")))
    return next(other, "text")


def _zip_kind(data: bytes) -> str:
    tail = data[-(1 << 16) :] + data[: 1 << 12]
    for marker, kind in (
        (b"xl/workbook", "xlsx"),
        (b"xl/", "xlsx"),
        (b"opendocument.spreadsheet", "ods"),
        (b"word/", "a Word document"),
        (b"ppt/", "a PowerPoint document"),
        (b"opendocument", "an OpenDocument file that is no spreadsheet"),
        (b".kml", "kmz"),
        (b".shp", "shp.zip"),
    ):
        if marker in tail:
            return kind
    return "a zip archive"


def _xml_kind(plain: bytes) -> str:
    if b"<html" in plain.lower():
        return "html"
    return (
        "an Excel 2003 XML sheet" if b"schemas-microsoft-com:office:spreadsheet" in plain else "XML"
    )


def _is_binary(head: bytes) -> bool:
    """Whether more than a few bytes are controls that no text has; NUL may be UTF-16 or a cell."""
    if not head:
        return False
    odd = sum(1 for byte in head if byte in _CONTROLS)
    return odd > max(2, len(head) // 50)
