"""Summaries for a border desk: how many reports, by crossing, border, admin area or month.

Reports are counted, never people: their numbers overlap. A report with an uncertain place counts
where its point lies; areas and lines have no distance to a border and are counted apart.
"""

import numpy as np
import pandas as pd

from mapper import world
from mapper.columns import EVENT_TYPES, Column, Table
from mapper.errors import UsageError

__all__ = ["BY", "DISTANCES_KM", "summarise", "summary_columns"]

BY = ("crossing", "border", "admin1", "month")
DISTANCES_KM = (5, 10, 25)
OTHER_TYPES = "type_unknown"


def summarise(located: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return one row a crossing, border, admin area or month, those with most reports first.

    The last row, with an empty key, holds the reports that have none: all rows together are all
    reports. Months are in order of time; a date known to the year only stands under its year.

    Args:
        located: the table LOCATED.
        by: `crossing`, `border`, `admin1` or `month`.

    Returns:
        The columns of `summary_columns(by)`, as far as types occur.

    Raises:
        UsageError: an unknown `by`.
    """
    if by not in BY:
        message = f"--by {by}: expected one of {', '.join(BY)}."
        raise UsageError(message)
    key = _months(located) if by == "month" else located[_KEY[by]]
    key = key.astype("str").reset_index(drop=True)
    groups = pd.DataFrame({"key": key})
    table = groups.groupby("key", sort=True).size().rename("reports").to_frame()
    if by in _DISTANCE:
        km = located[_DISTANCE[by]].to_numpy(dtype=float)
        for reach in DISTANCES_KM:
            near = pd.Series(np.nan_to_num(km, nan=np.inf) <= reach).groupby(key).sum()
            table[f"within_{reach}_km"] = near.astype("int64")
    types = located["event_type"].where(located["event_type"].isin(EVENT_TYPES), OTHER_TYPES)
    counts = pd.crosstab(key, types.reset_index(drop=True))
    for name in (*EVENT_TYPES, OTHER_TYPES):
        if name in counts.columns:
            table[name] = counts[name].astype("int64")
    for name, column, how in (("first", "date_start", "min"), ("last", "date_end", "max")):
        table[name] = located[column].reset_index(drop=True).groupby(key).agg(how)
    table = _named(table.reset_index(names=by), by)
    order = [by] if by == "month" else ["reports", by]
    ordered = table.sort_values(order, ascending=[by == "month", True][: len(order)], kind="stable")
    blank = ordered[by] == ""
    return pd.concat([ordered[~blank], ordered[blank]], ignore_index=True)


_KEY = {"crossing": "nearest_crossing", "border": "border", "admin1": "admin1"}
_DISTANCE = {"crossing": "crossing_km", "border": "border_km"}


def _months(located: pd.DataFrame) -> pd.Series:
    """Return `2019-02`, or `2019` where the date is known to the year only, or `""`."""
    start = located["date_start"]
    month = start.dt.strftime("%Y-%m").fillna("")
    year = start.dt.strftime("%Y").fillna("")
    return month.where(located["date_precision"] != "year", year)


def _named(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add the name after the key of crossings and admin areas."""
    if by == "crossing":
        known = world.crossings().set_index("id")
        bare = table[by].str.removeprefix("crossing:")
        table.insert(1, "name", bare.map(known["name"]).fillna("").astype("str"))
        table.insert(2, "border", bare.map(known["pair"]).fillna("").astype("str"))
    elif by == "admin1":
        known = world.admin1_table().drop_duplicates("code").set_index("code")
        table.insert(1, "name", table[by].map(known["name"]).fillna("").astype("str"))
        table.insert(2, "country", table[by].str.split("-").str[0])
    return table


def summary_columns(by: str) -> Table:
    """Return what the columns of a summary mean.

    Raises:
        UsageError: an unknown `by`.
    """
    if by not in BY:
        message = f"--by {by}: expected one of {', '.join(BY)}."
        raise UsageError(message)
    meanings = {
        "crossing": "id of the official crossing nearest to the reports, within 50 km",
        "border": "pair of countries whose land border is nearest to the reports",
        "admin1": "ISO 3166-2 code of the first-level admin area the reports lie in",
        "month": "month of the first day the reports are about, or the year where no more is known",
    }
    found = [Column(by, "text", meanings[by] + "; empty: reports that have none")]
    if by in ("crossing", "admin1"):
        found.append(Column("name", "text", f"name of the {by}"))
    if by == "crossing":
        found.append(Column("border", "text", "pair of countries the crossing joins"))
    if by == "admin1":
        found.append(Column("country", "text", "ISO 3166-1 alpha-2"))
    found.append(Column("reports", "integer", "number of reports; several may be of one event"))
    if by in _DISTANCE:
        found += [
            Column(f"within_{km}_km", "integer", f"reports whose point lies within {km} km of it")
            for km in DISTANCES_KM
        ]
    found += [Column(name, "integer", f"reports of type {name}") for name in EVENT_TYPES]
    found.append(Column(OTHER_TYPES, "integer", "reports of a type that is not known"))
    found.append(Column("first", "date", "first day of these reports"))
    found.append(Column("last", "date", "last day of these reports"))
    return Table(f"SUMMARY by {by}", tuple(found))
