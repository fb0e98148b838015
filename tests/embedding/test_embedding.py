"""Snippets and documents made from a finished map alone."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from located_rows import PAYLOADS, located, sample
from PIL import Image

from mapper import embedding
from mapper.errors import InputError, UsageError
from mapper.publish.snippets import Embedded, address_of, iframe, markdown, relative
from mapper.render import render


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("maps") / "the map.html"
    path.write_text(render(sample(), title="A title", lang="es"), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", embedding.KINDS)
def test_the_same_map_gives_the_same_bytes(page, tmp_path, kind):
    first = embedding.embed(page, kind, output=tmp_path / "a" / "x.out", dpi=50)
    again = embedding.embed(page, kind, output=tmp_path / "b" / "x.out", dpi=50)
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in again]


def test_iframe_names_map_picture_and_language(page):
    snippet, picture = embedding.embed(page, "iframe", dpi=50)
    assert (snippet.name, picture.name) == ("the map.embed.html", "the map.embed.png")
    said = snippet.read_text(encoding="utf-8")
    assert 'src="the%20map.html#embed"' in said
    assert 'title="A title"' in said
    assert 'lang="es"' in said
    assert "allow-same-origin" not in said
    assert "Abrir el mapa" in said
    assert "Mapa de" in said.split("alt=")[1]  # what the picture shows
    assert str(page.parent) not in said
    with Image.open(picture) as shot:
        assert shot.size[0] > 250


def test_markdown_is_a_picture_that_leads_to_the_map(page, tmp_path):
    to = tmp_path / "report" / "map.md"
    snippet, picture = embedding.embed(
        page, "markdown", output=to, address="https://example.org/m_(1).html", dpi=50
    )
    said = snippet.read_text(encoding="utf-8")
    assert picture == to.with_suffix(".png")
    assert said.startswith("[![A title")
    assert "](map.png)](https://example.org/m_%281%29.html)" in said


def test_docx_holds_picture_caption_alt_text_link_and_sources(page, tmp_path):
    (path,) = embedding.embed(page, "docx", output=tmp_path / "m.docx", dpi=50)
    document = docx.Document(path)
    text = "\n".join(p.text for p in document.paragraphs)
    assert "A title" in text
    assert "Fuentes de los informes" in text
    assert "Source 0 (" in text
    (drawing,) = document.element.body.iter(qn("wp:docPr"))
    assert "informes" in drawing.get("descr")
    links = [r.target_ref for r in document.part.rels.values() if "hyperlink" in r.reltype]
    assert len(links) == 1
    assert links[0].endswith("the%20map.html")
    (anchor,) = document.element.body.iter(qn("w:hyperlink"))
    assert "the map.html" in "".join(anchor.itertext())
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_a_picture_of_a_page(page):
    assert Image.open(io.BytesIO(embedding.picture_of(page.read_text("utf-8")))).format == "PNG"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_title_becomes_code(payload):
    about = Embedded(payload, payload, "en", "m.html", "m.png")
    said = iframe(about)
    ours = iframe(Embedded("x", "x", "en", "m.html", "m.png"))
    assert said.count("<") == ours.count("<")
    assert said.count('"') == ours.count('"')
    linked = markdown(about)
    plain = linked.replace("\\\\", "")
    for mark in "<`":
        assert plain.count(mark) == plain.count(f"\\{mark}")


@pytest.mark.parametrize("told", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x",
                                  "file:///etc/passwd", "https://a b"])  # fmt: skip
def test_other_addresses_are_refused(told):
    with pytest.raises(UsageError, match="expected a relative path"):
        address_of(told)


def test_the_way_to_the_map():
    assert relative(Path("/a/b/maps/m.html"), Path("/a/b/posts")) == "../maps/m.html"
    assert relative(Path("/a/b/m 1.html"), Path("/a/b")) == "m%201.html"
    # no folders of this machine
    assert relative(Path("/home/someone/m.html"), Path("/srv/www/site/posts")) == "m.html"


def test_what_is_no_map_is_one_clear_error(tmp_path):
    other = tmp_path / "x.html"
    other.write_text("<title>x</title>", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.html is no map made by mapper"):
        embedding.embed(other, "iframe")
    with pytest.raises(InputError, match="cannot be read"):
        embedding.embed(tmp_path / "none.html", "iframe")


def test_the_map_is_never_overwritten(page):
    before = page.read_bytes()
    with pytest.raises(UsageError, match="the map itself"):
        embedding.embed(page, "iframe", output=page)
    assert page.read_bytes() == before


def test_a_map_of_one_area_has_a_picture(tmp_path):
    row = dict(zip(("place", "shape", "precision", "place_id"),
                   ("Táchira", "area", "admin1", "admin1:VE-S"), strict=True))  # fmt: skip
    path = tmp_path / "m.html"
    one = located([row | {"incident_id": "a", "latitude": 8.0, "longitude": -72.0,
                          "status": "resolved", "matched_name": "Táchira"}])  # fmt: skip
    path.write_text(render(one), encoding="utf-8")
    _, picture = embedding.embed(path, "markdown", dpi=50)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_map_of_coordinates_alone_has_a_picture():
    bare = {"place": "", "matched_name": "", "place_id": "point:8,-72", "shape": "point",
            "status": "resolved", "latitude": 8.0, "longitude": -72.0}  # fmt: skip
    page = render(located([bare | {"incident_id": "a"}]))
    assert embedding.picture_of(page).startswith(b"\x89PNG")
