"""axe-core finds nothing in light, dark, right to left, on a phone, in table, filters and frame."""

from pathlib import Path

import pytest
from located_rows import sample

from mapper.render import render

AXE = Path(__file__).parents[2] / "mapper/web/node_modules/axe-core/axe.min.js"
REPORT = "mapper.select('T-0003').then(() => null)"
STATES = {
    "light": {},
    "dark, a report": {"color_scheme": "dark", "do": REPORT},
    "right to left": {"hash": "#lang=ar", "do": REPORT},
    "phone": {"size": (390, 844)},
    "phone, a report, dark": {"size": (390, 844), "color_scheme": "dark", "do": REPORT},
    "table": {"hash": "#table=1&all=1"},
    "filters open": {
        "do": "document.querySelectorAll('.side details').forEach((d) => { d.open = true })"
    },
    "embedded": {"hash": "#embed", "size": (600, 400)},
}


@pytest.fixture(scope="session")
def axe_page(written):
    return written("axe", lambda: render(sample()))


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page, axe_page, state):
    wanted = dict(STATES[state])
    script = wanted.pop("do", "null")
    page = open_page(axe_page, **wanted).page
    page.evaluate(script)
    page.wait_for_timeout(400)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [
        f"{one['id']}: {one['help']}: {node['html'][:120]}"
        for one in found
        for node in one["nodes"][:3]
    ]
    assert told == []


def test_a_theme_has_enough_contrast_everywhere(open_page, axe_page):
    """Texts 4.5 : 1 and symbols 3 : 1 against the paper, in both themes."""
    page = open_page(axe_page).page
    for theme in ("light", "dark"):
        page.locator("[data-mapper=theme] select").select_option(theme)
        ratios = page.evaluate(
            """() => {
              const style = getComputedStyle(document.documentElement);
              const light = (name) => {
                const hex = style.getPropertyValue(name).trim().slice(1);
                const parts = [0, 2, 4].map((k) => parseInt(hex.slice(k, k + 2), 16) / 255)
                  .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
              };
              const ratio = (a, b) => {
                const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
                return (x + 0.05) / (y + 0.05);
              };
              const symbols = ['violence', 'defection', 'crossing', 'aid', 'movement', 'other'];
              return {
                texts: ['--ink', '--muted', '--focus'].map((name) => ratio(name, '--paper')),
                symbols: symbols.flatMap((key) =>
                  ['--paper', '--land'].map((ground) => ratio(`--family-${key}`, ground))),
              };
            }"""
        )
        assert min(ratios["texts"]) >= 4.5, (theme, ratios)
        assert min(ratios["symbols"]) >= 3, (theme, ratios)
