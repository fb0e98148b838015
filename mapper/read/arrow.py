"""Columns of text between Arrow and pandas, without a detour over Python objects."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

__all__ = ["STR", "frame_of", "series"]

STR: Any = pd.StringDtype(na_value=np.nan)


def series(column: pa.ChunkedArray | pa.Array) -> pd.Series:
    """Return an Arrow text column as pandas `str`."""
    if isinstance(column, pa.Array):
        column = pa.chunked_array([column])
    if column.type != pa.large_string():
        column = column.cast(pa.large_string())
    return pd.Series(STR.__from_arrow__(column))


def frame_of(columns: dict[str, pa.ChunkedArray | Sequence[str]]) -> pd.DataFrame:
    """Return a frame of text columns; Python sequences become Arrow first."""
    made = {}
    for name, column in columns.items():
        arrow = isinstance(column, pa.ChunkedArray | pa.Array)
        made[name] = series(column if arrow else pa.array(column, type=pa.large_string()))
    return pd.DataFrame(made, copy=False)
