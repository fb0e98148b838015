"""Rows with too many or too few cells: set right where the evidence is plain, else rejected."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.read.cells import TYPED, looks
from mapper.read.scan import Dialect, Record, split_line

__all__ = ["Columns", "align", "rejoined", "study"]

MANY = 8
FEW_VALUES = 40


@dataclass(slots=True)
class Columns:
    """What the sound rows say of each column: the usual form, the set of values where it is small.

    `spaced` says whether a blank usually follows the delimiter.
    """

    kinds: list[str]
    values: list[frozenset[str]]
    often_empty: list[bool]
    spaced: bool = False


def study(rows: Sequence[Sequence[str]], width: int) -> Columns:
    """Learn the columns from the rows of the right width."""
    sound = [row for row in rows if len(row) == width][:1000]
    kinds, values, often_empty, spaced = [], [], [], 0
    for column in range(width):
        cells = [row[column] for row in sound if row[column].strip()]
        forms = Counter(_form(cell) for cell in cells)
        form, count = forms.most_common(1)[0] if forms else ("", 0)
        kinds.append(form if cells and count >= 0.8 * len(cells) else "mixed" if cells else "")
        distinct = frozenset(cells)
        few = len(distinct) <= FEW_VALUES and all(len(cell) <= 24 for cell in distinct)
        values.append(distinct if few and kinds[-1] not in TYPED else frozenset())
        often_empty.append(len(cells) < 0.5 * len(sound))
        spaced += sum(cell.startswith(" ") for cell in cells) > 0.5 * max(len(cells), 1)
    return Columns(kinds, values, often_empty, spaced > width // 2)


def _form(cell: str) -> str:
    form = looks(cell)
    return {"integer": "number", "word": "text"}.get(form, form)


def fit(row: Sequence[str], columns: Columns) -> float:
    """Return how well a row suits the columns: +1 a value of the right form, -1 of a wrong one.

    A word that stands in that column elsewhere counts a half.
    """
    score = 0.0
    for cell, kind, values in zip(row, columns.kinds, columns.values, strict=True):
        if not cell.strip():
            continue
        if cell in values:
            score += 0.5
        if kind in TYPED:
            score += 1.0 if _form(cell) in (kind, "missing") else -1.0
        elif kind == "text" and _form(cell) in ("number", "date", "url", "time"):
            score -= 0.5
    return score


def align(record: Record, width: int, columns: Columns, delimiter: str) -> tuple[list[str], str]:
    """Return (cells, code): the row at the right width and what was done, `""` for nothing.

    Codes: `row_too_short` (padded), `row_too_long` (cannot be set right: the row is rejected),
    `row_realigned`.
    """
    cells = record.cells
    if len(cells) == width:
        return cells, ""
    again = _in_one_cell(record, width, columns, delimiter)
    if again:
        return again, "row_realigned"
    if len(cells) > width:
        if not any(cell.strip() for cell in cells[width:]) and (
            fit(cells[:width], columns) >= _best_shorter(cells, width, columns)
        ):
            return cells[:width], ""
        return _shorten(cells, width, columns, delimiter)
    return _lengthen(cells, width, columns)


def _in_one_cell(record: Record, width: int, columns: Columns, delimiter: str) -> list[str] | None:
    """Return the cells of a row that is quoted as a whole or parted by another sign."""
    if len(record.cells) > 1 + width // 3 or width < 2:
        return None
    text = delimiter.join(record.cells)
    for sign in dict.fromkeys((delimiter, ",", ";", "\t", "|")):
        cells = split_line(text, Dialect(), sign)
        if len(cells) == width and fit(cells, columns) >= 0:
            return cells
    return None


def _best_shorter(cells: list[str], width: int, columns: Columns) -> float:
    return max((fit(option, columns) for option in _without_empty(cells, width)), default=-1e9)


def _without_empty(cells: list[str], width: int) -> list[list[str]]:
    """Return the row without one run of as many empty cells as there are too many."""
    extra = len(cells) - width
    return [
        cells[:i] + cells[i + extra :]
        for i in range(len(cells) - extra + 1)
        if not any(c.strip() for c in cells[i : i + extra])
    ]


def _shorten(
    cells: list[str], width: int, columns: Columns, delimiter: str
) -> tuple[list[str], str]:
    extra = len(cells) - width
    if extra > MANY or width < 2:
        return cells[:width], "row_too_long"
    options = [(fit(o, columns), 0.0, o) for o in _without_empty(cells, width)]
    for i in range(width):
        parts = cells[i : i + extra + 1]
        merged = delimiter.join(parts)
        address = columns.kinds[i] == "url" and looks(merged) == "url"
        if any(not part.strip() for part in parts) or (columns.kinds[i] in TYPED and not address):
            continue
        blank = 0.6 if all(p.startswith(" ") for p in parts[1:]) and not columns.spaced else 0.0
        option = [*cells[:i], merged, *cells[i + extra + 1 :]]
        options.append((fit(option, columns) + blank, blank, option))
    options.sort(key=lambda o: -o[0])
    distinct = [o for n, o in enumerate(options) if o[2] not in [p[2] for p in options[:n]]]
    if not distinct:
        return cells[:width], "row_too_long"
    clear = len(distinct) == 1 or distinct[0][0] - distinct[1][0] >= 0.5
    sound = distinct[0][0] > 0 or (distinct[0][0] >= 0 and distinct[0][1] > 0)
    if clear and sound and distinct[0][0] >= _expected(distinct[0][2], columns) - 1.0:
        return distinct[0][2], "row_realigned"
    return cells[:width], "row_too_long"


def _expected(row: list[str], columns: Columns) -> float:
    """Return the score of a row in which everything fits."""
    return sum(
        1.0 for cell, kind in zip(row, columns.kinds, strict=True) if cell.strip() and kind in TYPED
    )


def _lengthen(cells: list[str], width: int, columns: Columns) -> tuple[list[str], str]:
    missing = width - len(cells)
    padded = cells + [""] * missing
    if missing > MANY:
        return padded, "row_too_short"
    at_end = fit(padded, columns)
    if at_end >= _expected(padded, columns) - 0.4:
        return padded, "row_too_short"
    options = sorted(
        (
            (fit(option, columns), option)
            for i in range(len(cells) + 1)
            for option in [cells[:i] + [""] * missing + cells[i:]]
        ),
        key=lambda o: -o[0],
    )
    best = options[0]
    rivals = [o for o in options[1:] if o[1] != best[1]]
    clear = not rivals or best[0] - rivals[0][0] >= 0.5
    if clear and best[0] > at_end and best[0] >= _expected(best[1], columns) - 0.4:
        return best[1], "row_realigned"
    if at_end < 0.34 * _expected(padded, columns):
        return padded, "row_garbled"
    return padded, "row_too_short"


def rejoined(body: list[Record], width: int) -> list[Record]:
    """Return the records with those made one again that an unquoted line end cut in two.

    Two short records in lines that follow each other are one where together they have just the
    right number of cells and suit their columns.
    """
    if all(len(r.cells) == width for r in body):
        return body
    columns = study([r.cells for r in body], width)
    result: list[Record] = []
    for record in body:
        before = result[-1] if result else None
        whole = _one_record(before, record, width, columns) if before else None
        if whole is None:
            result.append(record)
        else:
            result[-1] = whole
    return result


def _one_record(first: Record, second: Record, width: int, columns: Columns) -> Record | None:
    a, b = first.cells, second.cells
    if second.line != first.line + 1 or not 1 < len(a) < width or len(b) < 2:
        return None
    if len(a) + len(b) - 1 != width or columns.kinds[len(a) - 1] in TYPED:
        return None
    cells = [*a[:-1], f"{a[-1]}\n{b[0]}", *b[1:]]
    if fit(cells, columns) < _expected(cells, columns) - 0.4:
        return None
    return Record(cells, first.line, mended=True)
