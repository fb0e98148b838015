"""Summaries that are no tables of reports: places down, months or years across."""

import re
from collections.abc import Mapping

import pandas as pd

from mapper.normalise.dates import parse
from mapper.normalise.intervals import Interval

__all__ = ["crosstab_columns"]

FEWEST = 3
"""Columns named by periods that make a summary."""
_COUNT = re.compile(r"[\d.,\s-]*")


def crosstab_columns(fields: Mapping[str, str], part: pd.DataFrame) -> list[str]:
    """Return the columns of counts by period, of a table without any date; else nothing.

    Args:
        fields: what the columns mean: our field → theirs.
        part: the rows of the file as text.
    """
    if any(name.startswith("date") for name in fields):
        return []
    taken = set(fields.values())
    periods = [c for c in part.columns if c not in taken and _is_period(str(c))]
    if len(periods) < FEWEST:
        return []
    head = part[periods].head(200)
    counts = head.apply(lambda column: column.str.fullmatch(_COUNT).all())
    return periods if bool(counts.all()) else []


def _is_period(name: str) -> bool:
    """Whether a column is named by a day, month or year: `Ene 2019`, `2019-02`, `2018`, `Feb`."""
    words = name.replace("_", " ").strip()
    if not any(c.isdigit() for c in words):
        words = f"{words} 2019"  # any year: is it a month?
    return isinstance(parse(words), Interval) and words[:1].isalnum()
