"""Work on distinct values: understand each once, spread the answer over the rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from mapper.normalise.digits import plain_digits

__all__ = ["BLANKS", "each", "filled", "is_nothing", "mapped", "trimmed"]

BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"
NOTHING = frozenset(
    [
        "-",
        "--",
        "---",
        ".",
        "..",
        "?",
        "??",
        "/",
        "\\",
        "na",
        "n/a",
        "n.a.",
        "n.a",
        "nan",
        "nil",
        "null",
        "none",
        "<na>",
        "#n/a",
        "#n/d",
        "n/d",
        "n.d.",
        "nd",
        "s/d",
        "s/i",
        "s.d.",
        "s/n",
        "sd",
        "nn",
        "unk",
        "unknown",
        "desconocido",
        "desconocida",
        "desconhecido",
        "desconhecida",
        "inconnu",
        "inconnue",
        "tbd",
        "tba",
        "missing",
        "blank",
    ]
) | {
    "sin dato",
    "sin datos",
    "no data",
    "sem dados",
    "tidak diketahui",
    "tidak ada data",
    "not available",
    "not known",
    "no disponible",
    "por confirmar",
    "non disponible",
    "#value!",
    "#ref!",
    "#div/0!",
}


def is_nothing(cell: str) -> bool:
    """Whether a stripped cell of a date, number or coordinate stands for a missing value."""
    return not cell or (len(cell) < 16 and plain_digits(cell) in NOTHING)


def mapped(column: pd.Series, understand: Callable[[str], Any]) -> tuple[np.ndarray, list[Any]]:
    """Return (codes, answers): `answers[codes[i]]` is what row i's text was understood as."""
    codes, values = pd.factorize(column)
    return codes, [understand(str(value)) for value in values]


def each(column: pd.Series, understand: Callable[[str], str]) -> pd.Series:
    """Return the text `understand` makes of every cell."""
    codes, answers = mapped(column, understand)
    if not answers:
        return column
    taken = pd.array(answers, dtype="str").take(codes)
    return pd.Series(taken, index=column.index)


def trimmed(column: pd.Series) -> pd.Series:
    """Return a text column without blanks around its cells."""
    return column.str.strip(BLANKS)


def filled(column: pd.Series) -> np.ndarray:
    """Return which cells hold anything but blanks."""
    result: np.ndarray = (trimmed(column) != "").to_numpy(dtype=bool)
    return result
