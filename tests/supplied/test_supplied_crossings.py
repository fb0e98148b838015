"""The user's own crossings and status: good rows are used, bad ones are said."""

import json

import pandas as pd
import pytest

from mapper import join, supplied, world
from mapper.columns import PROBLEM, require
from mapper.geocode import resolve
from mapper.read import read_table
from mapper.world.crossings import CROSSING_COLUMNS, STATUS_COLUMNS

GOOD = {
    "id": "at-de-kufstein", "pair": "AT-DE", "name": "Inn bridge Kiefersfelden",
    "aliases": "Grenzbrücke Kiefersfelden|Kufstein bridge", "latitude": "47.6070",
    "longitude": "12.1830", "quality": "near", "mode": "foot|vehicle", "uncertainty_km": "1",
}  # fmt: skip
MISTAKES = {
    "a": ({"id": ""}, "crossing_no_id", "rejected"),
    "b": ({"id": "at-de-kufstein"}, "crossing_same_id", "rejected"),
    "c": ({"pair": "AT-FR"}, "crossing_no_pair", "rejected"),
    "d": ({"latitude": "12.1830", "longitude": "47.6070"}, "crossing_swapped", "repaired"),
    "e": ({"latitude": "147.6"}, "crossing_off_earth", "rejected"),
    "f": ({"latitude": "47.63", "uncertainty_km": "0.2"}, "crossing_off_line", "doubt"),
    "g": ({"mode": "foot|teleport"}, "crossing_mode", "repaired"),
    "h": ({"latitude": "north of the mill"}, "crossing_no_number", "rejected"),
    "i": ({"aliases": "Kufstein|Kufstein customs"}, "crossing_town", "repaired"),
    "j": ({"quality": "splendid"}, "crossing_quality", "repaired"),
    "k": ({"latitude": "52.5", "longitude": "13.4"}, "crossing_elsewhere", "rejected"),
}
STATUS = ["at-de-kufstein", "DE", "foot", "closed", "2020-03-16", "", "2020-06-14", "", "", "x", ""]
STATUS_MISTAKES = {
    "status_no_crossing": ("crossing", "no-such"),
    "status_side": ("side", "FR"),
    "status_word": ("status", "shut"),
    "status_mode": ("mode", "broomstick"),
    "status_day": ("from", "16.3.2020"),
    "status_backwards": ("to", "2020-01-01"),
}


def frame_of(*rows):
    return pd.DataFrame(rows).fillna("").astype("str")


def test_every_mistake_is_said_and_good_rows_are_used():
    rows = [GOOD] + [{**GOOD, "id": f"x-{k}", **change} for k, (change, _, _) in MISTAKES.items()]
    table, problems = supplied.crossings(frame_of(*rows), "mine.csv")
    require(problems, PROBLEM)
    expected = [(i + 2, code, severity) for i, (_, code, severity) in enumerate(MISTAKES.values())]
    said = problems[["source_row", "problem_code", "severity"]].itertuples(index=False)
    assert [tuple(row) for row in said] == expected
    assert problems["problem"].ne("").all()
    assert problems["remedy"].ne("").all()
    rejected = {f"x-{k}" for k, (_, _, how) in MISTAKES.items() if how == "rejected"}
    used = {GOOD["id"]} | {f"x-{k}" for k in MISTAKES} - rejected
    assert set(table["id"]) == used - {"x-a", "x-b"}
    by_id = table.set_index("id")
    assert by_id.loc["x-d", ["latitude", "longitude"]].tolist() == [47.607, 12.183]
    assert by_id.loc["x-g", "mode"] == "foot"
    assert by_id.loc["x-i", "aliases"] == "Kufstein customs"
    assert by_id.loc["x-j", "quality"] == "approximate"
    assert tuple(table.columns) == CROSSING_COLUMNS


def test_every_mistake_of_a_status_is_said():
    known = world.crossings(supplied.crossings(frame_of(GOOD), "mine.csv")[0])
    rows = [STATUS]
    for column, value in STATUS_MISTAKES.values():
        rows.append([value if n == column else v for n, v in zip(STATUS_COLUMNS, STATUS,
                                                                strict=True)])  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(STATUS_COLUMNS)).astype("str")
    table, problems = supplied.status(frame, known, "when.csv")
    require(problems, PROBLEM)
    assert problems["problem_code"].tolist() == list(STATUS_MISTAKES)
    assert problems["source_row"].tolist() == list(range(2, len(rows) + 1))
    assert table.to_numpy().tolist() == [STATUS]


def test_a_status_of_several_modes_is_a_row_each():
    known = world.crossings(supplied.crossings(frame_of(GOOD), "mine.csv")[0])
    rows = [["at-de-kufstein", "", mode, "open", "2020-06-15", *[""] * 6]
            for mode in ("foot|vehicle", "")]  # fmt: skip
    table, problems = supplied.status(
        pd.DataFrame(rows, columns=list(STATUS_COLUMNS)).astype("str"), known, "when.csv"
    )
    assert table["mode"].tolist() == ["foot", "vehicle"] * 2  # none: all the crossing has
    assert set(table["source"]) == {"when.csv"}
    assert problems.empty


@pytest.mark.parametrize("name", ["crossings.csv", "crossing_status.csv"])
def test_our_own_files_pass_the_same_reader(name):
    from mapper import geodata

    frame = read_table(geodata.path(name))
    if name == "crossings.csv":
        table, problems = supplied.crossings(frame, name)
        assert table["id"].tolist() == world.crossings()["id"].tolist()
    else:
        table, problems = supplied.status(frame, world.crossings(), name)
        assert len(table) == len(frame)
    assert problems.empty


def test_osm_posts(tmp_path):
    def feature(number, geometry, **tags):
        return {"type": "Feature", "id": number, "geometry": geometry,
                "properties": {"@id": number, "barrier": "border_control", **tags}}  # fmt: skip

    posts = [
        feature("node/1", {"type": "Point", "coordinates": [-72.4508, 7.8179]},
                **{"name": "Paso Real", "name:en": "Royal Pass", "name:ru": "Королевский проход",
                   "foot": "yes", "alt_name": "Paso Viejo;Paso del Rey"}),
        feature("way/2", {"type": "LineString", "coordinates": [[12.18, 47.606], [12.19, 47.608]]},
                name="Kufstein"),
        feature("node/3", {"type": "Point", "coordinates": [-72.4508, 7.8179]}, barrier="gate"),
    ]  # fmt: skip
    path = tmp_path / "posts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": posts}))
    table, problems = supplied.crossings(read_table(path), path.name)
    first, second = table.to_dict("records")
    assert (first["id"], first["pair"], first["mode"]) == ("osm-node-1", "CO-VE", "foot")
    assert first["name_en"] == "Royal Pass"
    assert set(first["aliases"].split("|")) == {"Королевский проход", "Paso Viejo", "Paso del Rey"}
    assert "ODbL" in first["source"]
    assert (second["id"], second["pair"]) == ("osm-way-2", "AT-DE")
    assert (second["latitude"], second["longitude"]) == pytest.approx((47.607, 12.185))
    assert second["name"] == "Kufstein border crossing"  # the bare name is the town's
    assert "crossing_named_town" in problems["problem_code"].tolist()


def test_the_geocoder_and_the_join_know_them():
    theirs, _ = supplied.crossings(frame_of(GOOD), "mine.csv")
    known = world.crossings(theirs)
    keys = pd.DataFrame(
        {"place": ["Grenzbrücke Kiefersfelden", "Inn bridge Kiefersfelden", "Kufstein"],
         "place_country": ["", "AT", "AT"], "place_admin1": "", "place_admin2": ""}
    ).astype("str")  # fmt: skip
    found = resolve(keys, crossings=known)
    assert found["place_id"].tolist()[:2] == ["crossing:at-de-kufstein"] * 2
    assert found["place_id"].tolist()[2].startswith("geonames:")
    about = join.ground.ground(found, known)
    assert about["nearest_crossing"].tolist() == ["at-de-kufstein"] * 3


def test_a_known_id_replaces_ours():
    own = frame_of({**world.crossings().iloc[0].astype(str).to_dict(), "name": "Puente Nuevo"})
    theirs, problems = supplied.crossings(own, "mine.csv")
    assert problems.empty
    table = world.crossings(theirs)
    assert len(table) == len(world.crossings())
    assert table.set_index("id").loc["co-ve-simon-bolivar", "name"] == "Puente Nuevo"
