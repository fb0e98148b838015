"""A source whose terms restrict reuse: its credit is on the page, and the page saves no files."""

import pytest
from located_rows import sample

from mapper.render import render

CREDIT = "Example Conflict Data, example.org, accessed on <b>some</b> day"


@pytest.mark.parametrize("restricted", [True, False])
def test_credit_and_exports(open_page, written, restricted):
    page = written(
        f"terms-{restricted}",
        lambda: render(sample(), attributions=[CREDIT], restricted=restricted),
    )
    opened = open_page(page)
    assert CREDIT in opened.page.locator(".mapper-attribution").text_content()
    assert opened.page.locator("[data-mapper=export]").count() == (0 if restricted else 1)
    assert opened.said == []
