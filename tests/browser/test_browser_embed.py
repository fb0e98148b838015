"""Embedded maps as a reader meets them: on another page, in a narrow column, several at once."""

import mistune
import pytest

from mapper import embedding

READY = "() => document.documentElement.dataset.mapper === 'ready'"
# the messages on their way have been heard
SETTLED = "new Promise((done) => setTimeout(done, 300))"
HEIGHTS = "[...document.querySelectorAll('iframe')].map((f) => Math.round(f.offsetHeight))"


@pytest.fixture(scope="module")
def snippet(seed_page, tmp_path_factory):
    """A map and the snippet that embeds it, in one folder."""
    folder = tmp_path_factory.mktemp("site")
    page = folder / "map.html"
    page.write_bytes(seed_page.read_bytes())
    path, _ = embedding.embed(page, "iframe", dpi=50)
    return path.read_text(encoding="utf-8")


def _site(folder, body):
    path = folder / "post.html"
    path.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>A post</title>'
        '<link rel="icon" href="data:,">'
        f"<body style='margin:0'>{body}</body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def site(seed_page, tmp_path):
    (tmp_path / "map.html").write_bytes(seed_page.read_bytes())
    return lambda body: _site(tmp_path, body)


def _maps(opened):
    """Wait until every map on the page is ready; give its frames."""
    found = [frame for frame in opened.page.frames if frame != opened.page.main_frame]
    for frame in found:
        frame.wait_for_function(READY)
    return found


def test_a_frame_is_as_tall_as_its_map_asks(site, snippet, open_page):
    narrow = f'<div style="width:440px">{snippet}</div>'
    wide = f'<div style="width:900px">{snippet}</div>'
    opened = open_page(site(narrow + wide), wait=False, size=(1000, 1600))
    inside = _maps(opened)
    assert len(inside) == 2
    opened.page.wait_for_function(f"{HEIGHTS}.every((h) => h !== 560)")
    low, tall = opened.page.evaluate(HEIGHTS)
    assert low < tall
    for frame, height in zip(inside, (low, tall), strict=True):
        # nothing is cut off, nothing has to be scrolled
        assert frame.evaluate("document.documentElement.scrollHeight") <= height
        assert frame.evaluate("document.querySelectorAll('.leaflet-container canvas').length") > 0
        assert frame.evaluate("window.origin") == "null"
    opened.page.evaluate("document.querySelectorAll('div')[1].style.width = '500px'")
    opened.page.wait_for_function(f"{HEIGHTS}[1] < {tall}")
    opened.quiet()


def test_messages_of_others_are_not_heard(site, snippet, open_page):
    other = (
        '<iframe id="other" sandbox="allow-scripts" srcdoc="<script>'
        "for (const height of [900, '950', NaN, 1e9, -5]) "
        "parent.postMessage({type: 'mapper:height', height}, '*');"
        "parent.postMessage(null, '*'); parent.postMessage('mapper:height', '*');"
        '</script>"></iframe>'
    )
    opened = open_page(site(other + snippet), wait=False, size=(1000, 1200))
    opened.page.frames[-1].wait_for_function(READY)
    opened.page.wait_for_function(f"{HEIGHTS}[1] !== 560")
    opened.page.evaluate(SETTLED)
    before = opened.page.evaluate(HEIGHTS)
    opened.page.evaluate("window.postMessage({type: 'mapper:height', height: 1234}, '*')")
    opened.page.evaluate(SETTLED)
    assert opened.page.evaluate(HEIGHTS) == before
    assert before[0] < 200  # the browser's own height of a frame
    assert 1234 not in before
    assert opened.said == []


def test_a_source_opens_beside_the_page(site, snippet, open_page):
    opened = open_page(site(snippet), wait=False, size=(1000, 900))
    (inside,) = _maps(opened)
    inside.evaluate("mapper.select(mapper.ids()[0])")
    link = inside.locator("[data-mapper=details] a[target=_blank]").first
    link.wait_for()
    with opened.page.context.expect_page() as beside:
        link.click()
    assert beside.value
    assert opened.page.url.endswith("post.html")


def test_without_scripts_the_picture_leads_to_the_map(
    site, snippet, seed_page, open_page, tmp_path
):
    (tmp_path / "map.embed.png").write_bytes(embedding.picture_of(seed_page.read_text("utf-8")))
    opened = open_page(site(snippet), wait=False, java_script_enabled=False)
    picture = opened.page.locator("noscript img")
    assert picture.is_visible()
    assert "203 reports" in picture.get_attribute("alt")
    assert opened.page.locator("noscript a").get_attribute("href") == "map.html"


def test_markdown_shown_as_html(site, seed_page, open_page, tmp_path):
    page = tmp_path / "map.html"
    page.write_bytes(seed_page.read_bytes())
    path, _ = embedding.embed(page, "markdown", dpi=50)
    opened = open_page(site(mistune.html(path.read_text("utf-8"))), wait=False)
    picture = opened.page.locator("a[href='map.html'] > img")
    assert picture.evaluate("(image) => image.naturalWidth") > 200
    assert "(24)" in picture.get_attribute("alt")
    assert "\\" not in picture.get_attribute("alt")
    opened.quiet()
