"""What an edition took a place for, the next one takes it for, unless somebody knows better."""

import pytest

from mapper import pipeline
from mapper.config import Options
from mapper.pipeline import previous
from mapper.render.decode import located

HEAD = "incident_id,date_start,event_type,place,place_country,latitude,longitude\n"
VAGUE = [("A1", "Santa Rosa", ""), ("A2", "Santa Rita", ""), ("A3", "the border", "")]
SOUTH = [(f"V{k}", place, "VE") for k, place in enumerate(("Ureña", "Rubio", "Caracas"))] + [
    (f"C{k}", place, "CO") for k, place in enumerate(("Cúcuta", "Arauca", "Pamplona"))
]
NORTH = [
    (f"M{k}", place, "MX")
    for k, place in enumerate(
        ("Nuevo Laredo", "Matamoros", "Ciudad Juárez", "Tijuana", "Reynosa", "Mexicali", "Nogales",
         "Piedras Negras", "Ciudad Acuña", "Ojinaga")
    )
]  # fmt: skip


def write(path, rows, more=""):
    lines = [f"{i},2019-02-23,clash,{place},{country},," for i, place, country in rows]
    path.write_text(HEAD + "\n".join([*lines, more]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def tables(tmp_path):
    return write(tmp_path / "old.csv", VAGUE + SOUTH), write(
        tmp_path / "new.csv", VAGUE + SOUTH + NORTH
    )


def run(table, name, **options):
    output = table.with_name(f"{name}.html")
    report = pipeline.make_map(Options(inputs=(str(table),), output=output, **options))
    rows = located(output.read_text(encoding="utf-8")).reports.set_index("incident_id")
    return output, report, rows


def test_rows_about_elsewhere_move_nothing(tables):
    old, new = tables
    page, _, before = run(old, "old")
    _, _, alone = run(new, "alone")
    assert (alone.loc[["A1", "A2"], "place_id"] != before.loc[["A1", "A2"], "place_id"]).all()
    second, report, after = run(new, "second", previous=str(page))
    assert (after.loc[before.index, "place_id"] == before["place_id"]).all()
    assert report.kept == ["Santa Rosa", "Santa Rita"]
    assert report.by_tool == []
    assert any("2 places stay what they were" in line for line in report.lines())
    # against the table instead of the map, the same bytes
    from_table, _, _ = run(new, "table", previous=str(old))
    assert from_table.read_bytes() == second.read_bytes()
    # and from edition to edition
    _, third, still = run(new, "third", previous=str(second))
    assert (still["place_id"] == after["place_id"]).all()
    assert third.kept == report.kept


def test_what_was_not_found_may_be_found(tables, tmp_path):
    old, _ = tables
    page, _, before = run(old, "old")
    assert before.loc["A3", "status"] != "resolved"
    spoken = [("B1", "border between Colombia and Venezuela", "")] * 3
    new = write(tmp_path / "spoken.csv", VAGUE + SOUTH + [(f"B{k}", *s[1:]) for k, s in
                                                         enumerate(spoken)])  # fmt: skip
    _, _, alone = run(new, "alone")
    _, _, after = run(new, "after", previous=str(page))
    assert after.loc["A3", "place_id"] == alone.loc["A3", "place_id"]


def test_a_person_and_coordinates_know_better(tables, tmp_path):
    old, new = tables
    page, _, _ = run(old, "old")
    own = tmp_path / "own.csv"
    own.write_text("place,latitude,longitude\nSanta Rosa,1.5,-70.5\n", encoding="utf-8")
    _, report, after = run(new, "decided", previous=str(page), overrides=own)
    assert after.loc["A1", "latitude"] == pytest.approx(1.5)
    assert report.kept == ["Santa Rita"]
    assert any("Santa Rosa" in said for said in report.by_tool)


def test_other_options_are_other_evidence_and_the_change_is_told(tables):
    old, new = tables
    page, _, before = run(old, "old")
    _, report, after = run(new, "north", previous=str(page), countries=("MX",))
    assert after.loc["A1", "place_id"] != before.loc["A1", "place_id"]
    assert report.kept == []
    assert any("Santa Rosa" in said for said in report.by_tool)
    told = report.to_dict()
    assert told["decided_anew"] == report.by_tool
    assert told["kept_as_before"] == []


def test_a_map_of_another_version_binds_nothing(tables):
    old, new = tables
    page, _, _ = run(old, "old")
    options = Options(inputs=(str(new),), previous=str(page))
    known = previous.before_of(options)
    assert known.decisions(options) is not None
    assert previous.Before(known.edition, "another").decisions(options) is None
    assert previous.Before(known.edition, "").decisions(options) is None
