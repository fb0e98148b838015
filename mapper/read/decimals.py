"""What spreadsheets do to cells when they save a table as text: halved decimals, ="001"."""

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["decimal_pairs", "join_pairs", "without_formula"]

_WHOLE = re.compile(r"[+-]?\d{1,3}")
_PART = re.compile(r"\d{1,15}")
_FORMULA = re.compile(r"""="([^"]*)"|'(?=\d)([\d.,/-]+)""")
SAMPLE = 200


def decimal_pairs(header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return where decimal commas cut numbers of a comma-separated table in two.

    Every row is as many cells longer than the header as there are pairs of a whole number and
    digits, in the same columns, and there is only one way to choose them. The answer holds the
    column of each first half, counted in the rows as they are.
    """
    if not header or not rows or not all(header[-1]):
        return []
    width = len(rows[0])
    extra = width - len(header[-1])
    sample = rows[:SAMPLE]
    if not 0 < extra <= 6 or any(len(row) != width for row in rows):
        return []
    if _is_numbered(sample) or not any(row[-1].strip() for row in sample):
        return []
    pairs = [i for i in range(width - 1) if all(_is_pair(row[i], row[i + 1]) for row in sample)]
    if len(pairs) != extra or any(b - a == 1 for a, b in pairwise(pairs)):
        return []
    return pairs if all(_is_fine(sample, i + 1) for i in pairs) else []


def _is_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column only counts the rows: it may be the one that has no name."""
    first = [row[0].strip() for row in rows]
    return first in ([str(i + start) for i in range(len(rows))] for start in (0, 1)) and (
        len(rows) > 2
    )


def _is_fine(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column holds three digits or more nearly throughout: decimals, not counts."""
    filled = [row[column] for row in rows if row[column].strip()]
    return sum(len(cell) >= 3 for cell in filled) >= 0.8 * len(filled) > 0


def _is_pair(first: str, second: str) -> bool:
    """Whether two cells may be the halves of one number (or both are empty)."""
    if not first.strip():
        return not second.strip()
    return _WHOLE.fullmatch(first) is not None and _PART.fullmatch(second) is not None


def join_pairs(cells: list[str], pairs: Sequence[int]) -> list[str]:
    """Return the cells with each pair joined by its comma."""
    joined: list[str] = []
    for i, cell in enumerate(cells):
        if i - 1 in pairs:
            joined[-1] = f"{joined[-1]},{cell}" if cell else joined[-1]
        else:
            joined.append(cell)
    return joined


def without_formula(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with `="001"` and `'001`, which spreadsheets leave as they are, as `001`."""
    return [
        list(map(_plain, row)) if any(cell[:1] in ("=", "'") for cell in row) else row
        for row in rows
    ]


def _plain(cell: str) -> str:
    found = _FORMULA.fullmatch(cell)
    return (found[1] or found[2] or "") if found else cell
