"""Every function of the page by keyboard alone: no test here moves, clicks or touches anything."""

import pytest
from located_rows import sample
from test_golden_pictures import CHANGES, counted

from mapper.config import Options
from mapper.pipeline import make_map
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


def test_a_place_is_searched_and_chosen(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    tab_to(page, "#search-input")
    page.keyboard.type("tiendi")
    page.wait_for_selector("#suggestions [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#suggestions').hidden")
    page.wait_for_function("() => mapper.state().view.lat > 7.86 && mapper.state().view.lat < 7.89")


def test_the_legend_filters(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, ".legend-row", "Enter")
    assert state(page, "filters")["types"]
    assert page.evaluate("mapper.visible < mapper.count")


def test_the_table_is_opened_sorted_walked_and_left(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1").page
    press(page, ".table-toggle", "Enter")
    tab_to(page, '.grid [role="gridcell"], .grid [role="columnheader"]')
    focused = "document.activeElement.dataset.row + ',' + document.activeElement.dataset.column"
    page.keyboard.press("Control+Home")
    while page.evaluate("document.activeElement.dataset.row") != "-1":
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    heads = "[...document.querySelectorAll('.th')].map((th) => th.getAttribute('aria-sort'))"
    assert "descending" in page.evaluate(heads)
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(focused) == "1,1"
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection !== null")


def test_columns_of_the_table_are_chosen(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1&table=1").page
    before = page.locator(".th").count()
    press(page, ".chooser > summary", "Enter")
    press(page, '.chooser input[type="checkbox"]:not(:checked)', "Space")
    assert page.locator(".th").count() == before + 1


def test_every_file_is_saved(open_page, keyed_page):
    page = open_page(keyed_page, hash="#all=1", accept_downloads=True).page
    names = []
    for k in range(1, 4):
        tab_to(page, f'[data-mapper="export"] button:nth-of-type({k})')
        with page.expect_download() as saved:
            page.keyboard.press("Enter")
        names.append(saved.value.suggested_filename.rpartition(".")[2])
    assert names == ["csv", "geojson", "png"]


def test_a_doubtful_place_is_decided(open_page, tmp_path):
    table = tmp_path / "reports.csv"
    rows = "2019-02-23,San Antonio,VE,clash", "2019-02-24,perbatasan,,clash"
    table.write_text("\n".join(("date,place,place_country,event_type", *rows)), encoding="utf-8")
    make_map(Options(inputs=(str(table),), output=tmp_path / "map.html"))
    page = open_page(tmp_path / "map.html", hash="#all=1", accept_downloads=True).page
    tab_to(page, ".exports ~ * button, .exports button:last-of-type")
    for _ in range(3):
        if "doubtful" in page.evaluate("document.activeElement.textContent"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".review")
    press(page, ".options button", "Enter")
    assert page.locator('.options button[aria-pressed="true"]').count() == 1
    assert page.evaluate("document.activeElement.ariaPressed") == "true", "the focus is lost"
    with page.expect_download() as saved:
        press(page, ".review-files button", "Enter")
    assert saved.value.suggested_filename.endswith(".csv")


def test_the_sheet_of_a_phone(open_page, keyed_page):
    page = open_page(keyed_page, size=(390, 844), hash="#all=1").page
    press(page, ".tab:nth-of-type(2)", "Enter")
    assert page.locator(".app").get_attribute("data-sheet") == "half"
    press(page, ".grip", "Enter")
    assert page.locator(".app").get_attribute("data-sheet") == "full"


# Whatever can be clicked, and is in sight: itself in the order of Tab, or in a group that is
# walked with arrows and has one member in it.
UNREACHABLE = """() => {
  const clickable = "button, a[href], input, select, summary, [role=option], [role=gridcell],"
    + " [role=columnheader], [role=slider], .cal td:not(:first-child)";
  const groups = ".grid, .cal, .mapper-keys, .claim-dots, .reports, .crossings";
  return [...document.querySelectorAll(clickable)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
    .filter((one) => !one.closest("#fallback, [aria-hidden=true]"))
    .filter((one) => one.tabIndex < 0)
    .filter((one) => {
      const group = one.closest(groups);
      return !group?.querySelector("[tabindex='0']");
    })
    .map((one) => one.outerHTML.slice(0, 160));
}"""


@pytest.mark.parametrize("address", ["all=1&table=1&report=T-0007", "all=1&lang=ar"])
def test_nothing_can_be_clicked_that_no_key_reaches(open_page, keyed_page, address):
    page = open_page(keyed_page, hash=f"#{address}").page
    page.evaluate("document.querySelectorAll('.app details').forEach((d) => { d.open = true })")
    page.wait_for_timeout(300)
    assert page.evaluate(UNREACHABLE) == []
