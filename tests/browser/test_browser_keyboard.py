"""Every function of the page by keyboard alone: no test here moves, clicks or touches anything."""

import pytest
from located_rows import sample
from test_golden_pictures import CHANGES, counted

from mapper.render import render


@pytest.fixture(scope="module")
def keyed_page(written):
    return written("keyed", lambda: render(sample(), changes=CHANGES))


@pytest.fixture(scope="module")
def keyed_claims(written):
    return written("keyed-claims", lambda: render(counted()))


def tab_to(page, selector, most=260):
    """Press Tab until an element of this selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def press(page, selector, *keys):
    tab_to(page, selector)
    for key in keys:
        page.keyboard.press(key)


def state(page, key):
    return page.evaluate("(k) => mapper.state()[k]", key)


def test_the_focus_goes_through_controls_then_map(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement"
                ".closest('.controls, .time, .over, .tablebox, #map, .reading')"
                "?.className ?? document.activeElement.tagName"
            )
        )
    order = [name.split()[0] for k, name in enumerate(seen) if k == 0 or name != seen[k - 1]]
    assert order.index("controls") < next(k for k, n in enumerate(order) if "folium" in n)


def test_the_focus_can_always_be_seen(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # between the end of the page and its beginning
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })()"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_mark_on_the_map_opens(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1&map=13/7.8179/-72.4508").page
    press(page, ".mapper-keys button", "Enter")
    page.wait_for_function("() => document.querySelector('.reading.has-report')")


def test_the_map_moves_and_zooms(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1", reduced_motion="reduce").page
    before = state(page, "view")
    press(page, ".mapper-zoom button", "Enter")
    page.wait_for_function("(z) => mapper.state().view.zoom > z", arg=before["zoom"])
    tab_to(page, "#map")
    at = state(page, "view")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(lon) => mapper.state().view.lon > lon", arg=at["lon"])


def test_jumps_answers_and_what_has_no_place(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, '[data-mapper="unplaced"]', "Enter")
    assert "not on the map" in page.locator(".reading h2").inner_text().lower()
    press(page, ".hot .pill", "Enter")
    assert page.locator('.hot .pill[aria-pressed="true"]').count() == 1


def test_filters_tick_and_clear(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, ".filters > summary", "Enter")
    press(page, '.filters input[type="checkbox"]', "Space")
    assert state(page, "filters") != {}
    press(page, ".chip.clear", "Enter")
    assert state(page, "filters") == {}


def test_changes_are_filtered_switched_and_opened(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, '.changes input[type="checkbox"]', "Space")
    assert state(page, "marks") is False
    press(page, ".changes .pill", "Enter")
    assert state(page, "filters") == {"changes": ["new"]}
    press(page, ".changes .told button", "Enter")
    page.wait_for_function("() => mapper.state().selection === 'T-0004'")


def test_crossings_day_by_day(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, ".crossings > summary", "Enter")
    tab_to(page, ".cal td")
    page.keyboard.press("ArrowRight")
    assert page.locator(".cal-said").inner_text()


def test_time_is_moved_played_and_counted_on(open_page, keyed_claims):
    page = open_page(keyed_claims, hash="#all=1").page
    press(page, ".time-what", "ArrowDown")
    assert state(page, "claims") == "people.defection"
    press(page, ".handle-from", "ArrowRight")
    assert state(page, "time")["from"] == "2019-02-24"
    press(page, ".claim", "ArrowRight", "Enter")
    page.wait_for_function("() => mapper.state().selection !== null")
    press(page, ".play", "Enter")
    page.wait_for_function("() => document.querySelector('.play').textContent.includes('pause')")
    page.keyboard.press("Enter")


def test_language_colours_and_files(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1", accept_downloads=True).page
    press(page, '[data-mapper="theme"] select', "ArrowDown", "ArrowDown")
    assert state(page, "theme") == "dark"
    with page.expect_download() as saved:
        press(page, '[data-mapper="export"] button', "Enter")
    assert saved.value.suggested_filename.endswith(".csv")
    press(page, '[data-mapper="language"] select', "ArrowDown")
    assert state(page, "language") == "es"


def test_a_report_is_cited_and_shown(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1&report=T-0007").page
    press(page, ".siblings button, .all-fields summary", "Enter")
    tab_to(page, ".actions button")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => /cop|refus/.test(document.querySelector('.actions').textContent)")
    press(page, ".back", "Enter")
    page.wait_for_function("() => mapper.state().selection === null")
