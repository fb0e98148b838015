"""Dates with a month's name in five languages → intervals."""

import re
from dataclasses import dataclass
from functools import cache

from mapper.dialects import load
from mapper.normalise.intervals import (
    FIRST_YEAR,
    LAST_YEAR,
    Interval,
    about_day,
    between,
    full_year,
    period,
)

__all__ = ["worded"]

_WORD = re.compile(r"\d+|[^\W\d_]+|[-–—/,.~&]")


@cache
def _words() -> tuple[dict[str, int], dict[str, str]]:
    """Return (month name → number, other word → its role)."""
    table = load("calendar")
    months = {w: int(n) for n, ws in table["months"].items() for w in ws.split()}
    roles: dict[str, str] = {}
    for role, words in table["words"].items():
        for one in words.split():
            roles.setdefault(one, role)
    return months, roles


@dataclass(slots=True)
class _Heard:
    """The parts of a worded date: day numbers, months, years, in order, and what was said."""

    days: list[int]
    months: list[int]
    years: list[int]
    roles: set[str]
    shape: str


def worded(text: str) -> Interval | None:
    """Understand a date with a month's name; None where it has none."""
    heard = _hear(text)
    if heard is None or not heard.months or len(heard.years) > 2:
        return None
    return _from_parts(heard)


def _hear(text: str) -> _Heard | None:
    """Sort the words into days, months and years; None where a word means nothing."""
    months, roles = _words()
    heard = _Heard([], [], [], set(), "")
    words = _WORD.findall(text)
    for i, word in enumerate(words):
        if word.isdecimal():
            if not _hear_number(word, heard, last=not any(t.isdecimal() for t in words[i + 1 :])):
                return None
        elif word in "-–—/,.~&":
            heard.shape += {"–": "-", "—": "-", "&": "+"}.get(word, word)
            if word == "~":
                heard.roles.add("about")
        elif word in months and not (word == "mar" and any(t in months for t in words[i + 1 :])):
            heard.months.append(months[word])
            heard.shape += "M"
        elif word in roles or word == "mar":
            role = roles.get(word, "dropped")
            if role != "dropped":
                heard.roles.add(role)
            if role in ("to", "and") or (role == "dropped" and word == "a"):
                heard.shape += "-" if word != "and" else "+"
        else:
            return None
    return heard


def _hear_number(word: str, heard: _Heard, *, last: bool) -> bool:
    value = int(word)
    if len(word) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        heard.years.append(value)
        heard.shape += "Y"
    elif (
        len(word) <= 2
        and 1 <= value <= 31
        and not (last and heard.days and heard.months and not heard.years)
    ):
        heard.days.append(value)
        heard.shape += "D"
    elif len(word) == 2 and heard.months and not heard.years:
        heard.years.append(full_year(value))
        heard.shape += "Y"
    else:
        return False
    return True


def _from_parts(heard: _Heard) -> Interval | None:
    days, months, years = heard.days, heard.months, heard.years
    if not years and len(months) == 1 and len(days) == 1 and heard.shape in ("M-D", "MD"):
        return period(full_year(days[0]), months[0])  # Excel's `Feb-19`
    if not years:
        return None
    year, end_year = years[0], years[-1]
    if not days:
        first, last = period(year, months[0]), period(end_year, months[-1])
        whole = between(first, last)
        return _part_of(whole, heard.roles) if whole and len(months) == 1 else whole
    if len(days) > 4 or len(months) > 2:
        return None
    if len(days) > 1 and len(months) == 1:
        return between(period(year, months[0], min(days)), period(year, months[0], max(days)))
    if len(days) == 2 and len(months) == 2:
        if len(years) == 1 and months[0] > months[1]:
            year = end_year - 1
        return between(period(year, months[0], days[0]), period(end_year, months[1], days[1]))
    if len(days) == 1 and len(months) == 1:
        return about_day(period(year, months[0], days[0]), about="about" in heard.roles)
    return None


def _part_of(month: Interval, roles: set[str]) -> Interval:
    """Return the third of the month that `early`, `mid` or `late` means (10 days each)."""
    for role, first, last in (("early", 1, 10), ("middle", 11, 20), ("late", 21, 31)):
        if role in roles:
            end = min(last, month.end.day)
            return Interval(month.start.replace(day=first), month.start.replace(day=end), "month")
    return month
