"""The located table as files of five formats, read back by other programs' readers."""

import builtins
import io
import json
import time

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely

from mapper import publish
from mapper.columns import LOCATED, empty
from mapper.errors import UnusableError, UsageError
from mapper.publish.export import FORMATS


@pytest.fixture
def table():
    frame = empty(LOCATED, 3)
    frame["incident_id"] = pd.array(["a", "b", "c"], dtype="str")
    frame["description"] = pd.array(["=1+1", "+CMD|' /C calc'!A0", "ok \x07 é"], dtype="str")
    frame["date_start"] = pd.array(["2019-02-23", None, "1969-12-31"], dtype="datetime64[s]")
    frame["injured"] = [3.0, np.nan, 0.5]
    frame["Place"] = pd.array(["their own", "@x", "-1"], dtype="str")
    ring = [(0, 0), (0, 1), (1, 1), (1, 0)]  # clockwise
    shapes = [shapely.Point(-72.45, 7.8179), None, shapely.Polygon(ring)]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


@pytest.mark.parametrize("how", FORMATS)
def test_same_table_same_bytes(table, how):
    first = publish.export(table, how)
    time.sleep(1.1)  # clocks in files count seconds
    assert publish.export(table, how) == first


def test_csv_is_formula_safe(table):
    frame = pd.read_csv(io.BytesIO(publish.export(table, "csv")), dtype=str, keep_default_na=False)
    assert frame["description"].tolist()[:2] == ["'=1+1", "'+CMD|' /C calc'!A0"]
    assert frame["date_start"].tolist() == ["2019-02-23", "", "1969-12-31"]
    assert frame["injured"].tolist() == ["3", "", "0.5"]
    assert "geometry" not in frame.columns


def test_parquet_keeps_types_and_geometry(table):
    frame = gpd.read_parquet(io.BytesIO(publish.export(table, "parquet")))
    assert frame["description"].tolist() == table["description"].tolist()
    assert [str(day) for day in frame["date_start"]][::2] == ["2019-02-23", "1969-12-31"]
    assert frame.geometry.iloc[0].equals(table.geometry.iloc[0])
    assert frame.geometry.iloc[1] is None
    assert frame.crs == "EPSG:4326"


def test_geojson_is_rfc_7946(table):
    told = json.loads(publish.export(table, "geojson"))
    assert set(told) == {"type", "features"}
    point, nowhere, area = told["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [-72.45, 7.8179]}
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["injured"] is nowhere["properties"]["date_start"] is None
    assert shapely.geometry.shape(area["geometry"]).exterior.is_ccw
    assert point["properties"]["date_start"] == "2019-02-23"
    assert point["properties"]["injured"] == 3


def test_geopackage_is_read_by_gdal(table, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(publish.export(table, "gpkg"))
    frame = gpd.read_file(path, layer="reports")
    assert frame["description"].tolist()[:2] == ["=1+1", "+CMD|' /C calc'!A0"]
    assert frame["Place_2"].tolist() == ["their own", "@x", "-1"]  # beside our own `place`
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.iloc[1] is None
    assert f"{frame['date_start'].iloc[0]:%Y-%m-%d}" == "2019-02-23"


def test_xlsx_holds_text_numbers_and_days_but_no_formula(table):
    sheet = openpyxl.load_workbook(io.BytesIO(publish.export(table, "xlsx")))["reports"]
    names = [cell.value for cell in sheet[1]]
    row = dict(zip(names, sheet[2], strict=True))
    assert (row["description"].value, row["description"].data_type) == ("=1+1", "s")
    assert row["description"].quotePrefix
    assert row["injured"].value == 3
    assert f"{row['date_start'].value:%Y-%m-%d}" == "2019-02-23"
    last = dict(zip(names, sheet[4], strict=True))
    assert last["description"].value == "ok \ufffd é"
    assert not [cell for line in sheet for cell in line if cell.data_type == "f"]


def test_a_missing_extra_prints_its_install_line(table, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnusableError, match=r"pip install 'border-incident-mapper\[excel\]'"):
        publish.export(table, "xlsx")


def test_a_summary_has_no_map():
    with pytest.raises(UsageError, match="geojson"):
        publish.export(pd.DataFrame({"month": ["2019-02"]}), "geojson")


def test_the_schema_tells_units_and_meanings(table):
    told = publish.table_schema(table, LOCATED)
    fields = {field["name"]: field for field in told["fields"]}
    assert list(fields) == [name for name in table.columns if name != "geometry"]
    assert fields["border_km"]["unit"] == "km"
    assert fields["border_km"]["type"] == "number"
    assert fields["date_start"]["type"] == "date"
    assert all(field["description"] for field in fields.values())
    assert told["primaryKey"] == "incident_id"
    mapped = publish.table_schema(table, LOCATED, "geojson")
    assert mapped["fields"][-1]["type"] == "geojson"
