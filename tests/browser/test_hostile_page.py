"""A table that attacks: nothing of it runs, all of it is shown as it was written."""

from located_rows import PAYLOADS, hostile


def test_nothing_runs_and_nothing_is_asked_for(open_page, hostile_page):
    opened = open_page(hostile_page)
    page = opened.page
    ids = page.evaluate("mapper.ids()")
    assert len(ids) == 2 * len(PAYLOADS)
    for name in ids[:: max(1, len(ids) // 12)]:
        page.evaluate("(id) => mapper.select(id)", name)
    page.wait_for_timeout(300)
    opened.quiet()
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0


def test_descriptions_are_shown_verbatim(open_page, hostile_page):
    opened = open_page(hostile_page)
    page = opened.page
    rows = hostile()
    for k in range(0, len(rows), 5):
        row = rows.iloc[k]
        page.evaluate("(id) => mapper.select(id)", row["incident_id"])
        shown = page.locator('[data-mapper="details"]').first.evaluate("(e) => e.textContent")
        assert row["description"] in shown, row["description"]
    opened.quiet()


def test_links_lead_to_web_addresses_only(open_page, hostile_page):
    opened = open_page(hostile_page)
    page = opened.page
    for name in page.evaluate("mapper.ids()"):
        page.evaluate("(id) => mapper.select(id)", name)
        wrong = page.evaluate(
            "[...document.querySelectorAll('a[href]')].map((a) => a.protocol)"
            ".filter((p) => !['https:', 'http:', 'file:', 'blob:'].includes(p))"
        )
        assert wrong == []


def test_without_scripts_the_table_shows_them_too(open_page, hostile_page):
    opened = open_page(hostile_page, wait=False, java_script_enabled=False)
    text = opened.page.locator("#fallback table").inner_text()
    assert "{{7*7}}" in text
    assert "<img src=x onerror=alert(1)>" in text
    opened.page.wait_for_timeout(200)
    opened.quiet()
