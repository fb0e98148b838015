"""Work on distinct values: understand each once, spread the answer over the rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["each", "filled", "mapped"]

BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"


def mapped(column: pd.Series, understand: Callable[[str], Any]) -> tuple[np.ndarray, list[Any]]:
    """Return (codes, answers): `answers[codes[i]]` is what row i's text was understood as."""
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return codes, [understand("" if value is np.nan else value) for value in values]


def each(column: pd.Series, understand: Callable[[str], str]) -> pd.Series:
    """Return the text `understand` makes of every cell."""
    codes, answers = mapped(column, understand)
    taken = pd.array(answers, dtype="str").take(codes)
    return pd.Series(taken, index=column.index)


def filled(column: pd.Series) -> np.ndarray:
    """Return which cells hold anything but blanks."""
    result: np.ndarray = (column.str.strip(BLANKS) != "").to_numpy(dtype=bool)
    return result
