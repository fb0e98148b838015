"""Disputed stretches, and the ground seen from a country."""

import numpy as np
import pytest
import shapely

from mapper import world
from mapper.world.arcs import read_arcs

SEVASTOPOL, SMARA, PRISTINA, GOLAN = (33.5, 44.6), (-11.67, 26.74), (21.16, 42.66), (35.8, 33.0)


def at(*places):
    lon, lat = np.array(places).T
    return world.country_at(lon, lat).tolist()


def test_the_file_is_sound():
    table = world.disputes()
    assert table["id"].is_unique
    assert table["id"].tolist() == sorted(table["id"])
    for column in ("name", "claimants", "note", "source"):
        assert (table[column] != "").all(), column
    arcs = read_arcs("borders.parquet")
    regions = set(arcs.left) | set(arcs.right)
    for row in table.to_dict("records"):
        assert set(filter(None, row["regions"].split("|"))) <= regions, row["id"]
        assert bool(row["regions"]) == bool(row["views"]), row["id"]
        assert set(filter(None, row["views"].split("|"))) <= set(row["claimants"].split("|"))
        assert bool(row["lines"]) != world.disputed_line(row["id"]).is_empty, row["id"]


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [("kashmir", 74.0, 34.0), ("crimea", 34.0, 46.1), ("western-sahara", -8.67, 27.0),
     ("essequibo", -60.7, 7.0), ("mcmahon-line", 94.0, 29.0), ("abyei", 28.0, 10.2)],
)  # fmt: skip
def test_where_the_stretches_are(name, lon, lat):
    assert world.disputed_line(name).distance(shapely.Point(lon, lat)) < 0.6


def test_the_basemap_marks_them():
    layers = world.basemap((33.0, 45.5, 36.0, 46.5))
    assert [key for key, _ in layers["disputed"]] == ["crimea"]
    assert "disputed" in world.basemap((-73, 7, -72, 8))
    assert not world.basemap((-73, 7, -72, 8))["disputed"]


def test_sides_pairs_and_distances_follow_the_view():
    assert at(SEVASTOPOL, SMARA, PRISTINA, GOLAN) == ["UA", "EH", "XK", "IL"]
    with world.seen_from("RU"):
        assert at(SEVASTOPOL, SMARA) == ["RU", "EH"]
        pair, km = world.nearest_border(np.array([34.1]), np.array([45.9]))
        assert (pair.tolist(), km[0] < 30) == (["RU-UA"], True)
        admin1 = world.admin1_at(np.array([34.1]), np.array([44.95]), np.array(["RU"]))
        assert admin1.tolist() == ["UA-43"]
    with world.seen_from("MA"):
        assert at(SMARA) == ["MA"]
        assert "EH-MA" not in world.pairs()
        assert {"MA-MR", "DZ-MA"} <= set(world.pairs())
        assert not world.country_shape("EH").is_empty  # it can still be spoken of
    with world.seen_from("SY"):
        assert at(GOLAN) == ["SY"]
    assert at(SEVASTOPOL, SMARA, PRISTINA, GOLAN) == ["UA", "EH", "XK", "IL"]


def test_a_view_changes_nothing_elsewhere():
    with world.seen_from("IN"):
        assert at((-72.5078, 7.8939)) == ["CO"]
