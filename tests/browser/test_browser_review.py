"""The review view: doubtful places, decisions without an editor, a file the next run takes."""

import csv
import shutil
from pathlib import Path

import pytest

from mapper.config import Options
from mapper.pipeline import make_map

ROWS = """incident_id,date,place,place_country,place_admin1,event_type,fatalities,description
A1,2019-02-23,San Antonio,VE,,clash,,Tear gas at the bridge of San Antonio
A2,2019-02-23,Xqzwty,CO,Norte de Santander,killing,5,A body was found at Xqzwty
A3,2019-02-23,perbatasan,,,clash,,Bentrok di perbatasan
A4,2019-02-24,Ureña,VE,,clash,2,"<img src=x onerror=alert(1)> at Ureña"
A5,2019-02-24,Cúcuta,CO,,protest,,March in Cúcuta
A6,2019-02-25,San Antonio,VE,,clash,,Again at San Antonio
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The map of a small table, made by the pipeline."""
    folder = tmp_path_factory.mktemp("review")
    table = folder / "reports.csv"
    table.write_text(ROWS, encoding="utf-8")
    make_map(Options(inputs=(str(table),), output=folder / "map.html"))
    return folder


def panel(page):
    return page.locator("[data-mapper=details]")


def option(page, key):
    return page.locator(f'.options button[data-key="{key}"]')


def click_map(page, latitude, longitude):
    """Click where a position lies on the map."""
    x, y = page.evaluate(
        "([lat, lon]) => { const p = mapper.map.latLngToContainerPoint([lat, lon]);"
        " const r = document.getElementById('map').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; }",
        [latitude, longitude],
    )
    page.mouse.click(x, y)


def saved(page):
    with page.expect_download() as caught:
        page.locator(".review-files button").first.click()
    return caught.value


def test_a_wrong_pin_is_corrected_in_five_clicks(open_page, made, tmp_path):
    opened = open_page(made / "map.html", hash="#all=1", accept_downloads=True)
    page = opened.page
    page.evaluate(
        "window.clicks = 0; addEventListener('click', (e) => e.isTrusted && clicks++, true)"
    )
    page.evaluate("mapper.map.setView([7.9141, -72.4436], 13, {animate: false})")
    page.wait_for_timeout(300)
    click_map(page, *position(made, "Ureña"))
    panel(page).get_by_role("button", name="correct this place").click()
    page.wait_for_selector(".review")
    click_map(page, 7.93, -72.45)
    page.wait_for_selector('.options [aria-pressed="true"]')
    download = saved(page)
    assert page.evaluate("clicks") <= 5
    assert download.suggested_filename == "reports.fixes.csv"
    opened.quiet()
    table = tmp_path / "reports.csv"
    shutil.copy(made / "reports.csv", table)
    download.save_as(tmp_path / "reports.fixes.csv")
    report = make_map(Options(inputs=(str(table),), output=tmp_path / "new" / "map.html"))
    assert report.fixes == {"reports.fixes.csv": 1}
    page = open_page(tmp_path / "new" / "map.html", hash="#report=A4").page
    where = page.evaluate(
        "(async () => { await mapper.select('A4'); return mapper.state().selection; })()"
    )
    assert where == "A4"
    lat, lon = position(tmp_path / "new", "Ureña")
    assert abs(lat - 7.93) < 0.002
    assert abs(lon + 72.45) < 0.002
    assert "set by hand" in panel(page).inner_text()


def position(folder, place):
    with (folder / "map.places.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["place"] == place)
    return float(row["latitude"]), float(row["longitude"])


def test_doubtful_places_by_weight_with_what_is_said(open_page, made):
    opened = open_page(made / "map.html", hash="#review")
    page = opened.page
    view = page.locator(".review")
    assert "“Xqzwty”" in view.inner_text()
    view.get_by_text("A body was found at Xqzwty").wait_for()
    assert view.locator(".page-status").inner_text().startswith("1 of ")
    view.get_by_role("button", name="Next").click()
    page.wait_for_function(
        "() => document.querySelector('.review h3').textContent.includes('perb')"
    )
    opened.quiet()


def test_every_decision_is_a_row_that_the_next_run_takes(open_page, made, tmp_path):
    """A rival, an area, "unknown", one report alone: all by keyboard."""
    page = open_page(made / "map.html", hash="#review", accept_downloads=True).page
    page.wait_for_selector(".review")

    def press(locator):
        locator.focus()
        page.keyboard.press("Enter")

    rival = option(page, "admin1:CO-NSA")
    press(rival)
    assert option(page, "admin1:CO-NSA").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.dataset.key") == "admin1:CO-NSA"
    press(page.locator('.review [data-key="step1"]'))
    page.wait_for_function(
        "() => document.querySelector('.review h3').textContent.includes('perb')"
    )
    press(option(page, "unknown"))
    page.evaluate("mapper.select('A1')")
    press(panel(page).get_by_role("button", name="correct this place"))
    page.wait_for_function(
        "() => document.querySelector('.review h3')?.textContent.includes('San')"
    )
    press(option(page, "area"))
    page.locator(".review input[type=checkbox]").check()
    page.locator(".review input[type=text]").fill("=the whole town")
    page.locator(".review input[type=text]").press("Tab")
    assert "San Antonio" in page.locator(".review h3").first.inner_text()
    path = tmp_path / "mine.csv"
    saved(page).save_as(path)
    raw = path.read_text(encoding="utf-8-sig")
    assert "'=the whole town" in raw
    rows = {row["place"]: row for row in csv.DictReader(raw.splitlines())}
    assert rows["Xqzwty"]["place_id"] == "admin1:CO-NSA"
    assert rows["perbatasan"]["shape"] == "none"
    assert (rows["San Antonio"]["incident_id"], rows["San Antonio"]["shape"]) == ("A1", "area")
    report = make_map(
        Options(inputs=(str(made / "reports.csv"),), output=tmp_path / "m.html", overrides=path)
    )
    assert [p for p in report.problems if p["severity"] == "rejected"] == []
    with (tmp_path / "m.places.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["method"] == "override"]
    assert {(row["place"], row["shape"]) for row in found} == {
        ("Xqzwty", "area"), ("perbatasan", "none"), ("San Antonio", "area"),
    }  # fmt: skip
    assert any("=the whole town" in row["reason"] for row in found)


def test_undo_leave_and_language(open_page, made):
    page = open_page(made / "map.html", hash="#review").page
    page.wait_for_selector(".review")
    option(page, "centre").click()
    page.locator("[data-mapper=language] select").select_option("es")
    page.get_by_role("heading", name="Lugares por revisar").wait_for()
    assert option(page, "centre").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="deshacer esta decisión").click()
    page.wait_for_function("() => !document.querySelector('.options [aria-pressed=true]')")
    assert page.locator(".review-files button").first.is_disabled()
    page.locator("[data-mapper=details] .back").click()
    page.wait_for_selector(".review", state="detached")
    assert not page.evaluate("document.getElementById('map').classList.contains('mapper-pick')")


def test_a_sandboxed_frame_that_allows_it_saves_too(open_page, made, tmp_path):
    host = tmp_path / "host.html"
    src = (made / "map.html").as_uri()
    host.write_text(
        f'<iframe sandbox="allow-scripts allow-downloads" src="{src}#review" '
        "width=1200 height=760>",
        encoding="utf-8",
    )
    page = open_page(host, wait=False, accept_downloads=True).page
    frame = page.frame_locator("iframe")
    frame.locator('.options button[data-key="unknown"]').click()
    with page.expect_download() as caught:
        frame.locator(".review-files button").first.click()
    assert "Xqzwty" in Path(caught.value.path()).read_text(encoding="utf-8-sig")


AXE = Path(__file__).parents[2] / "mapper/web/node_modules/axe-core/axe.min.js"


@pytest.mark.parametrize(
    "wanted",
    [{}, {"color_scheme": "dark"}, {"size": (390, 844)}, {"hash": "#review&lang=ar"}],
    ids=["light", "dark", "phone", "right to left"],
)
def test_axe_finds_no_violation(open_page, made, wanted):
    page = open_page(made / "map.html", **{"hash": "#review", **wanted}).page
    page.wait_for_selector(".review")
    option(page, "unknown").click()
    page.evaluate(AXE.read_text(encoding="utf-8") + ";null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], [n["html"][:120] for n in one["nodes"][:3]]) for one in found] == []


def test_a_page_without_the_data_for_it_has_no_review(open_page, sample_page):
    page = open_page(sample_page, hash="#review").page
    assert page.locator("[data-mapper=review]").count() == 0
    assert page.locator(".review").count() == 0
