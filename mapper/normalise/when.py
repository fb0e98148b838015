"""The date columns of INCIDENT from those of a file."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from mapper.columns import DATE_PRECISIONS
from mapper.dialects import load
from mapper.normalise.dates import from_serial, parse
from mapper.normalise.distinct import BLANKS, is_nothing
from mapper.normalise.intervals import Ambiguous, Interval, Parsed, period, widen
from mapper.normalise.lexicon import precision_of
from mapper.normalise.problems import Problems
from mapper.normalise.profile import FileProfile

__all__ = ["fill_dates"]

INPUTS = (
    "date_start",
    "date_end",
    "date_text",
    "date_precision",
    "date_precision_code",
    "year",
    "month",
    "day",
)
SEVERITY = {
    "bad_date": "doubt",
    "ambiguous_date": "doubt",
    "end_before_start": "repaired",
    "unknown_precision": "doubt",
}


@dataclass(slots=True)
class _Understood:
    """One distinct combination of date cells, understood."""

    interval: Interval | None
    written: str
    found: tuple[tuple[str, str], ...] = ()


def fill_dates(
    out: pd.DataFrame, part: pd.DataFrame, known: FileProfile, problems: Problems
) -> None:
    """Fill date_text, date_start, date_end and date_precision; note what is not understood."""
    names = [name for name in INPUTS if name in known.fields]
    if not names:
        out["date_precision"] = "unknown"
        return
    codes, keys = _combinations([part[known.fields[name]] for name in names])
    reader = _Reader(known)
    answers = [reader.read(dict(zip(names, cells, strict=True))) for cells in keys]
    for side, column in (("start", "date_start"), ("end", "date_end")):
        days = [
            np.datetime64(getattr(a.interval, side) if a.interval else "NaT", "s") for a in answers
        ]
        out[column] = np.asarray(days, dtype="datetime64[s]")[codes]
    words = {
        "date_precision": [a.interval.precision if a.interval else "unknown" for a in answers],
        "date_text": [a.written for a in answers],
    }
    for column, values in words.items():
        out[column] = pd.array(values, dtype="str").take(codes)
    _report(out, answers, codes, problems, known)


def _combinations(columns: list[pd.Series]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Return (codes, distinct tuples of cells) over several columns, without joining texts."""
    whole = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        codes, values = pd.factorize(column)
        whole = whole * (len(values) + 1) + codes
        whole = pd.factorize(whole)[0]
    first = pd.Series(whole).drop_duplicates().index.to_numpy()
    cells = [column.iloc[first].tolist() for column in columns]
    return whole, list(zip(*cells, strict=True))


class _Reader:
    """Reads one combination of date cells under the file's profile."""

    def __init__(self, known: FileProfile) -> None:
        """Take the orders, day numbers and precision codes of the file."""
        self.orders = known.orders
        self.serials = known.serials
        table = load(known.family) if known.family in ("acled", "ucdp") else {}
        self.codes: dict[str, str] = table.get("date_precision", {})

    def one(self, name: str, written: str) -> Parsed:
        """Read one cell of the date field `name`."""
        if name in self.serials and (serial := from_serial(written)):
            return serial
        order = self.orders.get(name, "")
        return parse(written, "" if order == "undecided" else order)

    def read(self, cells: dict[str, str]) -> _Understood:
        """Read the date cells of a row together."""
        given = {name: _present(cell) for name, cell in cells.items()}
        first, last, said = (given.get(n, "") for n in ("date_start", "date_end", "date_text"))
        found: list[tuple[str, str]] = []
        precision = self._precision(given, found)
        if not (first or said or last):
            return self._from_parts(given, precision)
        written = said or (
            first if not last or first == last else f"{first}/{last}" if first else last
        )
        start = self.one("date_start", first) if first else None
        if start is None or isinstance(start, Ambiguous):
            better = self.one("date_text", said) if said else None
            start = better if isinstance(better, Interval) else (start or better)
        end = self.one("date_end", last) if last else start
        if start is None and isinstance(end, Interval) and not first and not said:
            start = end
        for one, cell, column in (
            (start, first or said or last, "date_start" if first else "date_text"),
            (end, last, "date_end"),
        ):
            if cell and not isinstance(one, Interval):
                code = "ambiguous_date" if isinstance(one, Ambiguous) else "bad_date"
                if (code, column) not in found and not (column == "date_end" and cell != last):
                    found.append((code, column))
        if not isinstance(start, Interval):
            backup = self._from_parts(given, precision).interval
            return _Understood(backup, written, tuple(found))
        if not isinstance(end, Interval):
            end = start
        if end.end < start.start:
            found.append(("end_before_start", "date_end"))
            start, end = end, start
        return _Understood(_whole(start, end, precision, two=bool(last)), written, tuple(found))

    def _precision(self, given: dict[str, str], found: list[tuple[str, str]]) -> str:
        code = given.get("date_precision_code", "")
        if code:
            return self.codes.get(code.split(".")[0], "")
        said = given.get("date_precision", "")
        if not said:
            return ""
        known = precision_of(said)
        if known not in DATE_PRECISIONS:
            found.append(("unknown_precision", "date_precision"))
            return ""
        return known

    def _from_parts(self, given: dict[str, str], precision: str) -> _Understood:
        """Read a date from columns year, month and day."""
        year, month, day = (given.get(n, "").split(".")[0] for n in ("year", "month", "day"))
        written = "-".join(p.zfill(2) for p in (year, month, day) if p.strip("0"))
        if not year.isdecimal():
            return _Understood(None, "")
        numbers = [int(part) if part.isdecimal() else 0 for part in (month, day)]
        if month and not month.isdecimal():
            named = parse(f"1 {month} {year}")
            numbers[0] = named.start.month if isinstance(named, Interval) else 0
        interval = period(int(year), *numbers) if numbers[0] else period(int(year))
        if interval and precision:
            interval = _whole(interval, interval, precision, two=False)
        return _Understood(interval, written if interval else "", ())


def _whole(start: Interval, end: Interval, precision: str, *, two: bool) -> Interval:
    """Join start and end; a coarser precision widens a lone day to what it means."""
    whole = Interval(start.start, end.end, start.precision)
    if not precision or precision in ("unknown", whole.precision):
        return whole
    if whole.start == whole.end and not two:
        return widen(whole, precision)
    return Interval(whole.start, whole.end, precision)


@lru_cache(maxsize=1 << 16)
def _present(cell: str) -> str:
    stripped = cell.strip(BLANKS)
    return "" if is_nothing(stripped) else stripped


def _report(
    out: pd.DataFrame,
    answers: list[_Understood],
    codes: np.ndarray,
    problems: Problems,
    known: FileProfile,
) -> None:
    rows = out["source_row"].to_numpy()
    kinds = {pair for answer in answers for pair in answer.found}
    for code, column in sorted(kinds):
        wrong = np.asarray([(code, column) in a.found for a in answers], dtype=bool)[codes]
        values = out["date_text"].to_numpy(dtype=object)[wrong]
        shown = known.fields.get(column, column)
        problems.add(code, SEVERITY[code], rows=rows[wrong], column=shown, values=values)
        if code == "ambiguous_date":
            problems.add(
                "undecided_order",
                "doubt",
                rows=[0],
                column=shown,
                values=str(values[0]),
                n=int(wrong.sum()),
            )
