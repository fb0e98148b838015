"""Which column is which by what it holds: for tables without column names, and always said."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pandas as pd

from mapper.gazetteer import country_code
from mapper.normalise.counts import number
from mapper.normalise.dates import evidence, parse
from mapper.normalise.distinct import BLANKS
from mapper.normalise.intervals import Interval
from mapper.normalise.positions import part

__all__ = ["guess_fields"]

MOST = 0.8
SAMPLE = 300
LONGEST_PLACE = 60
Test = Callable[[str], bool]


def guess_fields(part_of: pd.DataFrame, columns: Sequence[str]) -> dict[str, str]:
    """Return our field → their column, as far as the cells alone show it.

    A date, a country, two neighbouring decimal columns as latitude and longitude, ids, and the
    first column of short texts as the place.
    """
    cells = {name: _filled(part_of[name]) for name in columns}
    fields: dict[str, str] = {}

    def first(ours: str, test: Test) -> None:
        for name in columns:
            if name not in fields.values() and cells[name] and _share(cells[name], test) >= MOST:
                fields[ours] = name
                return

    first("date_text", _is_date)
    _find_position(fields, columns, cells)
    first("place_country", _is_country)
    unique = [
        n
        for n in columns[:1]
        if n not in fields.values() and len(set(cells[n])) == len(part_of.head(SAMPLE))
    ]
    if unique and all(any(c.isdecimal() for c in cell) for cell in cells[unique[0]]):
        fields["incident_id"] = unique[0]
    if fields:  # names alone may be anything
        first("place", _is_name)
    return fields


def _filled(column: pd.Series) -> list[str]:
    return [cell for cell in (str(c).strip(BLANKS) for c in column.head(SAMPLE)) if cell]


def _share(cells: list[str], test: Test) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _is_date(cell: str) -> bool:
    return len(cell) > 5 and (isinstance(parse(cell), Interval) or bool(evidence(cell)))


def _is_country(cell: str) -> bool:
    return bool(country_code(cell))


def _is_name(cell: str) -> bool:
    return (
        2 < len(cell) <= LONGEST_PLACE
        and cell[0].isalpha()
        and "://" not in cell
        and number(cell) != number(cell)
    )


def _find_position(
    fields: dict[str, str], columns: Sequence[str], cells: dict[str, list[str]]
) -> None:
    for one, two in pairwise(columns):
        if {one, two} & set(fields.values()) or not cells[one] or not cells[two]:
            continue
        first, second = ([part(c)[0] for c in cells[n]] for n in (one, two))
        decimal = all(_share(cells[n], lambda c: "." in c or "," in c) >= MOST for n in (one, two))
        if not decimal or not all(abs(v) <= 180 for v in (*first, *second)):
            continue
        if all(abs(v) <= 90 for v in first):
            fields["given_latitude"], fields["given_longitude"] = one, two
        elif all(abs(v) <= 90 for v in second):
            fields["given_latitude"], fields["given_longitude"] = two, one
        return
