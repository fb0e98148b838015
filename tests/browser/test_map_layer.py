"""What the map draws: names without overlaps, rings that open, areas, lists, the strip, keys."""

import pytest

LABELS = "mapper.labels()"


def overlapping(labels):
    """Return pairs of names whose boxes overlap."""
    found = []
    for k, a in enumerate(labels):
        for b in labels[k + 1 :]:
            (l1, t1, r1, b1), (l2, t2, r2, b2) = a["rect"], b["rect"]
            if l1 < r2 and l2 < r1 and t1 < b2 and t2 < b1:
                found.append((a["text"], b["text"]))
    return found


@pytest.mark.parametrize("zoom", [4, 6, 7.5, 9, 10.5, 11.5, 12, 13, 14])
def test_no_two_names_overlap(open_page, sample_page, zoom):
    page = open_page(sample_page).page
    page.evaluate(f"mapper.map.setView([7.87, -72.45], {zoom}, {{animate: false}})")
    labels = page.evaluate(LABELS)
    assert labels
    assert overlapping(labels) == []


def test_towns_and_bridges_are_named_at_zoom_12(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.map.setView([7.872, -72.46], 12, {animate: false})")
    names = " | ".join(label["text"] for label in page.evaluate(LABELS))
    for name in ("Cúcuta", "San Antonio del Táchira", "Ureña", "Simón Bolívar", "Santander",
                 "Tienditas"):  # fmt: skip
        assert name in names


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
def test_the_seed_map_names_towns_and_bridges_at_zoom_12(open_page, seed_page, size):
    page = open_page(seed_page, size=size).page
    page.evaluate("mapper.map.setView([7.865, -72.46], 12, {animate: false})")
    labels = page.evaluate(LABELS)
    assert overlapping(labels) == []
    names = {label["text"] for label in labels}
    assert {"Cúcuta", "San Antonio del Táchira", "Ureña", "Simón Bolívar Bridge",
            "Francisco de Paula Santander Bridge", "Tienditas Bridge"} <= names  # fmt: skip


def test_the_page_says_where_the_embedded_data_end(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.map.setView([7.8179, -72.4508], 14, {animate: false})")
    assert page.locator(".mapper-end").is_hidden()
    page.evaluate("mapper.map.setView([7.8179, -72.4508], 15, {animate: false})")
    assert page.locator(".mapper-end").inner_text() == "No more detail than this is embedded."


def test_a_place_with_several_reports_opens_a_list(open_page, sample_page):
    opened = open_page(sample_page)
    page = opened.page
    page.evaluate("mapper.map.setView([7.8179, -72.4508], 13, {animate: false})")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    text = page.locator('[data-mapper="details"]').first.inner_text()
    assert "What report 0 says." in text
    opened.quiet()


def test_borders_and_countries_stand_in_the_strip(open_page, sample_page):
    page = open_page(sample_page).page
    button = page.locator(".mapper-strip button")
    assert button.count() == 1
    assert "Colombia–Venezuela border" in button.inner_text()
    button.click()
    page.wait_for_timeout(200)
    assert "What report 26 says." in page.locator('[data-mapper="details"]').first.inner_text()


def test_marks_are_reached_by_keyboard(open_page, sample_page):
    opened = open_page(sample_page)
    page = opened.page
    marks = page.locator(".mapper-keys button")
    assert marks.count() >= 3
    assert page.locator('.mapper-keys button[tabindex="0"]').count() == 1
    names = marks.evaluate_all("(all) => all.map((b) => b.getAttribute('aria-label'))")
    assert any(name.startswith("8 reports, ") for name in names)
    page.locator('.mapper-keys button[tabindex="0"]').focus()
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.getAttribute('aria-label')") != before:
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != before
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator('[data-mapper="details"]').first.inner_text().count("What report") >= 1
    opened.quiet()


def test_filtered_reports_leave_the_map(open_page, sample_page):
    page = open_page(sample_page).page
    page.evaluate("mapper.setFilter({types: ['clash']})")
    page.wait_for_timeout(100)
    names = page.locator(".mapper-keys button").evaluate_all(
        "(all) => all.map((b) => parseInt(b.getAttribute('aria-label')))"
    )
    assert sum(names) <= page.evaluate("mapper.visible")


def test_text_stands_out_in_both_themes(open_page, sample_page):
    """Canvas text takes its colours from the style: 4.5:1 on land and on paper."""
    for scheme in ("light", "dark"):
        page = open_page(sample_page, color_scheme=scheme).page
        colours = page.evaluate(
            "(() => { const s = getComputedStyle(document.querySelector('#map'));"
            "return Object.fromEntries(['ink', 'muted', 'land', 'paper'].map("
            "(n) => [n, s.getPropertyValue('--' + n).trim()])); })()"
        )
        for text in ("ink", "muted"):
            for ground in ("land", "paper"):
                assert contrast(colours[text], colours[ground]) >= 4.5


def contrast(a, b):
    """Return the WCAG contrast of two #rrggbb colours."""
    lights = sorted((luminance(a), luminance(b)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_nobody_zooms_out_beyond_the_ground_that_is_there(open_page, sample_page):
    page = open_page(sample_page, hash="#all=1&map=2/5/-68").page
    least = page.evaluate("mapper.map.getMinZoom()")
    assert least > 2
    assert page.evaluate("mapper.map.getZoom()") == least
    assert page.get_by_role("button", name="Zoom out").is_disabled()


def test_beyond_the_region_is_neither_land_nor_sea(open_page, sample_page):
    page = open_page(sample_page, hash="#all=1&map=2/5/-68").page
    page.wait_for_timeout(300)
    corner = page.evaluate(
        """() => {
          const canvas = document.querySelector('.leaflet-tile-pane canvas');
          return [...canvas.getContext('2d').getImageData(3, 3, 1, 1).data.slice(0, 3)];
        }"""
    )
    assert corner == [0xFB, 0xFA, 0xF6]


def test_a_chosen_border_lies_on_the_very_line(open_page, seed_page):
    """Its outline for far views is simpler: close up it would run beside the line."""
    page = open_page(seed_page, hash="#all=1&map=12/7.75/-72.45").page
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('.mapper-strip button').focus()")
    page.wait_for_timeout(300)
    beside = page.evaluate(
        """() => {
          const [ground, focus] = ['tile', 'marker'].map((name) => {
            const canvas = document.querySelector(`.leaflet-${name}-pane canvas`);
            return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          });
          let [line, bare] = [0, 0];
          for (let k = 0; k < ground.data.length; k += 4) {
            const dark = ground.data[k] === 0x5d && ground.data[k + 1] === 0x53;
            if (dark) line++;
            if (dark && !focus.data[k + 3]) bare++;
          }
          return [line, bare];
        }"""
    )
    assert beside[0] > 100
    assert beside[1] < 0.02 * beside[0]
