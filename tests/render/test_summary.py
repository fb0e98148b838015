"""The counts that may be added, and those that never are: cases the page must pass too."""

import json
import math
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from mapper.render.summary import Claim, claims_of, summarise

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/vectors/summary.json").read_text(encoding="utf-8"))
SEEDS = ROOT / "seeds/incidents_2019-03-31.csv"


def plain(value):
    """NaN as null, tuples as lists: what JSON can say."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case):
    shown = [claim.get("shown", True) for claim in case["claims"]]
    claims = [
        Claim(**{key: value for key, value in claim.items() if key != "shown"})
        for claim in case["claims"]
    ]
    assert plain(asdict(summarise(claims, shown))) == case["expect"]


@pytest.fixture(scope="module")
def seeds():
    table = pd.read_csv(SEEDS, dtype=str, keep_default_na=False)
    for name in ("fatalities_low", "fatalities_best", "fatalities_high"):
        table[name] = pd.to_numeric(table[name])
    blank = pd.DataFrame(
        {"relates_to": "", "source_file": SEEDS.name, "matched_name": "", "shape": "none"},
        index=table.index,
    )
    return pd.concat([table, blank], axis=1)


def test_seeds_add_only_what_does_not_overlap(seeds):
    summary = summarise(claims_of(seeds))
    assert summary.reports == 28
    assert [(s.low, s.high, s.events) for s in summary.sums] == [(4, 4, 3)]
    assert summary.apart == 25
    by_event = {group.event: group for group in summary.groups}
    assert (by_event["E-KUM"].reports, by_event["E-KUM"].low, by_event["E-KUM"].high) == (10, 1, 2)
    south = by_event["E-SEU-0223"]
    assert (south.low, south.high, south.beyond) == (2, 4, (15, 25))
    assert by_event["E-23F-TOTAL"].whole


def test_nothing_of_the_answer_is_the_overlapping_sum(seeds):
    summary = summarise(claims_of(seeds))
    overlapping = seeds["fatalities_best"].sum()
    figures = {x for s in summary.sums for x in (s.low, s.high)}
    figures |= {x for g in summary.groups for x in (g.low, g.high, *g.beyond)}
    assert overlapping not in figures
    assert not figures & {99, 7902}
