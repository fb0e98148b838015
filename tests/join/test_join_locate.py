"""The golden cases of the join: the side, the distance, the crossing and its status."""

import json

import numpy as np
import pandas as pd
import pytest

from mapper import join
from mapper.columns import INCIDENT, LOCATED, MATCH, PROBLEM, empty, require


def incidents_of(*rows):
    table = empty(INCIDENT, len(rows))
    for i, row in enumerate(rows):
        for name, value in row.items():
            table.loc[i, name] = value
    return table


def matches_of(*rows):
    table = empty(MATCH, len(rows))
    for i, row in enumerate(rows):
        for name, value in {
            "status": "resolved",
            "shape": "point",
            "method": "name",
            **row,
        }.items():
            table.loc[i, name] = value
    return table


def point(lat, lon, km=0.1, **more):
    return {"latitude": lat, "longitude": lon, "uncertainty_km": km, **more}


def located(match, **incident):
    frame, _ = join.locate(incidents_of(incident), matches_of(match), np.array([0]))
    return frame.iloc[0]


BRIDGE = point(7.8179, -72.4508, 0.3, place_id="crossing:co-ve-simon-bolivar", precision="crossing")


def test_a_bridge_within_300_m_is_on_both_sides():
    row = located(BRIDGE, date_start=pd.Timestamp("2019-02-23"))
    assert row["country"] == "CO|VE"
    assert row["border"] == "CO-VE"
    assert row["border_km"] < 0.1
    assert row["nearest_crossing"] == "co-ve-simon-bolivar"
    assert row["crossing_km"] == pytest.approx(0, abs=1e-6)
    assert row["crossing_status"] == "closed"
    assert row["admin1"] == "CO-NSA|VE-S"


def test_status_detail_names_side_mode_and_source():
    row = located(BRIDGE, date_start=pd.Timestamp("2019-02-25"))
    detail = json.loads(row["crossing_status_detail"])
    foot = {(d["side"], d["mode"]): d for d in detail}
    assert foot["VE", "foot"]["status"] == "closed"
    assert foot["CO", "foot"]["status"] == "closed"
    assert foot["VE", "foot"]["from"] == "2019-02-22"
    assert all(d["source"] for d in detail)


@pytest.mark.parametrize(
    ("lat", "lon", "country", "border", "km", "tolerance"),
    [
        (7.8939, -72.5078, "CO", "CO-VE", 4.85, 0.1),  # Cúcuta's centre
        (4.60226, -61.11025, "VE", "BR-VE", 8.9, 0.2),  # Santa Elena de Uairén
        (5.065, -61.07, "VE", None, 40, 3),  # Kumarakapay, as far from Guyana as from Brazil
    ],
)
def test_sides_and_distances(lat, lon, country, border, km, tolerance):
    row = located(point(lat, lon, 1.0))
    assert row["country"] == country
    assert border is None or row["border"] == border
    assert row["border_km"] == pytest.approx(km, abs=tolerance)


def test_kumarakapay_belongs_to_the_crossing_of_pacaraima():
    assert located(point(5.065, -61.07, 1.0))["nearest_crossing"] == "br-ve-pacaraima"


def test_a_country_has_no_distance_and_no_crossing():
    row = located(
        point(4.0, -73.0, 900.0, shape="area", place_id="country:CO", precision="country"),
        date_start=pd.Timestamp("2019-02-23"),
    )
    assert row["country"] == "CO"
    assert row["geometry"].geom_type == "MultiPolygon"
    assert np.isnan(row["border_km"])
    assert row["nearest_crossing"] == row["crossing_status"] == row["border"] == ""


def test_an_admin_area_is_drawn_as_it_is():
    row = located(point(8.0, -73.0, 90.0, shape="area", place_id="admin1:CO-NSA"))
    assert (row["country"], row["admin1"], row["border"]) == ("CO", "CO-NSA", "CO-VE")
    assert np.isnan(row["border_km"])
    assert row["geometry"].area > 1


def test_a_border_is_a_line():
    row = located(point(7.0, -72.0, 900.0, shape="line", place_id="border:CO-VE"))
    assert (row["country"], row["border"], row["border_km"]) == ("CO|VE", "CO-VE", 0)
    assert row["geometry"].geom_type == "MultiLineString"


def test_a_list_is_its_parts():
    parts = [
        {"place_id": "crossing:co-ve-simon-bolivar", "latitude": 7.8179, "longitude": -72.4508},
        {"place_id": "crossing:co-ve-santander", "latitude": 7.91639, "longitude": -72.46278},
    ]
    row = located({"shape": "list", "parts": json.dumps(parts)})
    assert row["geometry"].geom_type == "MultiPoint"
    assert (row["country"], row["border"]) == ("CO|VE", "CO-VE")
    mixed = [*parts, {"place_id": "admin1:CO-ARA", "latitude": 6.5, "longitude": -71}]
    row = located({"shape": "list", "parts": json.dumps(mixed)})
    assert row["geometry"].geom_type == "GeometryCollection"


def test_unresolved_stays_without_a_place():
    row = located({"status": "unresolved", "shape": "none", "method": ""})
    assert row["geometry"] is None
    assert row["country"] == row["border"] == row["nearest_crossing"] == ""


def test_lake_maracaibo_is_venezuela():
    row = located(point(9.8, -71.5, 1.0))
    assert row["country"] == "VE"
    assert row["admin1"] == "VE-V"


def test_given_coordinates_win_but_for_an_override():
    incident = {"given_latitude": 7.8939, "given_longitude": -72.5078, "place": "Bogotá"}
    match = point(4.61, -74.08, 5.0, matched_name="Bogotá")
    frame, problems = join.locate(incidents_of(incident), matches_of(match), np.array([0]))
    assert frame["method"].tolist() == frame["precision"].tolist() == ["given"]
    assert frame["latitude"].tolist() == [7.8939]
    assert frame["matched_name"].tolist() == [""]
    assert problems["problem_code"].tolist() == ["given_far"]
    assert problems["severity"].tolist() == ["doubt"]
    frame, problems = join.locate(
        incidents_of(incident), matches_of({**match, "method": "override"}), np.array([0])
    )
    assert frame["latitude"].tolist() == [4.61]
    assert problems.empty


def test_coordinates_in_another_country_than_the_row_says_are_reported():
    incident = {"given_latitude": 7.8939, "given_longitude": -72.5078, "place_country": "VE"}
    none = {"status": "unresolved", "shape": "none", "method": ""}
    _, problems = join.locate(incidents_of(incident), matches_of(none), np.array([0]))
    assert problems["problem_code"].tolist() == ["given_country"]


def test_null_island_is_a_missing_value():
    incident = {"given_latitude": 0.0, "given_longitude": 0.0}
    frame, _ = join.locate(incidents_of(incident), matches_of(BRIDGE), np.array([0]))
    assert frame["latitude"].tolist() == [7.8179]


def test_the_table_is_what_it_should_be():
    incidents = incidents_of({"place": "x"}, {"place": "y", "given_latitude": 5.0,
                                              "given_longitude": -61.0})  # fmt: skip
    incidents["contacto"] = pd.array(["a", "b"], dtype="str")
    incidents.index = [7, 9]
    frame, problems = join.locate(incidents, matches_of(BRIDGE), np.array([0, 0]))
    require(frame, LOCATED)
    require(problems, PROBLEM)
    assert list(frame.columns) == [*LOCATED.names, "contacto"]
    assert frame.index.tolist() == [7, 9]
    assert frame.crs == "EPSG:4326"


def test_no_rows():
    frame, problems = join.locate(empty(INCIDENT), empty(MATCH), np.array([], dtype=int))
    assert len(frame) == len(problems) == 0
    require(frame, LOCATED)
