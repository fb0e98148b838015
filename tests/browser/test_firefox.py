"""The page in Debian's own Firefox, from disk: ready, whole, and silent."""

import pytest
from firefox import FirefoxError, firefox

# the browser is spoken to over a local socket; nothing else may be reached
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
STATE = "document.documentElement.dataset.mapper"


@pytest.fixture
def browser(tmp_path):
    with firefox(tmp_path) as opened:
        yield opened


def test_errors_of_a_page_are_seen(browser, tmp_path):
    page = tmp_path / "broken.html"
    page.write_text(
        "<script>console.error('said'); alert('asked'); throw new Error('thrown')</script>"
    )
    browser.open(page)
    assert browser.evaluate("1 + 1") == 2
    assert browser.prompts == ["asked"]
    assert any("said" in text for text in browser.errors())
    assert any("thrown" in text for text in browser.errors())
    with pytest.raises(FirefoxError):
        browser.evaluate("no_such_name")


def test_the_seed_map_opens_without_errors(browser, seed_page):
    browser.open(seed_page)
    browser.evaluate("window.mapper.ready.then(() => 0)")
    assert browser.evaluate(STATE) == "ready"
    assert browser.evaluate("window.mapper.count") == 203
    assert browser.evaluate("performance.getEntriesByType('resource').map(e => e.name)") == []
    first = browser.evaluate("window.mapper.ids()")[0]
    browser.evaluate(f"window.mapper.select({first!r}).then(() => 0)")
    shown = "document.querySelector('[data-mapper=details]').textContent"
    assert first in browser.evaluate(shown)
    browser.evaluate("window.mapper.setFilter({types: ['defection']}).then(() => 0)")
    assert 0 < browser.evaluate("window.mapper.visible") < 203
    assert browser.errors() == []


def test_a_hostile_table_runs_nothing(browser, hostile_page):
    browser.open(hostile_page)
    browser.evaluate("window.mapper.ready.then(() => 0)")
    assert browser.evaluate(STATE) == "ready"
    assert browser.prompts == []
    assert browser.errors() == []
