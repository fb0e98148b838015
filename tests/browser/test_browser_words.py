"""Words where there is little room, and where they run from right to left."""

import pytest
from located_rows import at_bridge, located

from mapper.messages import LANGUAGES, text
from mapper.render import render

PHONE = (390, 844)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_phone_names_what_its_strip_shows_in_full(open_page, seed_page, lang):
    """The chooser holds the title: its text fits it, and play stands in the same line."""
    page = open_page(seed_page, size=PHONE, hash=f"#lang={lang}").page
    widths = page.evaluate(
        """() => {
          const select = document.querySelector(".time-what");
          const ink = document.createElement("canvas").getContext("2d");
          ink.font = getComputedStyle(select).font;
          return [ink.measureText(select.selectedOptions[0].textContent).width, select.clientWidth];
        }"""
    )
    assert widths[0] + 16 <= widths[1], widths
    line = [page.locator(part).bounding_box()["y"] for part in (".time-what", ".play")]
    assert abs(line[0] - line[1]) < 20
    choice = page.locator(".time-choice")
    assert choice.evaluate("(box) => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scale_and_attribution_speak_the_language_of_the_page(open_page, seed_page, lang):
    page = open_page(seed_page, hash=f"#lang={lang}").page
    scale = page.locator(".leaflet-control-scale-line").inner_text()
    assert scale.split()[1] in (("كم", "م") if lang == "ar" else ("km", "m")), scale
    credit = page.locator(".mapper-attribution").inner_text()
    assert text("map", "map.opinion", lang) in credit
    assert "© OpenStreetMap contributors (borders, ODbL)" in credit


def test_the_scale_stands_clear_of_the_attribution_on_an_arabic_phone(open_page, seed_page):
    page = open_page(seed_page, size=PHONE, hash="#lang=ar").page
    scale = page.locator(".leaflet-control-scale").bounding_box()
    credit = page.locator(".mapper-attribution").bounding_box()
    assert scale["y"] + scale["height"] <= credit["y"]


def test_reports_of_one_area_on_one_day_may_be_one_event(open_page, written):
    """A suggestion, marked as such; an area is compared with itself, not with what lies in it."""
    same = {
        "event_id": "", "event_type": "clash",
        "date_start": "2019-02-23", "date_end": "2019-02-23",
    }  # fmt: skip
    area = {
        **same, "shape": "area", "precision": "admin1", "place_id": "admin1:VE-20",
        "matched_name": "Táchira", "uncertainty_km": 90.0,
    }  # fmt: skip
    rows = [
        at_bridge(1, "co-ve-simon-bolivar", **area), at_bridge(2, "co-ve-simon-bolivar", **area),
        at_bridge(3, "co-ve-simon-bolivar", **same),
    ]  # fmt: skip
    ids = [row["incident_id"] for row in rows]
    path = written("alike", lambda: render(located(rows)))
    page = open_page(path, hash=f"#all=1&report={ids[0]}").page
    maybe = page.locator(".siblings.maybe")
    assert text("page", "siblings_maybe", "en", n=1) in maybe.locator("h3").text_content()
    maybe.locator("li button").click()
    page.wait_for_selector(f'.report-view[data-id="{ids[1]}"]')
