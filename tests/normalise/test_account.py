import json

from helpers import understood

from mapper import normalise
from mapper.columns import INCIDENT


def test_the_account_of_a_file(tmp_path):
    text = (
        "Informe\n\nFecha;Lugar;Muertos;Apuntes del jefe\n"
        "23/02/2019;Ureña;más de 3;x\n24/02/2019;Cúcuta;muchos;y\n25/02/2019;Arauca;1;z\n"
    )
    _, problems, known, raw = understood(tmp_path, text)
    profile = normalise.Profile({known.name: known}, raw.problems)
    account = normalise.account(raw, profile, problems)
    (file,) = account["files"]
    assert file["fields"] == {"date_text": "Fecha", "place": "Lugar", "fatalities_best": "Muertos"}
    assert file["kept"] == ["Apuntes del jefe"]
    assert file["header_line"] == 3
    assert file["delimiter"] == ";"
    assert "23/02/2019" in file["date_orders"]["Fecha"]
    bad = next(g for g in account["problems"] if g["problem_code"] == "bad_number")
    assert bad["rows"] == 1
    assert bad["first"][0]["line"] == 5
    assert bad["first"][0]["value"] == "muchos"
    assert bad["remedy"]
    json.dumps(account)
    shown = "\n".join(account["lines"])
    assert "x.csv:5" in shown
    assert "{" not in shown


def test_first_ten_of_each_group(tmp_path):
    text = "date,place\n" + "nonsense,Ureña\n" * 25
    _, problems, known, raw = understood(tmp_path, text)
    groups = normalise.problem_groups(raw, problems)
    bad = next(g for g in groups if g["problem_code"] == "bad_date")
    assert (bad["rows"], len(bad["first"])) == (25, 10)
    assert known.title == "no known family"


def test_schema_names_every_field():
    schema = normalise.schema()
    named = {field["name"] for field in schema["fields"]}
    assert named == set(INCIDENT.names) - {"source_file", "source_row"}
    assert {family["name"] for family in schema["families"]} >= {"acled", "ucdp", "gdelt"}
    assert "fecha" in next(f for f in schema["fields"] if f["name"] == "date_text")["also"]
