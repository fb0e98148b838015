"""Decisions that stay: a place taken for something in the edition before is not moved by company.

A name that many places bear is decided by the company of its file. Rows about elsewhere would move
it in the next edition although nobody said anything new of it. So what the edition before took a
text for stays, where the same tool, data and options decided it and nobody knows better since.
"""

import json

import numpy as np
import pandas as pd

from mapper.columns import MATCH, PLACE_KEY
from mapper.geocode.answer import Answer
from mapper.geocode.resolve import reason_text

__all__ = ["as_before"]

# decided by more than the text and its company: what a person, the file's own coordinates or a
# service say may change, and then it counts
_TOLD = ("override", "learned", "given")


def as_before(
    keys: pd.DataFrame, matches: pd.DataFrame, before: pd.DataFrame, lang: str = "en"
) -> tuple[pd.DataFrame, list[int]]:
    """Return MATCH of the keys, where nothing but the company changed as in the edition before.

    Args:
        keys: distinct place keys (`PLACE_KEY`).
        matches: MATCH of each, as this edition alone would have it.
        before: reports of the edition before: `PLACE_KEY` and MATCH, decided under the same
            options by the same tool and data.
        lang: language of the reasons.

    Returns:
        MATCH, and the positions of the keys that were kept.
    """
    names = [*PLACE_KEY, *MATCH.names]
    known = before.loc[_steadfast(before), names].drop_duplicates(list(PLACE_KEY))
    at = pd.MultiIndex.from_frame(known[list(PLACE_KEY)].astype(str)).get_indexer(
        pd.MultiIndex.from_frame(keys[list(PLACE_KEY)].astype(str))
    )
    met = np.flatnonzero((at >= 0) & _free(matches))
    was = known.iloc[at[met]]
    now = matches.iloc[met]
    moved = np.zeros(len(met), dtype=bool)
    for name in ("place_id", "shape", "parts"):
        moved |= was[name].to_numpy(dtype=object) != now[name].to_numpy(dtype=object)
    rows = met[moved]
    if not len(rows):
        return matches, []
    old = was[moved].reset_index(drop=True)[list(MATCH.names)]
    old["reason"] = pd.array([_reason(row, lang) for _, row in old.iterrows()], dtype="str")
    kept = matches.reset_index(drop=True)
    for name in MATCH.names:
        kept.loc[rows, name] = old[name].astype(kept[name].dtype).to_numpy()
    return kept.set_axis(matches.index), rows.tolist()


def _steadfast(before: pd.DataFrame) -> np.ndarray:
    """Return which answers of the edition before may stay: those found by the tool itself."""
    return np.asarray(_free(before) & (before["status"] == "resolved").to_numpy(), dtype=bool)


def _free(matches: pd.DataFrame) -> np.ndarray:
    method = matches["method"].astype(str)
    return np.asarray(~(method.isin(_TOLD) | method.str.startswith("service:")), dtype=bool)


def _reason(row: pd.Series, lang: str) -> str:
    """Return the reason of an earlier decision in the language of this run."""
    found = Answer(status=str(row["status"]))
    found.name, found.reason = str(row["matched_name"]), str(row["reason_code"])
    found.args = json.loads(row["reason_args"]) if row["reason_args"] else {}
    found.uncertainty_km = float(row["uncertainty_km"])
    try:
        return reason_text(found, lang)
    except KeyError:
        return str(row["reason"])
