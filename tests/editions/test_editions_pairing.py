"""Reports without ids of their own are found again by what they say."""

import csv
from pathlib import Path

import pytest

from mapper.editions import Edition, diff
from mapper.editions.pairing import pair

SEEDS = Path(__file__).parents[2] / "seeds"
DAYS = ("2019-02-24", "2019-02-26", "2019-03-31")


def rewritten(folder, day, ids):
    """Write an edition with other ids; return its path and the true ids in order."""
    with (SEEDS / f"incidents_{day}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    true = [row.pop("incident_id") for row in rows]
    if ids == "row numbers":
        rows = [{"incident_id": str(k), **row} for k, row in enumerate(rows, 1)]
    path = folder / f"{day}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path, true


@pytest.mark.parametrize("ids", ["none", "row numbers"])
@pytest.mark.parametrize("step", [0, 1])
def test_every_report_is_found_again(tmp_path, read_edition, ids, step):
    (old_path, old_ids), (new_path, new_ids) = (
        rewritten(tmp_path, day, ids) for day in DAYS[step : step + 2]
    )
    old, new = read_edition(old_path, "old"), read_edition(new_path, "new")
    found = pair(old.incidents, new.incidents)
    pairs = [(old_ids[a], new_ids[b]) for a, b in zip(found.old, found.new, strict=True)]
    assert all(a == b for a, b in pairs)
    assert len(pairs) == len(set(old_ids) & set(new_ids))
    compared = diff(old, new)
    added, removed, changed = ((35, 1, 5), (23, 0, 2))[step]
    assert (len(compared.added), len(compared.removed)) == (added, removed)
    assert len(compared.changed) == changed
    assert "paired by likeness" in compared.sentences()[-1]


def test_ids_of_the_source_are_the_last_word(incidents):
    """Two reports with ids of their own are two reports, however alike."""
    row = {"place": "Ureña", "date_start": "2019-02-23", "description": "Shots at the bridge."}
    old, new = incidents({"incident_id": "A1", **row}), incidents({"incident_id": "A2", **row})
    found = diff(Edition(old), Edition(new))
    assert (found.removed, found.added) == (("A1",), ("A2",))


def test_an_id_given_later_is_the_same_report(incidents):
    row = {"place": "Ureña", "date_start": "2019-02-23", "description": "Shots at the bridge."}
    old = incidents({"incident_id": "r-0123456789", **row})
    new = incidents({"incident_id": "A2", **row})
    found = diff(Edition(old), Edition(new))
    assert not found.added
    assert not found.removed
    assert not found.changed


def test_unlike_reports_are_never_paired(incidents):
    old = incidents({"incident_id": "r-0000000000", "place": "Ureña", "date_start": "2019-02-23",
                     "event_type": "clash", "description": "Shots at the bridge."})  # fmt: skip
    new = incidents({"incident_id": "r-1111111111", "place": "Ureña", "date_start": "2019-02-23",
                     "event_type": "aid_delivery", "description": "Trucks came with food.",
                     "source_name": "X"})  # fmt: skip
    found = diff(Edition(old), Edition(new))
    assert (len(found.removed), len(found.added)) == (1, 1)


def test_numbers_that_did_not_shift_are_ids(incidents):
    rows = [{"incident_id": str(k), "place": f"Place {k}", "event_type": "clash",
             "date_start": "2019-02-23"} for k in range(1, 9)]  # fmt: skip
    later = [*rows, {**rows[0], "incident_id": "9", "place": "Place 9"}]
    later[3] = {**later[3], "place": "Elsewhere", "event_type": "arrest"}
    found = diff(Edition(incidents(*rows)), Edition(incidents(*later)))
    assert found.paired == {"incident_id": 8, "likeness": 0}
    assert [c.incident_id for c in found.changed] == ["4"]
