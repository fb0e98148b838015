"""Crossings with what reports claim beside what is known, and disputed lines."""

import pytest
from located_rows import at_bridge, located

from mapper.render import render

SIMON = "co-ve-simon-bolivar"
DAY = {"date_start": "2019-02-23", "date_end": "2019-02-23"}


@pytest.fixture(scope="module")
def closed_page(written):
    rows = [
        at_bridge(0, SIMON, event_type="border_closure", source_name="<b>Radio</b>",
                  border="CO-VE", nearest_crossing=SIMON, place_id=f"crossing:{SIMON}", **DAY),
        at_bridge(1, SIMON, event_type="clash", border="CO-VE", nearest_crossing=SIMON, **DAY),
    ]  # fmt: skip
    return written("closed", lambda: render(located(rows)))


def test_a_claim_stands_beside_the_status_of_its_day(open_page, closed_page):
    opened = open_page(closed_page)
    page = opened.page
    panel = page.locator('[data-mapper="crossings"]')
    panel.locator("summary").click()
    cell = panel.locator(".cal-claimed").first
    before = cell.inner_text()
    cell.hover()
    said = panel.locator(".cal-said")
    assert "1 report says" in said.inner_text()
    assert "<b>Radio</b>" in said.inner_text()
    assert cell.inner_text() == before, "a claim changes no status"
    said.get_by_role("button", name="<b>Radio</b>").click()
    page.wait_for_function("() => mapper.state().selection === 'T-0000'")
    opened.quiet()


def test_a_change_within_the_last_day_says_from_when(open_page, closed_page):
    page = open_page(closed_page).page
    page.evaluate("() => mapper.setFilter({from: '2019-02-20', to: '2019-02-22'})")
    panel = page.locator('[data-mapper="crossings"]')
    panel.locator("summary").click()
    first = panel.locator(".cal-row").first
    assert "closed from the evening" in first.inner_text()
    first.locator("td.cal-closed").last.focus()
    said = panel.locator(".cal-said").inner_text()
    assert "22 Feb 2019, Venezuela: closed" in said
    assert "closed from the evening (on foot" in said
    page.evaluate("() => mapper.setFilter({from: '2019-02-20', to: '2019-02-23'})")
    panel.get_by_text("closed since 22 Feb").wait_for()


def test_disputed_lines_are_named_with_who_claims_them(open_page, written):
    rows = [
        at_bridge(0, SIMON, latitude=6.72, longitude=-61.14, border="GY-VE", nearest_crossing=""),
        at_bridge(1, SIMON, latitude=6.0, longitude=-60.9, border="GY-VE", nearest_crossing=""),
    ]
    page = open_page(written("disputed", lambda: render(located(rows)))).page
    panel = page.locator(".disputes")
    panel.locator("summary").click()
    text = panel.inner_text()
    assert "Essequibo claimed by Guyana and Venezuela" in text
    assert "no opinion is implied" in text


def test_an_event_repeated_for_each_actor_is_counted_once(open_page, written):
    rows = [
        at_bridge(i, SIMON, event_id=f"E{i // 2}", fatalities_best=2.0 + i // 2,
                  fatalities_kind="event", actor1=("Guards", "Protesters")[i % 2], **DAY)
        for i in range(6)
    ]  # fmt: skip
    page = open_page(written("monadic", lambda: render(located(rows)))).page
    assert page.evaluate("() => mapper.count") == 6
    assert "9 killed in 3 events, each counted once" in page.locator("body").inner_text()
