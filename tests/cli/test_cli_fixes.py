"""The review loop from the command line: corrections by hand are taken, kept and named."""

import csv
import json

import pytest

from mapper.config import Options
from mapper.geocode import overrides
from mapper.pipeline import make_map
from mapper.pipeline.unread import unread
from mapper.read import read_table

ROWS = [
    ("A1", "Ureña", "VE"),
    ("A2", "San Antonio del Táchira", "VE"),
    ("A3", "perbatasan", ""),
    ("A4", "perbatasan", ""),
    ("A5", "Cúcuta", "CO"),
]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in" / "reports.csv"
    path.parent.mkdir()
    lines = [f"{i},2019-02-23,{place},{country},clash" for i, place, country in ROWS]
    head = "incident_id,date,place,place_country,event_type"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def run(table):
    """Make the map as the command line does; give the report and the places by text."""
    output = table.parents[1] / "out" / "map.html"

    def go(**options):
        report = make_map(Options(inputs=(str(table),), output=output, **options))
        return report.to_dict(), places(output.with_name("map.places.csv"))

    go.output = output
    go.places = output.with_name("map.places.csv")
    go.fixes = output.with_name("reports.fixes.csv")
    return go


def places(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["place"]: row for row in csv.DictReader(file)}


def edit(path, place, *, sep=",", drop=(), **changes):
    """Change cells of one place, as a spreadsheet would, and save."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["place"] == place:
            row.update(changes)
    names = [name for name in rows[0] if name not in drop]
    names += [name for name in changes if name not in names]
    if sep == ";":
        for row in rows:
            for name in ("latitude", "longitude", "uncertainty_km", "confidence"):
                row[name] = row[name].replace(".", ",")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=sep, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path.read_bytes()


def test_untouched_tables_change_nothing(run):
    run()
    before = {p.name: p.read_bytes() for p in run.output.parent.iterdir()}
    report, _ = run()
    assert report["fixes"] == {}
    assert {p.name: p.read_bytes() for p in run.output.parent.iterdir()} == before
    assert sorted(before) == ["map.html", "map.places.csv"]


def test_an_edited_position_moves_to_the_fixes_and_stays(run):
    run()
    edit(run.places, "Ureña", latitude="7.9", longitude="-72.44", note="by a colleague")
    report, found = run()
    assert report["fixes"] == {"map.places.csv": 1}
    assert (found["Ureña"]["method"], found["Ureña"]["latitude"]) == ("override", "7.9")
    assert "by a colleague" in found["Ureña"]["reason"]
    assert found["Cúcuta"]["method"] != "override"
    fixes = places(run.fixes)
    assert list(fixes) == ["Ureña"]
    assert (fixes["Ureña"]["longitude"], fixes["Ureña"]["place_country"]) == ("-72.44", "VE")
    page = run.output.read_bytes()
    report, found = run()
    assert report["fixes"] == {"reports.fixes.csv": 1}
    assert found["Ureña"]["latitude"] == "7.9"
    assert run.output.read_bytes() == page
    assert not run.places.with_name("map.places.edited.csv").exists()


def test_a_spanish_spreadsheet(run):
    run()
    edit(run.places, "Ureña", sep=";", latitude="7,8179", longitude="-72,4508")
    report, found = run()
    assert report["fixes"] == {"map.places.csv": 1}
    assert (found["Ureña"]["latitude"], found["Ureña"]["longitude"]) == ("7.8179", "-72.4508")


def test_a_spreadsheet_that_only_saved_again(run):
    run()
    edit(run.places, "Ureña", sep=";")
    report, _ = run()
    assert (report["fixes"], report["problems"]) == ({}, [])
    assert not run.fixes.exists()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"place_id": "admin1:CO-NSA"}, {"shape": "area", "matched_name": "Norte de Santander"}),
        ({"place_id": "border:CO-VE"}, {"shape": "line"}),
        ({"place_id": "crossing:co-ve-simon-bolivar"}, {"precision": "crossing"}),
        ({"place_id": "country:CO"}, {"shape": "area", "precision": "country"}),
        ({"shape": "area", "uncertainty_km": "12"}, {"shape": "area", "uncertainty_km": "12"}),
        ({"shape": "none"}, {"shape": "none", "latitude": ""}),
        ({"latitude": "", "longitude": ""}, {"shape": "none"}),
        ({"uncertainty_km": "4"}, {"uncertainty_km": "4", "shape": "point"}),
    ],
)
def test_every_kind_of_decision(run, changes, expected):
    run()
    edit(run.places, "Ureña", **changes)
    _, found = run()
    assert found["Ureña"]["method"] == "override"
    assert {name: found["Ureña"][name] for name in expected} == expected
    _, again = run()
    assert again["Ureña"] == found["Ureña"]


def test_a_later_edit_replaces_the_earlier_one(run):
    run()
    edit(run.places, "Ureña", latitude="7.9", longitude="-72.44")
    run()
    edit(run.places, "Cúcuta", latitude="7.8", longitude="-72.5")
    run()
    edit(run.places, "Ureña", latitude="7.95")
    _, found = run()
    assert (found["Ureña"]["latitude"], found["Cúcuta"]["latitude"]) == ("7.95", "7.8")
    assert sorted(places(run.fixes)) == ["Cúcuta", "Ureña"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff" * 50, b"<html><body>no table</body></html>", b"a,b\n1,2\n"],
    ids=["empty", "binary", "page", "no place"],
)
def test_a_broken_table_is_told_and_kept(run, content):
    run()
    run.places.write_bytes(content)
    report, found = run()
    assert [p["severity"] for p in report["problems"]] == ["rejected"]
    assert report["problems"][0]["remedy"]
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content
    assert len(found) == 4


@pytest.mark.parametrize(
    "changes",
    [{"latitude": "abc"}, {"latitude": ""}, {"latitude": "97"}, {"place_id": "geonames:1"},
     {"shape": "blob"}, {"matched_name": "my name"}, {"checked by": "AB"}],
    ids=lambda c: next(iter(c.items()))[0] + "=" + next(iter(c.items()))[1],
)  # fmt: skip
def test_half_an_edit_is_told_and_kept(run, changes):
    run()
    content = edit(run.places, "Ureña", **changes)
    report, found = run()
    assert report["problems"]
    assert all(p["source_file"] == "map.places.csv" for p in report["problems"])
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content
    assert found["Ureña"]["method"] != "override"
    other = edit(run.places, "Cúcuta", latitude="north")
    run()
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content
    assert run.places.with_name("map.places.edited-2.csv").read_bytes() == other


def test_without_the_map_the_table_is_kept(run):
    run()
    content = edit(run.places, "Ureña", latitude="7.9", longitude="-72.44")
    run.output.unlink()
    report, found = run()
    assert [p["problem_code"] for p in report["problems"]] == ["fixes_edits_unknown"]
    assert found["Ureña"]["method"] != "override"
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content


def test_broken_fixes_are_told_and_left_alone(run):
    run()
    run.fixes.write_bytes(b"\x00\x01\x02\xff" * 50)
    content = edit(run.places, "Ureña", latitude="7.9", longitude="-72.44")
    report, _ = run()
    codes = [p["problem_code"] for p in report["problems"]]
    assert codes == ["fixes_unreadable", "fixes_edits_homeless"]
    assert run.fixes.read_bytes() == b"\x00\x01\x02\xff" * 50
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content


def test_who_beats_whom(run, table):
    """--overrides beats the fixes beside the map, they beat those beside the input."""
    run.fixes.parent.mkdir()
    head = "place,place_country,latitude,longitude,incident_id\n"
    table.with_name("reports.fixes.csv").write_text(
        head + "Ureña,VE,1,1,\nCúcuta,,1,1,\nSan Antonio del Táchira,,1,1,\n", encoding="utf-8"
    )
    run.fixes.write_text(head + "Ureña,VE,2,2,\nCúcuta,CO,2,2,\n", encoding="utf-8")
    mine = table.with_name("mine.csv")
    mine.write_text(head + "Ureña,,3,3,\n", encoding="utf-8")
    report, found = run(overrides=mine)
    assert [found[p]["latitude"] for p in ("Ureña", "Cúcuta", "San Antonio del Táchira")] == [
        "3", "2", "1",
    ]  # fmt: skip
    assert report["fixes"] == {"reports.fixes.csv": 5}


def test_one_report_alone_beats_its_place_text(run, table):
    mine = table.with_name("mine.csv")
    mine.write_text(
        "incident_id;place;place_id;latitud;latitude;longitude;note\n"
        "A3;;border:CO-VE;;;;el relato\n;perbatasan;border:BR-VE;;;;\n",
        encoding="cp1252",
    )
    _, _ = run(overrides=mine)
    with run.places.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place"] == "perbatasan"]
    assert [(r["place_id"], r["reports"]) for r in rows] == [
        ("border:BR-VE", "1"), ("border:CO-VE", "1"),
    ]  # fmt: skip


def test_what_decides_nothing_is_told(run, table):
    mine = table.with_name("mine.csv")
    mine.write_text(
        "place,incident_id,latitude,longitude,place_id,shape,uncertainty_km\n"
        "Nowhere,,1,1,,,\n,X9,1,1,,,\nUreña,,,,geonames:1,,\nUreña,,1,1,,blob,\n"
        "Ureña,,1,1,,,-3\nUreña,,1,1,,,\nUreña,,2,2,,,\n",
        encoding="utf-8",
    )
    report, found = run(overrides=mine)
    told = [(p["source_row"], p["problem_code"], p["severity"]) for p in report["problems"]]
    assert sorted(told) == [
        (1, "override_unused", "note"),
        (2, "override_unused", "note"),
        (3, "override_unknown_id", "rejected"),
        (4, "override_bad_shape", "rejected"),
        (5, "override_bad_number", "rejected"),
        (6, "override_twice", "doubt"),
    ]
    assert found["Ureña"]["latitude"] == "2"


def test_check_takes_the_same_decisions_and_writes_nothing(table, run_mapper, tmp_path):
    fixes = table.with_name("reports.fixes.csv")
    fixes.write_text("place,shape\nUreña,none\n", encoding="utf-8")
    done = run_mapper("check", table, "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["fixes"] == {"reports.fixes.csv": 1}
    assert report["by_shape"]["none"] == 3
    assert sorted(p.name for p in table.parent.iterdir()) == ["reports.csv", "reports.fixes.csv"]


def test_a_folder_does_not_read_its_fixes_as_incidents(run_mapper, table, tmp_path):
    table.with_name("reports.fixes.csv").write_text("place,shape\nUreña,none\n", encoding="utf-8")
    done = run_mapper("check", table.parent, "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["rows_read"] == 5


def test_a_publishable_folder_never_gets_the_decisions(run):
    run(publish_safe="ready")
    content = "place,latitude,longitude\nCúcuta,7.123456,-72.5\n".encode()
    run.places.write_bytes(content)
    run(publish_safe="ready")
    assert not run.fixes.exists()
    assert run.places.with_name("map.places.edited.csv").read_bytes() == content
    assert 'id="mapper-review"' not in run.output.read_text(encoding="utf-8")


def test_reasons_and_problems_in_the_language_asked_for(run, table):
    mine = table.with_name("mine.csv")
    mine.write_text("place,latitude,longitude\nUreña,7.9,-72.4\nX,,-72\n", encoding="utf-8")
    report, found = run(overrides=mine, lang="es")
    assert found["Ureña"]["reason"] == "Decidido por una persona."
    assert found["Cúcuta"]["reason"].endswith("el nombre de Cúcuta.")
    assert report["problems"][0]["problem"].startswith("La corrección de “X”")


def test_a_last_row_that_looks_like_a_note_is_told(tmp_path):
    """A row with a name alone at the end of a table may be a note: of overrides it is said."""
    mine = tmp_path / "mine.csv"
    mine.write_text("place,latitude,longitude\nUreña,7.9,-72.4\nCúcuta,8.0,-72.5\nPERACAL,,\n")
    rows = read_table(mine)
    table, problems = overrides.parse(rows, mine.name)
    assert table["place"].tolist() == ["Ureña", "Cúcuta"]
    assert problems.empty
    (told,) = unread(rows, mine.name, "en", "geocode").to_dict("records")
    assert (told["source_row"], told["severity"]) == (3, "rejected")
    assert "PERACAL" in told["problem"]
