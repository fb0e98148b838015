"""`mapper figure` from the command line: the figure, its words and data beside it, mistakes."""

import csv
import subprocess
import sys

import pytest


def test_the_whole_job_of_a_deadline(run_mapper, newest, tmp_path):
    output = tmp_path / "mapa.docx"
    done = run_mapper("figure", newest, "-o", output, "--lang", "es", "--dpi", "80", "-q")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mapa.alt.txt", "mapa.csv", "mapa.docx"]
    assert "Mapa de 203 informes" in (tmp_path / "mapa.alt.txt").read_text(encoding="utf-8")
    with (tmp_path / "mapa.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["place"] == "Puente Internacional Simón Bolívar"
    assert sum(int(row["reports"]) for row in rows) == 190


def test_filters_and_size(run_mapper, newest, tmp_path):
    output = tmp_path / "f.svg"
    words = ("--filter", "near=simon-bolivar:10", "--filter", "from=2019-02-22; to=2019-02-24")
    done = run_mapper("figure", newest, "-o", output, *words, "--size", "90x80mm", "-q")
    assert done.returncode == 0, done.stderr.decode()
    assert b'width="90mm" height="80mm"' in output.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("-o", "f.gif"), 2, "f.gif"),
        (("-o", "f.png", "--size", "vast"), 2, "--size vast"),
        (("-o", "f.png", "--dpi", "9"), 2, "--dpi 9"),
        (("-o", "f.png", "--filter", "hue=red"), 2, "hue=red"),
        (("-o", "f.png", "--filter", "from=2031"), 3, "filters"),
        (("-o", "mine.png"), 2, "is an input"),
    ],
)
def test_mistakes_are_one_line_and_write_nothing(
    run_mapper, newest, tmp_path, arguments, code, said
):
    copy = tmp_path / "mine.csv"
    copy.write_bytes(newest.read_bytes())
    done = run_mapper("figure", copy, *arguments, "-q", cwd=tmp_path)
    assert done.returncode == code, done.stderr.decode()
    assert said in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["mine.csv"]
    assert copy.read_bytes() == newest.read_bytes()


@pytest.mark.parametrize(("library", "name"), [("matplotlib", "f.png"), ("docx", "f.docx")])
def test_a_missing_extra_says_how_to_install_it(newest, tmp_path, library, name):
    hidden = (
        "import importlib.util as u, sys; real = u.find_spec; "
        f"u.find_spec = lambda n, *a: None if n == {library!r} else real(n, *a); "
        "from mapper.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", hidden, "figure", newest, "-o", tmp_path / name],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert b"pip install 'border-incident-mapper[figures]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
