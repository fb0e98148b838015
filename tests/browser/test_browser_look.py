"""What a reader sees: names whole and free, outlines under the counts, the disputes near by."""

import pytest

PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}
BRIDGES = {
    "es": {"Simón Bolívar", "Tienditas", "Francisco de Paula Santander"},
    "pt": {"Simón Bolívar", "Tienditas", "Francisco de Paula Santander"},
    "id": {"Simón Bolívar", "Tienditas", "Francisco de Paula Santander"},
}
LAID_OVER = """() => {
  const map = document.querySelector('#map').getBoundingClientRect();
  const buttons = [...document.querySelectorAll('.over button')].filter((b) => b.offsetWidth);
  return mapper.labels().filter(({ rect: [left, top, right, bottom] }) => buttons.some((button) => {
    const box = button.getBoundingClientRect();
    return left < box.right - map.x && right > box.left - map.x
      && top < box.bottom - map.y && bottom > box.top - map.y;
  })).map((label) => label.text);
}"""


def speak(opened, lang):
    opened.page.evaluate(
        "(lang) => { const s = document.querySelector('[data-mapper=language] select');"
        " s.value = lang; s.dispatchEvent(new Event('change', { bubbles: true })); }",
        lang,
    )
    opened.page.wait_for_timeout(400)


@pytest.mark.parametrize("lang", list(BRIDGES))
def test_all_three_bridges_are_named_on_a_phone(open_page, seed_page, lang):
    opened = open_page(seed_page, **PHONE)
    speak(opened, lang)
    named = opened.page.evaluate(
        "mapper.labels().filter((one) => one.kind === 'crossing').map((one) => one.text)"
    )
    for bridge in BRIDGES[lang]:
        assert any(bridge in name for name in named), (bridge, named)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_no_name_lies_under_the_buttons_over_the_map(open_page, seed_page, size):
    opened = open_page(seed_page, size=size)
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("mapper.labels().length") > 5
    assert opened.page.evaluate(LAID_OVER) == []
    opened.page.evaluate("void mapper.map.setView(mapper.map.getCenter(), 13, { animate: false })")
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate(LAID_OVER) == []


def test_an_area_that_is_chosen_comes_into_view(open_page, seed_page):
    """It has no point of its own, and lies a thousand kilometres from the view that opens."""
    opened = open_page(seed_page)
    before = opened.page.evaluate("mapper.state().view")
    opened.page.evaluate("mapper.select('CVB-0024')")
    opened.page.wait_for_timeout(600)
    after = opened.page.evaluate("mapper.state().view")
    assert before != after
    assert abs(after["lat"] - 4.6) < 1
    assert abs(after["lon"] + 61.1) < 1
    # one that fills the view already moves nothing
    opened.page.evaluate("mapper.select('CVB-0003')")
    opened.quiet()


def test_counts_stand_over_the_outline_of_a_chosen_area(open_page, seed_page):
    """The numbers are drawn once more, over the outline and its hatching."""
    opened = open_page(seed_page)
    opened.page.evaluate("mapper.select('CVB-0103')")
    opened.page.wait_for_timeout(400)
    covered = opened.page.evaluate(
        """() => {
          const [ground, marks, focus] = document.querySelectorAll('#map canvas.mapper-canvas');
          const ink = focus.getContext('2d').getImageData(0, 0, focus.width, focus.height).data;
          const own = marks.getContext('2d').getImageData(0, 0, marks.width, marks.height).data;
          let solid = 0, kept = 0;
          for (let k = 0; k < own.length; k += 4) {
            if (own[k + 3] < 255) continue;
            solid++;
            const same = [0, 1, 2].every((c) => Math.abs(ink[k + c] - own[k + c]) < 40);
            if (!ink[k + 3] || same) kept++;
          }
          return kept / solid;
        }"""
    )
    assert covered > 0.98


def test_only_disputes_near_the_reports_are_named_in_the_page_s_language(open_page, seed_page):
    opened = open_page(seed_page)
    panel = opened.page.locator("details.disputes")
    panel.evaluate("(one) => { one.open = true; }")
    assert "Essequibo" in panel.inner_text()
    for far in ("Belize", "Oyster Pond", "Marouini"):
        assert far not in panel.inner_text()
    speak(opened, "es")
    panel = opened.page.locator("details.disputes")
    panel.evaluate("(one) => { one.open = true; }")
    told = panel.inner_text()
    assert "reclamada por" in told
    assert "claimed" not in told
    assert "Guyana" in told


def test_the_area_of_a_place_is_told_where_its_side_is_known(open_page, seed_page):
    opened = open_page(seed_page)
    opened.page.evaluate("mapper.select('CVB-0148')")
    area = opened.page.locator("[data-mapper=details] dt:text-is('Area') + dd")
    assert area.inner_text() == "Municipio Gran Sabana, Bolívar"
    opened.page.evaluate("mapper.select('CVB-0024')")
    assert area.count() == 0


def test_several_bridges_are_named_in_the_language_of_the_page(open_page, seed_page):
    opened = open_page(seed_page)
    opened.page.evaluate("mapper.select('CVB-0102')")
    taken = opened.page.locator("[data-mapper=details] dt:text-is('Taken for') + dd").inner_text()
    assert "Simón Bolívar International Bridge" in taken
    assert "3 places" in taken
    opened.page.evaluate("mapper.select('CVB-0241')")
    taken = opened.page.locator("[data-mapper=details] dt:text-is('Taken for') + dd").inner_text()
    assert "Colombia–Venezuela border" in taken
