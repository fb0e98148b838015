"""Dates as people write them → an interval of days and how precise it is."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Interval", "parse"]


@dataclass(frozen=True, slots=True)
class Interval:
    """First day, last day (both within it) and precision (day|week|month|year|unknown)."""

    start: date
    end: date
    precision: str


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_STAMP = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)


def parse(written: str) -> Interval | None:
    """Understand one date or interval; None where it is not one.

    >>> parse("2019-02").end
    datetime.date(2019, 2, 28)
    """
    written = written.strip()
    stamp = _STAMP.fullmatch(written)
    if stamp:
        written = stamp[1]
    if "/" in written and written.count("/") == 1:
        first, last = (parse(part) for part in written.split("/"))
        if first and last and first.start <= last.end:
            return Interval(first.start, last.end, first.precision)
        return None
    found = _ISO.fullmatch(written)
    if not found:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    return period(year, int(month) if month else 0, int(day) if day else 0)


def period(year: int, month: int = 0, day: int = 0) -> Interval | None:
    """Return the year, month or day as an interval; None where there is no such day."""
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
