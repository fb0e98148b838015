"""`mapper.toml`: `mapper map` alone rebuilds the project, and the command line wins."""

import json

import click
import pytest

from mapper.cli.maps import map_
from mapper.cli.project import project_options
from mapper.errors import InputError, UsageError

ROWS = "Quando,what,Onde,land\n2019-02-23,clash,Ureña,VE\n2019-02-24,clash,Arauca,CO\n"
PROJECT = """
incidents = "rows.csv"
output = "out/carte.html"
country = ["CO", "VE"]
lang = "fr"
title = "Deux ponts"
manifest = true
max-rows = 1000

[column]
"Quando" = "date_start"
"what" = "event_type"
"Onde" = "place"
"land" = "place_country"
"""


def read(tmp_path, content):
    path = tmp_path / "mapper.toml"
    path.write_text(content, encoding="utf-8")
    return project_options(path, map_.params)


def test_map_alone_rebuilds_the_project(tmp_path, run_mapper):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "mapper.toml").write_text(PROJECT, encoding="utf-8")
    done = run_mapper("map", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    page = (tmp_path / "out" / "carte.html").read_bytes()
    assert b'<html lang="fr"' in page
    assert b"<title>Deux ponts</title>" in page
    told = json.loads((tmp_path / "out" / "carte.manifest.json").read_bytes())
    assert told["options"]["caps"] == {"max_rows": 1000}
    assert told["counts"]["incidents"] == 2

    done = run_mapper("map", "--lang", "es", "-o", "otra.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert b'<html lang="es"' in (tmp_path / "otra.html").read_bytes()
    assert (tmp_path / "out" / "carte.html").read_bytes() == page

    done = run_mapper("check", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["incidents"] == 2


def test_an_unknown_key_is_usage_and_named(tmp_path, run_mapper):
    (tmp_path / "mapper.toml").write_text('incidents = "x.csv"\nlanguage = "fr"\n')
    done = run_mapper("map", cwd=tmp_path)
    assert done.returncode == 2
    error = done.stderr.decode()
    assert len(error.splitlines()) == 1
    assert "language" in error
    assert "lang," in error


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('lang = ["fr"]', "lang"),
        ('manifest = "yes"', "true or false"),
        ("country = [1]", "country"),
        ("quiet = true", "quiet"),
        ('[lang]\nx = "y"', "lang"),
    ],
)
def test_what_an_option_does_not_take_is_usage(tmp_path, content, said):
    parameters = [one for one in map_.params if one.name != "quiet"]
    path = tmp_path / "mapper.toml"
    path.write_text(content)
    with pytest.raises(UsageError, match=said):
        project_options(path, parameters)


def test_what_is_not_toml_is_one_clear_error(tmp_path):
    with pytest.raises(InputError, match=r"mapper\.toml is not TOML.*line 1"):
        read(tmp_path, "lang = fr")


def test_both_spellings_and_the_bare_policy(tmp_path):
    told = read(tmp_path, 'publish-safe = true\nmanifest_with = ["time"]\nmap = ["A=place"]')
    assert told == {"publish_safe": "ready", "manifest_with": ["time"], "column": ["A=place"]}
    assert read(tmp_path, "publish-safe = false") == {"publish_safe": ""}


def test_every_option_of_map_has_a_key(tmp_path):
    for one in map_.params:
        flag = isinstance(one, click.Option) and one.is_flag
        key = str(one.name).replace("_", "-")
        assert one.name in read(tmp_path, f"{key} = {'true' if flag else repr('x')}")


def test_named_inputs_leave_the_project_aside(tmp_path, run_mapper):
    (tmp_path / "mapper.toml").write_text('language = "fr"\n')
    (tmp_path / "rows.csv").write_text(ROWS.replace("Quando,what,Onde", "date,type,place"))
    done = run_mapper("map", "rows.csv", "-o", "x.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
