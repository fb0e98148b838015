"""The headline of the data: how many reports, when, how many of them on the map.

The opening span is the rule of `mapper/web/src/state/timeline.js`; the page without a script says
the same as the page with one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper.messages import text
from mapper.messages.days import day_text, span_text
from mapper.render.rows import NODATE, days

__all__ = ["Story", "day_text", "dek", "opening_span", "span_text", "story"]


@dataclass(frozen=True, slots=True)
class Story:
    """What the headline says. Days are numbers since 1970-01-01, None where nothing is dated."""

    reports: int
    first: int | None
    last: int | None
    opening: tuple[int, int] | None
    in_opening: int
    unplaced: int


def story(located: pd.DataFrame) -> Story:
    """Return the facts of the headline."""
    start, end = days(located["date_start"]), days(located["date_end"])
    dated = start != NODATE
    opening = opening_span(start[dated])
    inside = 0
    if opening is not None:
        inside = int(((start[dated] >= opening[0]) & (start[dated] <= opening[1])).sum())
    return Story(
        reports=len(located),
        first=int(start[dated].min()) if dated.any() else None,
        last=int(np.maximum(start, end)[dated].max()) if dated.any() else None,
        opening=opening,
        in_opening=inside,
        unplaced=int((located["shape"] == "none").sum()),
    )


def opening_span(start: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> tuple[int, int] | None:
    """Return the shortest span that holds three quarters of the reports, by first day.

    Of equally short spans the fullest wins, then the earliest. It is widened day by day, without
    a gap, by at most a quarter of its length on either side.
    """
    if not len(start):
        return None
    day, count = np.unique(start, return_counts=True)
    wanted = count.sum() * 0.75
    before = np.concatenate([[0], np.cumsum(count)])
    best = (1 << 40, 0, 0, 0)
    for right in range(len(day)):
        left = int(np.searchsorted(before, before[right + 1] - wanted, side="right")) - 1
        if left < 0:
            continue
        length, held = int(day[right] - day[left]), int(before[right + 1] - before[left])
        if (length, -held) < best[:2]:
            best = (length, -held, left, right)
    length, _, left, right = best
    reach = (length + 1) // 4
    a, b = left, right
    while a > 0 and day[a - 1] == day[a] - 1 and day[left] - day[a - 1] <= reach:
        a -= 1
    while b < len(day) - 1 and day[b + 1] == day[b] + 1 and day[b + 1] - day[right] <= reach:
        b += 1
    return int(day[a]), int(day[b])


def dek(facts: Story, lang: str) -> str:
    """Return the line under the headline."""
    parts = [text("map", "dek.reports", lang, n=facts.reports)]
    if facts.first is not None and facts.last is not None:
        parts.append(span_text(facts.first, facts.last, lang))
        if facts.opening and facts.opening != (facts.first, facts.last):
            span = span_text(*facts.opening, lang)
            parts.append(text("map", "dek.opening", lang, n=facts.in_opening, span=span))
    line = text("page", "comma", lang).join(parts)
    if facts.unplaced:
        line += " · " + text("map", "dek.unplaced", lang, n=facts.unplaced)
    return line
