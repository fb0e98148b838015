"""`mapper table`: the located table and its summaries from the command line."""

import csv
import json

from mapper.columns import TABLE


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_and_its_schema(run_mapper, newest, tmp_path):
    output, schema = tmp_path / "t.csv", tmp_path / "t.json"
    done = run_mapper("table", newest, "-o", output, "--schema", schema, "--json")
    assert done.returncode == 0, done.stderr.decode()
    rows = rows_of(output)
    assert len(rows) == 203
    assert list(rows[0])[: len(TABLE.names) - 1] == list(TABLE.names)[:-1]
    admin2 = {row["admin2"] for row in rows if row["matched_name"] == "Ureña"}
    assert admin2 == {"Municipio Pedro María Ureña"}
    fields = json.loads(schema.read_text())["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    report = json.loads(done.stdout)
    assert report["rows_read"] == 203
    assert report["outputs"][:2] == [str(output), str(schema)]


def test_a_summary(run_mapper, newest, tmp_path):
    output = tmp_path / "by.csv"
    done = run_mapper("table", newest, "-o", output, "--by", "crossing", "-q")
    assert done.returncode == 0, done.stderr.decode()
    rows = rows_of(output)
    assert sum(int(row["reports"]) for row in rows) == 203
    assert rows[0]["border"] == "CO-VE"


def test_mistakes_are_one_line(run_mapper, newest, tmp_path):
    copy = tmp_path / "mine.csv"
    copy.write_bytes(newest.read_bytes())
    for arguments, said in (
        (("-o", tmp_path / "t.doc"), "t.doc"),
        (("-o", tmp_path / "t.csv", "--by", "week"), "--by week"),
        (("-o", tmp_path / "t.gpkg", "--by", "month"), "gpkg"),
        (("-o", copy), "is an input"),
    ):
        done = run_mapper("table", copy, *arguments)
        assert done.returncode == 2, done.stderr.decode()
        assert said in done.stderr.decode()
        assert len(done.stderr.decode().splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.csv"]
    assert copy.read_bytes() == newest.read_bytes()
