"""A text as it can be read once what hides its letters is undone."""

import binascii
import contextlib
import html
import quopri
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

__all__ = ["plain", "spellings"]

_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_HEX = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{2}){8,}(?![0-9a-zA-Z])")
_POINT = re.compile(r"(?<=\d)[٫·⋅'’](?=\d{2})")
_QUOTED = re.compile(r"=[0-9A-F]{2}")
_TIMES = 3  # an escape inside an escape inside an escape


def spellings(text: str) -> Iterator[str]:
    """Yield the text with its escapes undone, its digits ours, its hexadecimal runs read.

    Only what differs from the text itself.
    """
    read = text
    for _ in range(_TIMES):
        undone = _undone(read)
        if undone == read:
            break
        read = undone
    ours = plain(read)
    for one in dict.fromkeys((read, ours, _POINT.sub(".", ours))):
        if one != text:
            yield one
    for found in _HEX.finditer(text):
        letters = bytes.fromhex(found[0])
        if all(32 <= byte < 127 for byte in letters):
            yield letters.decode("ascii")


def _undone(text: str) -> str:
    """Return the text with one layer of escapes undone: of addresses, HTML, JSON and mail."""
    read = unquote(text, errors="ignore") if "%" in text else text
    if "&" in read:
        read = html.unescape(read)
    if "\\" in read:
        read = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), read)
    if _QUOTED.search(read):
        with contextlib.suppress(UnicodeDecodeError, binascii.Error):
            read = quopri.decodestring(read.encode()).decode("utf-8")
    return read


def plain(text: str) -> str:
    """Return the text with digits of every script as ours, and without signs nobody sees."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )
