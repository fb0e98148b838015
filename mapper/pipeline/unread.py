"""Rows of a table besides the incidents that the reader left out: none is lost in silence."""

from typing import Literal

import pandas as pd

from mapper.columns import PROBLEM, empty
from mapper.messages import text

__all__ = ["unread"]

# of a stage: the code of such a row, and what is said of it in the stage's catalogue
_CODES = {
    "supplied": ("row_a_note", "row_a_note.problem", "row_a_note.remedy", ""),
    "geocode": ("override_left_out", "override_left_out", "override_remedy_left_out", "place"),
}
_MOST = 80  # characters of a row in a sentence


def unread(
    table: pd.DataFrame, file: str, lang: str, stage: Literal["supplied", "geocode"] = "supplied"
) -> pd.DataFrame:
    """Return as PROBLEM the rows that `read_table` left out: what looks a note, and broken ones.

    Args:
        table: as `read_table` gives it.
        file: its name.
        lang: language of the problems.
        stage: whose words are used: `geocode` for overrides, `supplied` for other tables.
    """
    code, problem, remedy, column = _CODES[stage]
    told: list[dict[str, object]] = []
    for row, words in table.attrs.get("left_out", ()):
        line = " ".join(words.split())
        said = {"value": line if len(line) <= _MOST else line[: _MOST - 1] + "…"}
        said |= {"place": said["value"], "column": column}
        told.append(
            {
                "source_file": file, "source_row": row, "column": column, "value": words.strip(),
                "problem_code": code, "severity": "rejected",
                "problem": text(stage, problem, lang, **said),
                "remedy": text(stage, remedy, lang, **said),
            }
        )  # fmt: skip
    broken = [p for p in table.attrs.get("problems", ()) if p["severity"] == "rejected"]
    told += [p | {"column": p["column"] or column} for p in broken]
    found = empty(PROBLEM, len(told))
    for name in PROBLEM.names if told else ():
        values = pd.Series([one[name] for one in told])
        found[name] = values.astype(found[name].dtype)
    return found.sort_values("source_row", kind="stable", ignore_index=True)
