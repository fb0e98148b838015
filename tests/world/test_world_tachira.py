"""The three Táchira bridges on nine dates: every side and mode as the sourced intervals say."""

import csv
import json
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from mapper import world

GOLD = Path(__file__).parents[1] / "gold" / "tachira_bridges.csv"
REPORTS = GOLD.with_name("tachira_reports.csv")


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


def reports():
    with REPORTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_reports_of_others_cover_every_date_of_the_bridges():
    days = {day for _, day, *_ in cases()}
    assert {(row["day"]) for row in reports()} == days


@pytest.mark.parametrize(
    "row", reports(), ids=lambda row: " ".join(list(row.values())[:4]) + " " + row["source_name"]
)
def test_what_others_reported_agrees(row):
    """The status of the day, held against a report that the status does not rest on."""
    date = np.array([row["day"]], dtype="datetime64[D]")
    _, detail = world.crossing_status(np.array([row["crossing"]]), date, date)
    here = [
        found
        for found in json.loads(detail[0])
        if (found["side"], found["mode"]) == (row["side"], row["mode"])
    ]
    last = here[-1]
    timed = last.get("from_time") and last["from"] == row["day"]
    assert last["status"] + (f" from {last['from_time']}" if timed else "") == row["status"]
    host = urlsplit(row["source_url"]).netloc.removeprefix("www.").removeprefix("m.")
    assert not any(host in found["source"] for found in here)
