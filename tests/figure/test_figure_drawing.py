"""Figures of the seeds: what is drawn agrees with the data, nothing overlaps, same bytes twice."""

import io
import re
import struct
import zipfile
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from docx import Document

from mapper import figure, world
from mapper.errors import NothingUsableError, UsageError
from mapper.figure.compose import compose
from mapper.figure.marks import gather
from mapper.figure.scene import LAYERS, Text
from mapper.figure.sizes import size_of
from mapper.figure.styling import families
from mapper.figure.typeset import height_mm, width_mm

SVG = "{http://www.w3.org/2000/svg}"
SIZES = ("column", "page", "slide", "120x100mm")


def composed(rows, size, lang="en"):
    return compose(
        gather(rows, lang), size_of(size), title="Incidents at a border", dek="203 reports",
        credit="© somebody", marking="", lang=lang, crossings=world.crossings(),
    )  # fmt: skip


def box(text):
    """The box of a text on paper, mm: letters without descenders."""
    wide = width_mm(text.text, text.face, text.size, text.spacing)
    left = text.x - {"left": 0, "center": wide / 2, "right": wide}[text.align]
    return left, text.y - height_mm(text.size), left + wide, text.y


@pytest.mark.parametrize("how", figure.FORMATS)
def test_two_runs_give_the_same_bytes(seeds, how):
    first, second = (
        figure.draw(seeds, format=how, size="column", dpi=100, title="T").content for _ in range(2)
    )
    assert first == second
    assert len(first) > 20_000


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_lies_on_another_and_none_leaves_the_paper(seeds, size, lang):
    scene = composed(seeds, size, lang).scene
    texts = [item for item in scene.items if isinstance(item, Text)]
    boxes = np.array([box(text) for text in texts])
    assert boxes[:, 0].min() >= 0
    assert boxes[:, 1].min() >= 0
    assert boxes[:, 2].max() <= scene.width
    assert boxes[:, 3].max() <= scene.height
    slack = 0.15  # mm
    for k in range(len(texts)):
        others = boxes[k + 1 :]
        over = (
            (others[:, 0] < boxes[k, 2] - slack) & (others[:, 2] > boxes[k, 0] + slack)
            & (others[:, 1] < boxes[k, 3] - slack) & (others[:, 3] > boxes[k, 1] + slack)
        )  # fmt: skip
        hit = [texts[k + 1 + int(at)].text for at in np.flatnonzero(over)]
        assert not hit, f"{texts[k].text!r} and {hit}"


def test_every_number_of_the_key_is_on_the_map_once(seeds):
    scene = composed(seeds, "page").scene
    numbers = {layer: [] for layer in ("numbers", "words")}
    for item in scene.items:
        if isinstance(item, Text) and item.face == "bold" and item.text.isdigit():
            is_tag = item.colour == "#fffdf8"
            if item.layer in numbers and is_tag:
                numbers[item.layer].append(int(item.text))
    assert sorted(numbers["numbers"]) == list(range(1, len(numbers["numbers"]) + 1))
    assert sorted(numbers["words"]) == sorted(numbers["numbers"])
    assert len(numbers["words"]) >= 10


def test_the_legend_counts_every_report(seeds):
    marks = gather(seeds)
    assert sum(marks.shares) == 203
    drawn = sum(m.count for m in marks.points) + sum(w.count for w in marks.wide)
    assert drawn + marks.unplaced == 203
    words = {t.text for t in composed(seeds, "page").scene.items if isinstance(t, Text)}
    assert {f"{n:,}" for n in marks.shares if n} <= words


def test_the_table_holds_every_place(seeds):
    table = figure.draw(seeds, format="svg", size="page").table
    assert table["reports"].sum() == (seeds["shape"] != "none").sum()
    shares = table[[family.key for family in families()]].sum(axis=1)
    assert (shares == table["reports"]).all()


def test_svg_has_real_text_and_named_layers(seeds):
    content = figure.draw(seeds, format="svg", size="page", title="Puentes & más").content
    root = ET.fromstring(content)  # noqa: S314 - our own file
    names = [group.get("id") for group in root.findall(f"{SVG}g")]
    assert names == [layer for layer in LAYERS if layer in names]
    assert {"land", "border", "uncertainty", "reports", "numbers", "words"} <= set(names)
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert "Puentes & más" in texts
    assert "Cúcuta" in texts
    assert root.find(f"{SVG}title").text == "Puentes & más"
    assert "203 reports" in root.find(f"{SVG}desc").text
    assert not re.search(rb"<script|https?://(?!www\.w3\.org|www\.inkscape\.org)", content)


def test_png_has_the_size_and_resolution_asked_for(seeds):
    content = figure.draw(seeds, format="png", size="120x90mm", dpi=200).content
    wide, tall = struct.unpack(">II", content[16:24])
    assert (wide, tall) == pytest.approx((120 / 25.4 * 200, 90 / 25.4 * 200), abs=1)


def test_docx_carries_picture_alt_text_key_and_sources(seeds):
    made = figure.draw(seeds, format="docx", size="page", dpi=80, title="Mapa", lang="es",
                       credit="© OSM", marking="TLP:AMBER")  # fmt: skip
    document = Document(io.BytesIO(made.content))
    texts = [p.text for p in document.paragraphs]
    assert "Mapa" in texts
    assert any("© OSM" in text for text in texts)
    assert len(document.inline_shapes) == 1
    described = document.element.xpath("//wp:docPr/@descr")
    assert "203 informes" in described[0]
    assert document.tables[0].rows[1].cells[1].text == "Puente Internacional Simón Bolívar"
    assert document.sections[0].header.paragraphs[0].text == "TLP:AMBER"
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_data_stay_text(seeds):
    rows = seeds.copy()
    rows["matched_name"] = '<script>alert("x")</script> $\\alpha$ {n} \x00'
    made = figure.draw(rows, format="svg", size="page", title="</title><script>1</script>")
    root = ET.fromstring(made.content)  # noqa: S314 - our own file
    assert not list(root.iter(f"{SVG}script"))
    figure.draw(rows, format="png", size="column", dpi=60)


def test_mistakes_are_said(seeds):
    with pytest.raises(NothingUsableError):
        figure.draw(seeds.iloc[:0])
    for wrong in ({"size": "huge"}, {"size": "10x10mm"}, {"dpi": 5}, {"format": "gif"}):
        with pytest.raises(UsageError):
            figure.draw(seeds, **wrong)


def test_a_line_with_a_latin_name_first_reads_from_the_right_in_arabic(seeds):
    texts = [t.text for t in composed(seeds, "page", "ar").scene.items if isinstance(t, Text)]
    mixed = [t for t in texts if re.search("[\u0600-\u06ff]", t) and re.search("[A-Za-z]", t)]
    ours = [t for t in mixed if "Arauca" in t or "Pacaraima" in t or "OpenStreetMap" in t]
    assert len(ours) >= 2
    assert all(t.startswith("\u202b") and t.endswith("\u202c") for t in ours)
    assert not any(t.startswith("\u202b") for t in texts if not re.search("[\u0600-\u06ff]", t))


def test_two_fonts_of_an_svg_never_share_letters_under_one_name(seeds):
    content = figure.draw(seeds, format="svg", size="page", lang="ar").content.decode()
    seen = set()
    rules = re.findall(r"@font-face\{font-family:'(.*?)';font-weight:(\d+);font-style:(\w+);"
                       r"unicode-range:(.*?);", content)  # fmt: skip
    assert len(rules) > len({rule[1:3] for rule in rules})
    for *name, letters in rules:
        for letter in letters.split(","):
            assert (*name, letter) not in seen
            seen.add((*name, letter))
