"""A user's layer of admin areas: by polygon, and both where it cannot be told."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapper import join, supplied
from mapper.columns import INCIDENT, LOCATED, MATCH, empty
from mapper.errors import InputError


def layer_file(tmp_path, name="cod.geojson", crs="EPSG:4326", **columns):
    columns = columns or {
        "ADM2_ES": ["Cúcuta", "Villa del Rosario"],
        "ADM2_EN": ["Cucuta", "Villa"],
        "ADM2_PCODE": ["CO54001", "CO54874"],
        "ADM1_PCODE": ["CO54", "CO54"],
        "validOn": ["2020", "2020"],
    }
    boxes = [shapely.box(-72.7, 7.87, -72.4, 8.2), shapely.box(-72.7, 7.7, -72.4, 7.87)]
    frame = gpd.GeoDataFrame(columns, geometry=boxes, crs="EPSG:4326").to_crs(crs)
    path = tmp_path / name
    frame.to_file(path)
    return path


def test_cod_ab_columns_are_understood(tmp_path):
    layer = supplied.admin_layer(layer_file(tmp_path, "cod.gpkg", "EPSG:3857"))
    assert layer.columns.tolist() == ["admin1_pcode", "admin2_name", "admin2_pcode", "geometry"]
    assert layer["admin2_name"].tolist() == ["Cúcuta", "Villa del Rosario"]
    assert layer.crs == "EPSG:4326"
    assert layer.total_bounds == pytest.approx([-72.7, 7.7, -72.4, 8.2])


def test_points_get_their_area_and_areas_none(tmp_path):
    layer = supplied.admin_layer(layer_file(tmp_path))
    matches = empty(MATCH, 4)
    for i, (shape, lat, lon, km) in enumerate(
        [("point", 7.95, -72.5, 1), ("point", 7.88, -72.5, 5), ("area", 7.95, -72.5, 20),
         ("point", 4.6, -74.1, 1)]
    ):  # fmt: skip
        matches.loc[i, ["shape", "status", "latitude", "longitude", "uncertainty_km"]] = [
            shape, "resolved", lat, lon, km
        ]  # fmt: skip
    incidents = empty(INCIDENT, 4)
    incidents["admin2_name"] = ["theirs"] * 4
    located, _ = join.locate(incidents, matches, np.arange(4), admin=layer)
    assert located["admin2_pcode"].tolist() == ["CO54001", "CO54001|CO54874", "", ""]
    assert located["layer_admin2_name"].tolist() == ["Cúcuta", "Cúcuta|Villa del Rosario", "", ""]
    assert located["admin2_name"].tolist() == ["theirs"] * 4
    assert located["admin1_pcode"].tolist() == ["CO54", "CO54", "", ""]
    assert located.columns.tolist()[: len(LOCATED.names)] == list(LOCATED.names)


def test_a_layer_of_something_else_is_one_clear_line(tmp_path):
    nothing = layer_file(tmp_path, "x.geojson", colour=["red", "blue"])
    with pytest.raises(InputError, match=r"x\.geojson.*ADM2_PCODE.*colour"):
        supplied.admin_layer(nothing)
    (tmp_path / "bad.geojson").write_text("<html>")
    with pytest.raises(InputError, match=r"bad\.geojson"):
        supplied.admin_layer(tmp_path / "bad.geojson")
    with pytest.raises(InputError, match="no_such"):
        supplied.admin_layer(tmp_path / "no_such.gpkg")
