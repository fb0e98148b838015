"""The page opens wherever it is put, draws everything, asks for nothing and says nothing."""

import json

import numpy as np
import pandas as pd
import pytest
from located_rows import sample

from mapper.render import render

READY = "() => document.documentElement.dataset.mapper === 'ready'"
EVERYTHING = """() => {
  const all = [];
  mapper.map.eachLayer((layer) => all.push(layer));
  return {count: mapper.count, visible: mapper.visible, ids: mapper.ids().length,
    version: mapper.version, layers: all.length, zoom: mapper.map.getZoom()};
}"""


def test_opens_from_disk(open_page, sample_page):
    opened = open_page(sample_page)
    seen = opened.page.evaluate(EVERYTHING)
    assert seen["count"] == 29
    assert seen["ids"] == 29
    assert seen["layers"] == 3
    opened.page.wait_for_timeout(300)
    opened.quiet()


def test_ready_is_a_promise(open_page, sample_page):
    opened = open_page(sample_page, wait=False)
    opened.page.wait_for_function("() => window.mapper")
    opened.page.evaluate("mapper.ready")
    assert opened.page.evaluate("document.documentElement.dataset.mapper") == "ready"


@pytest.mark.parametrize("by", ["src", "srcdoc"])
def test_opens_in_a_sandboxed_frame(open_page, written, sample_page, by):
    html = sample_page.read_text(encoding="utf-8")
    if by == "src":
        frame = f'<iframe sandbox="allow-scripts" width=1000 height=700 src="{sample_page.name}">'
    else:
        quoted = html.replace("&", "&amp;").replace('"', "&quot;")
        frame = f'<iframe sandbox="allow-scripts" width=1000 height=700 srcdoc="{quoted}">'
    host = written(f"host-{by}", f"<!DOCTYPE html><title>host</title>{frame}</iframe>")
    opened = open_page(host, wait=False)
    inner = opened.page.frames[-1]
    inner.wait_for_function(
        "() => document.documentElement.dataset.mapper === 'ready'", timeout=20_000
    )
    assert inner.evaluate("mapper.count") == 29
    opened.page.wait_for_timeout(200)
    opened.quiet()


def test_pans_zooms_and_selects_under_the_policy(open_page, sample_page):
    opened = open_page(sample_page)
    page = opened.page
    page.mouse.move(640, 300)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(500)
    page.mouse.down()
    page.mouse.move(560, 340, steps=8)
    page.mouse.up()
    page.wait_for_timeout(500)
    page.evaluate("mapper.select('T-0007')")
    page.evaluate("mapper.setFilter({types: ['clash']})")
    assert page.evaluate("mapper.visible") < 29
    page.evaluate("mapper.setFilter(null)")
    opened.quiet()


def test_an_unknown_report_is_refused(open_page, sample_page):
    opened = open_page(sample_page)
    refused = opened.page.evaluate("mapper.select('no such id').then(() => 'taken', String)")
    assert "no such id" in refused


def test_without_scripts_headline_picture_and_table_are_there(open_page, sample_page):
    opened = open_page(sample_page, wait=False, java_script_enabled=False)
    page = opened.page
    assert page.locator("h1").inner_text() == "Colombia–Venezuela border, February 2019"
    assert page.locator("#fallback svg").is_visible()
    assert page.locator("#fallback tbody tr").count() == 29
    assert page.locator("#mapper").is_hidden()
    assert opened.said == []


def test_with_scripts_the_fallback_is_hidden(open_page, sample_page):
    opened = open_page(sample_page)
    assert opened.page.locator("#fallback").is_hidden()


def test_a_damaged_page_says_so(open_page, written, sample_page):
    html = sample_page.read_text(encoding="utf-8")
    start = html.index('id="mapper-core">') + len('id="mapper-core">')
    broken = written("broken", html[:start] + "AAAA" + html[start + 40 :])
    opened = open_page(broken, wait=False)
    assert opened.ready() == "error"
    assert opened.page.get_by_role("alert").is_visible()
    assert opened.page.locator("#fallback").is_visible(), "the table is still there to be read"


def test_a_program_that_cannot_begin_says_so_in_the_language_of_the_page(chromium, written):
    page = chromium.new_page()
    page.add_init_script("window.WeakMap = undefined;")
    page.goto(written("ancient", lambda: render(sample(), lang="es")).as_uri())
    assert page.evaluate("document.documentElement.dataset.mapper") == "error"
    assert page.get_by_role("alert").inner_text().startswith("No se pudo dibujar el mapa aquí.")
    assert page.locator("#fallback tbody tr").first.is_visible()
    page.close()


def test_where_the_program_never_runs_the_table_shows_after_some_seconds(chromium, written):
    html = render(sample())
    start = html.rindex("<script>", 0, html.index('id="mapper-texts-0"'))
    path = written("silent", html[:start] + html[html.index("</script>", start) + 9 :])
    page = chromium.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelector('.fallback-table').scrollIntoView()")
    row = "document.querySelector('#fallback tbody tr')"
    page.wait_for_function(
        f"() => {row}.checkVisibility({{contentVisibilityAuto: true}})", timeout=20_000
    )
    page.close()


def test_a_large_table_opens_in_a_sandbox(open_page, written):
    many = pd.concat([sample()] * 1500, ignore_index=True)
    random = np.random.default_rng(1)
    many["incident_id"] = [f"M{k}" for k in random.permutation(len(many))]
    many["people"] = random.integers(0, 40_000, len(many)).astype(np.float64)
    path = written("many", lambda: render(many, texts="none"))
    host = written(
        "many-host", f'<!DOCTYPE html><iframe sandbox="allow-scripts" src="{path.name}"></iframe>'
    )
    opened = open_page(host, wait=False)
    inner = opened.page.frames[-1]
    inner.wait_for_function(
        "() => document.documentElement.dataset.mapper === 'ready'", timeout=30_000
    )
    assert inner.evaluate("mapper.count") == len(many)
    opened.quiet()


def test_two_pages_with_the_same_state_are_the_same(open_page, sample_page):
    states = [open_page(sample_page).page.evaluate("mapper.state()") for _ in range(2)]
    assert json.dumps(states[0]) == json.dumps(states[1])
