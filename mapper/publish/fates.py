"""What became of every row, in few bytes: the kinds of fate once, then runs of rows."""

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["fates"]

_USED = ("status", "shape", "method")


def fates(rows: pd.DataFrame, located: pd.DataFrame, problems: pd.DataFrame) -> dict[str, Any]:
    """Return the fate of every row read.

    Args:
        rows: every row read, with `source_file` and `source_row`.
        located: LOCATED, the rows used.
        problems: PROBLEM; its code says why a row was rejected.

    Returns:
        `kinds`: each a dict of `fate` (used or rejected) and, of a used row, `status`, `shape` and
        `method`, of a rejected one `problem_code`, with `reports`, how many there are. `rows`: by
        file, runs of `[first row, last row, number of the kind]`; rows count from 1.
    """
    keys = ["source_file", "source_row"]
    used = located[[*keys, *_USED]].drop_duplicates(keys)
    bad = problems.loc[problems["severity"] == "rejected", [*keys, "problem_code"]]
    table = rows[keys].merge(used, on=keys, how="left")
    table = table.merge(bad.drop_duplicates(keys), on=keys, how="left")
    told = [*_USED, "problem_code"]
    table[told] = table[told].astype("object").where(table[told].notna(), "")
    is_used = (table["shape"] != "").to_numpy()
    table.loc[is_used, "problem_code"] = ""
    grouped = table.groupby(told, sort=True)
    codes = grouped.ngroup().to_numpy(dtype=np.int64)
    counts = np.bincount(codes, minlength=grouped.ngroups)
    kinds = [
        _kind(dict(zip(told, [str(part) for part in key], strict=True)), int(n))
        for key, n in zip(grouped.size().index, counts, strict=True)
    ]
    return {"kinds": kinds, "rows": _runs(table, codes)}


def _kind(told: dict[str, str], reports: int) -> dict[str, Any]:
    if told["shape"]:
        return {"fate": "used", **{name: told[name] for name in _USED}, "reports": reports}
    return {"fate": "rejected", "problem_code": told["problem_code"], "reports": reports}


def _runs(table: pd.DataFrame, codes: np.ndarray) -> dict[str, list[list[int]]]:
    """Return, by file, the runs of rows that have the same fate."""
    runs: dict[str, list[list[int]]] = {}
    for name, part in table.groupby("source_file", sort=False):
        row = part["source_row"].to_numpy(dtype=np.int64)
        code = codes[part.index]
        starts = np.flatnonzero(np.r_[True, (np.diff(code) != 0) | (np.diff(row) != 1)])
        ends = np.r_[starts[1:], len(row)] - 1
        runs[str(name)] = np.column_stack([row[starts], row[ends], code[starts]]).tolist()
    return runs
