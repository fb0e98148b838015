"""Columns of two editions compared cell by cell, as typed values, told as text."""

import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Bools", "Integers", "as_text", "differs", "known"]

Bools = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


def differs(old: pd.Series, new: pd.Series) -> Bools:
    """Return where two columns of equal length differ in a way a person could see.

    Numbers and dates are compared as such, so `1,000` and `1000` are one; texts in composed
    Unicode with single blanks.
    """
    if old.dtype != new.dtype:
        old, new = (pd.Series(as_text(column), dtype="str") for column in (old, new))
    if pd.api.types.is_numeric_dtype(old.dtype) or pd.api.types.is_datetime64_any_dtype(old.dtype):
        a, b = old.to_numpy(), new.to_numpy()
        return np.asarray((a != b) & ~(pd.isna(a) & pd.isna(b)), dtype=bool)
    before, after = (column.fillna("").reset_index(drop=True) for column in (old, new))
    unlike: Bools = (before != after).to_numpy(dtype=bool, copy=True)
    at = np.flatnonzero(unlike)
    pairs = zip(before.iloc[at], after.iloc[at], strict=True)
    unlike[at] = [_seen(x) != _seen(y) for x, y in pairs]
    return unlike


def _seen(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


def known(column: pd.Series) -> Bools:
    """Return where a cell says something."""
    if pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(
        column.dtype
    ):
        return column.notna().to_numpy(dtype=bool)
    return (column.fillna("") != "").to_numpy(dtype=bool)


def as_text(column: pd.Series) -> list[str]:
    """Return cells as text: whole numbers without a point, days as ISO dates, missing as `""`."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [str(day) for day in column.dt.strftime("%Y-%m-%d").fillna("")]
    if pd.api.types.is_numeric_dtype(column.dtype):
        return [_number(value) for value in column.tolist()]
    return [str(value) for value in column.fillna("")]


def _number(value: Any) -> str:  # noqa: ANN401 - a numpy or Python number
    if np.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
