"""What a single cell looks like: the evidence for delimiters, headers and shifted rows."""

import re
from functools import lru_cache

__all__ = ["is_typed", "looks"]

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?\s?%?"
)
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/. ][^\W\d]{3,12}\.?[-/. ,]+\d{2,4}|[^\W\d]{3,12}\.? \d{1,2},? \d{4}"
    r"|\d{1,2} de [^\W\d]+ (?:de|del) \d{4}|(?:19|20)\d{2}-\d{2}|(?:19|20)\d{6}"
)
_TIME = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_MONEY = re.compile(r"[$€£¥]\s?[\d.,]+|[\d.,]+\s?[$€£¥]")
_URL = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+")
_CODE = re.compile(r"[A-Za-z]{1,8}[-_/:]?\d[\w./:-]*|\d+[-_/][\w-]+")
_COORDINATE = re.compile(
    r"[+-]?\d{1,3}(?:[.,]\d+)?\s*°.*|[+-]?\d{1,3}[.,]\d+\s*[NSEWO]", re.IGNORECASE
)
_MISSING = frozenset({"na", "n/a", "nan", "null", "none", "-", "--", "nd", "s/d", "n.d.", "?"})

TYPED = frozenset({"integer", "number", "date", "time", "money", "url", "code", "coordinate"})
_PATTERNS = (
    ("integer", _INTEGER),
    ("date", _DATE),
    ("number", _NUMBER),
    ("time", _TIME),
    ("money", _MONEY),
    ("url", _URL),
    ("coordinate", _COORDINATE),
    ("code", _CODE),
)


@lru_cache(maxsize=1 << 16)
def looks(cell: str) -> str:
    """Return what a cell looks like: empty, missing, integer, number, date, …, word or text.

    >>> looks("23/02/2019"), looks("-72,4508"), looks("CVB-0001"), looks("San Antonio")
    ('date', 'number', 'code', 'text')
    """
    cell = cell.strip()
    if not cell:
        return "empty"
    if len(cell) > 200:
        return "text"
    if cell.lower() in _MISSING:
        return "missing"
    for name, pattern in _PATTERNS:
        if pattern.fullmatch(cell):
            return name
    return "word" if cell.replace("_", "").isalnum() else "text"


def is_typed(cell: str) -> bool:
    """Whether the cell is a value by its form alone (a number, a date, a code …)."""
    return looks(cell) in TYPED
