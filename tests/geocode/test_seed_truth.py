"""The places of the sample edition against a key that owes nothing to mapper (tests/gold)."""

from pathlib import Path

import pandas as pd
import pytest
from pyproj import Geod
from shapely import Point
from shapely.ops import nearest_points

import mapper

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "incidents_2019-03-31.csv"
KEY = ["place", "place_country"]
WGS84 = Geod(ellps="WGS84")
SLACK_KM = 0.5
FARTHEST_KM = 50


def away_km(true, drawn):
    """Distance from the key's position to the nearest of what was drawn, in km."""
    near, _ = nearest_points(drawn, true)
    return WGS84.inv(true.x, true.y, near.x, near.y)[2] / 1000


@pytest.fixture(scope="module")
def judged():
    """Every place of the key with what mapper made of it."""
    key = pd.read_csv(ROOT / "tests" / "gold" / "seed_truth.csv", dtype=str, keep_default_na=False)
    for column in ("latitude", "longitude", "extent_km"):
        key[column] = pd.to_numeric(key[column])
    key = key.rename(columns={"latitude": "true_latitude", "longitude": "true_longitude"})
    rows = mapper.locate(mapper.read(SEEDS))
    found = pd.DataFrame(rows)[[*KEY, "shape", "place_id", "matched_name", "geometry"]]
    found[KEY] = found[KEY].astype("object").fillna("")
    found = found.drop_duplicates(KEY)
    table = key.merge(found, on=KEY, how="outer", indicator=True)
    assert set(table["_merge"]) == {"both"}, "the key must hold just the places of the edition"
    known = table["true_latitude"].notna() & (table["shape"] != "none")
    table["away_km"] = [
        away_km(Point(row.true_longitude, row.true_latitude), row.geometry) if here else None
        for row, here in zip(table.itertuples(), known, strict=True)
    ]
    return table


def shown(table):
    return table[["place", "shape", "matched_name", "away_km"]].to_dict("records")


def test_points_lie_where_they_are(judged):
    points = judged[judged["kind"] == "point"]
    there = (points["shape"] == "point") & (points["away_km"] <= points["extent_km"] + SLACK_KM)
    assert len(points) >= 90
    assert there.mean() >= 0.85, shown(points[~there])


def test_nothing_lands_far_from_what_the_text_names(judged):
    far = judged["away_km"] > judged["extent_km"].fillna(0) + FARTHEST_KM
    assert not far.any(), shown(judged[far])


def test_what_has_extent_is_no_bare_pin(judged):
    extended = judged[judged["kind"].isin(("area", "line", "list"))]
    pins = extended["shape"] == "point"
    assert len(extended) >= 60
    assert pins.mean() <= 0.1, shown(extended[pins])


def test_what_names_nothing_is_not_placed_by_chance(judged):
    nothing = judged[(judged["kind"] == "none") & judged["true_latitude"].isna()]
    assert set(nothing["shape"]) == {"none"}


def test_areas_and_borders_are_the_ones_named(judged):
    coded = judged[(judged["names"] != "") & (judged["kind"] != "either")]
    right = [row.place_id.rpartition(":")[2].startswith(row.names) for row in coded.itertuples()]
    assert len(coded) >= 30
    assert all(right), shown(coded[[not r for r in right]])
