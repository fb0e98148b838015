"""The words of a figure: names in the key, notes under it, alt text, caption."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from mapper.figure.marks import Mark, Marks, Wide
from mapper.figure.plan import Placed
from mapper.figure.styling import families
from mapper.messages import text
from mapper.messages.days import span_text

__all__ = ["alt_text", "credit_line", "key_table", "more_of", "name_of", "notes", "period"]

_MOST_NAMED = 6


def credit_line(parts: Iterable[str]) -> str:
    """Return whom a figure names in one line, each once, without the points at their ends."""
    return " · ".join(part.rstrip(". ") for part in dict.fromkeys(parts))


def name_of(one: "Placed | Wide", lang: str) -> str:
    """Return what a place is called in the key."""
    if isinstance(one, Placed):
        return one.mark.name
    code = one.kind if one.kind in ("country", "area", "border", "line", "list") else "area"
    return text("figure", f"key.{code}", lang, place=one.name)


def more_of(one: Placed, lang: str) -> str:
    """Return how many places were put together with the one that gives the name, or `""`."""
    more = max(one.mark.places, len(one.members)) - 1
    return text("figure", "key.group", lang, n=more) if more > 0 else ""


def notes(placed: Sequence[Placed], wide: Sequence[Wide], far: Sequence[Mark], marks: Marks,
          lang: str) -> list[str]:  # fmt: skip
    """Return what the key has no room for, what lies outside the maps, what is not on the map."""
    found = []
    for code, rest in (
        ("more", [p.mark.count for p in placed if not p.mark.number]),
        ("wide_more", [w.count for w in wide if not w.listed]),
    ):
        if rest:
            reports = text("figure", "key.reports", lang, n=sum(rest))
            found.append(text("figure", f"key.{code}", lang, n=len(rest), reports=reports))
    if far:
        names = ", ".join(mark.name for mark in far[:_MOST_NAMED]) + (
            "…" if len(far) > _MOST_NAMED else ""
        )
        found.append(text("figure", "key.far", lang, names=names, n=sum(m.count for m in far)))
    if marks.unplaced:
        found.append(text("figure", "key.unplaced", lang, n=marks.unplaced))
    line = " · ".join(found)
    return [part for part in (line, text("figure", "key.not_added", lang)) if part]


def period(located: pd.DataFrame, lang: str) -> str:
    """Return the days the reports are about, or `""`."""
    start = located["date_start"].dropna()
    end = located["date_end"].dropna()
    if not len(start):
        return ""
    first = int(start.min().to_datetime64().astype("datetime64[D]").astype(np.int64))
    last = (
        max(first, int(end.max().to_datetime64().astype("datetime64[D]").astype(np.int64)))
        if len(end)
        else first
    )
    return span_text(first, last, lang)


def alt_text(marks: Marks, span: str, lang: str, title: str = "") -> str:
    """Return in a few sentences what the picture shows."""
    what = text("figure", "alt.map", lang, n=marks.count)
    if span:
        what += text("figure", "alt.when", lang, span=span)
    sentences = [f"{title}." if title else "", what + "."]
    names = [text("page", f"family_{family.key}", lang) for family in families()]
    kinds = [
        text("figure", "alt.item", lang, name=name, n=n)
        for name, n in zip(names, marks.shares, strict=True)
        if n
    ]
    if kinds:
        sentences.append(text("figure", "alt.kinds", lang, kinds="; ".join(kinds)))
    for code, places in (("where", marks.points), ("wide", marks.wide)):
        if places:
            named = [
                text("figure", "alt.item", lang, name=p.name, n=p.count)
                for p in places[:_MOST_NAMED]
            ]
            sentences.append(text("figure", f"alt.{code}", lang, places="; ".join(named)))
    if not marks.points and not marks.wide:
        sentences.append(text("figure", "alt.nothing", lang))
    if marks.unplaced:
        sentences.append(text("figure", "key.unplaced", lang, n=marks.unplaced) + ".")
    return " ".join(sentence for sentence in sentences if sentence)


def key_table(placed: Sequence[Placed], wide: Sequence[Wide], far: Sequence[Mark]) -> pd.DataFrame:
    """Return the figure's data: one row a place, as drawn.

    Columns: `number` (in the key, "" where it has none), `place`, `shape`, `latitude`,
    `longitude` (degrees), `uncertainty_km`, `reports`, one column a family, `first`, `last` (days).
    Marks put together on the map are listed one by one, with the number of the whole.
    """
    rows = []
    for one in sorted(placed, key=lambda p: (p.mark.number or 10**6, -p.mark.count, p.mark.name)):
        number = str(one.mark.number or "")
        rows += [_point_row(number, mark) for mark in (one.members or [one.mark])]
    rows += [_point_row("", mark) for mark in far]
    for area in sorted(wide, key=lambda w: (-w.count, w.name)):
        rows.append(_row("", area, area.kind, np.nan, np.nan, area.uncertainty_km))
    columns = ["number", "place", "shape", "latitude", "longitude", "uncertainty_km", "reports",
               *(f.key for f in families()), "first", "last"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _point_row(number: str, mark: Mark) -> list[object]:
    return _row(number, mark, "point", mark.latitude, mark.longitude, mark.uncertainty_km)


def _row(
    number: str, one: "Mark | Wide", shape: str, lat: float, lon: float, km: float
) -> list[object]:
    known = km if km > 0 else np.nan
    return [number, one.name, shape, lat, lon, known, one.count, *one.shares, one.first, one.last]
