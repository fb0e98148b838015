"""The three sample editions: exactly the changes that were made to them, no more."""

import json
from pathlib import Path

import pytest

from mapper.editions import diff

EXPECTED = json.loads((Path(__file__).parent / "expected_changes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", EXPECTED)
def test_exactly_the_changes_made(seeds, pair):
    old, new = pair.split("..")
    found = diff(seeds[old], seeds[new]).to_dict()
    expected = EXPECTED[pair]
    assert sorted(found["added"]) == sorted(expected["added"])
    assert found["removed"] == expected["removed"]
    assert {c["incident_id"]: c["fields"] for c in found["changed"]} == expected["changed"]
    assert found["text_only"] == []
    assert found["paired"]["likeness"] == 0
    json.dumps(found, allow_nan=False)


def test_nothing_changed_in_itself(seeds):
    same = diff(seeds["2019-02-26"], seeds["2019-02-26"])
    assert not same
    assert same.sentences() == [
        "Nothing changed between 2019-02-26 and 2019-02-26: 180 reports in both."
    ]


def test_the_gravest_comes_first(seeds):
    said = diff(seeds["2019-02-24"], seeds["2019-02-26"]).sentences()
    assert said == [
        "Withdrawn: CVB-W001 (Aid delivery, 23 Feb 2019, perlintasan Brasil, Medcom.id).",
        "CVB-R002: deaths 3 → 4, G1 Roraima → El País.",
        "CVB-R004: deaths 2 → 1, HK01 → El País.",
        "CVB-0014 moved: Santa Elena de Uairén → Troncal 10.",
        "CVB-R001: people 156 → 326, Dzen (machine-translated) → MercoPress.",
        "CVB-R003: injured 285 → 330, people 285 → 330, El Comercio (Ecuador) → Het Nieuwsblad.",
        "27 new since 24 Feb 2019, 8 older newly reported.",
    ]


def test_counts_new_dates_and_older_ones_newly_reported(seeds):
    newest = "ShareAmerica (U.S. Department of State, from AP)"
    said = diff(seeds["2019-02-26"], seeds["2019-03-31"]).sentences()
    assert said == [
        f"CVB-R001: people 326 → 1,000, MercoPress → {newest}.",
        "CVB-0074 dated more exactly: 24 Feb 2019 – 26 Feb 2019 → 25 Feb 2019.",
        "19 new since 26 Feb 2019, 4 older newly reported.",
    ]


def test_numbers_alone_name_nothing(seeds):
    found = diff(seeds["2019-02-24"], seeds["2019-02-26"])
    assert found.counts() == [
        "1 report withdrawn.",
        "5 reports changed.",
        "1 report moved.",
        "27 new since 24 Feb 2019, 8 older newly reported.",
    ]
