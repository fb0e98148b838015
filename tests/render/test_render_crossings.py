"""The crossings of a page: the sourced status, and beside it what the reports claim."""

import json

import pandas as pd

from mapper import world
from mapper.columns import LOCATED, empty
from mapper.render.crossings import claims, crossings

SB, PS = "co-ve-simon-bolivar", "co-ve-santander"


def reports(*rows):
    frame = empty(LOCATED, len(rows))
    for i, row in enumerate(rows):
        for name, value in {
            "event_type": "border_closure",
            "date_start": pd.Timestamp("2019-02-22"),
            "incident_id": f"r{i}",
            "source_name": "Radio",
            **row,
        }.items():
            frame.loc[i, name] = value  # fmt: skip
    return frame


def test_a_report_claims_what_it_names():
    parts = json.dumps([{"place_id": f"crossing:{SB}"}, {"place_id": f"crossing:{PS}"}])
    near = {"place_id": "geonames:1", "shape": "point", "nearest_crossing": SB}
    found = claims(
        reports(
            {"place_id": f"crossing:{SB}", "shape": "point"},
            {"place_id": "", "shape": "list", "parts": parts},
            {**near, "crossing_km": 9.0, "event_type": "border_reopening"},
            {**near, "crossing_km": 30.0},
            {"place_id": "admin1:VE-S", "shape": "area"},
            {"place_id": f"crossing:{SB}", "event_type": "clash"},
            {"place_id": "border:BR-VE", "shape": "line", "date_start": pd.NaT},
        ),
        world.crossings(),
    )
    assert [(c["incident_id"], c["at"]) for c in found[SB]] == [
        ("r0", "crossing"), ("r1", "crossing"), ("r2", "near"),
    ]  # fmt: skip
    assert [c["incident_id"] for c in found[PS]] == ["r1"]
    assert found["br-ve-pacaraima"] == [
        {"day": None, "to": None, "type": "border_closure", "source": "Radio",
         "incident_id": "r6", "at": "border"}
    ]  # fmt: skip
    assert set(found) == {SB, PS, "br-ve-pacaraima"}
    assert found[SB][0]["day"] == found[SB][0]["to"] == 17949


def test_claims_stand_beside_the_status_and_never_change_it():
    places = reports({"border": "CO-VE"})
    claim = reports({"place_id": f"crossing:{SB}", "date_start": pd.Timestamp("2022-10-01")})
    calm = {one["id"]: one for one in crossings(places, claim.iloc[:0])}
    told = {one["id"]: one for one in crossings(places, claim)}
    assert len(told[SB]["claims"]) == 1
    assert calm[SB]["claims"] == told[PS]["claims"] == []
    for part in ("status", "calendar"):
        assert told[SB][part] == calm[SB][part]


def test_too_many_claims_are_counted():
    rows = reports({"place_id": f"crossing:{SB}"}).loc[[0] * 700].reset_index(drop=True)
    rows["date_start"] = pd.date_range("2015-01-01", periods=700).astype("datetime64[s]")
    told = {one["id"]: one for one in crossings(reports({"border": "CO-VE"}), rows)}[SB]
    assert len(told["claims"]) == 500
    assert told["claims_left_out"] == 200
    assert told["claims"][-1]["day"] == max(c["day"] for c in told["claims"])
