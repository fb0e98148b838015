"""Days and spans in words, in the languages we speak. A day is a number since 1970-01-01."""

import datetime as dt

from mapper.messages import text

__all__ = ["day_text", "months_text", "span_text"]

_EPOCH = dt.date(1970, 1, 1)


def day_text(day: int, lang: str, *, year: bool = True) -> str:
    """Return a day for a person: "29 Jul 2015", or "29 Jul" without the year."""
    date = _EPOCH + dt.timedelta(days=day)
    month = text("map", f"month.{date.month}", lang)
    code = "date.full" if year else "date.short"
    return text("map", code, lang, day=date.day, month=month, year=date.year)


def span_text(first: int, last: int, lang: str) -> str:
    """Return a span of days for a person, no part said twice: "21–28 Feb 2019"."""
    if first == last:
        return day_text(first, lang)
    a, b = (_EPOCH + dt.timedelta(days=day) for day in (first, last))
    if (a.year, a.month) == (b.year, b.month):
        month = text("map", f"month.{a.month}", lang)
        return text("map", "date.full", lang, day=f"{a.day}–{b.day}", month=month, year=a.year)
    start = day_text(first, lang, year=a.year != b.year)
    return f"{start} – {day_text(last, lang)}"


def months_text(first: int, last: int, lang: str) -> str:
    """Return the months of a span for a headline: "February 2019", "January–March 2019"."""
    a, b = (_EPOCH + dt.timedelta(days=day) for day in (first, last))
    one, other = (text("map", f"month_long.{date.month}", lang) for date in (a, b))
    if a.year != b.year:
        begin = text("map", "date.month", lang, month=one, year=a.year)
        return f"{begin} – {text('map', 'date.month', lang, month=other, year=b.year)}"
    month = one if a.month == b.month else f"{one}–{other}"
    return text("map", "date.month", lang, month=month, year=a.year)
