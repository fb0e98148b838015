"""A notebook that is run, exported to HTML and opened: the map shows."""

import base64

import folium
import nbconvert
import nbformat
import pytest
from located_rows import sample
from nbclient import NotebookClient

from mapper.api import Map
from mapper.render import render

# the kernel is spoken to on this machine only
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

CODE = """
import geopandas as gpd, shapely, mapper
frame = gpd.GeoDataFrame(
    {"event_type": ["clash", "protest", "clash"], "note": ["one", "two", "three"]},
    geometry=[shapely.Point(-72.45, 7.82), shapely.Point(-72.3, 7.9),
              shapely.Polygon([(-72.6, 7.6), (-72.2, 7.6), (-72.2, 7.9)])], crs=4326,
).to_crs(3116)
mapper.explore(frame, "event_type", title="Explored")
"""


def test_the_map_shows_in_an_exported_notebook(tmp_path, open_page):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    (output,) = notebook.cells[0].outputs
    assert base64.b64decode(output.data["image/png"]).startswith(b"\x89PNG")
    assert output.data["text/plain"]
    page, _ = nbconvert.HTMLExporter(embed_images=True).from_notebook_node(notebook)
    path = tmp_path / "notebook.html"
    path.write_text(page, encoding="utf-8")
    opened = open_page(path, wait=False)
    frame = next(f for f in opened.page.frames if f != opened.page.main_frame)
    frame.wait_for_function("() => document.documentElement.dataset.mapper === 'ready'")
    assert frame.evaluate("mapper.count") == 3
    assert frame.evaluate("window.origin") == "null"
    assert opened.page.locator("iframe").bounding_box()["height"] == 640


def test_the_map_shows_in_a_figure_of_folium(tmp_path, open_page):
    # two maps, one of them hostile to templates: neither may be compiled
    hostile = sample()
    hostile["place"] = "{{ 7 * 7 }}{% oops"
    figure = folium.Figure()
    for rows, title in ((sample(), "One"), (hostile, "{{ 6 * 7 }}")):
        figure.add_child(Map(render(rows, title=title)))
    path = tmp_path / "figure.html"
    figure.save(str(path))
    opened = open_page(path, wait=False)
    frames = [f for f in opened.page.frames if f != opened.page.main_frame]
    assert len(frames) == 2
    for frame, title in zip(frames, ("One", "{{ 6 * 7 }}"), strict=True):
        frame.wait_for_function("() => document.documentElement.dataset.mapper === 'ready'")
        assert frame.evaluate("mapper.count") == len(hostile)
        assert frame.evaluate("document.querySelector('h1').textContent") == title
        assert frame.evaluate("window.origin") == "null"
