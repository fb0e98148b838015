"""The page's own words for the terminal: the period, and which counts were not added."""

import math

import pandas as pd

from mapper.messages import text
from mapper.render.story import span_text, story
from mapper.render.summary import Group, claims_of, summarise

__all__ = ["not_added", "period"]

_GROUPS = 3
_MEASURES = ("fatalities", "injured", "people")


def period(located: pd.DataFrame, lang: str = "en") -> str:
    """Return the span of days of the reports and where most of them lie; "" where none is dated."""
    facts = story(located)
    if facts.first is None or facts.last is None:
        return ""
    line = span_text(facts.first, facts.last, lang)
    if facts.opening and 0 < facts.in_opening < facts.reports:
        span = span_text(*facts.opening, lang)
        line += ", " + text("map", "dek.opening", lang, n=facts.in_opening, span=span)
    return line


def not_added(located: pd.DataFrame, lang: str = "en") -> str:
    """Return, measure by measure, how many reports' counts were not added; "" where all were.

    Of the deaths the events are named with what is claimed of each.
    """
    parts = []
    for measure in _MEASURES:
        # a count that is one event's by itself is added, and says nothing of the others
        doubted = [c for c in claims_of(located, measure) if c.event or not c.addable]
        summary = summarise(doubted)
        if not summary.apart:
            continue
        said = text("report", f"apart_{measure}", lang, n=summary.apart)
        if measure == "fatalities":
            named = [_group(g, lang) for g in summary.groups if g.place or g.whole][:_GROUPS]
            said += f" ({', '.join(named)})" if named else ""
        parts.append(said)
    if not parts:
        return ""
    return "; ".join(parts) + ": " + text("report", "overlap", lang)


def _group(group: Group, lang: str) -> str:
    place = group.place if group.place and not group.whole else text("report", "whole", lang)
    figures = sorted({x for x in (group.low, group.high) if not math.isnan(x)})
    return f"{place} {'–'.join(f'{x:g}' for x in figures)}"
