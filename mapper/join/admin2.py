"""The second-level admin area of each place, by name, where the gazetteer knows it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import gazetteer
from mapper.gazetteer.index import KINDS

__all__ = ["admin2_names"]


def admin2_names(place_id: pd.Series) -> pd.Series:
    """Return the name of the area each place of the gazetteer lies in, or is; `""` for all else.

    Points that were given, crossings and places kept by hand have none: no outlines of second-level
    areas are shipped, so only what the gazetteer says of a settlement is known.
    """
    index = gazetteer.places()
    written = place_id.astype("str")
    distinct, at = np.unique(written.to_numpy(dtype=object).astype(str), return_inverse=True)
    names = np.array([_name(one, index.prefix) for one in distinct], dtype=object)
    refs = np.array([int(n) if n else -1 for n in names], dtype=np.int64)
    asked = np.flatnonzero(np.isin(index.ref, refs[refs >= 0]))
    found: dict[int, str] = {}
    for row in asked.tolist():
        area = row if KINDS[index.kind[row]] == "admin2" else int(index.admin2[row])
        if KINDS[index.kind[row]] in ("settlement", "admin2") and area >= 0:
            found.setdefault(int(index.ref[row]), index.name(area))
    said: NDArray[np.object_] = np.array([found.get(ref, "") for ref in refs.tolist()], object)
    return pd.Series(pd.array(said[at], dtype="str"), index=place_id.index)


def _name(place_id: str, prefix: str) -> str:
    """Return the number of a place of the gazetteer, `""` of all others."""
    kind, _, number = place_id.partition(":")
    return number if kind == prefix and number.isdecimal() else ""
