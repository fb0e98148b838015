import html
import subprocess
import sys

import pytest

import mapper
from mapper.columns import INCIDENT, LOCATED, require


def test_all_is_flat_sorted_and_there():
    assert list(mapper.__all__) == sorted(mapper.__all__)
    assert all(hasattr(mapper, name) for name in mapper.__all__)
    assert set(mapper.__all__) <= set(dir(mapper))


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = mapper.no_such_name


def test_import_is_light():
    program = (
        "import sys, mapper\n"
        "heavy = {'geopandas', 'pandas', 'numpy', 'folium', 'shapely', 'pyarrow', 'geopy'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "[]"


def test_read_gives_incidents_and_problems(newest):
    incidents = mapper.read(newest)
    require(incidents, INCIDENT)
    assert len(incidents) == 203
    assert isinstance(incidents.attrs["problems"], list)


def test_locate_gives_a_geodataframe(newest):
    incidents = mapper.read(newest)
    located = mapper.locate(incidents)
    require(located, LOCATED)
    assert located.crs.to_epsg() == 4326
    assert list(located["incident_id"]) == list(incidents["incident_id"])
    assert located.geometry.isna().sum() == (located["shape"] == "none").sum()


def test_map_saves_and_shows_itself_in_a_sandbox(newest, tmp_path):
    page = mapper.build_map(mapper.locate(mapper.read(newest)), title="A title {{7*7}}")
    assert isinstance(page, mapper.Map)
    saved = page.save(tmp_path / "new" / "map.html")
    assert saved.read_text(encoding="utf-8") == page.to_html()
    frame = page._repr_html_()
    assert 'sandbox="allow-scripts"' in frame
    assert "allow-same-origin" not in frame
    inner = frame.split('srcdoc="', 1)[1].rsplit('"', 1)[0]
    assert html.unescape(inner) == page.to_html()
    assert ">A title 49<" not in page.to_html()


def test_the_command_line_and_python_make_the_same_page(newest, seed_map):
    output, _ = seed_map
    page = mapper.build_map(mapper.locate(mapper.read(newest)))
    assert page.to_html() == output.read_text(encoding="utf-8")
