"""The tables of mapper, declared once: the name, type, unit and meaning of every column.

One name per datum from the CSV to the popup. `require` guards the door of every stage.

Conventions of all tables:

- text is pandas' Arrow-backed `str`; missing text is `""`, never NA
- numbers are `float64`, missing is NaN; counts are numbers too (a source may say 0.5)
- dates are `datetime64[s]` at midnight, without a time zone; missing is NaT
- `source_row` is `int64`, 1 is the first line after the header (line number in the file where
  the format has lines: see `source_line` of the reader's report)
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

__all__ = [
    "ADMIN2",
    "COUNT_KINDS",
    "DATE_PRECISIONS",
    "EVENT_TYPES",
    "INCIDENT",
    "LOCATED",
    "MATCH",
    "PLACE_KEY",
    "PRECISIONS",
    "PROBLEM",
    "RAW",
    "SHAPES",
    "TABLE",
    "Column",
    "Table",
    "empty",
    "parts_of",
    "require",
]

Kind = Literal["text", "number", "date", "integer", "geometry"]

_DTYPES: dict[Kind, str] = {
    "text": "str",
    "number": "float64",
    "date": "datetime64[s]",
    "integer": "int64",
    "geometry": "geometry",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its canonical name, its kind, its unit where it has one, and what it means."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A named, ordered set of columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in canonical order."""
        return tuple(column.name for column in self.columns)

    def of_kind(self, kind: Kind) -> tuple[str, ...]:
        """The names of the columns of one kind."""
        return tuple(column.name for column in self.columns if column.kind == kind)

    def __contains__(self, name: object) -> bool:
        """Whether a column of this name is declared."""
        return name in self.names


EVENT_TYPES = (
    "defection",
    "clash",
    "attack",
    "killing",
    "blocked_aid",
    "aid_delivery",
    "border_closure",
    "border_reopening",
    "crossing_blocked",
    "mass_crossing",
    "displacement",
    "deportation",
    "arrest",
    "protest",
    "other",
)
DATE_PRECISIONS = ("day", "week", "month", "year", "unknown")
COUNT_KINDS = (
    "event",
    "running",
    "cumulative",
    "part",
    "total",
    "same_as_injured",
    "unknown",
)
SHAPES = ("point", "area", "line", "list", "none")
PRECISIONS = (
    "site",
    "crossing",
    "settlement",
    "near",
    "admin2",
    "admin1",
    "country",
    "border",
    "given",
)

PLACE_KEY = ("place", "place_country", "place_admin1", "place_admin2")

RAW = Table(
    "RAW",
    (
        Column("source_file", "text", "name of the file the row came from, without its folder"),
        Column("source_row", "integer", "number of the data row in that file, from 1"),
    ),
)

INCIDENT = Table(
    "INCIDENT",
    (
        Column("incident_id", "text", "the source's own id, else a short hash of the row"),
        Column("event_id", "text", "reports of one event share it; never invented"),
        Column("relates_to", "text", "part_of:ID, same_as:ID or contradicts:ID, blank-separated"),
        Column("date_text", "text", "the date as written"),
        Column("date_start", "date", "first day the report is about"),
        Column("date_end", "date", "last day the report is about"),
        Column("date_precision", "text", "day, week, month, year or unknown"),
        Column("event_type", "text", "canonical event type, or as written where unknown"),
        Column("event_label", "text", "the event type as written"),
        Column("place", "text", "the place as written"),
        Column("place_country", "text", "ISO 3166-1 alpha-2 of the country the source names"),
        Column("place_admin1", "text", "first-level admin area the source names"),
        Column("place_admin2", "text", "second-level admin area the source names"),
        Column("given_latitude", "number", "latitude the source gives", "degrees north"),
        Column("given_longitude", "number", "longitude the source gives", "degrees east"),
        Column("given_uncertainty_km", "number", "radius the source's precision code means", "km"),
        Column(
            "given_shape",
            "text",
            "what the source's coordinates stand for: point, area, line, admin1, country",
        ),
        Column("fatalities_low", "number", "deaths, lowest count", "people"),
        Column("fatalities_best", "number", "deaths, best count", "people"),
        Column("fatalities_high", "number", "deaths, highest count", "people"),
        Column("injured_low", "number", "injured, lowest count", "people"),
        Column("injured", "number", "injured, best count", "people"),
        Column("injured_high", "number", "injured, highest count", "people"),
        Column("people_low", "number", "people counted, lowest count", "people"),
        Column("people", "number", "people counted, best count", "people"),
        Column("people_high", "number", "people counted, highest count", "people"),
        Column("people_role", "text", "whom `people` counts"),
        Column("fatalities_kind", "text", "what the death count is: event, running, total …"),
        Column("injured_kind", "text", "what the count of injured is"),
        Column("people_kind", "text", "what the count of people is"),
        Column("actor1", "text", "first actor, as written"),
        Column("actor2", "text", "second actor, as written"),
        Column("description", "text", "what the report says"),
        Column("source_name", "text", "who says it"),
        Column("source_url", "text", "where it was said"),
        Column("source_date", "text", "when it was said, as written"),
        Column("source_lang", "text", "language of the source"),
        Column("claim_note", "text", "the compiler's note on the claim"),
        Column("source_file", "text", "name of the file the row came from"),
        Column("source_row", "integer", "number of the data row in that file, from 1"),
    ),
)

MATCH = Table(
    "MATCH",
    (
        Column("status", "text", "resolved, ambiguous or unresolved"),
        Column("shape", "text", "point, area, line, list or none"),
        Column("latitude", "number", "of the point, or of the shape's centre", "degrees north"),
        Column("longitude", "number", "of the point, or of the shape's centre", "degrees east"),
        Column("uncertainty_km", "number", "holds the true place in at least 90 % of cases", "km"),
        Column("precision", "text", "site, crossing, settlement, near, admin2, admin1, …"),
        Column("method", "text", "how it was found: override, crossing, name, alias, fuzzy, …"),
        Column("matched_name", "text", "the name of what it was taken for"),
        Column("place_id", "text", "geonames:…, crossing:…, admin1:…, border:…, country:…"),
        Column("parts", "text", "JSON list of {place_id, name, latitude, longitude} of a list"),
        Column("confidence", "number", "0 to 1"),
        Column("n_candidates", "number", "how many candidates were weighed"),
        Column("runner_up", "text", "the best rival and its distance"),
        Column("reason_code", "text", "key of the reason in the message catalogue"),
        Column("reason_args", "text", "JSON object of the reason's arguments"),
        Column("reason", "text", "the reason, one line for a person"),
    ),
)

LOCATED = Table(
    "LOCATED",
    (
        *INCIDENT.columns,
        *MATCH.columns,
        Column("country", "text", "ISO2 of the place, or two joined by | across the line"),
        Column("admin1", "text", "ISO 3166-2 code of the first-level admin area of the point"),
        Column("border", "text", "nearest land border, a pair such as CO-VE"),
        Column("border_km", "number", "geodesic distance to that border", "km"),
        Column("nearest_crossing", "text", "id of the nearest official crossing within 50 km"),
        Column("crossing_km", "number", "geodesic distance to that crossing", "km"),
        Column(
            "crossing_status",
            "text",
            "open, restricted, closed, blocked, disputed or unknown: the most restrictive in the "
            "date interval, disputed where sources differ",
        ),
        Column(
            "crossing_status_detail", "text", "JSON list of side, mode, status, from, to, source"
        ),
        Column("geometry", "geometry", "the place as a point, area, line or collection, EPSG:4326"),
    ),
)

ADMIN2 = Column(
    "admin2", "text", "second-level admin area of the place by name, where the gazetteer knows it"
)
_ADMIN1_AT = LOCATED.names.index("admin1") + 1
TABLE = Table("TABLE", (*LOCATED.columns[:_ADMIN1_AT], ADMIN2, *LOCATED.columns[_ADMIN1_AT:]))
"""What `mapper table` writes: LOCATED, and beside `admin1` the name of the second level."""

PROBLEM = Table(
    "PROBLEM",
    (
        Column("source_file", "text", "name of the file"),
        Column("source_row", "integer", "number of the data row; 0 where the whole file is meant"),
        Column("column", "text", "canonical or original column name; may be empty"),
        Column("value", "text", "what was found, as written"),
        Column("problem_code", "text", "key of the problem in the message catalogue"),
        Column("problem", "text", "what is wrong, for a person"),
        Column("remedy", "text", "what to do about it"),
        Column("severity", "text", "rejected (the row is not used), repaired, doubt or note"),
    ),
)


def empty(table: Table, rows: int = 0, index: pd.Index | None = None) -> pd.DataFrame:
    """Return a frame of `table` with all its columns blank: `""`, NaN, NaT or 0.

    Geometry columns are left out: only `join` makes them.
    """
    index = pd.RangeIndex(rows) if index is None else index
    n = len(index)
    blank: dict[Kind, object] = {
        "text": pd.array([""] * n, dtype="str"),
        "number": np.full(n, np.nan),
        "date": np.full(n, np.datetime64("NaT", "s"), dtype="datetime64[s]"),
        "integer": np.zeros(n, dtype="int64"),
    }
    return pd.DataFrame(
        {c.name: blank[c.kind] for c in table.columns if c.kind != "geometry"}, index=index
    )


def require(frame: pd.DataFrame, table: Table, *, without: Iterable[str] = ()) -> None:
    """Check that `frame` has every column of `table` in its declared type.

    Raises:
        TypeError: a column is missing or of another type; the message names all of them. It is a
            mistake of the program that calls, never of the data.
    """
    left_out = set(without)
    wrong = []
    for column in table.columns:
        if column.name in left_out:
            continue
        if column.name not in frame.columns:
            wrong.append(f"{column.name}: missing")
        elif str(frame[column.name].dtype) != _DTYPES[column.kind]:
            found, expected = frame[column.name].dtype, _DTYPES[column.kind]
            wrong.append(f"{column.name}: {found}, expected {expected}")
    if wrong:
        message = f"not a table {table.name}: " + "; ".join(wrong)
        raise TypeError(message)


def parts_of(text: str) -> list[dict[str, object]]:
    """Return the parts of a list as the MATCH table holds them; an unreadable text has none."""
    try:
        parts = json.loads(text) if text else []
    except ValueError:
        return []
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
