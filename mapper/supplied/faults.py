"""Collects what is wrong with a supplied table, worded from the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from mapper.columns import PROBLEM, empty
from mapper.messages import text

__all__ = ["Faults", "column_of"]

_MOST = 80  # characters of a value in a sentence


@dataclass(slots=True)
class Faults:
    """The problems of one file, in the order they were found."""

    file: str
    lang: str = "en"
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, code: str, severity: str, at: int, column: str = "", value: str = "", **args: object
    ) -> None:
        """Note a problem of row `at` (from 0); the wording may use `value`, `column` and `args`."""
        line = " ".join(value.split())
        shown = line if len(line) <= _MOST else line[: _MOST - 1] + "…"
        said = {"value": shown, "column": column, **args}
        self.rows.append(
            {
                "source_file": self.file, "source_row": at + 1, "column": column, "value": value,
                "problem_code": code, "severity": severity,
                "problem": text("supplied", f"{code}.problem", self.lang, **said),
                "remedy": text("supplied", f"{code}.remedy", self.lang, **said),
            }
        )  # fmt: skip

    def frame(self) -> pd.DataFrame:
        """Return them as PROBLEM, by row."""
        table = empty(PROBLEM, len(self.rows))
        for name in PROBLEM.names if self.rows else ():
            values = pd.Series([row[name] for row in self.rows])
            table[name] = values.astype(table[name].dtype)
        return table.sort_values("source_row", kind="stable", ignore_index=True)


def column_of(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the trimmed cells of the first column called one of `names` (any case), or blanks."""
    known = {str(c).strip().casefold(): c for c in reversed(frame.columns)}
    for name in names:
        if name in known:
            return [str(v).strip() for v in frame[known[name]].fillna("")]
    return [""] * len(frame)
