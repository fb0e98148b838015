"""Summaries for a border desk: how many reports, by crossing, border, admin area or month.

Reports are counted, never people: their numbers overlap. Every report stands in exactly one row.
Areas, lines and lists have no distance to a border and are counted apart.
"""

import numpy as np
import pandas as pd

from mapper import world
from mapper.columns import EVENT_TYPES, Column, Table

__all__ = ["BY", "DISTANCES_KM", "summarise", "summary_columns"]

BY = ("crossing", "border", "admin1", "month")
DISTANCES_KM = (5, 10, 25)
OTHER_TYPES = "type_unknown"

_KEY = {"crossing": "nearest_crossing", "border": "border", "admin1": "admin1"}
_DISTANCE = {"crossing": "crossing_km", "border": "border_km"}
_MEANINGS = {
    "crossing": "id of the official crossing nearest to the reports, within 50 km of the border",
    "border": "pair of countries whose land border is nearest to the reports, however far",
    "admin1": "ISO 3166-2 code of the first-level admin area the reports lie in; two joined by | "
    "where the side of the border cannot be told",
    "month": "month of the first day the reports are about, or the year where no more is known",
}


def summarise(
    located: pd.DataFrame, by: str, crossings: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return one row a crossing, border, admin area or month, those with most reports first.

    The last row, with an empty key, holds the reports that have none: all rows together are all
    reports. Months are in order of time; a date known to the year only stands under its year.

    Args:
        located: the table LOCATED.
        by: one of `BY`.
        crossings: the crossings it was joined with, columns of `world.crossings()`.

    Returns:
        The columns of `summary_columns(by)`, as far as types occur.
    """
    key = _months(located) if by == "month" else located[_KEY[by]]
    key = key.astype("str").reset_index(drop=True)
    table = key.groupby(key, sort=True).size().rename("reports").to_frame()
    if by in _DISTANCE:
        point = (located["shape"] == "point").to_numpy()
        km = np.where(point, located[_DISTANCE[by]].to_numpy(dtype=float), np.nan)
        for reach in DISTANCES_KM:
            near = pd.Series(np.nan_to_num(km, nan=np.inf) <= reach).groupby(key).sum()
            table[f"within_{reach}_km"] = near.astype("int64")
        table["without_distance"] = pd.Series(~point).groupby(key).sum().astype("int64")
    types = located["event_type"].where(located["event_type"].isin(EVENT_TYPES), OTHER_TYPES)
    counts = pd.crosstab(key, types.reset_index(drop=True))
    for name in (*EVENT_TYPES, OTHER_TYPES):
        if name in counts.columns:
            table[name] = counts[name].astype("int64")
    for name, column, how in (("first", "date_start", "min"), ("last", "date_end", "max")):
        table[name] = located[column].reset_index(drop=True).groupby(key).agg(how)
    table = table.rename_axis(by).reset_index()
    table = _named(table, by, world.crossings() if crossings is None else crossings)
    order, upwards = (["reports", by], [False, True]) if by != "month" else ([by], [True])
    ordered = table.sort_values(order, ascending=upwards, kind="stable")
    blank = ordered[by] == ""
    return pd.concat([ordered[~blank], ordered[blank]], ignore_index=True)


def _months(located: pd.DataFrame) -> pd.Series:
    """Return `2019-02`, or `2019` where the date is known to the year only, or `""`."""
    start = located["date_start"]
    month = start.dt.strftime("%Y-%m").fillna("")
    year = start.dt.strftime("%Y").fillna("")
    return pd.Series(np.where(located["date_precision"] == "year", year, month))


def _named(table: pd.DataFrame, by: str, crossings: pd.DataFrame) -> pd.DataFrame:
    """Add the name after the key of crossings and admin areas."""
    if by == "crossing":
        known = crossings.set_index("id")
        table.insert(1, "name", table[by].map(known["name"]).fillna("").astype("str"))
        table.insert(2, "border", table[by].map(known["pair"]).fillna("").astype("str"))
    elif by == "admin1":
        areas = world.admin1_table().drop_duplicates("code").set_index("code")
        table.insert(1, "name", _each(table[by], areas["name"]))
        table.insert(2, "country", _each(table[by], areas["country"]))
    return table


def _each(keys: pd.Series, known: pd.Series) -> pd.Series:
    """Return what is known of each code of `CO-NSA|VE-S`, joined in the same way."""
    said = ["|".join(str(known.get(c, c)) for c in str(k).split("|")) for k in keys]
    return pd.Series(said, index=keys.index, dtype="str")


def summary_columns(by: str) -> Table:
    """Return what the columns of a summary mean; `by` is one of `BY`."""
    found = [Column(by, "text", f"{_MEANINGS[by]}; empty: reports that have none")]
    if by in ("crossing", "admin1"):
        found.append(Column("name", "text", "name of it"))
    if by == "crossing":
        found.append(Column("border", "text", "pair of countries the crossing joins"))
    if by == "admin1":
        found.append(Column("country", "text", "ISO 3166-1 alpha-2"))
    found.append(
        Column("reports", "integer", "reports, all of them; several may be of one event", "reports")
    )
    if by in _DISTANCE:
        found += [
            Column(
                f"within_{km}_km",
                "integer",
                f"of the reports, those whose point lies within {km} km of it; the nearer ones are "
                "counted in the wider columns again",
                "reports",
            )
            for km in DISTANCES_KM
        ]
        without = "of the reports, those of an area, a line, a list of places or none"
        found.append(Column("without_distance", "integer", without, "reports"))
    found += [
        Column(name, "integer", f"of the reports, those of type {name}", "reports")
        for name in EVENT_TYPES
    ]
    unknown = "of the reports, those of a type that is not known"
    found.append(Column(OTHER_TYPES, "integer", unknown, "reports"))
    found.append(Column("first", "date", "first day of these reports"))
    found.append(Column("last", "date", "last day of these reports"))
    return Table(f"SUMMARY by {by}", tuple(found))
