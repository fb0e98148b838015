"""Collects rows of PROBLEM: many cells at once, worded from the catalogue."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mapper.columns import PROBLEM, empty
from mapper.messages import text

__all__ = ["Problems"]


@dataclass(slots=True)
class Problems:
    """Problems of one file, in the order they were found.

    Sentences are made once for each distinct value, so that 300,000 bad cells cost little.
    """

    file: str
    lang: str = "en"
    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self,
        code: str,
        severity: str,
        *,
        rows: np.ndarray | list[int],
        column: str = "",
        values: pd.Series | np.ndarray | list[str] | str = "",
        **args: object,
    ) -> None:
        """Note one problem for each of `rows` (numbers of data rows, 0 = the whole file).

        The wording may use `{value}`, `{column}` and what `args` brings; an argument that is an
        array has one value a row.
        """
        n = len(rows)
        if not n:
            return
        found = np.full(n, values, dtype=object) if isinstance(values, str) else values
        varying = {k: v for k, v in args.items() if isinstance(v, np.ndarray)}
        keys = list(zip(np.asarray(found, dtype=object), *varying.values(), strict=True))
        codes, distinct = pd.factorize(pd.Series(keys, dtype=object))
        words = []
        for key in distinct:
            own = dict(zip(varying, key[1:], strict=True))
            said = {"value": short(key[0]), "column": column, **args, **own}
            words.append(text("normalise", f"{code}.problem", self.lang, **said))
        remedy = text("normalise", f"{code}.remedy", self.lang, column=column, **args)
        part = empty(PROBLEM, n)
        part["source_file"] = pd.array([self.file], dtype="str").repeat(n)
        part["source_row"] = np.asarray(rows, dtype="int64")
        part["column"] = pd.array([column], dtype="str").repeat(n)
        part["value"] = pd.array([key[0] for key in distinct], dtype="str").take(codes)
        part["problem_code"] = pd.array([code], dtype="str").repeat(n)
        part["problem"] = pd.array(words, dtype="str").take(codes)
        part["remedy"] = pd.array([remedy], dtype="str").repeat(n)
        part["severity"] = pd.array([severity], dtype="str").repeat(n)
        self.parts.append(part)

    def frame(self) -> pd.DataFrame:
        """Return all problems, by row."""
        if not self.parts:
            return empty(PROBLEM)
        whole = pd.concat(self.parts, ignore_index=True)
        return whole.sort_values("source_row", kind="stable", ignore_index=True)


def short(value: object, most: int = 80) -> str:
    """Return a value for a sentence: one line, not longer than `most` characters."""
    line = " ".join(str(value).split())
    return line if len(line) <= most else line[: most - 1] + "…"
