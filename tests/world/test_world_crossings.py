"""Crossings: the list, the nearest, and the status of a date."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest

from mapper import geodata, world
from mapper.text import fold
from mapper.world.crossings import CROSSING_COLUMNS, STATUS_COLUMNS

BRIDGES = {
    "co-ve-simon-bolivar": (7.8179, -72.4508),
    "co-ve-tienditas": (7.876726, -72.452541),
    "co-ve-santander": (7.91639, -72.46278),
}


def status(name, first, last=None, known=None):
    found, detail = world.crossing_status(
        np.array([name]),
        np.array([first], dtype="datetime64[D]"),
        np.array([last or "NaT"], dtype="datetime64[D]"),
        known,
    )
    return str(found[0]), json.loads(detail[0]) if detail[0] else []


def test_the_list_is_in_order():
    table = world.crossings()
    assert tuple(table.columns) == CROSSING_COLUMNS
    assert table["id"].is_unique
    for column in ("name", "name_es", "name_en", "name_pt", "name_fr", "name_id", "verified"):
        assert (table[column] != "").all(), column
    for name, (lat, lon) in BRIDGES.items():
        row = table.set_index("id").loc[name]
        assert (row["latitude"], row["longitude"]) == (lat, lon)


def test_every_crossing_is_on_its_line():
    table = world.crossings()
    pair, km = world.nearest_border(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    assert pair.tolist() == table["pair"].tolist()
    exact = (table["quality"] == "exact").to_numpy()
    assert (km[exact] <= 0.3).all()
    assert (km <= table["uncertainty_km"] + 0.3).all()


def test_no_alias_is_the_bare_name_of_a_town():
    towns = {
        "santa elena de uairen", "boca de grita", "boca del grita", "inirida", "san miguel",
        "puerto carreno", "casuarito", "la parada", "la punta", "paraguachon", "maicao", "urena",
        "san antonio", "pacaraima", "arauca", "el amparo", "guarero", "puerto santander", "tulcan",
        "ipiales", "cucuta", "cucuta san antonio", "la linea", "la raya", "puerto ayacucho",
    }  # fmt: skip
    names = world.crossings()[["name", "aliases"]].agg("|".join, axis=1).str.split("|").explode()
    assert not {fold(name) for name in names} & towns


def test_names_in_the_scripts_of_the_seeds():
    aliases = world.crossings().set_index("id")["aliases"]
    assert "جسر سيمون بوليفار" in aliases["co-ve-simon-bolivar"]
    assert "международный мост имени Симона Боливара" in aliases["co-ve-simon-bolivar"]
    assert "西蒙·玻利瓦爾國際大橋" in aliases["co-ve-simon-bolivar"]
    assert "廷迪塔斯國際大橋" in aliases["co-ve-tienditas"]


def test_nearest_crossing():
    lon = np.array([-72.4508, -61.07, 2.35, np.nan])
    lat = np.array([7.8179, 5.065, 48.85, 1.0])
    found, km = world.nearest_crossing(lon, lat, world.crossings())
    assert found.tolist() == ["co-ve-simon-bolivar", "br-ve-pacaraima", "", ""]
    assert km[:2] == pytest.approx([0, 64.8], abs=0.6)
    assert np.isnan(km[2:]).all()


def test_more_crossings_of_the_user():
    own = world.crossings().head(1).assign(id="mine", longitude=2.35, latitude=48.85)
    table = world.crossings(own)
    assert len(table) == len(world.crossings()) + 1
    found, _ = world.nearest_crossing(np.array([2.35]), np.array([48.85]), table)
    assert found.tolist() == ["mine"]


# The sources of each fact stand in geodata/crossing_status.csv.
SB, TI, PS = BRIDGES
TABLE = [
    (SB, "2019-02-20", "open", {("CO", "foot"): "open", ("VE", "foot"): "open",
                                ("VE", "vehicle"): "closed"}),
    (PS, "2019-02-20", "open", {("VE", "foot"): "open"}),
    (TI, "2019-02-20", "blocked", {("VE", "vehicle"): "blocked", ("CO", "vehicle"): "closed"}),
    (SB, "2019-02-22", "closed", {("CO", "foot"): "open"}),
    (SB, "2019-02-23", "closed", {("VE", "foot"): "closed", ("CO", "foot"): "open"}),
    (PS, "2019-02-23", "closed", {("VE", "foot"): "closed", ("CO", "foot"): "open"}),
    (TI, "2019-02-23", "blocked", {("VE", "foot"): "blocked"}),
    (SB, "2019-02-25", "closed", {("VE", "foot"): "closed", ("CO", "foot"): "closed"}),
    (PS, "2019-02-25", "closed", {("VE", "foot"): "closed", ("CO", "foot"): "closed"}),
    (SB, "2019-02-26", "closed", {("CO", "foot"): "disputed"}),
    (SB, "2019-03-15", "closed", {("VE", "foot"): "closed", ("CO", "foot"): "open"}),
    (TI, "2019-03-15", "blocked", {("VE", "foot"): "blocked"}),
    (SB, "2019-06-10", "open", {("VE", "foot"): "open", ("VE", "cargo"): "closed"}),
    (PS, "2019-06-10", "open", {("VE", "foot"): "open"}),
    (TI, "2019-06-10", "blocked", {("VE", "foot"): "blocked"}),
    (SB, "2020-04-01", "closed", {("CO", "foot"): "closed", ("CO", "cargo"): "closed"}),
    (PS, "2020-04-01", "closed", {("CO", "foot"): "closed"}),
    (TI, "2020-04-01", "blocked", {("CO", "foot"): "closed", ("VE", "foot"): "blocked"}),
    (SB, "2022-10-01", "open", {("VE", "cargo"): "open", ("CO", "cargo"): "open"}),
    (PS, "2022-10-01", "open", {("VE", "cargo"): "open"}),
    (TI, "2022-10-01", "blocked", {("VE", "vehicle"): "blocked"}),
    (SB, "2023-01-02", "open", {("VE", "cargo"): "open"}),
    (TI, "2023-01-02", "open", {("VE", "vehicle"): "open", ("CO", "vehicle"): "open"}),
    ("br-ve-pacaraima", "2019-02-20", "open", {("VE", "vehicle"): "open"}),
    ("br-ve-pacaraima", "2019-02-23", "closed", {("VE", "foot"): "closed"}),
    ("co-ve-union", "2019-02-23", "closed", {("VE", "foot"): "closed"}),
    ("co-ec-rumichaca", "2019-02-23", "unknown", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "day", "expected", "sides"), TABLE)
def test_status_of_a_day(name, day, expected, sides):
    found, detail = status(name, day)
    assert found == expected
    said = {}
    for row in detail:
        said.setdefault((row["side"], row["mode"]), set()).add(row["status"])
        assert row["source"]
    for key, value in sides.items():
        assert value in said[key]


def test_the_most_restrictive_of_a_span():
    assert status(SB, "2019-02-20", "2019-02-24")[0] == "closed"
    assert status(SB, "2019-02-19", "2019-02-20")[0] == "open"


def test_a_change_within_a_day_says_when():
    _, detail = status(SB, "2019-02-22")
    closed = [row for row in detail if row["side"] == "VE" and row["mode"] == "foot"]
    assert {(row["status"], row.get("from_time", "")) for row in closed} == {
        ("open", ""),
        ("closed", "evening"),
    }


def test_without_a_date_or_a_crossing():
    assert status(SB, "NaT") == ("unknown", [])
    assert status("", "2019-02-22") == ("", [])
    assert status("no-such", "2019-02-22") == ("unknown", [])


def test_sources_that_differ_make_it_disputed():
    rows = [
        ["mine", "VE", "foot", "open", "2019-02-01", "", "2019-02-10", "", "", "one", ""],
        ["mine", "VE", "foot", "closed", "2019-02-03", "", "2019-02-10", "", "", "other", ""],
    ]
    own = world.intervals(pd.DataFrame(rows, columns=list(STATUS_COLUMNS)))
    assert status("mine", "2019-02-05", known=own)[0] == "disputed"
    assert status("mine", "2019-02-02", known=own)[0] == "open"
    assert status(SB, "2019-02-23", known=own)[0] == "closed"


def test_the_status_file_is_sound():
    text = {"dtype": str, "keep_default_na": False}
    table = pd.read_csv(geodata.path("crossing_status.csv"), **text)
    assert tuple(table.columns) == STATUS_COLUMNS
    assert set(table["crossing"]) <= set(world.crossings()["id"])
    assert set(table["status"]) <= {"open", "restricted", "closed", "blocked", "disputed"}
    assert set(table["mode"]) <= {"foot", "vehicle", "cargo", "river"}
    assert (table["source"] != "").all()
    assert ((table["to"] == "") | (table["to"] >= table["from"])).all()
    # ours never contradict themselves: of one side and mode only days of change are shared
    for _, rows in table.groupby(["crossing", "side", "mode"]):
        said = rows.sort_values(["from", "to"])[["from", "to", "status"]].to_numpy().tolist()
        for (_, end, status_a), (start, _, status_b) in itertools.pairwise(said):
            assert status_a == status_b or (end or "9999") <= start, said
