"""The page of the newest seed edition: what it says first, and the sums it never offers."""

import re

import pytest

EVERYTHING = """async () => {
  await mapper.setFilter(null);
  await new Promise((done) => setTimeout(done, 200)); // the answer in words follows a beat later
  document.querySelectorAll('.side details').forEach((d) => { d.open = true; });
  document.querySelector('.table-toggle').click();
  const told = [];
  for (const id of mapper.ids()) {
    await mapper.select(id);
    told.push(document.getElementById('mapper').innerText);
  }
  return told.join('\\n');
}"""


@pytest.fixture(scope="module")
def seeds_page(seed_map):
    return seed_map[0]


def test_the_first_five_seconds(open_page, seeds_page):
    opened = open_page(seeds_page)
    page = opened.page
    assert page.evaluate("mapper.count") == 203
    assert page.locator("#mapper h1").inner_text() == "Colombia–Venezuela border, February 2019"
    dek = page.locator(".dek").inner_text()
    assert dek.startswith("203 reports, 29 Jul 2015 – 20 Mar 2019, 156 of them 21–28 Feb 2019 · ")
    assert "21–28 Feb 2019 · 156 of 203 reports" in page.locator(".time").inner_text()
    assert re.search(r"Táchira bridges\s+\d+", page.locator(".hot").inner_text())
    opened.quiet()


def test_overlapping_counts_are_never_summed(open_page, seeds_page):
    text = open_page(seeds_page).page.evaluate(EVERYTHING)
    assert "4 killed in 3 events, each counted once." in text
    assert "25 reports overlap and are not added." in text
    assert not re.search(r"7[.,\s]?902", text)
    assert not re.search(r"\b99 (killed|deaths|dead)", text)
