"""The picture where no script runs: rings apart, bridges by name, nothing out of its frame."""

import itertools
import math
import re

import numpy as np
import pytest
from located_rows import at_bridge, located, sample

from mapper.messages import LANGUAGES, text
from mapper.render import render
from mapper.render.still import _apart
from mapper.render.still_frame import WIDTH, Mark


def picture(page):
    """Return the markup of the still map."""
    return re.search(r'<svg class="fallback-map".*?</svg>', page, re.DOTALL)[0]


def test_rings_that_grew_into_each_other_are_one_and_no_report_is_lost():
    ones = [Mark(100.0 + 22 * k, 100.0, np.array([20 + k, 3])) for k in range(6)]
    total = sum(mark.total for mark in ones)
    apart = _apart(ones)
    assert 1 <= len(apart) < 6
    assert sum(mark.total for mark in apart) == total
    for a, b in itertools.combinations(apart, 2):
        assert math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius
    assert [mark.total for mark in apart] == sorted(mark.total for mark in apart)


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
def test_bridges_with_reports_are_named_in_the_language(lang):
    rows = [at_bridge(k, "co-ve-simon-bolivar") for k in range(4)]
    drawn = picture(render(located(rows), lang=lang))
    named = re.findall(r'font-weight="600"[^>]*>([^<]*)</text>', drawn)
    assert any("Simón Bolívar" in name for name in named), named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_stays_in_the_picture_in_every_language(lang):
    """Six families, three in a row: a name has a third of the width, at 6.6 pixels a letter."""
    drawn = picture(render(sample(), lang=lang))
    assert 'direction="ltr"' in drawn, "else a page from right to left anchors texts at their ends"
    entries = re.findall(r'<text x="(\d+)"[^>]*text-anchor="(start|end)"[^>]*>([^<]*)<', drawn)
    assert entries
    for x, anchor, name in entries:
        room = WIDTH - int(x) if anchor == "start" else int(x)
        assert min(room, WIDTH / 3) > 6.6 * len(name), name


def test_the_table_without_a_script_names_types_in_words():
    page = render(sample(), lang="es")
    table = re.search(r'<div class="fallback-table">.*?</table>', page, re.DOTALL)[0]
    assert f"<b>{text('page', 'type_clash', 'es')}</b>" in table
    assert "border_closure" not in table
