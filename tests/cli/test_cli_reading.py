"""What a user says about how files are read, and what `check` and `schema` print."""

import gzip
import json

import pytest

SPANISH = (
    "Informe\n\nFecha;Lugar;Muertos;Apuntes del jefe\n"
    "23/02/2019;Ureña;más de 3;x\n24/02/2019;Cúcuta;muchos;y\n25/02/2019;Arauca;1;z\n"
)
ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,country,location,latitude,"
    "longitude,geo_precision,notes,fatalities\n"
    "VEN1,2019-02-23,Protests,Peaceful protest,Protesters,Venezuela,Ureña,7.917,-72.445,1,"
    + "a long note " * 30
    + ",0\nVEN2,2019-02-24,Battles,Armed clash,Army,Venezuela,Table,7.8,-72.4,3,short,2\n"
)


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_check_says_what_was_understood(tmp_path, run_mapper):
    done = run_mapper("check", write(tmp_path, "informe.csv", SPANISH))
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    for words in (
        "no known family, csv, utf-8, delimiter semicolon, column names in line 3, 3 rows",
        "rows: 2 good, 1 in doubt, 0 rejected",
        "date_text ← Fecha",
        "Fecha: dates read as dmy, shown by 23/02/2019",
        "kept and shown, not understood: Apuntes del jefe",
        "doubt: bad_number Muertos (1 row)",
        "informe.csv:5: ",
    ):
        assert words in said


def test_check_as_json(tmp_path, run_mapper):
    done = run_mapper("check", write(tmp_path, "informe.csv", SPANISH), "--json")
    report = json.loads(done.stdout)
    (file,) = report["understood"]
    assert (file["delimiter"], file["header_line"], file["good"]) == (";", 3, 2)
    assert file["fields"]["place"] == report["fields"]["place"] == "Lugar"
    group = next(g for g in report["problem_groups"] if g["problem_code"] == "bad_number")
    assert group["first"][0]["line"] == 5
    assert group["first"][0]["value"] == "muchos"
    assert group["remedy"]


def test_schema(run_mapper):
    said = run_mapper("schema").stdout.decode()
    assert "fatalities_best" in said
    assert "fecha" in said
    assert "ACLED" in said
    known = json.loads(run_mapper("schema", "--json").stdout)
    assert {family["name"] for family in known["families"]} >= {"acled", "ucdp", "gdelt"}


def test_the_users_word_on_encoding_and_delimiter(tmp_path, run_mapper):
    text = "date~place~killed\n2019-02-23~Łódź~1\n2019-02-24~Kraków~2\n"
    path = write(tmp_path, "x.csv", text, "cp1250")
    done = run_mapper("check", path, "--encoding", "cp1250", "--delimiter", "~", "--json")
    (file,) = json.loads(done.stdout)["understood"]
    assert (file["encoding"], file["delimiter"]) == ("cp1250", "~")
    tabs = write(tmp_path, "t.csv", text.replace("~", "\t"))
    done = run_mapper("check", tabs, "--delimiter", "tab", "--json")
    assert json.loads(done.stdout)["understood"][0]["delimiter"] == "\t"


@pytest.mark.parametrize(
    ("option", "value"),
    [("--max-bytes", "20"), ("--max-columns", "2"), ("--max-rows", "1"), ("--max-field", "5")],
)
def test_caps_and_the_option_that_raises_them(tmp_path, run_mapper, option, value):
    path = write(tmp_path, "x.csv", "date,place,killed\n2019-02-23,San Antonio,1\n" * 3)
    done = run_mapper("check", path, option, value)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1
    assert option in done.stderr.decode()


def test_the_cap_on_the_ratio(tmp_path, run_mapper):
    path = tmp_path / "x.csv.gz"
    rows = b"2019-02-23,San Antonio,1\n" * 2_000_000
    path.write_bytes(gzip.compress(b"date,place,killed\n" + rows))
    done = run_mapper("check", path)
    assert done.returncode == 3
    assert "--max-ratio" in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--max-rows", "many"],
        ["--max-bytes", "0"],
        ["--delimiter", "abc"],
        ["--encoding", "no-such-encoding"],
    ],
)
def test_wrong_words_are_usage(tmp_path, run_mapper, arguments):
    path = write(tmp_path, "x.csv", SPANISH)
    done = run_mapper("check", path, *arguments)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_a_restricted_source_is_credited_and_cut(tmp_path, run_mapper):
    path = write(tmp_path, "acled.csv", ACLED)
    done = run_mapper("map", path, "-o", tmp_path / "short.html")
    said = done.stdout.decode()
    assert "Credit    Armed Conflict Location & Event Data Project (ACLED)" in said
    assert "--texts full" in said
    assert "full texts" not in said
    assert "It holds exact places: for publication see --publish-safe." in said
    page = (tmp_path / "short.html").read_text(encoding="utf-8")
    assert "Armed Conflict Location &amp; Event Data Project (ACLED)" in page
    full = run_mapper("map", path, "-o", tmp_path / "full.html", "--texts", "full")
    assert "--texts full" not in full.stdout.decode()
    assert "It holds full texts and exact places" in full.stdout.decode()
    assert (tmp_path / "full.html").stat().st_size != (tmp_path / "short.html").stat().st_size
    report = json.loads(run_mapper("check", path, "--json").stdout)
    assert report["attributions"]
    assert report["by_shape"] == {"area": 1, "point": 1}
