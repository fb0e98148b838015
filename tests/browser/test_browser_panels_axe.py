"""axe-core finds nothing with every panel open: what changed, running counts, crossings, review."""

from pathlib import Path

import pytest
from located_rows import sample
from test_golden_pictures import CHANGES, counted

from mapper.config import Options
from mapper.pipeline import make_map
from mapper.render import render

AXE = Path(__file__).parents[2] / "mapper/web/node_modules/axe-core/axe.min.js"
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "right to left": {"lang": "ar"},
    "phone": {"size": (390, 844)},
    "phone, right to left, dark": {"size": (390, 844), "lang": "ar", "color_scheme": "dark"},
}
ROWS = """incident_id,date,place,place_country,place_admin1,event_type,fatalities
A1,2019-02-23,San Antonio,VE,,clash,
A2,2019-02-23,Xqzwty,CO,Norte de Santander,killing,5
A3,2019-02-24,perbatasan,,,clash,
"""
SHOWN = {"changes": ".changes .told li", "claims": ".claim", "review": ".review .options button"}
OPEN = (
    "document.querySelectorAll('.controls details, .reading details')"
    ".forEach((box) => { box.open = true }); null"
)


@pytest.fixture(scope="session")
def panels(written, tmp_path_factory):
    """The page of each panel."""
    folder = tmp_path_factory.mktemp("panels")
    (folder / "reports.csv").write_text(ROWS, encoding="utf-8")
    make_map(Options(inputs=(str(folder / "reports.csv"),), output=folder / "map.html"))
    return {
        "changes": (
            written("axe-changes", lambda: render(sample(), changes=CHANGES)),
            "all=1&report=T-0004",
        ),
        "claims": (written("axe-claims", lambda: render(counted())), "claims=people.defection"),
        "review": (folder / "map.html", "all=1&review=1"),
    }


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("panel", ["changes", "claims", "review"])
def test_axe_finds_no_violation_with_the_panel_open(open_page, panels, panel, look):
    path, address = panels[panel]
    wanted = dict(LOOKS[look])
    lang = wanted.pop("lang", "en")
    page = open_page(path, hash=f"#{address}&lang={lang}", **wanted).page
    page.wait_for_selector(SHOWN[panel], state="attached")
    phone = "size" in wanted
    for tab in (0, 1) if phone else (None,):
        if tab is not None:
            page.locator(".tab").nth(tab).click()
        page.evaluate(OPEN)
        page.wait_for_timeout(300)
        page.evaluate(AXE.read_text(encoding="utf-8") + ";null")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        told = [
            f"{one['id']}: {one['help']}: {node['html'][:160]}"
            for one in found
            for node in one["nodes"][:3]
        ]
        assert told == []
