"""The newest seed edition through the whole command line."""

import csv
import json
import re
import shutil

import pytest


def test_every_row_is_accounted_for(seed_map):
    _, report = seed_map
    assert report["rows_read"] == 203
    assert report["incidents"] + report["rejected"] == 203
    assert report["mapped"] >= 0.93 * 203
    assert report["mapped"] == sum(n for shape, n in report["by_shape"].items() if shape != "none")
    assert sum(report["by_shape"].values()) == report["incidents"]
    assert sum(report["by_precision"].values()) == report["mapped"]
    assert sum(report["by_status"].values()) == report["incidents"]


def test_files_beside_the_map(seed_map):
    output, report = seed_map
    names = sorted(p.name for p in output.parent.iterdir())
    expected = ["seeds.html", "seeds.places.csv"] + (
        ["seeds.problems.csv"] if report["problems"] else []
    )
    assert names == sorted(expected)
    with output.with_name("seeds.places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["reports"]) for row in rows) == 203
    keys = [(r["place"], r["place_country"], r["place_admin1"], r["place_admin2"]) for r in rows]
    assert len(set(keys)) == len(keys)
    assert all(row["reason"] for row in rows)


def test_overlapping_counts_are_never_summed(seed_map, run_mapper, newest):
    """99 deaths and 7,902 defectors are the sums of overlapping claims: nothing offers them."""
    output, report = seed_map
    told = run_mapper("check", newest).stdout.decode() + json.dumps(report)
    for sum_ in (r"\b99\b", r"7[.,\s]?902"):
        assert not re.search(sum_, told), sum_
        text = re.sub(
            r"<script.*?</script>|<style.*?</style>", "", output.read_text(), flags=re.DOTALL
        )
        assert not re.search(sum_ + r"\s+(dead|deaths|killed|defect)", text)


def test_same_bytes_from_another_folder_and_name_of_user(tmp_path, seed_map, run_mapper, newest):
    output, _ = seed_map
    elsewhere = tmp_path / "somebody" / "else"
    elsewhere.mkdir(parents=True)
    copy = elsewhere / newest.name
    shutil.copy(newest, copy)
    done = run_mapper("map", newest.name, "-o", "again.html", cwd=elsewhere)
    assert done.returncode == 0, done.stderr.decode()
    page = (elsewhere / "again.html").read_bytes()
    assert page == output.read_bytes()
    for trace in (str(tmp_path), str(newest.parent), "/home/", "site-packages"):
        assert trace.encode() not in page


def test_the_terminal_report_is_short_and_golden(tmp_path, run_mapper, newest):
    done = run_mapper("map", newest, "-o", "map.html", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == b""
    lines = done.stdout.decode().splitlines()
    assert len(lines) <= 15
    golden = newest.parents[1] / "tests" / "golden" / "seeds" / "terminal.txt"
    shown = [re.sub(r"\(\d+\.\d MB\)", "(N MB)", line) for line in lines]
    assert shown == golden.read_text(encoding="utf-8").splitlines()


def test_a_new_column_is_named(tmp_path, run_mapper, newest):
    rows = newest.read_text(encoding="utf-8").splitlines()
    source = tmp_path / "table.csv"
    source.write_text("\n".join(rows), encoding="utf-8")
    assert run_mapper("map", source, "-o", tmp_path / "map.html").returncode == 0
    wide = [rows[0] + ",contacto", *(row + ",+57 300 0000000" for row in rows[1:])]
    source.write_text("\n".join(wide), encoding="utf-8")
    told = run_mapper("map", source, "-o", tmp_path / "map.html").stdout.decode()
    assert re.search(r"contacto \(new since the last map here\).*--hide contacto", told)
    told = run_mapper("map", source, "-o", tmp_path / "map.html").stdout.decode()
    assert "contacto" in told
    assert "new since" not in told
    hidden = run_mapper("map", source, "-o", tmp_path / "map.html", "--hide", "contacto")
    assert "contacto" not in hidden.stdout.decode()
    assert b"300 0000000" not in (tmp_path / "map.html").read_bytes()


def test_strict_and_json_and_quiet(run_mapper, newest, tmp_path):
    strict = run_mapper("check", newest, "--strict", "--json")
    assert strict.returncode == 1
    assert json.loads(strict.stdout)["rows_read"] == 203
    quiet = run_mapper("map", newest, "-o", tmp_path / "m.html", "-q")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")


def test_check_writes_nothing_and_counts_the_same(tmp_path, run_mapper, newest, seed_map):
    done = run_mapper("check", newest, "--json", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    checked, mapped = json.loads(done.stdout), seed_map[1]
    for key in (
        "rows_read",
        "incidents",
        "rejected",
        "mapped",
        "by_status",
        "by_shape",
        "problems",
    ):
        assert checked[key] == mapped[key]


def test_standard_input_is_named_stdin(tmp_path, run_mapper, newest):
    done = run_mapper("map", "-", cwd=tmp_path, stdin=newest.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "output" / "stdin.html").is_file()


@pytest.mark.parametrize("edition", ["incidents_2019-02-24.csv", "incidents_2019-02-26.csv"])
def test_older_editions(edition, run_mapper, newest):
    done = run_mapper("check", newest.with_name(edition), "--json")
    report = json.loads(done.stdout)
    assert (
        report["rows_read"]
        == {"incidents_2019-02-24.csv": 146, "incidents_2019-02-26.csv": 180}[edition]
    )
    assert report["rejected"] == 0
