"""What changed since the edition before: told, linked, filtered, marked on the map."""

import pytest
from located_rows import at_bridge, located

from mapper.render import render

SIMON = "co-ve-simon-bolivar"
HOSTILE = "<img src=x onerror=alert(1)>"
CHANGES = {
    "old": "first",
    "new": "second",
    "counts_only": False,
    "sentences": ["T-0001 moved 8 km.", "Withdrawn: X-0009.", f"{HOSTILE} T-0002: people 3 → 4."],
    "added": ["T-0000", "T-0003"],
    "text_only": ["T-0004"],
    "changed": [
        {"id": "T-0001", "kinds": ["moved"], "fields": {"place": ["Ureña", HOSTILE]},
         "from": [7.75, -72.30]},
        {"id": "T-0002", "kinds": ["counts"], "fields": {"people": ["3", "4"]}, "from": None},
    ],
    "removed": [{"id": "X-0009", "what": HOSTILE, "lat": 7.85, "lon": -72.60},
                {"id": "X-0010", "what": "no place", "lat": None, "lon": None}],
    "by_tool": ["T-0004 is placed 2 km further north."],
}  # fmt: skip


@pytest.fixture(scope="module")
def changed_page(written):
    rows = located([at_bridge(k, SIMON) for k in range(6)])
    return written("changed", lambda: render(rows, changes=CHANGES))


@pytest.fixture(scope="module")
def counted_page(written):
    rows = located([at_bridge(k, SIMON) for k in range(6)])
    told = {"old": "", "new": "", "counts_only": True, "sentences": ["2 new, 1 withdrawn."]}
    return written("changes-counted", lambda: render(rows, changes=told))


def panel(page):
    return page.locator('[data-mapper="changes"]')


def test_sentences_open_their_reports(open_page, changed_page):
    opened = open_page(changed_page, hash="#all=1")
    page = opened.page
    text = panel(page).inner_text()
    assert "WHAT CHANGED SINCE FIRST" in text.upper()
    assert HOSTILE in text
    assert "2 withdrawn".upper() in text.upper()
    panel(page).get_by_role("button", name="T-0001", exact=True).click()
    page.wait_for_function("() => mapper.state().selection === 'T-0001'")
    change = page.locator(".report-view .changed")
    assert change.locator("del").inner_text() == "Ureña"
    assert change.locator("ins").inner_text() == HOSTILE
    opened.quiet()


def test_only_what_is_new_or_changed(open_page, changed_page):
    page = open_page(changed_page, hash="#all=1").page
    panel(page).get_by_role("button", name="new").click()
    assert page.evaluate("mapper.visible") == 2
    panel(page).get_by_role("button", name="changed").click()
    assert page.evaluate("mapper.visible") == 4
    assert page.evaluate("mapper.state().filters.changes") == ["changed", "new"]
    page.wait_for_timeout(400)
    again = open_page(changed_page, hash=page.evaluate("location.hash")).page
    assert again.evaluate("mapper.visible") == 4
    count = "async (f) => { await mapper.setFilter(f); return mapper.visible; }"
    assert page.evaluate(count, {"changes": ["text"]}) == 1
    assert page.evaluate(count, {"changes": []}) == 0


def test_marks_on_the_map_can_be_switched_off(open_page, changed_page):
    page = open_page(changed_page, hash="#all=1&map=11/7.8179/-72.4508").page
    inked = """() => {
      const canvas = document.querySelector('.leaflet-marker-pane canvas');
      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let n = 0;
      for (let k = 3; k < data.length; k += 4) if (data[k]) n++;
      return n;
    }"""
    page.wait_for_timeout(200)
    assert page.evaluate(inked) > 400, "signs, a line and a ghost"
    panel(page).get_by_role("checkbox", name="Mark it on the map").uncheck()
    page.wait_for_timeout(200)
    assert page.evaluate(inked) == 0
    assert page.evaluate("mapper.state().marks") is False


def test_withdrawn_reports_are_listed_and_found(open_page, changed_page):
    page = open_page(changed_page, hash="#all=1").page
    panel(page).locator(".withdrawn").get_by_role("button", name="X-0009").click()
    page.wait_for_timeout(500)
    view = page.evaluate("mapper.state().view")
    assert abs(view["lat"] - 7.85) < 0.02
    assert abs(view["lon"] + 72.60) < 0.02


def test_where_only_counts_may_be_told_there_is_nothing_to_open(open_page, counted_page):
    page = open_page(counted_page).page
    assert "2 new, 1 withdrawn." in panel(page).inner_text()
    assert panel(page).locator("button, input").count() == 0


def test_without_an_edition_before_there_is_no_such_part(open_page, sample_page):
    assert panel(open_page(sample_page).page).count() == 0
