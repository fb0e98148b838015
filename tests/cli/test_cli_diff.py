"""`mapper diff` as people call it: two tables, a map and a table, and what cannot be compared."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.render.decode import located

SEEDS = Path(__file__).parents[2] / "seeds"
OLD, NEW = SEEDS / "incidents_2019-02-24.csv", SEEDS / "incidents_2019-02-26.csv"
EXPECTED = json.loads(
    (Path(__file__).parents[1] / "editions" / "expected_changes.json").read_text(encoding="utf-8")
)


def mapper(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "mapper", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def old_map(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    done = mapper("map", OLD, "-o", folder / "incidents_2019-02-24.html", "-q", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "incidents_2019-02-24.html"


def exactly_the_changes_made(found):
    expected = EXPECTED["2019-02-24..2019-02-26"]
    assert sorted(found["added"]) == sorted(expected["added"])
    assert found["removed"] == expected["removed"]
    assert {c["incident_id"]: c["fields"] for c in found["changed"]} == expected["changed"]
    assert found["text_only"] == []


def test_two_tables(tmp_path):
    done = mapper("diff", OLD, NEW, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    exactly_the_changes_made(found)
    assert found["by_tool"] == []


def test_a_map_made_earlier_and_a_table(old_map, tmp_path):
    done = mapper("diff", old_map, NEW, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    exactly_the_changes_made(found)
    assert found["by_tool"] == [], "the same tool places the same texts alike"


@pytest.mark.parametrize(
    ("name", "start"),
    [("log.md", "## Changes from "), ("log.csv", "change,incident_id"), ("log.json", "{")],
)
def test_written_for_others(old_map, tmp_path, name, start):
    done = mapper("diff", old_map, NEW, "-o", name, "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip("\ufeff").startswith(start)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("missing.html", NEW), 3, "missing.html"),
        (("page.html", NEW), 3, "no map made by mapper"),
        ((OLD, NEW, "-o", "log.txt"), 2, ".md, .csv or .json"),
    ],
)
def test_what_cannot_be_compared_is_one_line(tmp_path, words, code, says):
    (tmp_path / "page.html").write_text("<p>a page</p>", encoding="utf-8")
    done = mapper("diff", *words, cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def page_of(path):
    return located(path.read_text(encoding="utf-8"))


def test_a_map_with_what_changed_since_the_one_before(old_map, tmp_path):
    done = mapper("map", NEW, "--previous", old_map, "-o", "new.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Changed   since incidents_2019-02-24: 1 report withdrawn." in done.stdout
    changes = page_of(tmp_path / "new.html").meta["changes"]
    expected = EXPECTED["2019-02-24..2019-02-26"]
    assert sorted(changes["added"]) == sorted(expected["added"])
    assert [one["id"] for one in changes["removed"]] == expected["removed"]
    assert {one["id"]: one["fields"] for one in changes["changed"]} == expected["changed"]
    (moved,) = (one for one in changes["changed"] if "moved" in one["kinds"])
    before = page_of(old_map).reports.set_index("incident_id").loc[moved["id"]]
    assert moved["from"] == pytest.approx([before["latitude"], before["longitude"]], abs=1e-4)


def test_a_published_map_tells_numbers_alone(old_map, tmp_path):
    words = ("map", NEW, "--previous", old_map, "--publish-safe", "-o", "new.html", "-q")
    done = mapper(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    changes = page_of(tmp_path / "new.html").meta["changes"]
    assert changes.keys() == {"old", "new", "sentences", "counts_only"}
    # what was withdrawn had been held back as too new: it was never published
    assert changes["sentences"] == ["2 new since 16 Feb 2019."]


def test_hidden_columns_are_not_told_by_their_changes(old_map, tmp_path):
    words = ("map", NEW, "--previous", old_map, "--hide", "source_url", "-o", "new.html", "-q")
    assert mapper(*words, cwd=tmp_path).returncode == 0
    changes = page_of(tmp_path / "new.html").meta["changes"]
    told = {name for one in changes["changed"] for name in one["fields"]}
    assert "source_name" in told
    assert "source_url" not in told
