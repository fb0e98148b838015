"""Coordinates that stand for an area by the source's precision code are never drawn as a pin."""

import numpy as np
import pytest
from shapely.geometry import Point

from mapper import join
from mapper.columns import INCIDENT, MATCH, empty


def located(shape, km, match=None, lat=7.8939, lon=-72.5078):
    incident = empty(INCIDENT, 1)
    for name, value in {
        "given_latitude": lat,
        "given_longitude": lon,
        "given_uncertainty_km": km,
        "given_shape": shape,
    }.items():
        incident.loc[0, name] = value
    matches = empty(MATCH, 1)
    for name, value in (match or {"status": "unresolved", "shape": "none"}).items():
        matches.loc[0, name] = value
    return join.locate(incident, matches, np.array([0]))[0].iloc[0]


@pytest.mark.parametrize("said", ["", "point"])
def test_a_point_stays_a_point(said):
    row = located(said, 5)
    assert (row["shape"], row["geometry"].geom_type) == ("point", "Point")
    assert row["place_id"].startswith("point:")


@pytest.mark.parametrize("said", ["area", "line"])
def test_an_area_is_the_circle_of_its_uncertainty(said):
    row = located(said, 100)
    assert (row["shape"], row["method"], row["precision"]) == ("area", "given", "given")
    assert row["uncertainty_km"] == 100
    assert "100 km" in row["reason"]
    west, south, east, north = row["geometry"].bounds
    assert north - south == pytest.approx(200 / 110.6, rel=0.01)
    assert east - west == pytest.approx(200 / 110.3, rel=0.01)
    assert row["geometry"].contains(Point(-72.5078, 7.8939))
    assert row["country"] == "CO|VE"
    assert np.isnan(row["border_km"])
    assert row["nearest_crossing"] == ""


def test_admin_areas_and_countries_have_their_own_outline():
    assert located("admin1", 120)["place_id"] == "admin1:CO-NSA"
    row = located("country", 500)
    assert (row["place_id"], row["country"]) == ("country:CO", "CO")
    assert row["geometry"].geom_type.endswith("Polygon")


def test_in_the_sea_an_area_is_a_circle():
    row = located("admin1", 120, lat=0.0, lon=-140.0)
    assert row["place_id"].startswith("circle:")
    assert row["shape"] == "area"


def test_the_border_that_the_text_names_says_more_than_a_circle():
    line = {
        "status": "resolved", "shape": "line", "place_id": "border:CO-VE", "latitude": 7.9,
        "longitude": -72.4, "uncertainty_km": 400.0, "method": "border", "precision": "border",
    }  # fmt: skip
    assert located("line", 200, line)["place_id"] == "border:CO-VE"
    assert located("point", 5, line)["method"] == "given"


def test_a_circle_over_the_date_line_stays_on_the_map():
    row = located("area", 300, lat=-17.0, lon=179.5)
    assert row["geometry"].is_valid
    west, _, east, _ = row["geometry"].bounds
    assert west > 175
    assert east <= 180
