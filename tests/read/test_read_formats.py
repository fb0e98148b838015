import datetime as dt
import json
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely.geometry import Point

from mapper.errors import InputError
from mapper.read import read, read_table
from mapper.read.report import Limits, Told

TABLE = pd.DataFrame(
    {
        "id": ["001", "002"],
        "date": ["2019-02-22", "2019-02-23"],
        "place": ["Kumarakapay", "Ureña"],
        "killed": [2.0, None],
    }
)
PLACES = [Point(-61.1167, 5.0333), Point(-72.4456, 7.9172)]
TEXT = [
    ["001", "2019-02-22", "Kumarakapay", "2"],
    ["002", "2019-02-23", "Ureña", ""],
]


@pytest.fixture
def layer():
    return gpd.GeoDataFrame(TABLE, geometry=PLACES, crs="EPSG:4326")


def texts(frame, columns=("id", "date", "place", "killed")):
    return frame[list(columns)].to_numpy(dtype=object).tolist()


def sheet(path, rows, title="Incidents", more=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, content in more:
        other = book.create_sheet(name)
        for row in content:
            other.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("file", "driver"),
    [
        ("a.gpkg", "GPKG"),
        ("a.geojson", "GeoJSON"),
        ("a.fgb", "FlatGeobuf"),
        ("a.shp", None),
        ("a.kml", "KML"),
    ],
)
def test_layers_of_points(tmp_path, layer, file, driver):
    named = layer.rename(columns={"place": "Name"}) if driver == "KML" else layer
    named.to_file(tmp_path / file, driver=driver)
    frame = read_table(tmp_path / file)
    as_written = [[*row[:3], row[3] and "2.0"] for row in TEXT]
    assert texts(frame) == (as_written if driver == "GeoJSON" else TEXT)
    assert [round(float(v), 4) for v in frame["latitude"]] == [5.0333, 7.9172]
    assert [round(float(v), 4) for v in frame["longitude"]] == [-61.1167, -72.4456]


def test_metres_become_degrees(tmp_path, layer):
    layer.to_crs(32619).to_file(tmp_path / "utm.gpkg", driver="GPKG")
    frame = read_table(tmp_path / "utm.gpkg")
    assert [round(float(v), 4) for v in frame["latitude"]] == [5.0333, 7.9172]


def test_zipped_layers(tmp_path, layer):
    layer.to_file(tmp_path / "a.kml", driver="KML")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(tmp_path / "a.kml", "doc.kml")
    layer.to_file(tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj", "cpg"):
            archive.write(tmp_path / f"a.{suffix}", f"a.{suffix}")
    for name in ("a.kmz", "a.zip"):
        assert len(read_table(tmp_path / name)) == 2


def test_parquet(tmp_path, layer):
    TABLE.to_parquet(tmp_path / "a.parquet")
    assert texts(read_table(tmp_path / "a.parquet")) == TEXT
    stamped = TABLE.assign(date=pd.to_datetime(TABLE["date"]))
    stamped.to_parquet(tmp_path / "b.parquet")
    assert texts(read_table(tmp_path / "b.parquet")) == TEXT
    layer.to_parquet(tmp_path / "c.parquet")
    frame = read_table(tmp_path / "c.parquet")
    assert [round(float(v), 4) for v in frame["latitude"]] == [5.0333, 7.9172]


def test_sheet_with_title_and_note(tmp_path):
    rows = [
        ["Incidents on the border"],
        [],
        list(TABLE.columns),
        ["001", dt.date(2019, 2, 22), "Kumarakapay", 2],
        ["002", dt.datetime(2019, 2, 23), "Ureña", None],  # noqa: DTZ001 - Excel has no zones
        [],
        ["Source: public reports"],
    ]
    raw = read([sheet(tmp_path / "a.xlsx", rows)])
    assert texts(raw.frame) == TEXT
    assert raw.files[0].header_line == 3
    assert raw.files[0].line_of(2) == 0  # a sheet has rows, not lines
    assert any("Source: public reports" in note for note in raw.files[0].notes)


def test_the_sheet_with_the_table_is_read(tmp_path):
    notes = [["Read me"], ["This book was made by hand"], ["on", "a", "day"], ["x", "y", "z"]]
    path = sheet(tmp_path / "a.xlsx", notes, "About", [("Data", [list(TABLE.columns), *TEXT])])
    raw = read([path])
    assert texts(raw.frame) == TEXT
    assert "sheets not read: About" in raw.files[0].notes


def test_ods(tmp_path):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )
        + "</table:table-row>"
        for row in [list(TABLE.columns), *TEXT]
    )
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    assert texts(read_table(tmp_path / "a.ods")) == TEXT


def test_nested_json(tmp_path):
    records = [
        {
            "id": "1",
            "where": {"name": "Ureña", "geo": {"type": "Point", "coordinates": [-72.4, 7.9]}},
        },
        {"id": "2", "where": {"name": "Cúcuta"}, "sources": ["https://a.org", "https://b.org"]},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"data": {"events": records}}))
    frame = read_table(tmp_path / "a.json")
    assert frame["where.name"].tolist() == ["Ureña", "Cúcuta"]
    assert frame["where.geo.latitude"].tolist() == ["7.9", ""]
    assert frame["sources"].tolist() == ["", "https://a.org; https://b.org"]


def test_numbers_of_json_stay_as_written(tmp_path):
    (tmp_path / "a.json").write_text('[{"id": 1.10, "place": "x", "n": 1e3, "b": true, "z": null}]')
    assert read_table(tmp_path / "a.json").to_numpy(dtype=object).tolist() == [
        ["1.10", "x", "1e3", "true", ""]
    ]


def test_entities_are_never_expanded(tmp_path):
    kml = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">]><kml><Document/></kml>'
    (tmp_path / "a.kml").write_text(kml)
    with pytest.raises(InputError, match="XML entities"):
        read_table(tmp_path / "a.kml")


@pytest.mark.parametrize("file", ["a.gpkg", "a.parquet", "a.xlsx"])
def test_broken_files_are_one_line(tmp_path, layer, file):
    if file == "a.gpkg":
        layer.to_file(tmp_path / file, driver="GPKG")
    elif file == "a.parquet":
        TABLE.to_parquet(tmp_path / file)
    else:
        sheet(tmp_path / file, [list(TABLE.columns), *TEXT])
    whole = (tmp_path / file).read_bytes()
    (tmp_path / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError) as caught:
        read_table(tmp_path / file)
    assert str(caught.value).startswith(f"{file}: ")
    assert str(tmp_path) not in str(caught.value)


def test_a_hidden_sheet_is_not_the_table(tmp_path):
    header = ["id", "date", "place", "killed"]
    hidden = [header, *([str(i), "2019-02-22", "x", 1] for i in range(9))]
    path = sheet(tmp_path / "a.xlsx", [header, *TEXT], more=[("Old", hidden)])
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    assert texts(read_table(path)) == TEXT


def test_what_a_workbook_hides_is_said(tmp_path):
    header = ["id", "date", "place", "killed"]
    path = sheet(tmp_path / "a.xlsx", [header, *TEXT], more=[("Old", [header, TEXT[0]])])
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.active.column_dimensions["D"].hidden = True
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    raw = read([path])
    said = " | ".join(raw.files[0].notes)
    assert raw.rows_read == 2  # hidden columns and rows are data all the same
    assert "hidden sheets, not read: Old" in said
    assert "columns D are hidden" in said
    assert "1 row is hidden" in said
    assert raw.problems["problem_code"].tolist() == ["columns_hidden"]
    assert texts(read([path], told=Told(sheet="Old")).frame, header) == [TEXT[0]]


def test_sheets_with_the_same_columns_are_never_left_out_in_silence(tmp_path):
    header = ["id", "date", "place", "killed"]
    path = sheet(tmp_path / "a.xlsx", [header, *TEXT], more=[("March", [header, TEXT[1]])])
    problems = read([path]).problems
    assert problems["problem_code"].tolist() == ["sheets_alike"]
    assert problems["value"].tolist() == ["March"]


def test_sheets_that_carry_on_a_table_are_read_in_their_order(tmp_path):
    header = ["id", "date", "place", "killed"]
    april = [["1", "2019-04-02", "Arauca", "0"], ["2", "2019-04-09", "Saravena", "3"]]
    more = [
        ("April", [["Ministry, April"], [], header, *april]),
        ("May", [header]),
        ("Codes", [["code", "meaning"], ["1", "killed"]]),
    ]
    path = sheet(tmp_path / "a.xlsx", [header, *TEXT], more=more)
    raw = read([path])
    assert texts(raw.frame, header) == [*TEXT, *april]
    assert [file.name for file in raw.files] == ["a.xlsx, sheet Incidents", "a.xlsx, sheet April"]
    assert raw.frame["source_row"].tolist() == [*range(1, len(TEXT) + 1), 1, 2]
    assert "sheets not read: May, Codes" in raw.files[0].notes
    assert not len(raw.problems)
    assert texts(read([path], told=Told(sheet="April")).frame, header) == april


def test_a_list_of_our_own_says_which_sheets_are_not_read(tmp_path):
    header = ["id", "date", "place", "killed"]
    path = sheet(tmp_path / "a.xlsx", [header, *TEXT], more=[("B", [header, ["9", "", "X", ""]])])
    frame = read_table(path)
    assert len(frame) == len(TEXT)
    assert [p["value"] for p in frame.attrs["problems"]] == ["B"]


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
def test_a_small_parquet_that_unpacks_to_much_is_refused(tmp_path, compression):
    path = tmp_path / "a.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 400_000, pa.int32()), ["x" * 5000])
    pq.write_table(pa.table({"place": text}), path, compression=compression)
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError) as caught:  # two billion letters
        read([path])
    assert "raise --max-ratio" in str(caught.value)


def test_a_parquet_of_zeros_is_refused_by_what_it_says_of_itself(tmp_path):
    path = tmp_path / "a.parquet"
    wide = pa.array([bytes(40_000_000)], pa.binary())
    pq.write_table(pa.table({"place": wide}), path, compression="zstd", use_dictionary=False)
    with pytest.raises(InputError, match="--max-ratio"):
        read([path])
    assert read([path], limits=Limits(max_ratio=1_000_000)).rows_read == 1


def test_cells_merged_over_rows_hold_for_each(tmp_path):
    rows = [
        ["id", "date", "place", "killed"],
        ["001", dt.date(2019, 2, 22), "Kumarakapay", 2],
        ["002", None, "Ureña", None],
    ]
    path = sheet(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("D2:D3")  # a count of both together is not the count of each
    book.save(path)
    assert texts(read_table(path)) == [TEXT[0], ["002", "2019-02-22", "Ureña", ""]]


def test_a_zipped_shapefile_in_a_folder(tmp_path, layer):
    layer.to_file(tmp_path / "a.shp", encoding="utf-8")
    path = tmp_path / "shapes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in ("shp", "shx", "dbf", "prj", "cpg"):
            archive.write(tmp_path / f"a.{part}", f"inner/a.{part}")
    assert texts(read_table(path), ["id", "place"]) == [[row[0], row[2]] for row in TEXT]


def test_the_lock_of_an_office_program_is_refused(tmp_path):
    path = tmp_path / ".~lock.a.csv#"
    path.write_text(",user,host,23.02.2019 10:00,file:///home/user;")
    with pytest.raises(InputError, match="office program"):
        read_table(path)


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Incidents</name>
<Schema name="s" id="s"><SimpleField type="int" name="id"/></Schema>
<Folder><name>February</name><Placemark><name>Ureña</name>
<ExtendedData><Data name="id"><value>0007</value></Data>
<Data name="date"><value>2019-02-23</value></Data></ExtendedData>
<Point><coordinates>-72.45,7.81,0</coordinates></Point></Placemark></Folder>
<Folder><name>March</name><Placemark><name>Arauca</name><TimeStamp><when>2019-03-02</when></TimeStamp>
<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="id">0008</SimpleData></SchemaData>
</ExtendedData><Point><coordinates>-70.75,7.08</coordinates></Point></Placemark></Folder>
</Document></kml>"""


def test_folders_of_kml_are_one_table(tmp_path):
    (tmp_path / "a.kml").write_text(KML, encoding="utf-8")
    frame = read_table(tmp_path / "a.kml")
    assert frame["id"].tolist() == ["0007", "0008"]
    assert frame["place"].tolist() == ["Ureña", "Arauca"]
    assert frame["date"].tolist() == ["2019-02-23", "2019-03-02"]
    assert frame["folder"].tolist() == ["February", "March"]
    assert [float(v) for v in frame["latitude"]] == [7.81, 7.08]


def test_numbers_are_read_with_the_zeros_that_are_shown(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "date", "place", "killed"])
    sheet.append([7, "2019-02-22", "Ureña", 2])
    sheet.append([12, "2019-02-23", "Arauca", 0])
    for row in (2, 3):
        sheet.cell(row, 1).number_format = "0000"
    book.save(tmp_path / "a.xlsx")
    frame = read_table(tmp_path / "a.xlsx")
    assert frame["id"].tolist() == ["0007", "0012"]
    assert frame["killed"].tolist() == ["2", "0"]
