"""Claims of a running count in the timeline, and what it says of months."""

import pytest
from located_rows import at_bridge, located

from mapper.render import render

SIMON = "co-ve-simon-bolivar"
CLAIMS = [(23, 13), (23, 25), (24, 104), (25, 167), (26, 326), (27, 411), (28, 567), (28, 567)]


def rows_of_a_running_count():
    """Eight sources count one group of people on and on; one report knows the month only."""
    rows = [
        at_bridge(k, SIMON, event_type="defection", people=float(n), people_kind="cumulative",
                  date_start=f"2019-02-{day}", date_end=f"2019-02-{day}")
        for k, (day, n) in enumerate(CLAIMS)
    ]  # fmt: skip
    rows.append(
        at_bridge(
            20,
            SIMON,
            event_type="defection",
            people_low=1000.0,
            people_kind="running",
            date_start="2019-02-23",
            date_end="2019-03-18",
        )
    )
    rows.append(at_bridge(21, SIMON, date_start="2019-02-01", date_end="2019-02-28",
                          date_precision="month"))  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def counted_page(written):
    return written("counted", lambda: render(located(rows_of_a_running_count())))


def labels(page):
    dots = page.locator(".claim")
    return [dots.nth(k).get_attribute("aria-label") for k in range(dots.count())]


def test_a_running_count_is_a_dot_a_source_and_never_a_sum(open_page, counted_page):
    opened = open_page(counted_page, hash="#all=1")
    page = opened.page
    page.get_by_role("combobox", name="What the timeline shows").select_option("people.defection")
    told = labels(page)
    assert [one.split(" people")[0] for one in told] == [
        *(str(n) for _, n in CLAIMS),
        "at least 1,000",
    ]
    assert "18 Mar 2019" in told[-1]
    text = page.locator(".time").inner_text()
    assert "nothing is added" in text
    assert str(sum(n for _, n in CLAIMS)) not in text
    tops = [box["y"] for box in (dot.bounding_box() for dot in page.locator(".claim").all())]
    assert tops == sorted(tops, reverse=True), "the higher the count, the higher the dot"
    assert page.evaluate("mapper.state().claims") == "people.defection"
    opened.quiet()


def test_claims_are_walked_and_opened_by_keyboard(open_page, counted_page):
    page = open_page(counted_page, hash="#claims=people.defection&all=1").page
    assert page.locator('.claim[tabindex="0"]').count() == 1
    page.locator('.claim[tabindex="0"]').focus()
    assert page.locator(".time-tip").inner_text().startswith("13 people")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapper.state().selection === 'T-0001'")
    assert page.locator('.claim[data-id="T-0001"].chosen').count() == 1


def test_claims_follow_the_filters(open_page, counted_page):
    page = open_page(counted_page, hash="#claims=people.defection&all=1").page
    page.evaluate("mapper.setFilter({min_count: 400})")
    assert [one.split(" people")[0] for one in labels(page)] == [
        "411",
        "567",
        "567",
        "at least 1,000",
    ]


def test_a_month_is_spread_and_the_timeline_says_so(open_page, counted_page):
    page = open_page(counted_page, hash="#all=1").page
    notes = page.locator(".time-notes")
    assert "1 known to the month only is spread over it" in notes.inner_text()
    fits = "(e) => e.scrollWidth <= e.clientWidth"
    assert notes.evaluate(fits), "the note is not cut off"
