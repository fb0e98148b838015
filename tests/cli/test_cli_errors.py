"""A bad file is one clear line and exit code 3, and the old map stays as it was."""

import gzip

import pytest

HEADER = b"incident_id,date_start,event_type,place,place_country\n"

BAD = {
    "missing": None,
    "empty": b"",
    "blank": b"\n\n  \n",
    "header_only": HEADER,
    "no_place": b"incident_id,date_start,event_type\nA,2019-02-23,clash\n",
    "binary": bytes(range(256)) * 40,
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06" * 3,
    "html": b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>a,b</body></html>\n",
    "truncated.csv.gz": gzip.compress(HEADER + b"A,2019-02-23,clash,Arauca,CO\n" * 500)[:-60],
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_is_one_line_and_leaves_the_old_map(tmp_path, run_mapper, kind):
    name = kind if "." in kind else f"{kind}.csv"
    source, output = tmp_path / name, tmp_path / "map.html"
    if BAD[kind] is not None:
        source.write_bytes(BAD[kind])
    output.write_text("the old map")
    done = run_mapper("map", source, "-o", output)
    error = done.stderr.decode()
    assert done.returncode == 3, error
    assert len(error.splitlines()) == 1, error
    assert name in error
    assert "Traceback" not in error
    assert done.stdout == b""
    assert output.read_text() == "the old map"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        {"map.html", name} - ({name} if BAD[kind] is None else set())
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["map"],
        ["map", "x.csv", "--no-such-option"],
        ["map", "x.csv", "--lang", "xx"],
        ["map", "x.csv", "--country", "Colombia"],
        ["map", "x.csv", "--border", "CO"],
        ["map", "x.csv", "--column", "fecha"],
        ["no-such-verb"],
    ],
)
def test_wrong_call_is_usage(run_mapper, arguments):
    done = run_mapper(*arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr


def test_unwritable_output_is_one_line(tmp_path, run_mapper, newest):
    (tmp_path / "file").write_text("not a folder")
    done = run_mapper("map", newest, "-o", tmp_path / "file" / "map.html")
    assert done.returncode == 3
    assert len(done.stderr.decode().splitlines()) == 1
    assert (tmp_path / "file").read_text() == "not a folder"


def test_help_loads_no_heavy_library():
    import subprocess
    import sys

    program = (
        "import sys, click\n"
        "from mapper.cli import cli\n"
        "cli.main(['map', '--help'], standalone_mode=False)\n"
        "heavy = {'geopandas', 'pandas', 'numpy', 'folium', 'shapely', 'pyarrow', 'geopy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            program.replace("from mapper.cli", "import mapper\nfrom mapper.cli"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
