"""The whole page: fixed bytes, a strict policy, no datum in a template, everything verbatim."""

import base64
import hashlib
import json
import re
import zlib

import numpy as np
import pytest
from located_rows import PAYLOADS, hostile, sample

from mapper.columns import LOCATED
from mapper.render import render
from mapper.render.page import Parts, assemble, shell
from mapper.render.rows import PLACE_NUMBERS, PLACE_TEXTS, ROW_NUMBERS, ROW_TEXTS
from mapper.render.security import markup
from mapper.render.story import dek, opening_span, story
from mapper.render.texts import text_columns


@pytest.fixture(scope="module")
def page():
    return render(sample())


@pytest.fixture(scope="module")
def hostile_page():
    return render(hostile())


def elements(page, tag):
    """Return (attributes, content) of every element of this name, as a browser would cut them."""
    return re.findall(rf"<{tag}\b([^>]*)>(.*?)</{tag}>", page, re.DOTALL)


def test_same_table_same_bytes(page):
    assert render(sample()) == page


def test_the_policy_allows_this_program_and_style_and_nothing_else(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert rules["require-trusted-types-for"] == "'script'"
    programs = [text for attributes, text in elements(page, "script") if "type=" not in attributes]
    styles = [text for _, text in elements(page, "style")]
    for rule, sources in (("script-src", programs), ("style-src", styles)):
        assert len(sources) == 1
        digest = base64.b64encode(hashlib.sha256(sources[0].encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_the_policy_comes_before_anything_it_governs(page):
    assert page.index("Content-Security-Policy") < page.index("<style") < page.index("<script")


def test_headline_picture_and_table_come_before_any_script(page):
    before = page[: page.index("<script")]
    assert "<h1>Colombia–Venezuela border, February 2019</h1>" in before
    assert "<svg" in before
    assert before.count("<tr>") == 1 + 29
    assert "29 reports" in before
    assert 'style="' not in before, "the policy forbids style attributes"


def test_nothing_is_loaded_from_anywhere(page):
    assert not re.search(r'\b(src|srcset|href|action|poster|data)="(?!https://|#)[^"]', page)
    loaded = re.findall(r"<(?:script|img|link|iframe|source|object|embed)\b[^>]*", page)
    assert all("src=" not in tag and "href=" not in tag for tag in loaded)
    assert "url(http" not in page


def test_folium_draws_an_empty_shell():
    assert "cdn" not in shell()
    assert shell().count("<script") == 1
    assert len(shell()) < 600


def test_a_mark_of_the_shell_inside_the_data_changes_nothing():
    marks = "<!--mapper:body--> <!--mapper:head--> /*mapper:program*/ <html>"
    parts = Parts(lang="en", title=marks, fallback="", data={"d": ""}, late={})
    assert assemble(parts).count("<title>") == 1


def test_hostile_cells_stay_text(hostile_page):
    before = hostile_page[: hostile_page.index("<script")]
    table = before[before.index("<table") :]
    assert "{{" not in table
    assert "{%" not in table
    assert "<img" not in table
    assert "<svg" not in table
    assert "\x00" not in hostile_page
    assert "\u2028" not in hostile_page
    assert 'href="javascript' not in hostile_page
    assert markup(PAYLOADS[3]) in table
    assert len(elements(hostile_page, "script")) == len(elements(render(sample()), "script"))


def test_hidden_columns_are_not_in_the_page():
    frame = sample()
    frame["contacto"] = "the phone number"
    frame["actor1"] = "the actor"
    shown, hidden = render(frame), render(frame, hide=("contacto", "actor1", "description"))
    assert "contacto" in [c["name"] for c in meta_of(shown)["columns"]]
    assert "contacto" not in [c["name"] for c in meta_of(hidden)["columns"]]
    assert "What report" not in hidden[: hidden.index("<script")]


def meta_of(page):
    """Return the page's meta, read from its core."""
    text = re.search(r'id="mapper-core">([^<]*)<', page)[1]
    data = zlib.decompress(base64.b64decode(text))
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length])["meta"]


def test_without_texts_the_page_is_smaller_and_names_no_text_column():
    frame = sample()
    page = render(frame, texts="none")
    assert 'id="mapper-texts-0"' not in page
    assert meta_of(page)["columns"] == []


def test_a_table_that_is_not_located_is_refused():
    with pytest.raises(TypeError, match="LOCATED"):
        render(sample().drop(columns=["place"]))


def test_no_column_of_located_is_forgotten():
    """Every column is in the core or offered to the text blocks."""
    frame = sample()
    for name in LOCATED.of_kind("text"):
        frame[name] = "x"
    for name in LOCATED.of_kind("number"):
        frame[name] = 1.0
    offered = {c["name"] for c in text_columns(frame, "full", ())}
    core = {*PLACE_NUMBERS, *PLACE_TEXTS, *ROW_NUMBERS, *ROW_TEXTS}
    core |= {"incident_id", "date_start", "date_end", "geometry"}
    assert set(LOCATED.names) <= offered | core


def test_opening_span_is_the_shortest_that_holds_three_quarters():
    days = np.array([0, *[100] * 3, *[101] * 4, 300])
    assert opening_span(days) == (100, 101)
    assert opening_span(np.array([5])) == (5, 5)
    assert opening_span(np.array([], dtype=np.int64)) is None


def test_the_headline_counts_reports_and_what_is_not_on_the_map():
    line = dek(story(sample()), "en")
    assert line == "29 reports, 22–27 Feb 2019 · 1 not on the map"
