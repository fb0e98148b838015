"""`mapper gazetteer add|list|remove`, and `--gazetteer` in the verbs that place."""

import csv
import io
import json
import os

import pandas as pd
import pytest

from mapper import geocode
from mapper.columns import PLACE_KEY
from mapper.gazetteer import plug


@pytest.fixture
def env(tmp_path):
    return {**os.environ, "XDG_DATA_HOME": str(tmp_path / "home")}


@pytest.fixture
def added(tmp_path, env, run_mapper):
    file = tmp_path / "trochas.csv"
    file.write_text("id,name,lat,lon,country\nt1,Trasmonte Zorruno,7.91,-72.35,VE\n")
    done = run_mapper("gazetteer", "add", file, "--licence", "CC0", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "Added     trochas: 1 places in VE, from trochas.csv" in done.stdout.decode()


@pytest.mark.usefixtures("added")
def test_added_listed_used_removed(tmp_path, env, run_mapper):
    (listed,) = json.loads(run_mapper("gazetteer", "list", "--json", env=env).stdout)
    assert (listed["name"], listed["rows"], listed["licence"]) == ("trochas", 1, "CC0")
    assert "licence CC0" in run_mapper("gazetteer", "list", env=env).stdout.decode()

    source, out = tmp_path / "places.csv", tmp_path / "out.csv"
    source.write_text("place,place_country\nTrasmonte Zorruno,VE\n")
    for names, expected in (((), ""), (("--gazetteer", "trochas"), "trochas:t1")):
        done = run_mapper("geocode", source, "-o", out, *names, env=env)
        assert done.returncode == 0, done.stderr.decode()
        (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
        assert row["place_id"] == expected

    reports = tmp_path / "reports.csv"
    reports.write_text("date_start,place,place_country\n2019-02-23,Trasmonte Zorruno,VE\n")
    page = tmp_path / "map.html"
    done = run_mapper("map", reports, "-o", page, "--gazetteer", "trochas", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "trochas:t1" in (tmp_path / "map.places.csv").read_text(encoding="utf-8-sig")
    done = run_mapper("check", reports, "--gazetteer", "trochas", "--json", env=env)
    assert json.loads(done.stdout)["by_status"] == {"resolved": 1}

    done = run_mapper(
        "explain", "Trasmonte Zorruno", "--gazetteer", "trochas", "--json", env=env
    )  # fmt: skip
    assert json.loads(done.stdout)["place_id"] == "trochas:t1"

    done = run_mapper("gazetteer", "remove", "trochas", env=env)
    assert done.stdout.decode() == "Removed   trochas\n"
    assert "No gazetteer is added" in run_mapper("gazetteer", "list", env=env).stdout.decode()


@pytest.mark.usefixtures("added")
def test_overrides_manifest_and_review_know_its_places(tmp_path, env, run_mapper):
    reports, page = tmp_path / "reports.csv", tmp_path / "map.html"
    reports.write_text(
        "incident_id,date_start,place,place_country\n"
        "a,2019-02-23,the yard,VE\nb,2019-02-24,Trasmonte Zorrun,VE\nc,2019-02-25,the yard,VE\n"
    )
    mine = tmp_path / "mine.csv"
    mine.write_text("incident_id,place,place_id\na,,trochas:t1\n")
    wanted = ("--gazetteer", "trochas", "--overrides", mine)
    done = run_mapper("map", reports, "-o", page, "--manifest", *wanted, "--json", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["problems"] == []
    places = (tmp_path / "map.places.csv").read_text(encoding="utf-8-sig")
    (row,) = [r for r in csv.DictReader(io.StringIO(places)) if r["method"] == "override"]
    assert row["place_id"] == "trochas:t1"
    (told,) = json.loads((tmp_path / "map.manifest.json").read_text())["gazetteers"]
    assert (told["name"], told["rows"], len(told["sha256"])) == ("trochas", 1, 64)

    done = run_mapper("geocode", reports, "-o", tmp_path / "out.csv", *wanted, env=env)
    assert done.returncode == 0, done.stderr.decode()
    rows = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig")))
    assert [r["method"] == "override" for r in rows] == [True, False, False]


def test_the_candidates_of_a_doubtful_place_come_from_it_too(tmp_path, env, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", env["XDG_DATA_HOME"])
    file = tmp_path / "yards.csv"
    file.write_text("id,name,lat,lon,country\ny1,Trasmonte Zorruno,7.91,-72.35,VE\n")
    plug.add(str(file))
    keys = pd.DataFrame([["Trasmonte Zorruna", "VE", "", ""]], columns=list(PLACE_KEY))
    keys = keys.astype("str")
    (without,), (found,) = geocode.candidates(keys), geocode.candidates(keys, gazetteers=["yards"])
    assert "yards:y1" not in [c["place_id"] for c in without]
    assert found[0]["place_id"] == "yards:y1"


@pytest.mark.usefixtures("added")
def test_an_unknown_name_is_one_line_with_the_known_ones(env, run_mapper):
    for call in (("explain", "Cúcuta", "--gazetteer", "x"), ("gazetteer", "remove", "x")):
        done = run_mapper(*call, env=env)
        assert done.returncode == 2
        assert done.stderr.decode() == (
            "mapper: there is no gazetteer x: known are trochas.\n"
        )  # fmt: skip


def test_a_missing_file_is_one_line_and_exit_3(tmp_path, env, run_mapper):
    done = run_mapper("gazetteer", "add", tmp_path / "gone.csv", env=env)
    assert done.returncode == 3
    assert done.stderr.decode() == "mapper: gone.csv is not there or cannot be read.\n"
