"""Intervals of days: what a date, a month, a year means."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = [
    "AMBIGUOUS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "Ambiguous",
    "Interval",
    "Parsed",
    "about_day",
    "between",
    "full_year",
    "period",
    "widen",
]

FIRST_YEAR, LAST_YEAR = 1800, 2100


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


def between(first: Interval | None, last: Interval | None) -> Interval | None:
    """Return the interval from the first to the last; None where they are out of order."""
    if first is None or last is None or last.end < first.start:
        return None
    return Interval(first.start, last.end, first.precision)


def about_day(one: Interval | None, *, about: bool) -> Interval | None:
    """Return a day written as `about`: three days more on either side."""
    if one is None or not about or one.precision != "day":
        return one
    return Interval(one.start - timedelta(days=3), one.end + timedelta(days=3), "week")


def full_year(two: int) -> int:
    """Return the year two digits mean: 1970 to 2069."""
    return 2000 + two if two < 70 else 1900 + two
