"""The places of the sample edition, each with what a careful reader takes it for."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mapper import geocode
from mapper.columns import MATCH, require

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "incidents_2019-03-31.csv"


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def gold():
    return read(ROOT / "tests" / "gold" / "places.csv")


@pytest.fixture(scope="module")
def matches(gold):
    keys = pd.DataFrame(
        {
            "place": gold["query"],
            "place_country": gold["country"],
            "place_admin1": "",
            "place_admin2": "",
        }
    ).astype("str")
    return geocode.resolve(keys)


def test_is_a_match_table(matches):
    require(matches, MATCH)


@pytest.mark.parametrize("column", ["status", "shape", "place_id"])
def test_every_place_is_what_it_is(gold, matches, column):
    asked = gold[column] != "" if column == "place_id" else gold[column] == gold[column]
    wrong = asked & (gold[column] != matches[column])
    shown = [
        f"{q}: {m} instead of {g}"
        for q, m, g in zip(
            gold["query"][wrong], matches[column][wrong], gold[column][wrong], strict=True
        )
    ]
    assert not shown


def test_seeds_are_on_the_map(gold, matches):
    seeds = read(SEEDS)
    table = pd.concat([gold[["query", "country"]], matches["shape"], matches["precision"]], axis=1)
    joined = seeds.merge(
        table, left_on=["place", "place_country"], right_on=["query", "country"], how="left"
    )
    assert len(joined) == len(seeds) == 203
    mapped = joined["shape"] != "none"
    assert mapped.mean() >= 0.93
    bare = joined[joined["precision"] == "country"]["place"]
    names = "Colombia|Kolombia|Колумбії|Venezuela|Curazao|Aruba|Bonaire"
    assert bare.str.contains(names).all()


def test_every_spelling_of_the_bridge_is_at_the_bridge(gold, matches):
    spelt = "bol[ií]var|боливара|بوليفار|玻利瓦爾"
    bridge = "puente|bridge|pont|jembatan|мост|جسر|köprü|橋"
    single = gold["shape"] == "point"
    text = gold["query"].str.lower()
    asked = single & text.str.contains(spelt) & text.str.contains(bridge)
    assert asked.sum() >= 15
    north = (matches["latitude"][asked] - 7.8179) * 111.2
    east = (matches["longitude"][asked] + 72.4508) * 110.2
    assert np.hypot(north, east).max() < 0.3


def test_radius_and_reason_everywhere(matches):
    placed = matches["shape"] != "none"
    assert (matches["uncertainty_km"][placed] > 0).all()
    assert (matches["reason"].str.len() > 10).all()
    assert matches["latitude"][~placed].isna().all()
