"""The page around the map: filters, time, details, lists, table, search, files, languages."""

import csv
import json

import pytest
from located_rows import at_bridge, located, sample

from mapper.render import render

SIMON = "co-ve-simon-bolivar"


def rows_with_claims():
    """Reports of a contested event, of a single one, of an older one; running counts; a note."""
    event = {
        "event_id": "E-1",
        "fatalities_kind": "event",
        "place": "Ureña town",
        "matched_name": "Ureña",
    }
    rows = [
        at_bridge(0, SIMON, **event, fatalities_best=2.0, claim_note="Part of T-0003, not X-9999."),
        at_bridge(1, SIMON, **event, fatalities_low=1.0, fatalities_best=1.0, fatalities_high=2.0),
        at_bridge(2, SIMON, **event, fatalities_best=15.0),
        at_bridge(3, SIMON, event_id="E-2", fatalities_kind="event", fatalities_best=3.0),
        at_bridge(4, SIMON, event_id="E-3", people=326.0, people_kind="cumulative",
                  people_role="soldiers defected (cumulative)"),
        at_bridge(5, SIMON, injured=285.0, injured_kind="total", source_url="javascript:alert(1)"),
        at_bridge(6, SIMON, place="كوكوتا", matched_name="Cúcuta", phase="second column of theirs"),
    ]  # fmt: skip
    old = {"date_start": "2015-07-29", "date_end": "2015-07-29", "date_text": "2015-07-29"}
    return [*rows, *(at_bridge(10 + k, SIMON, **old) for k in range(2))]


@pytest.fixture(scope="session")
def claims_page(written):
    return written("claims", lambda: render(located(rows_with_claims())))


def part(page, name):
    return page.locator(f'[data-mapper="{name}"]').first


def visible(page):
    return page.evaluate("mapper.visible")


def test_it_opens_on_the_busy_days_and_says_so(open_page, claims_page):
    page = open_page(claims_page).page
    assert page.locator("#mapper h1").inner_text() == "Colombia–Venezuela border, February 2019"
    dek = page.locator(".dek").inner_text()
    assert dek == "9 reports, 29 Jul 2015 – 27 Feb 2019, 7 of them 22–27 Feb 2019"
    assert visible(page) == 7
    time = part(page, "timeline").inner_text()
    assert "22–27 Feb 2019 · 7 of 9 reports" in time
    assert "2 earlier" in time
    state = page.evaluate("mapper.state()")
    assert state["filters"] == {"from": "2019-02-22", "to": "2019-02-27"}
    page.evaluate("mapper.setFilter(null)")
    assert visible(page) == 9


def test_every_part_is_there(open_page, claims_page):
    page = open_page(claims_page).page
    for name in (
        "details",
        "table",
        "timeline",
        "legend",
        "filters",
        "search",
        "language",
        "theme",
        "export",
    ):
        assert page.locator(f'[data-mapper="{name}"]').count() == 1, name


def test_the_legend_filters_types(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.setFilter(null)")
    legend = part(page, "legend")
    legend.get_by_role("button", name="Defections").click()
    shown = page.evaluate("mapper.state().filters.types")
    assert shown == ["defection"]
    assert visible(page) == 5
    legend.get_by_role("button", name="Other").click()
    assert page.evaluate("mapper.state().filters.types") == ["defection", "protest"]
    page.get_by_role("button", name="Remove the filter Defection and Protest").click()
    assert visible(page) == 29


def test_filters_and_refusals(open_page, sample_page):
    page = open_page(sample_page).page
    count = "async (f) => { await mapper.setFilter(f); return mapper.visible; }"
    assert page.evaluate(count, {"types": ["clash"], "from": "2019-02-22", "to": "2019-02-23"}) == 5
    assert page.evaluate(count, {"crossings": ["co-ve-tienditas"], "countries": ["CO"]}) == 8
    assert page.evaluate(count, {"sources": ["Source 1"], "max_km": 1}) == 8
    assert page.evaluate(count, {"text": "report 27 says"}) == 1
    refused = "(f) => mapper.setFilter(f).then(() => 'taken', (e) => e.message)"
    assert "unknown filter" in page.evaluate(refused, {"colour": "red"})
    assert "date" in page.evaluate(refused, {"from": "soon"})
    assert visible(page) == 1, "a refused filter changes nothing"


def test_how_many_lie_within_some_km_of_a_border(open_page, sample_page):
    page = open_page(sample_page).page
    page.locator("[data-mapper=filters] summary").click()
    choice = page.get_by_role("group", name="Near the border").get_by_label("Distance")
    told = [
        int(t.split("(")[1].rstrip(")")) for t in choice.locator("option").all_text_contents()[1:]
    ]
    assert 0 < told[0] <= told[1] <= told[2]
    choice.select_option("5")
    assert visible(page) == told[0]
    page.get_by_role("button", name="within 5 km of a border").click()
    assert visible(page) == 29


def test_details_say_who_where_how_sure(open_page, claims_page):
    opened = open_page(claims_page)
    page = opened.page
    page.evaluate("mapper.select('T-0000')")
    details = part(page, "details")
    text = details.inner_text()
    for said in (
        "What report 0 says.",
        "“Ureña town”",
        "crossing, ±0.3 km",
        "Killed",
        "example.org",
        "Colombia and Venezuela: cannot tell which side",
        "3 REPORTS OF THIS EVENT",
    ):
        assert said in text, said
    link = details.locator("p.source a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    details.get_by_role("button", name="T-0003").click()
    page.wait_for_function("() => mapper.state().selection === 'T-0003'")
    assert "What report 3 says." in details.inner_text()
    page.evaluate("mapper.select('T-0005')")
    text = details.inner_text()
    assert "285 — border-wide total, not this place" in text
    assert "javascript:alert(1)" in text
    assert details.locator("a").count() == 0
    page.evaluate("mapper.select('T-0006')")
    details.get_by_text("All fields of the file").click()
    assert "second column of theirs" in details.inner_text()
    opened.quiet()


def test_how_many_were_killed_adds_nothing_that_overlaps(open_page, claims_page):
    page = open_page(claims_page).page
    answer = page.locator(".answer").inner_text()
    assert "3 killed in 1 event, each counted once." in answer
    assert "3 reports overlap and are not added." in answer
    assert "Ureña 1–2 (3 reports; one says 15)" in answer
    page.locator(".answer").get_by_role("button", name="Ureña").click()
    assert part(page, "details").locator("li").count() == 3


def test_no_sum_of_overlapping_counts_anywhere(open_page, claims_page):
    page = open_page(claims_page).page
    page.evaluate("mapper.setFilter(null)")
    page.locator(".table-toggle").click()
    text = page.evaluate("document.getElementById('mapper').innerText")
    for total in ("21 killed", "20 killed", "18 killed", "611"):
        assert total not in text


def test_unplaced_reports_are_listed(open_page, sample_page):
    page = open_page(sample_page).page
    part(page, "unplaced").click()
    details = part(page, "details")
    assert "Not on the map: 1 report".upper() in details.inner_text().upper()
    details.locator("button.report").click()
    page.wait_for_function("() => mapper.state().selection === 'T-0028'")
    assert "it stays off the map" in details.inner_text()


def test_lists_page_by_keyboard(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.setFilter(null)")
    page.wait_for_timeout(300)
    details = part(page, "details")
    details.locator("button.report").first.focus()
    ids = "document.activeElement.dataset.id"
    first = page.evaluate(ids)
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert "11–20" in details.inner_text()
    second = page.evaluate(ids)
    assert second != first
    page.keyboard.press("ArrowUp")
    assert "1–10" in details.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection !== null")


def test_the_timeline_by_keyboard_and_mouse(open_page, claims_page):
    page = open_page(claims_page).page
    start = page.get_by_role("slider", name="First day shown")
    start.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("mapper.state().time.from") == "2019-02-23"
    assert start.get_attribute("aria-valuetext") == "23 Feb 2019"
    page.keyboard.press("Home")
    assert page.evaluate("mapper.state().filters") == {
        "to": "2019-02-27",
        "from": "2015-07-29",
    } or (page.evaluate("mapper.state().time.from") in (None, "2015-07-29"))
    assert visible(page) == 9
    part(page, "timeline").get_by_role("button", name="busiest days").click()
    box = page.locator(".chart").bounding_box()
    left, right = (handle.bounding_box() for handle in page.locator(".handle").all())
    day = (
        (right["x"] - left["x"]) / 6
        if right["x"] - left["x"] < box["width"] - 4
        else box["width"] / 6
    )
    y = box["y"] + 30
    page.mouse.move(right["x"] + right["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(right["x"] + right["width"] / 2 - 2.2 * day, y, steps=5)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert visible(page) < 9


def test_play_moves_the_window(open_page, claims_page):
    page = open_page(claims_page).page
    page.get_by_role("button", name="play").click()
    before = page.evaluate("mapper.state().time")
    page.wait_for_function(
        "(from) => mapper.state().time.from > from", arg=before["from"], timeout=5000
    )
    page.get_by_role("button", name="pause").click()
    rest = page.evaluate("mapper.state().time")
    page.wait_for_timeout(1000)
    assert page.evaluate("mapper.state().time") == rest


def test_the_table_is_the_maps_twin(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.setFilter(null)")
    page.get_by_role("button", name="Table", exact=True).click()
    grid = page.get_by_role("grid")
    assert grid.get_attribute("aria-rowcount") == "30"
    assert grid.get_by_role("columnheader").count() == 6
    row = grid.locator('[role="row"][data-index]').first
    row.click()
    chosen = page.evaluate("mapper.state().selection")
    assert chosen is not None
    assert page.locator('.tr[aria-selected="true"]').count() == 1
    page.evaluate("mapper.select('T-0020')")
    page.wait_for_timeout(50)
    assert "What report 20 says." in part(page, "details").inner_text()
    assert page.locator('.tr[aria-selected="true"]').count() == 1
    grid.get_by_role("columnheader", name="How sure").click()
    assert (
        grid.get_by_role("columnheader", name="How sure").get_attribute("aria-sort") == "ascending"
    )
    page.evaluate("mapper.setFilter({types: ['protest']})")
    assert grid.get_attribute("aria-rowcount") == "5"


def test_the_table_by_keyboard(open_page, sample_page):
    page = open_page(sample_page, hash="#table=1&all=1").page
    page.locator('.tr [tabindex="0"]').focus()
    at = "[document.activeElement.dataset.row, document.activeElement.dataset.column]"
    assert page.evaluate(at) == ["0", "0"]
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(at) == ["2", "1"]
    page.keyboard.press("Control+End")
    assert page.evaluate(at) == ["28", "5"]
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection !== null")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(at) == ["-1", "0"]
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="Date").get_attribute("aria-sort") == "descending"


def test_columns_of_the_file_can_be_added(open_page, claims_page):
    page = open_page(claims_page, hash="#table=1&all=1").page
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="phase").check()
    page.get_by_role("columnheader", name="phase").wait_for()
    page.get_by_text("second column of theirs").first.wait_for()


def test_search_finds_places_and_filters_words(open_page, sample_page):
    page = open_page(sample_page).page
    box = page.get_by_role("combobox", name="Find a place")
    box.fill("rubi")
    page.get_by_role("option", name="Rubio").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    view = page.evaluate("mapper.state().view")
    assert abs(view["lat"] - 7.70156) < 0.05
    assert abs(view["lon"] + 72.355507) < 0.05
    box.fill("says")
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().filters.text === 'says'")
    box.fill("")
    page.keyboard.press("Escape")
    page.wait_for_function("() => mapper.state().filters.text === undefined")


def test_exports_hold_what_is_shown(open_page, claims_page, tmp_path):
    page = open_page(claims_page, accept_downloads=True).page
    saved = {}
    for name in ("CSV", "GeoJSON", "Picture"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        saved[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[name])
    with saved["CSV"].open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["incident_id"] for row in table] == [f"T-{k:04d}" for k in range(7)]
    assert table[0]["description"] == "What report 0 says."
    assert float(table[0]["fatalities_best"]) == 2
    features = json.loads(saved["GeoJSON"].read_text(encoding="utf-8"))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [-72.4508, 7.8179]}
    assert saved["Picture"].read_bytes().startswith(b"\x89PNG")


def test_export_runs_in_no_spreadsheet(open_page, hostile_page, tmp_path):
    page = open_page(hostile_page, accept_downloads=True).page
    page.evaluate("mapper.setFilter(null)")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    path = tmp_path / "hostile.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.DictReader(file) for cell in row.values()]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not any(cell.startswith(("=", "@")) for cell in cells)


def test_an_address_opens_exactly_that(open_page, claims_page):
    page = open_page(claims_page).page
    page.evaluate("mapper.setFilter({types: ['clash'], max_km: 5, border_km: 25})")
    page.evaluate("mapper.select('T-0000')")
    page.locator("[data-mapper=language] select").select_option("es")
    page.evaluate("mapper.map.setView([7.8, -72.4], 11, {animate: false})")
    page.wait_for_timeout(600)
    state = page.evaluate("mapper.state()")
    hash_ = page.evaluate("location.hash")
    again = open_page(claims_page, hash=hash_).page
    reopened = again.evaluate("mapper.state()")
    for key in ("filters", "selection", "language", "visible"):
        assert reopened[key] == state[key], key
    assert abs(reopened["view"]["lat"] - state["view"]["lat"]) < 1e-3
    assert reopened["view"]["zoom"] == state["view"]["zoom"]


@pytest.mark.parametrize("lang", ["es", "pt", "fr", "id", "ar"])
def test_languages(open_page, claims_page, lang):
    opened = open_page(claims_page)
    page = opened.page
    english = {
        "Reported",
        "Where it is hot",
        "How many were killed?",
        "More filters",
        "Table",
        "Reading",
    }
    page.locator("[data-mapper=language] select").select_option(lang)
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
    assert page.evaluate("document.activeElement.value") == lang, "the focus stays on the switch"
    headings = {text.strip() for text in page.locator("h2, h3, summary, legend").all_inner_texts()}
    assert not headings & (english | {text.upper() for text in english})
    page.evaluate("mapper.select('T-0000')")
    assert "What report 0 says." in part(page, "details").inner_text(), "data stay as written"
    assert page.evaluate("mapper.visible") == 7
    opened.quiet()


def test_right_to_left_is_mirrored_but_time_is_not(open_page, claims_page):
    page = open_page(claims_page, hash="#lang=ar").page
    side = page.locator(".side").bounding_box()
    reading = page.locator(".reading").bounding_box()
    assert side["x"] > reading["x"]
    left, right = (handle.bounding_box()["x"] for handle in page.locator(".handle").all())
    assert left < right


def test_theme_follows_the_device_and_the_switch(open_page, claims_page):
    dark = open_page(claims_page, color_scheme="dark").page
    assert dark.evaluate("document.documentElement.dataset.theme") == "dark"
    dark.locator("[data-mapper=theme] select").select_option("light")
    assert dark.evaluate("document.documentElement.dataset.theme") == "light"


def test_counts_are_told_to_those_who_do_not_see(open_page, claims_page):
    page = open_page(claims_page).page
    page.evaluate("mapper.setFilter({types: ['clash']})")
    live = page.locator(".voice[aria-live]")
    assert "of 9 reports" in live.inner_text() or "of 9 reports" in live.evaluate(
        "(e) => e.textContent"
    )


def test_embedded_it_is_map_legend_attribution(open_page, claims_page):
    page = open_page(claims_page, size=(600, 400), hash="#embed").page
    for hidden in (".side", ".time", ".reading", ".sheetbar"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".embed-line").is_visible()
    assert page.locator(".mapper-attribution").is_visible()


def test_a_frame_is_told_the_height(open_page, written, claims_page):
    host = written(
        "embed-host",
        "<!DOCTYPE html><title>host</title><script>addEventListener('message',"
        "(e) => { window.told = e.data; });</script>"
        '<iframe sandbox="allow-scripts" width=600 height=300 '
        f'src="{claims_page.name}#embed"></iframe>',
    )
    page = open_page(host, wait=False).page
    page.wait_for_function("() => window.told", timeout=20_000)
    told = page.evaluate("window.told")
    assert told["type"] == "mapper:height"
    assert 320 <= told["height"] <= 760


def test_paper_shows_filters_and_a_numbered_list(open_page, claims_page):
    page = open_page(claims_page).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".printed")
    assert printed.locator("li").count() == 7
    assert "7 of 9 reports — 22–27 Feb 2019" in printed.inner_text()
    assert page.locator(".controls").is_hidden()


def test_paper_has_a_map_of_its_own_in_light_colours(open_page, sample_page):
    """The view of the screen would be cut at the edge of the sheet."""
    page = open_page(sample_page, size=(390, 844), color_scheme="dark", hash="#all=1").page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    drawn = page.locator(".printed > canvas")
    box = drawn.bounding_box()
    assert box["width"] == pytest.approx(page.locator(".printed").bounding_box()["width"], abs=3)
    assert box["height"] == pytest.approx(box["width"] * 520 / 700, rel=0.02)
    assert box["height"] <= 138 * 96 / 25.4 + 1
    assert page.locator("#map").is_hidden()
    assert "Whole areas: " in page.locator(".printed").inner_text()
    corner = drawn.evaluate("(c) => [...c.getContext('2d').getImageData(9, 9, 1, 1).data]")
    assert min(corner[:3]) > 200
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator(".printed").inner_html() == ""


def test_phone_map_first_then_a_sheet_with_three_stops(open_page, claims_page):
    page = open_page(claims_page, size=(390, 844), has_touch=True).page
    map_box = page.locator("#map").bounding_box()
    assert map_box["height"] > 450
    dek = page.locator(".dek").bounding_box()
    assert dek["height"] <= 40
    stops = []
    for _ in range(3):
        page.locator(".grip").click()
        stops.append(page.evaluate("document.getElementById('mapper').dataset.sheet"))
    assert stops == ["half", "full", "low"]
    page.evaluate("mapper.select('T-0000')")
    assert page.evaluate("document.getElementById('mapper').dataset.sheet") == "half"
    assert part(page, "details").is_visible()


def test_phone_targets_are_large_enough(open_page, claims_page):
    page = open_page(claims_page, size=(390, 844), has_touch=True).page
    small = """() => {
      const all = document.querySelectorAll(
        '#mapper button, #mapper select, #mapper [role=slider]');
      return [...all]
        .filter((e) => e.checkVisibility({visibilityProperty: true}))
        .filter((e) => !e.closest('p, .leaflet-pane, .mapper-keys, .grip'))
        .map((e) => [e.className || e.tagName, e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }"""
    assert page.evaluate(small) == []
    page.locator(".tab").first.click()
    page.wait_for_timeout(300)
    assert page.evaluate(small) == []


def test_everything_without_a_mouse(open_page, sample_page):
    """Filter, find, read, sort and go back, by keyboard alone."""
    page = open_page(sample_page).page

    def tab_to(selector, most=120):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"{selector} is not reached by Tab")

    tab_to(".search-input")
    page.keyboard.type("rubio")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(".legend-row")
    page.keyboard.press("Enter")
    assert page.evaluate("mapper.state().filters.types")
    tab_to(".handle")
    page.keyboard.press("ArrowRight")
    tab_to(".chip.clear")
    page.keyboard.press("Enter")
    assert visible(page) == 29
    tab_to(".table-toggle")
    page.keyboard.press("Enter")
    tab_to('[role="gridcell"], [role="columnheader"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection !== null")
    tab_to(".back")
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection === null")


def test_nothing_of_an_attack_runs_in_lists_table_chips_or_search(open_page, hostile_page):
    opened = open_page(hostile_page, hash="#table=1&all=1")
    page = opened.page
    page.wait_for_timeout(300)
    types = page.evaluate(
        "[...new Set([...document.querySelectorAll('.td-what')].map((e) => e.textContent.trim()))]"
    )
    assert types
    page.evaluate("mapper.setFilter({text: '<img src=x onerror=alert(1)>'})")
    page.wait_for_timeout(200)
    assert "<img src=x onerror=alert(1)>" in page.locator(".chips").inner_text()
    page.locator("[data-mapper=filters] summary").click()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    box = page.get_by_role("combobox", name="Find a place")
    box.fill("alert")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    opened.quiet()


def test_sample_has_what_these_tests_count():
    assert len(sample()) == 29
