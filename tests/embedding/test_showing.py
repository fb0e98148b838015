"""A map as an element of folium: saved, rendered, put into figures, never compiled."""

import base64

import folium
import pytest
from located_rows import located, sample

from mapper import embedding
from mapper.api import Map
from mapper.errors import UsageError
from mapper.render import render

TEMPLATE = "{{ 7 * 7 }}{% oops"


@pytest.fixture(scope="module")
def page():
    rows = sample()
    rows["place"] = TEMPLATE
    return render(rows, title=TEMPLATE)


def test_alone_it_is_the_page(page, tmp_path):
    shown = Map(page)
    assert shown.get_root() is shown
    assert shown.get_root().render() == page
    assert shown.save(tmp_path / "m.html").read_text(encoding="utf-8") == page


def test_in_a_figure_it_is_a_frame_as_it_is(page):
    for put in (
        lambda shown, figure: figure.add_child(shown),
        lambda shown, figure: shown.add_to(figure),
        lambda shown, figure: figure.html.add_child(shown),
        lambda shown, figure: figure.add_child(folium.Div().add_child(shown)),
    ):
        shown, figure = Map(page), folium.Figure()
        put(shown, figure)
        assert figure.render().count(shown._repr_html_()) == 1
        assert figure.render().count("<iframe ") == 1
        assert shown.to_html() == page


def test_its_root_is_the_figure(page):
    shown, figure = Map(page), folium.Figure()
    assert shown.add_to(figure).get_root() is figure


def test_beside_a_map_of_folium(page):
    figure = folium.Figure()
    folium.Map(tiles=None).add_to(figure)
    figure.add_child(Map(page))
    said = figure.render()
    assert "L.map(" in said
    assert said.count("<iframe ") == 1


def test_nothing_is_added_to_a_finished_page(page):
    with pytest.raises(UsageError, match=r"Marker cannot be added to a finished page"):
        folium.Marker((7.8, -72.4)).add_to(Map(page))


def test_the_picture_is_drawn_once_and_only_when_wanted(monkeypatch):
    drawn = []
    draw = embedding.picture_of
    monkeypatch.setattr(embedding, "picture_of", lambda page: drawn.append(1) or draw(page))
    row = {"incident_id": "a", "place": "x", "latitude": 7.8, "longitude": -72.4,
           "shape": "point", "status": "resolved"}  # fmt: skip
    shown = Map(render(located([row])))
    assert set(shown._repr_mimebundle_(include={"text/html"})) == {"text/html"}
    assert set(shown._repr_mimebundle_(exclude={"image/png"})) == {"text/html", "text/plain"}
    assert not drawn
    first, second = shown._repr_mimebundle_(), shown._repr_mimebundle_(include=None, exclude=None)
    assert first == second
    assert base64.b64decode(first["image/png"]).startswith(b"\x89PNG")
    assert len(drawn) == 1
