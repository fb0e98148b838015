"""Dates as people write them → an interval of days and how precise it is.

The grammar knows numeric dates in all orders, month names in five languages, partial dates,
ranges, "mid-February", EDTF, ISO weeks and time stamps. It never guesses: what has two readings
comes back as `AMBIGUOUS` unless the order of day and month is told.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from mapper.normalise.digits import plain_digits
from mapper.normalise.intervals import (
    AMBIGUOUS,
    Ambiguous,
    Interval,
    Parsed,
    about_day,
    between,
    full_year,
    period,
)
from mapper.normalise.worded import worded

__all__ = ["evidence", "from_serial", "parse"]

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(18264, 73051)  # 1950 to 2099


_TIME = re.compile(
    r"(?:(?<=\d)t|[ ,]+(?:a las |at |pukul |as |a )?)\d{1,2}[:h.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?\s?m\.?|hrs?\.?|horas|hs|h|wib|wita|wit)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?(?:\[.*\])?$"
)
_STAMP_TIME = re.compile(r"(?<=\d)(?:t\d{6}z?|t\d{2}:\d{2}.*)$")
_YMD = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_YM = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MY = re.compile(r"(\d{1,2})[-/.](\d{4})")
_Y = re.compile(r"(\d{4})")
_YEARS = re.compile(r"(\d{4})\s?[-–]\s?(\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_SPACED = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_EDTF_X = re.compile(r"(\d{4})-(\d{2}|xx|uu)-(?:xx|uu)|(\d{4})-(?:xx|uu)")
_HAN = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")
_QUARTER = re.compile(r"(?:q|t|kuartal |trimestre )([1-4])[ -/]*(\d{4})|(\d{4})[ -]*(?:q|t)([1-4])")
_DAY_RANGE = re.compile(r"(\d{1,2})\.? ?- ?(\d{1,2})([./])(\d{1,2})\3(\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|ero|ro|eme)\b\.?|(?<=\d)\s?[º°ª]")
_BETWEEN = re.compile(
    r"\s+(?:-|–|—|to|al|a|hasta|ate|au|until|s/d|s\.d\.|hingga|sampai|through)\s+"
)
_DASHES = re.compile(r"\s*[–—]\s*|\.\.\s*")


@lru_cache(maxsize=1 << 17)
def parse(written: str, order: str = "") -> Parsed:
    """Understand one date or interval; None where it is none.

    Args:
        written: the date as people write it.
        order: `dmy`, `mdy` or `ymd` where the column has shown it, `""` where it has not.

    >>> parse("23-25 de febrero de 2019").end
    datetime.date(2019, 2, 25)
    >>> parse("03/04/2019") is AMBIGUOUS, parse("03/04/2019", "dmy").start.isoformat()
    (True, '2019-04-03')
    """
    text = plain_digits(written).strip().strip("\"'[]()").strip()
    if not text or len(text) > 80 or not any(c.isdecimal() for c in text):
        return None
    text = _ORDINAL.sub("", text)
    return _parse(text, order)


def _parse(text: str, order: str) -> Parsed:
    whole = _range_of(text, order)
    if whole is not None:
        return whole
    text = _STAMP_TIME.sub("", text)
    text = _TIME.sub("", text).strip(" ,;")
    one = _numeric(text, order)
    if one is not None:
        return one
    return worded(text)


def _numeric(text: str, order: str) -> Parsed:
    """Understand a date of digits only, and EDTF."""
    about = text.endswith(("~", "?", "%"))
    text = text.rstrip("~?%")
    found = _NUMERIC.fullmatch(text) or _SPACED.fullmatch(text)
    if found:
        return _ordered(int(found[1]), int(found[3]), found[4], found[2], order)
    for pattern, understand in _FORMS:
        if found := pattern.fullmatch(text):
            return about_day(understand(found), about=about)
    return None


def _epoch(found: re.Match[str]) -> Interval:
    day = date(1970, 1, 1) + timedelta(seconds=int(found[1]))
    return Interval(day, day, "day")


def _unknown_digits(found: re.Match[str]) -> Interval | None:
    month = found[2] if found[2] and found[2].isdecimal() else "0"
    return period(int(found[1] or found[3]), int(month))


def _ordered(first: int, second: int, year: str, sign: str, order: str) -> Parsed:
    """Understand `a/b/year` in the order told, or in the only one there is."""
    if len(year) == 2 and order == "ymd":
        return period(full_year(first), second, int(year))
    full = int(year) if len(year) == 4 else full_year(int(year))
    day_first = period(full, second, first)
    month_first = period(full, first, second)
    if day_first and month_first and first != second:
        if sign == "." and order != "mdy":
            return day_first
        if order in ("dmy", "mdy"):
            return day_first if order == "dmy" else month_first
        return AMBIGUOUS
    return day_first or month_first


def _iso_week(year: int, week: int) -> Interval | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Interval(monday, monday + timedelta(days=6), "week")


def _quarter(year: int, quarter: int) -> Interval | None:
    first, last = period(year, 3 * quarter - 2), period(year, 3 * quarter)
    return Interval(first.start, last.end, "month") if first and last else None


def _range_of(text: str, order: str) -> Parsed:
    """Understand two whole dates with a sign or word between them; None where it is no range."""
    if found := _DAY_RANGE.fullmatch(text):
        first = period(int(found[5]), int(found[4]), int(found[1]))
        last = period(int(found[5]), int(found[4]), int(found[2]))
        return between(first, last) if found[3] == "." or order == "dmy" else None
    parts = next((p for p in _halves(text) if len(p) == 2), [])
    if not parts:
        return None
    cleaned = [
        re.sub(r"^(?:del|desde|from|du|dari|entre|between|de|el)\s+", "", p.strip()) for p in parts
    ]
    if not all(re.search(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d{2}", p) for p in cleaned):
        return None
    ends = [_parse_single(p, order) for p in cleaned]
    if any(isinstance(one, Ambiguous) for one in ends):
        return AMBIGUOUS
    first, last = (one for one in ends if not isinstance(one, Ambiguous))
    return between(first, last)


def _halves(text: str) -> list[list[str]]:
    """Return the ways a text falls in two at a sign or word of ranges."""
    slash = text.split("/") if text.count("/") == 1 and "-" in text else []
    return [slash, _BETWEEN.split(text), _DASHES.split(text)]


def _parse_single(text: str, order: str) -> Parsed:
    text = _TIME.sub("", _STAMP_TIME.sub("", text)).strip(" ,;")
    one = _numeric(text, order)
    return one if one is not None else worded(text)


def from_serial(written: str) -> Interval | None:
    """Understand a spreadsheet's day number (1900 system); None where it is none."""
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", plain_digits(written).strip())
    if not number or int(number[1]) not in SERIALS:
        return None
    day = EXCEL_EPOCH + timedelta(days=int(number[1]))
    return Interval(day, day, "day")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Interval | None]], ...] = (
    (_YMD, lambda m: period(int(m[1]), int(m[2]), int(m[3]))),
    (_COMPACT, lambda m: period(int(m[1]), int(m[2]), int(m[3]))),
    (_COMPACT_MONTH, lambda m: period(int(m[1]), int(m[2]))),
    (_YM, lambda m: period(int(m[1]), int(m[2]))),
    (_MY, lambda m: period(int(m[2]), int(m[1]))),
    (_YEARS, lambda m: between(period(int(m[1])), period(int(m[2])))),
    (_Y, lambda m: period(int(m[1]))),
    (_EPOCH, _epoch),
    (_WEEK, lambda m: _iso_week(int(m[1]), int(m[2]))),
    (_EDTF_X, _unknown_digits),
    (_HAN, lambda m: period(int(m[1]), int(m[2] or 0), int(m[3] or 0))),
    (_QUARTER, lambda m: _quarter(int(m[2] or m[3]), int(m[1] or m[4]))),
)
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)")


def evidence(written: str) -> str:
    """Return the order one cell proves: `dmy`, `mdy`, `ymd`, or `` where it proves none."""
    found = _SHORT.match(plain_digits(written).strip())
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 31 or (len(found[3]) == 2 and int(found[3]) > 31 and first > 12 and second > 12):
        return ""
    if 12 < first <= 31 and second <= 12:
        return "dmy"
    if 12 < second <= 31 and first <= 12:
        return "mdy"
    return ""
