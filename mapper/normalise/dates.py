"""Dates as people write them → an interval of days and how precise it is.

The grammar knows numeric dates in all orders, month names in five languages, partial dates,
ranges, "mid-February", EDTF, ISO weeks and time stamps. It never guesses: what has two readings
comes back as `AMBIGUOUS` unless the order of day and month is told.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from mapper.dialects import load
from mapper.normalise.digits import plain_digits

__all__ = [
    "AMBIGUOUS",
    "Ambiguous",
    "Interval",
    "evidence",
    "from_serial",
    "parse",
    "period",
    "widen",
]

FIRST_YEAR, LAST_YEAR = 1800, 2100
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(18264, 73051)  # 1950 to 2099


@dataclass(frozen=True, slots=True)
class Interval:
    """First day, last day (both within it) and precision (day|week|month|year|unknown)."""

    start: date
    end: date
    precision: str


class Ambiguous:
    """The date has two readings: day and month cannot be told apart."""


AMBIGUOUS = Ambiguous()
Parsed = Interval | Ambiguous | None

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
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-–—/,.~&]")


@cache
def _words() -> tuple[dict[str, int], dict[str, str]]:
    """Return (month name → number, other word → its role)."""
    table = load("calendar")
    months = {w: int(n) for n, ws in table["months"].items() for w in ws.split()}
    roles: dict[str, str] = {}
    for role, words in table["words"].items():
        for word in words.split():
            roles.setdefault(word, role)
    return months, roles


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
    if not text or len(text) > 80 or not any(c.isdigit() for c in text):
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
    return _worded(text, order)


def _numeric(text: str, order: str) -> Parsed:
    """Understand a date of digits only, and EDTF."""
    about = text.endswith(("~", "?", "%"))
    text = text.rstrip("~?%")
    if found := _YMD.fullmatch(text):
        return _about(period(int(found[1]), int(found[2]), int(found[3])), about=about)
    if found := _COMPACT.fullmatch(text):
        return period(int(found[1]), int(found[2]), int(found[3]))
    if found := _COMPACT_MONTH.fullmatch(text):
        return period(int(found[1]), int(found[2]))
    if found := _NUMERIC.fullmatch(text) or _SPACED.fullmatch(text):
        return _ordered(int(found[1]), int(found[3]), found[4], found[2], order)
    if found := _YM.fullmatch(text):
        return _about(period(int(found[1]), int(found[2])), about=about)
    if found := _MY.fullmatch(text):
        return period(int(found[2]), int(found[1]))
    if found := _YEARS.fullmatch(text):
        return _between(period(int(found[1])), period(int(found[2])))
    if found := _Y.fullmatch(text):
        return period(int(found[1]))
    if found := _EPOCH.fullmatch(text):
        day = date(1970, 1, 1) + timedelta(seconds=int(found[1]))
        return Interval(day, day, "day")
    if found := _WEEK.fullmatch(text):
        return _iso_week(int(found[1]), int(found[2]))
    if found := _EDTF_X.fullmatch(text):
        month = found[2] if found[2] and found[2].isdigit() else ""
        return period(int(found[1] or found[3]), int(month) if month else 0)
    if found := _HAN.fullmatch(text):
        return period(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := _QUARTER.fullmatch(text):
        return _quarter(int(found[2] or found[3]), int(found[1] or found[4]))
    return None


def _about(one: Interval | None, *, about: bool) -> Interval | None:
    if one is None or not about or one.precision != "day":
        return one
    return Interval(one.start - timedelta(days=3), one.end + timedelta(days=3), "week")


def _ordered(first: int, second: int, year: str, sign: str, order: str) -> Parsed:
    """Understand `a/b/year` in the order told, or in the only one there is."""
    if len(year) == 2 and order == "ymd":
        return period(_full_year(first), second, int(year))
    full = int(year) if len(year) == 4 else _full_year(int(year))
    day_first = period(full, second, first)
    month_first = period(full, first, second)
    if day_first and month_first and first != second:
        if sign == "." and order != "mdy":
            return day_first
        if order in ("dmy", "mdy"):
            return day_first if order == "dmy" else month_first
        return AMBIGUOUS
    return day_first or month_first


def _full_year(two: int) -> int:
    return 2000 + two if two < 70 else 1900 + two


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
        return _between(first, last) if found[3] == "." or order == "dmy" else None
    parts: list[str] = []
    if text.count("/") == 1 and "-" in text:
        parts = text.split("/")
    elif (
        len(
            pieces := re.split(
                r"\s+(?:-|–|—|to|al|a|hasta|até|ate|au|until|s/d|s\.d\.|hingga|sampai|through)\s+",
                text,
            )
        )
        == 2
        or len(pieces := re.split(r"\s*[–—]\s*|\.\.\s*", text)) == 2
    ):
        parts = pieces
    if len(parts) != 2:
        return None
    cleaned = [
        re.sub(r"^(?:del|desde|from|du|dari|entre|between|de|el)\s+", "", p.strip()) for p in parts
    ]
    if not all(re.search(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d{2}", p) for p in cleaned):
        return None
    first, last = (_parse_single(p, order) for p in cleaned)
    if isinstance(first, Ambiguous) or isinstance(last, Ambiguous):
        return AMBIGUOUS
    return _between(first, last)


def _parse_single(text: str, order: str) -> Parsed:
    text = _TIME.sub("", _STAMP_TIME.sub("", text)).strip(" ,;")
    one = _numeric(text, order)
    return one if one is not None else _worded(text, order)


def _between(first: Interval | None, last: Interval | None) -> Interval | None:
    if first is None or last is None or last.end < first.start:
        return None
    return Interval(first.start, last.end, first.precision)


@dataclass(slots=True)
class _Heard:
    """The parts of a worded date: day numbers, months, years, in order, and what was said."""

    days: list[int]
    months: list[int]
    years: list[int]
    roles: set[str]
    shape: str


def _worded(text: str, order: str) -> Parsed:
    """Understand a date with a month's name; None where it has none."""
    heard = _hear(text)
    if heard is None or not heard.months or len(heard.years) > 2:
        return None
    return _from_parts(heard, order)


def _hear(text: str) -> _Heard | None:
    """Sort the tokens into days, months and years; None where a token means nothing."""
    months, roles = _words()
    heard = _Heard([], [], [], set(), "")
    tokens = _TOKEN.findall(text)
    for i, token in enumerate(tokens):
        if token.isdigit():
            if not _hear_number(token, heard, last=not any(t.isdigit() for t in tokens[i + 1 :])):
                return None
        elif token in "-–—/,.~&":
            heard.shape += {"–": "-", "—": "-", "&": "+"}.get(token, token)
            if token == "~":
                heard.roles.add("about")
        elif token in months and not (token == "mar" and any(t in months for t in tokens[i + 1 :])):
            heard.months.append(months[token])
            heard.shape += "M"
        elif token in roles or token == "mar":
            role = roles.get(token, "dropped")
            if role != "dropped":
                heard.roles.add(role)
            if role in ("to", "and") or (role == "dropped" and token == "a"):
                heard.shape += "-" if token != "and" else "+"
        else:
            return None
    return heard


def _hear_number(token: str, heard: _Heard, *, last: bool) -> bool:
    value = int(token)
    if len(token) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        heard.years.append(value)
        heard.shape += "Y"
    elif (
        len(token) <= 2
        and 1 <= value <= 31
        and not (last and heard.days and heard.months and not heard.years)
    ):
        heard.days.append(value)
        heard.shape += "D"
    elif len(token) == 2 and heard.months and not heard.years:
        heard.years.append(_full_year(value))
        heard.shape += "Y"
    else:
        return False
    return True


def _from_parts(heard: _Heard, order: str) -> Parsed:
    del order
    days, months, years = heard.days, heard.months, heard.years
    if not years and len(months) == 1 and len(days) == 1 and heard.shape in ("M-D", "MD"):
        return period(_full_year(days[0]), months[0])  # Excel's `Feb-19`
    if not years:
        return None
    year, end_year = years[0], years[-1]
    if not days:
        first, last = period(year, months[0]), period(end_year, months[-1])
        whole = _between(first, last)
        return _part_of(whole, heard.roles) if whole and len(months) == 1 else whole
    if len(days) > 4 or len(months) > 2:
        return None
    if len(days) > 1 and len(months) == 1:
        return _between(period(year, months[0], min(days)), period(year, months[0], max(days)))
    if len(days) == 2 and len(months) == 2:
        if len(years) == 1 and months[0] > months[1]:
            year = end_year - 1
        return _between(period(year, months[0], days[0]), period(end_year, months[1], days[1]))
    if len(days) == 1 and len(months) == 1:
        return _about(period(year, months[0], days[0]), about="about" in heard.roles)
    return None


def _part_of(month: Interval, roles: set[str]) -> Interval:
    """Return the third of the month that `early`, `mid` or `late` means (10 days each)."""
    for role, first, last in (("early", 1, 10), ("middle", 11, 20), ("late", 21, 31)):
        if role in roles:
            end = min(last, month.end.day)
            return Interval(month.start.replace(day=first), month.start.replace(day=end), "month")
    return month


def period(year: int, month: int = 0, day: int = 0) -> Interval | None:
    """Return the year, month or day as an interval; None where there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if day:
            one = date(year, month, day)
            return Interval(one, one, "day")
        if month:
            last = calendar.monthrange(year, month)[1]
            return Interval(date(year, month, 1), date(year, month, last), "month")
        return Interval(date(year, 1, 1), date(year, 12, 31), "year")
    except (ValueError, calendar.IllegalMonthError):
        return None


def widen(one: Interval, precision: str) -> Interval:
    """Return the interval widened to the week, month or year a coarser precision means."""
    start, end = one.start, one.end
    if precision == "week":
        start -= timedelta(days=start.weekday())
        end = start + timedelta(days=6)
    elif precision == "month":
        start = start.replace(day=1)
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    elif precision == "year":
        start, end = date(start.year, 1, 1), date(end.year, 12, 31)
    return Interval(start, end, precision)


def from_serial(written: str) -> Interval | None:
    """Understand a spreadsheet's day number (1900 system); None where it is none."""
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", plain_digits(written).strip())
    if not number or int(number[1]) not in SERIALS:
        return None
    day = EXCEL_EPOCH + timedelta(days=int(number[1]))
    return Interval(day, day, "day")


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
