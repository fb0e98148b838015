"""The user's own status intervals, in the schema of `geodata/crossing_status.csv`."""

import datetime as dt

import pandas as pd

from mapper.supplied.faults import Faults, column_of
from mapper.world.crossings import MODES, STATUS_COLUMNS, STATUSES

__all__ = ["status"]

_SAME = {"crossing": ("crossing_id", "id"), "from": ("from_day", "start"), "to": ("to_day", "end")}


def status(
    frame: pd.DataFrame, known: pd.DataFrame, file: str, lang: str = "en"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the usable intervals (`STATUS_COLUMNS`, all text) and PROBLEM rows.

    A row of several modes (`foot|vehicle`), or of none (all the crossing has), becomes a row each.

    Args:
        frame: text columns as the file has them.
        known: the crossings, ours and the user's, columns of `world.crossings()`.
        file: its name, for the problems.
        lang: language of the problems.
    """
    faults = Faults(file, lang)
    cells = {name: column_of(frame, (name, *_SAME.get(name, ()))) for name in STATUS_COLUMNS}
    pairs = dict(zip(known["id"], known["pair"].str.split("-"), strict=True))
    modes = dict(zip(known["id"], known["mode"], strict=True))
    rows = []
    for at in range(len(frame)):
        row = {name: values[at] for name, values in cells.items()}
        if not _is_good(row, at, pairs, faults):
            continue
        row["source"] = row["source"] or file
        said = row["mode"] or modes[row["crossing"]] or "|".join(MODES)
        rows += [{**row, "mode": mode} for mode in said.split("|")]
    table = pd.DataFrame(rows, columns=list(STATUS_COLUMNS)).astype("str")
    return table, faults.frame()


def _is_good(row: dict[str, str], at: int, pairs: dict[str, list[str]], faults: Faults) -> bool:
    """Whether a row can be used; its words are brought to the form of ours."""
    before = len(faults.rows)
    row["side"], row["status"] = row["side"].upper(), row["status"].casefold()
    row["mode"] = row["mode"].casefold().replace(" ", "").replace(",", "|")
    name = row["crossing"]
    if name not in pairs:
        faults.add("status_no_crossing", "rejected", at, "crossing", name)
    elif row["side"] and row["side"] not in pairs[name]:
        known = ", ".join(pairs[name])
        faults.add("status_side", "rejected", at, "side", row["side"], known=known)
    if row["status"] not in STATUSES:
        known = ", ".join(STATUSES)
        faults.add("status_word", "rejected", at, "status", row["status"], known=known)
    for mode in filter(None, row["mode"].split("|")):
        if mode not in MODES:
            faults.add("status_mode", "rejected", at, "mode", mode, known=", ".join(MODES))
    days = {end: _day(row[end]) for end in ("from", "to") if row[end] or end == "from"}
    for end, day in days.items():
        if day is None:
            faults.add("status_day", "rejected", at, end, row[end])
    first, last = days["from"], days.get("to")
    if first and last and first > last:
        faults.add("status_backwards", "rejected", at, "to", f"{row['from']} – {row['to']}")
    return len(faults.rows) == before


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
