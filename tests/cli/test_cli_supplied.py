"""`--crossings` and `--status` on the command line: used in place, page and table."""

import csv
import json

from mapper.render.unpack import directory


def test_own_crossings_reach_geocoder_table_and_page(run_mapper, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text("id,date,place,country,type\n1,2020-04-01,Grenzbrücke Kiefersfelden,AT,clash\n")
    own = tmp_path / "own.csv"
    own.write_text(
        "id,pair,name,aliases,latitude,longitude,uncertainty_km\n"
        "mine,AT-DE,Inn bridge,Grenzbrücke Kiefersfelden,47.607,12.183,1\n"
        "bad,AT-DE,Inn bridge,,north,12.183,1\n"
    )
    status = tmp_path / "status.csv"
    status.write_text(
        "crossing,side,mode,status,from,to,source\nmine,DE,,closed,2020-03-16,2020-06-14,BPol\n"
    )
    more = ("--crossings", own, "--status", status)
    table = tmp_path / "t.csv"
    done = run_mapper("table", rows, "-o", table, *more, "--json")
    assert done.returncode == 0, done.stderr.decode()
    with table.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["place_id"] == "crossing:mine"
    assert (row["nearest_crossing"], row["crossing_status"]) == ("mine", "closed")
    problems = json.loads(done.stdout)["problems"]
    assert [(p["source_file"], p["source_row"]) for p in problems] == [("own.csv", 2)]

    page = tmp_path / "m.html"
    assert run_mapper("map", rows, "-o", page, *more, "-q").returncode == 0
    told = {one["id"]: one for one in meta_of(page)["crossings"]}
    assert told["mine"]["name"] == "Inn bridge"
    assert {one["status"] for one in told["mine"]["status"]} == {"closed"}

    shown = run_mapper("explain", "Grenzbrücke Kiefersfelden", "--crossings", own)
    assert "Inn bridge" in shown.stdout.decode()


def test_a_supplied_row_taken_for_a_note_is_told(run_mapper, newest, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "id,pair,name,latitude,longitude\n"
        "mine,AT-DE,Inn bridge,47.607,12.183\nNote: more posts follow,,,,\n"
    )
    status = tmp_path / "status.csv"
    status.write_text(
        "crossing,side,mode,status,from,to,source\n"
        "mine,DE,,closed,2020-03-16,2020-06-14,BPol\nno more is known,,,,,,\n"
    )
    done = run_mapper("check", newest, "--crossings", own, "--status", status, "--json")
    problems = [p for p in json.loads(done.stdout)["problems"] if p["source_file"] != newest.name]
    assert [(p["source_file"], p["source_row"], p["severity"]) for p in problems] == [
        ("own.csv", 2, "rejected"),
        ("status.csv", 2, "rejected"),
    ]
    assert "Note: more posts follow" in problems[0]["problem"]
    assert "no more is known" in problems[1]["problem"]
    assert all(p["remedy"] for p in problems)


def meta_of(page):
    return directory(page.read_text(encoding="utf-8"))["meta"]


def test_a_file_of_nonsense_is_one_line(run_mapper, newest, tmp_path):
    bad = tmp_path / "own.csv"
    bad.write_bytes(b"\x00\x01\x02" * 50)
    done = run_mapper("check", newest, "--crossings", bad)
    assert done.returncode == 3
    assert len(done.stderr.decode().splitlines()) == 1
    assert "own.csv" in done.stderr.decode()


def test_the_seeds_claims_stand_beside_the_status(seed_map):
    output, _ = seed_map
    told = {one["id"]: one for one in meta_of(output)["crossings"]}
    bridge = told["co-ve-simon-bolivar"]
    assert {"CVB-0150", "CVB-0266"} <= {claim["incident_id"] for claim in bridge["claims"]}
    assert [c["day"] for c in bridge["claims"]] == sorted(c["day"] for c in bridge["claims"])
    assert {c["at"] for c in told["br-ve-pacaraima"]["claims"]} == {"near", "border"}


def test_an_admin_layer_gives_p_codes(run_mapper, tmp_path):
    ring = [[-72.7, 7.7], [-72.3, 7.7], [-72.3, 8.2], [-72.7, 8.2], [-72.7, 7.7]]
    area = {"type": "Feature", "properties": {"adm2_name": "Cúcuta", "adm2_pcode": "CO54001"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    layer = tmp_path / "cod.geojson"
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}))
    rows = tmp_path / "rows.csv"
    rows.write_text("id,date,place,country\n1,2020-04-01,Cúcuta,CO\n2,2020-04-01,Colombia,CO\n")
    table = tmp_path / "t.csv"
    done = run_mapper("table", rows, "-o", table, "--admin", layer)
    assert done.returncode == 0, done.stderr.decode()
    with table.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row["admin2_pcode"] for row in told] == ["CO54001", ""]
    assert [row["admin2_name"] for row in told] == ["Cúcuta", ""]
