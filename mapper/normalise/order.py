"""The order of day and month, decided for a whole column from evidence, never for a cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from mapper.normalise.dates import evidence, from_serial, parse
from mapper.normalise.intervals import AMBIGUOUS, Interval

__all__ = ["date_order_of", "shows_serials"]

ENOUGH_SORTED = 8
A_YEAR = timedelta(days=366)


def shows_serials(cells: Sequence[str]) -> bool:
    """Whether a date column holds spreadsheet day numbers (43519 for 2019-02-23).

    Most of its cells are such, or the few that are fall in the time of its other dates.
    """
    filled = [cell for cell in cells if cell.strip()]
    days = [day for cell in filled if (day := from_serial(cell))]
    if not days or len(days) >= 0.5 * len(filled):
        return bool(days)
    others = [one for cell in filled if isinstance(one := parse(cell), Interval)]
    if not others:
        return False
    first = min(one.start for one in others) - A_YEAR
    last = max(one.end for one in others) + A_YEAR
    return all(first <= day.start <= last for day in days)


def date_order_of(
    columns: Mapping[str, Sequence[str]], told: str, masks: Mapping[str, str] | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return (order, evidence) of each date column.

    The order is `dmy`, `mdy`, `ymd`, `` where no date of the column needs one, or `undecided`.
    The evidence is what decided: the user, a date of the column (`13/02/2019`), the column's own
    name (`masks`: date column → order it says), another date column of the file, or that the
    column is sorted under one order only.
    """
    orders, why = {}, {}
    for name, cells in columns.items():
        orders[name], why[name] = _order(cells, told)
        said = (masks or {}).get(name, "")
        if said and orders[name] == "undecided" and why[name] != "both":
            orders[name], why[name] = said, "name"
    decided = Counter(order for order in orders.values() if order in ("dmy", "mdy", "ymd"))
    if len(decided) == 1:
        (order,) = decided
        for name, found in orders.items():
            if found == "undecided":
                orders[name], why[name] = order, "other_column"
    return orders, why


def _order(cells: Sequence[str], told: str) -> tuple[str, str]:
    if told:
        return told, "told"
    votes = Counter(evidence(cell) for cell in cells)
    for order, other in (("dmy", "mdy"), ("mdy", "dmy")):
        if votes[order] and not votes[other]:
            return order, next(cell for cell in cells if evidence(cell) == order)
    doubtful = [cell for cell in cells if parse(cell) is AMBIGUOUS]
    if not doubtful:
        return "", ""
    if votes["dmy"] and votes["mdy"]:
        return "undecided", "both"
    return _sorted_order(cells, doubtful)


def _sorted_order(cells: Sequence[str], doubtful: Sequence[str]) -> tuple[str, str]:
    """Decide by the order of the rows: a list is sorted by date under one reading only."""
    if len(doubtful) < ENOUGH_SORTED:
        return "undecided", ""
    sorted_under = []
    for order in ("dmy", "mdy"):
        read = [parse(cell, order) for cell in cells]
        days = [one.start for one in read if isinstance(one, Interval)]
        if days == sorted(days) or days == sorted(days, reverse=True):
            sorted_under.append(order)
    return (sorted_under[0], "sorted") if len(sorted_under) == 1 else ("undecided", "")
