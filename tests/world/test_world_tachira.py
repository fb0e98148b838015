"""The three Táchira bridges on nine dates: every side and mode as the sourced intervals say."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from mapper import world

GOLD = Path(__file__).parents[1] / "gold" / "tachira_bridges.csv"


def cases():
    found = {}
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            case = found.setdefault((row["crossing"], row["day"]), ["", {}])
            if row["mode"]:
                case[1][row["side"], row["mode"]] = (row["status"], row["source"])
            else:
                case[0] = row["status"]
    return [(*key, *case) for key, case in found.items()]


def test_the_table_is_whole():
    assert len(cases()) == 3 * 9
    assert all(source for *_, sides in cases() for _, source in sides.values())


@pytest.mark.parametrize(("name", "day", "status", "sides"), cases())
def test_status_of_every_side_and_mode(name, day, status, sides):
    date = np.array([day], dtype="datetime64[D]")
    found, detail = world.crossing_status(np.array([name]), date, date)
    assert found[0] == status
    said = {}
    for row in json.loads(detail[0]):
        word = row["status"]
        if row.get("from_time") and row["from"] == day:
            word += f" from {row['from_time']}"
        words, sources = said.setdefault((row["side"], row["mode"]), ([], []))
        words.append(word)
        sources.append(row["source"])
    told = {key: ("|".join(w), " / ".join(dict.fromkeys(s))) for key, (w, s) in said.items()}
    assert told == sides
