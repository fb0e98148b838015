"""Rows of a table besides the incidents that the reader leaves out are told, of whatever table."""

import copy

import pytest

import mapper
from mapper import pipeline
from mapper.config import Options

ROWS = "date,type,place,country\n2019-02-23,clash,Ureña,VE\n2019-02-24,clash,Arauca,CO\n"
TABLES = {
    "overrides": "place,latitude,longitude\nUreña,7.9,-72.4\n\nSource: our own visits in 2019\n",
    "crossings": "id,name,latitude,longitude\nx,Own,7.9,-72.4\n\nSource: our own visits\n",
}


@pytest.mark.parametrize(("option", "code"), [("overrides", "override_left_out"),
                                              ("crossings", "row_a_note")])  # fmt: skip
def test_a_note_under_a_table(tmp_path, option, code):
    source, table = tmp_path / "rows.csv", tmp_path / "own.csv"
    source.write_text(ROWS, encoding="utf-8")
    table.write_text(TABLES[option], encoding="utf-8")
    options = Options(inputs=(str(source),), output=tmp_path / "map.html", **{option: table})
    report = pipeline.make_map(options)
    (told,) = (one for one in report.problems if one["problem_code"] == code)
    assert (told["source_file"], told["severity"]) == ("own.csv", "rejected")
    assert "Source: our own visits" in str(told["problem"])
    assert told["remedy"]


def test_problems_of_a_table_are_handed_on_uncopied(tmp_path):
    """Pandas copies what hangs on a table with every step; of a large file that took minutes."""
    source = tmp_path / "rows.csv"
    source.write_text(ROWS + "2019-02-25,clash,,\n", encoding="utf-8")
    problems = mapper.read(source).attrs["problems"]
    assert isinstance(problems, list)
    assert problems
    assert copy.deepcopy(problems) is problems
