"""The handling mark heads the page, whatever of it is shown, and every sheet of its print."""

import pytest
from located_rows import sample

from mapper.render import render

MARK = 'TLP:AMBER <b>"desk"</b>'


@pytest.fixture
def marked(written):
    return written("marked", lambda: render(sample(), marking=MARK, safety="Places are not exact."))


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("hash_", ["", "#embed=1"])
def test_at_the_head_of_the_page(open_page, marked, size, hash_):
    page = open_page(marked, size=size, hash=hash_).page
    mark = page.locator(".mapper-marking")
    assert mark.inner_text() == MARK
    box = mark.bounding_box()
    assert (box["y"], box["width"]) == (0, size[0])
    app = page.locator("#mapper").bounding_box()
    assert app["y"] >= box["height"]
    assert app["y"] + app["height"] <= size[1]


def test_where_no_script_runs(chromium, marked):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(marked.as_uri())
    assert page.locator(".mapper-marking").inner_text() == MARK
    head = page.locator(".fallback h1").bounding_box()
    assert head["y"] >= 24
    assert "Places are not exact." in page.locator(".fallback").inner_text()
    context.close()


def test_on_every_sheet_of_the_print(open_page, marked):
    """What is fixed is repeated on every sheet, and what runs over several leaves it room."""
    page = open_page(marked).page
    page.emulate_media(media="print")
    style = "(one, name) => getComputedStyle(one)[name]"
    assert page.locator(".mapper-marking").evaluate(style, "position") == "fixed"
    app = page.locator("#mapper")
    assert app.evaluate(style, "boxDecorationBreak") == "clone"
    assert app.evaluate(style, "paddingTop") == "30px"


def test_a_page_without_one_has_no_room_for_it(open_page, sample_page):
    page = open_page(sample_page).page
    assert page.locator(".mapper-marking").count() == 0
    assert page.locator("#mapper").bounding_box()["y"] == 0
