"""Every planted leak is found, and the honest output passes."""

import base64
import bz2
import gzip
import json
import zlib

import numpy as np
import pytest
import shapely

from mapper import safety
from mapper.errors import InputError
from mapper.publish import csv_bytes, export
from mapper.render import render
from mapper.render.decode import blocks, container, readable
from mapper.render.pack import deflated, dump_json
from mapper.safety.coarse import moved
from mapper.safety.grids import geohash
from mapper.world import geodesic_km

KEY = safety.Key(b"a key for tests only, 32 bytes !!")
LAT, LON = 7.8179, -72.4508  # the bridge Simón Bolívar, shown as a square of 25 km


def check(files, honest, **options):
    return safety.leaks(files, honest.done.withheld, readable, **options)


def codes(files, honest, **options):
    return {leak.code for leak in check(files, honest, **options)}


def test_the_honest_output_passes(honest):
    files = {
        "map.html": honest.page.encode(),
        "map.places.csv": csv_bytes(honest.done.matches),
    }
    assert check(files, honest, paths=["/srv/cases/incidents_2019-03-31.csv"]) == []


def test_honest_displacement_passes(displaced):
    assert check({"map.html": displaced.page.encode()}, displaced) == []


NOTES = {
    "coordinates": (f"seen at {LAT}, {LON}", "coordinate"),
    "five decimals": (f"{LAT:.5f} {LON:.5f}", "coordinate"),
    "two decimals": ("about 7.82 / -72.45", "coordinate"),
    "longitude first": (f"[{LON}, {LAT}]", "coordinate"),
    "decimal commas": ("7,8179; -72,4508", "coordinate"),
    "degrees, minutes, seconds": ("7°49'04\" N 72°27'03\" W", "coordinate"),
    "degrees and minutes": ("7°49.074' N, 72°27.048' W", "coordinate"),
    "web mercator": ("-8065186.2 872937.4", "coordinate"),
    "millionths": ("7817900 -72450800", "coordinate"),
    "geohash": (f"at {geohash(LAT, LON)}", "coordinate"),
    "UTM": ("18N 781133 865018", "coordinate"),
    "UTM, north first": ("N 865020 E 781130", "coordinate"),
    "MGRS": ("18NYP 81133 65018", "coordinate"),
    "MGRS to 100 m": ("grid 18NYP811650", "coordinate"),
    "a plus code": ("at 67V9RG9X+5M", "coordinate"),
    "a plus code beside a town": ("RG9X+5M near the town", "coordinate"),
    "WKB": ("01010000005B423EE8D91C52C0F697DD9387451F40", "coordinate"),
    "hexadecimal letters": ("372e383137392c2d37322e34353038", "coordinate"),
    "short base64": ("Ny44MTc5LC03Mi40NTA4", "coordinate"),
    "base64 in an address": ("https://x.example/at/Ny44MTc5LC03Mi40NTA4/12", "coordinate"),
    "escaped for an address": ("at%3D7%2E8179%2C%2D72%2E4508", "coordinate"),
    "escaped twice": ("San%2520Antonio%2520del%2520T%25C3%25A1chira", "name"),
    "escaped for HTML": ("at &#55;.8179, &#45;72.4508", "coordinate"),
    "escaped for JSON": (r"San Antonio del T\u00e1chira", "name"),
    "escaped for mail": ("San=20Antonio=20del=20T=C3=A1chira", "name"),
    "Arabic digits": ("٧٫٨١٧٩، ٧٢٫٤٥٠٨", "coordinate"),
    "wide digits": ("７．８１７９，　－７２．４５０８", "coordinate"),
    "raised points": ("7·8179 N 72·4508 W", "coordinate"),
    "apostrophes as points": ("7'8179 / -72'4508", "coordinate"),
    "another script": ("Сан-Антонио-дель-Тачира", "name"),
    "signs nobody sees": ("San\u00ad \u200bAntonio\u200b del Tá\u00adchira", "name"),
    "a name written together": ("#SanAntonioDelTachira", "name"),
    "a box": ("bounds 7.7979,-72.4708,7.8379,-72.4308", "box"),
    "west, south, east, north": ("-72.4708 7.7979 -72.4308 7.8379", "box"),
    "the bridge's name": ("At the puente internacional Simón Bolívar", "name"),
    "a village in capitals": ("SAN ANTONIO DEL TÁCHIRA", "name"),
    "an address": ("https://news.example/2019/san-antonio-del-tachira-shots", "name"),
    "an address run on": ("https://news.example/sanantoniodeltachira", "name"),
    "an escaped address": ("https://news.example/?q=San%20Antonio%20del%20T%C3%A1chira", "name"),
    "a permalink": ("map.html#place=San%20Antonio%20del%20T%C3%A1chira&zoom=13", "name"),
    "a permalink of a position": (f"map.html#13/{LAT}/{LON}", "coordinate"),
    "a witness": ("Testigo 17 tel 3005550017", "text"),
    "a fragment of a report": (
        "Porters and guards fought for six hours on the bridge", "text"),
    "an id": ("see CVB-0095", "id"),
    "an id of an event": ("see E-2015-0729", "id"),
    "a hidden column": ("contacto: x", "column"),
    "the input": ("from incidents_2019-03-31.csv", "path"),
    "a path": ("/home/ana/cases/x.csv", "path"),
    "packed by gzip": (base64.b64encode(gzip.compress(b"7.8179;-72.4508")).decode(), "coordinate"),
    "packed twice": (
        base64.b64encode(base64.b64encode(b"San Antonio del T\xc3\xa1chira")).decode(), "name"),
    "packed": (base64.b64encode(zlib.compress(b"San Antonio del T\xc3\xa1chira")).decode(), "name"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
@pytest.mark.parametrize("place", ["payload", "markup", "sidecar"])
def test_a_note(honest, name, place):
    note, code = NOTES[name]
    files = {"map.html": honest.page.encode()}
    if place == "payload":
        joined = honest.joined.copy()
        joined["extra"] = note
        files["map.html"] = render(joined.astype({"extra": "str"})).encode()
    elif place == "markup":
        files["map.html"] = honest.page.replace("<body>", f"<body><!-- {note} -->", 1).encode()
    else:
        files["map.csv"] = f"id,note\r\n1,{json.dumps(note, ensure_ascii=False)}\r\n".encode()
    assert code in codes(files, honest)


@pytest.mark.parametrize("name", ["AB123456+", "1234567890123456", "an international organisation"])
def test_what_only_looks_like_a_place(honest, name):
    files = {"map.csv": f"id,note\r\n1,{name} 123456 654321\r\n".encode()}
    assert codes(files, honest) == set()


def test_numbers_of_one_row_in_two_columns(honest):
    """Each alone tells little; a policy that names both columns tells the place."""
    joined = honest.joined.copy()
    joined["x"], joined["y"] = "", ""
    joined.loc[joined.index[2], ["x", "y"]] = ["7.818", "-72.451"]
    page = render(joined.astype({"x": "str", "y": "str"})).encode()
    assert "coordinate" in codes({"map.html": page}, honest)
    far = "a long note of which nobody knows why it stands just here between the two"
    rows = f"y,note,x\r\n7.818,{far},-72.451\r\n".encode()
    assert "coordinate" in codes({"map.csv": rows}, honest)


def test_other_encodings_of_a_file(honest):
    note = f"id,note\r\n1,{LAT} {LON}\r\n"
    for content in (note.encode("utf-16"), note.encode("utf-16-le"), bz2.compress(note.encode())):
        assert "coordinate" in codes({"map.csv": content}, honest)


def test_the_name_of_an_output(honest):
    files = {"san-antonio-del-tachira.csv": b"id\r\n1\r\n"}
    assert "name" in codes(files, honest)


def tampered(page, element, change):
    """Change the directory of one packed element of a page."""
    text = blocks(page)[element]
    directory, data = container(text)
    change(directory)
    head = dump_json(directory).encode()
    return page.replace(text, deflated(len(head).to_bytes(4, "little") + head + data)).encode()


def test_an_exact_position_in_the_payload(honest):
    joined = honest.joined.copy()
    joined.loc[joined.index[3], ["latitude", "longitude"]] = (LAT, LON)
    assert "coordinate" in codes({"map.html": render(joined).encode()}, honest)


def test_a_view_fitted_to_a_withheld_village(honest):
    def fit(directory):
        directory["meta"]["hot"] = [
            {"name": "x", "bounds": [LAT - 0.03, LON - 0.03, LAT + 0.03, LON + 0.03]}
        ]

    assert "box" in codes({"map.html": tampered(honest.page, "mapper-core", fit)}, honest)


@pytest.mark.parametrize(
    "box",
    [
        {"south": LAT - 0.03, "north": LAT + 0.03, "west": LON - 0.03, "east": LON + 0.03},
        [[LAT - 0.03, LON - 0.03], [LAT + 0.03, LON + 0.03]],
        {"center": [7.82, -72.45], "zoom": 13},
    ],
)
def test_an_opening_view_of_another_form(honest, box):
    def fit(directory):
        directory["meta"]["opening"] = box

    assert {"box", "coordinate"} & codes(
        {"map.html": tampered(honest.page, "mapper-core", fit)}, honest
    )


def test_a_basemap_in_detail_around_a_withheld_village(honest):
    def fit(directory):
        directory["details"][0]["box"] = [LON - 0.2, LAT - 0.2, LON + 0.2, LAT + 0.2]

    assert "box" in codes({"map.html": tampered(honest.page, "mapper-basemap", fit)}, honest)


def test_a_label_that_only_the_data_put_there(honest, exact):
    named = exact[exact["precision"] == "settlement"]
    row = named.iloc[0]

    def label(directory):
        directory["labels"].append(
            [row["matched_name"], row["latitude"], row["longitude"], 8.5, 40_000, row["place_id"]]
        )

    assert "label" in codes({"map.html": tampered(honest.page, "mapper-basemap", label)}, honest)


def test_a_name_among_the_places_where_it_is_hot(honest):
    def name(directory):
        directory["meta"]["hot"] = [{"name": "San Antonio del Táchira"}]

    assert "name" in codes({"map.html": tampered(honest.page, "mapper-core", name)}, honest)


def test_a_title(honest):
    page = render(honest.joined, title="Shots in San Antonio del Táchira")
    assert "name" in codes({"map.html": page.encode()}, honest)


def test_geojson_beside_the_map(honest):
    shape = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [LON, LAT]}}
    files = {"map.geojson": json.dumps({"features": [shape]}).encode()}
    assert "coordinate" in codes(files, honest)


def test_the_exact_places_beside_the_map(honest, exact):
    columns = ["place", "matched_name", "latitude", "longitude"]
    files = {"map.places.csv": csv_bytes(exact[columns])}
    assert {"coordinate", "name"} <= codes(files, honest)


def test_the_exact_table_as_an_export(honest, exact):
    assert {"coordinate", "name", "id", "text"} <= codes(
        {"t.csv": export(exact.head(5), "csv")}, honest
    )


def test_named_numbers_in_json(honest):
    files = {"map.json": json.dumps({"lat": LAT, "lon": LON}).encode()}
    assert "coordinate" in codes(files, honest)


def test_a_packed_file(honest):
    files = {"map.csv.gz": gzip.compress(f"a,b\n{LAT},{LON}\n".encode())}
    assert "coordinate" in codes(files, honest)


def test_a_manifest_with_the_path_of_the_input(honest):
    files = {"map.manifest.json": b'{"inputs": [{"name": "cases/one.csv"}]}'}
    assert "path" in codes(files, honest, paths=["cases/one.csv"])


@pytest.mark.parametrize(
    "picture",
    [
        b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00MM\x00*" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x04tEXtGPS!" + b"\0" * 40,
        b"\xff\xd8\xff\xe1\x00\x40http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>" + b"\0" * 40,
        b"\xff\xd8\xff\xe0\x00\x04\0\0\xff\xfe\x00\x0aLa Fria!\xff\xda" + b"\0" * 40,
    ],
)
@pytest.mark.parametrize("place", ["file", "page"])
def test_metadata_of_a_picture(honest, picture, place):
    files = {"map.png": picture}
    if place == "page":
        source = f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
        files = {"map.html": honest.page.replace("<body>", f"<body>{source}", 1).encode()}
    assert "metadata" in codes(files, honest)


def test_the_key(honest):
    files = {"map.txt": b"salt=a key for tests only, 32 bytes !!"}
    assert "key" in codes(files, honest)


def test_a_place_with_too_few_reports(honest):
    joined = honest.joined.copy()
    row = np.flatnonzero((joined["shape"] == "area").to_numpy())[0]
    joined.loc[joined.index[row], "place_id"] = "admin1:VE-A"
    assert "threshold" in codes({"map.html": render(joined).encode()}, honest)


def test_the_difference_of_two_thresholded_editions(exact, published):
    """Each edition alone keeps the threshold; what was added between them stands alone."""
    policy = safety.ready()
    full = published(exact, policy)
    shown = full.done.withheld.published
    crowded = [name for name, place in shown.items() if place.startswith("cell:7.68")]
    assert len(crowded) > 10
    before = {name: place for name, place in shown.items() if name != crowded[0]}
    files = {"map.html": full.page.encode()}
    assert codes(files, full) == set()
    careful = published(exact, policy, before=before)
    assert "difference" in codes(files, careful)
    assert careful.done.withheld.published[crowded[0]] != shown[crowded[0]]
    assert codes({"map.html": careful.page.encode()}, careful) == set()


def test_another_report_of_the_event_shown_finer(exact, honest, published):
    """Clashes are shown finer than arrests: where both are one event, one tells of the other."""
    located = exact.copy()
    near = located.index[located["place_id"].str.contains("simon-bolivar")][:6]
    located.loc[near, ["event_id", "event_type"]] = ["E-1", "clash"]
    located.loc[near[0], "event_type"] = "arrest"
    done = published(located, safety.ready())
    assert codes({"map.html": done.page.encode()}, done) == set()
    event = KEY.word("event", "E-1")
    rows = done.joined[done.joined["event_id"] == f"e-{event}"]
    assert len(rows) == len(near)
    assert rows["place_id"].nunique() == 1
    assert rows["place_id"].iloc[0] == "border:CO-VE", "an arrest is shown by its state or border"
    # as if each had been coarsened by itself
    naive = done.joined.copy()
    cell = honest.joined[honest.joined["place_id"].str.startswith("cell:7.68")].iloc[0]
    at = naive.index[naive["incident_id"].isin(rows["incident_id"][rows["event_type"] == "clash"])]
    for column in ("place_id", "latitude", "longitude", "shape"):
        naive.loc[at, column] = cell[column]
    assert "link" in codes({"map.html": render(naive).encode()}, done)


def test_a_report_that_the_threshold_moves_up_leaves_its_event(exact, published):
    """Two editions: the new report of an old event is merged upward, and no longer named of it."""
    policy = safety.ready()
    located = exact.copy()
    near = located.index[located["place_id"].str.contains("simon-bolivar")][:6]
    located.loc[near, ["event_id", "event_type", "fatalities_kind"]] = ["E-1", "clash", "event"]
    full = published(located, policy)
    names = list(full.done.incidents["incident_id"])
    old = published(located.drop(index=near[0]), policy)
    new = (set(names) - set(old.done.incidents["incident_id"])).pop()
    done = published(located, policy, before=old.done.withheld.published)
    row = done.done.incidents.set_index("incident_id").loc[new]
    assert done.done.withheld.published[new] != full.done.withheld.published[new]
    assert (row["event_id"], row["fatalities_kind"]) == ("", "unknown")
    assert codes({"map.html": done.page.encode()}, done) == set()


def test_the_middle_of_many_displaced_rows_of_one_place(displaced):
    """Each report moved by itself, far enough; together they point back at the bridge."""
    joined = displaced.joined.copy()
    points = displaced.done.withheld.points
    here = points[(points["latitude"] - LAT).abs().lt(0.002) & points["level"].eq("moved")]
    assert len(here) > 10
    for k, name in enumerate(here["published_id"]):
        turn = 2 * np.pi * k / len(here)
        at = joined.index[joined["incident_id"] == name]
        joined.loc[at, ["latitude", "longitude"]] = (
            LAT + 0.09 * np.cos(turn), LON + 0.09 * np.sin(turn)
        )  # fmt: skip
    joined["geometry"] = shapely.points(joined["longitude"], joined["latitude"])
    assert "displacement" in codes({"map.html": render(joined).encode()}, displaced)


def test_a_step_that_is_too_small(displaced):
    joined = displaced.joined.copy()
    points = displaced.done.withheld.points
    row = points[(points["level"] == "moved") & (points["published_id"] != "")].iloc[0]
    at = joined.index[joined["incident_id"] == row["published_id"]]
    joined.loc[at, "latitude"] = row["latitude"] + 0.02
    joined.loc[at, "longitude"] = row["longitude"]
    assert "displacement" in codes({"map.html": render(joined).encode()}, displaced)


def test_what_cannot_be_read_is_not_passed(honest):
    with pytest.raises(InputError):
        check({"map.html": b"<html></html>"}, honest)


def test_a_place_is_moved_alike_whatever_else_is_reported(exact, moved_policy):
    """Between two steps of one place its true position could be told from the two rings."""
    apart = {}
    for part in (exact, exact.iloc[::2], exact[exact["event_type"] == "clash"]):
        placed = part[part["latitude"].notna()]
        for name, place in zip(
            placed["incident_id"], moved(placed, moved_policy, KEY), strict=True
        ):
            assert apart.setdefault(name, place) == place


def test_all_is_moved_within_the_ring(exact, moved_policy):
    placed = exact[exact["latitude"].notna()]
    least, most = moved_policy.displaced_km
    told = [place.removeprefix("moved:").split(",") for place in moved(placed, moved_policy, KEY)]
    shown = np.array(told, dtype=float)
    km = geodesic_km(
        placed["longitude"].to_numpy(), placed["latitude"].to_numpy(), shown[:, 1], shown[:, 0]
    )
    assert km.min() >= 0.99 * least
    assert km.max() <= 1.01 * most
