"""`--view CC`: the table and the page follow it; an unknown one is refused."""

import csv

from mapper.render.unpack import directory


def test_a_view_reaches_table_page_and_attribution(run_mapper, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text("id,date,place,latitude,longitude\n1,2020-04-01,,46.1,33.75\n")
    for more, country, border in (((), "UA", "MD-UA"), (("--view", "ru"), "RU", "RU-UA")):
        table, page = tmp_path / "t.csv", tmp_path / "m.html"
        assert run_mapper("table", rows, "-o", table, *more, "-q").returncode == 0
        with table.open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        assert (row["country"], row["border"]) == (country, border)
        assert run_mapper("map", rows, "-o", page, *more, "-q").returncode == 0
        written = page.read_text(encoding="utf-8")
        assert written.count('stroke-dasharray="5 4"') == 1  # the still picture's dashes
        meta = directory(written)["meta"]
        assert meta["view"] == ("RU" if more else "")
        assert [one["id"] for one in meta["disputes"]] == ["crimea"]
        said = " ".join(one["text"] for one in meta["attribution"])
        assert "imply no opinion" in said
        assert ("as Russia draws it" in said) == bool(more)


def test_a_view_our_sources_lack_is_refused(run_mapper, newest):
    done = run_mapper("check", newest, "--view", "DE")
    assert done.returncode == 2
    assert "--view DE" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
