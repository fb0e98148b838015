"""Eight states of the page against pictures that were looked at.

The pictures are never made anew by a run. After a change that is meant to be seen:

    MAPPER_GOLDEN=write python -m pytest tests/browser/test_golden_pictures.py

and look at every one of them before it is kept. Fonts differ between machines, so a picture is
compared small and blurred, and a share of its pixels may differ; letters may, blocks may not.
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from located_rows import at_bridge, located, sample
from PIL import Image, ImageFilter

from mapper.render import render

GOLDEN = Path(__file__).parent.parent / "golden" / "pictures"
DESK, PHONE = (1280, 800), (390, 844)
WIDE = {DESK[0]: 320, PHONE[0]: 160}  # pixels across, of what is kept and compared
FAR = 30  # levels of 255 by which a pixel may differ
SHARE = 0.01  # of the pixels may differ by more

CHANGES = {
    "old": "first edition", "new": "second", "counts_only": False, "by_tool": [], "text_only": [],
    "sentences": ["T-0004 moved 9 km: Rubio → Ureña.", "Withdrawn: X-0001."],
    "added": ["T-0001", "T-0002"],
    "changed": [{"id": "T-0004", "kinds": ["moved"], "fields": {}, "from": [7.70, -72.35]}],
    "removed": [{"id": "X-0001", "what": "A report.", "lat": 7.85, "lon": -72.55}],
}  # fmt: skip


def counted():
    """The sample and a count that its sources continue day by day."""
    counts = ((23, 13), (23, 60), (24, 104), (25, 167), (26, 326), (27, 411), (27, 567))
    rows = [
        at_bridge(100 + k, "co-ve-santander", event_type="defection", people=float(n),
                  people_kind="cumulative", date_start=f"2019-02-{day}", date_end=f"2019-02-{day}")
        for k, (day, n) in enumerate(counts)
    ]  # fmt: skip
    return located(rows)


PAGES = {
    "plain": lambda: render(sample()),
    "changes": lambda: render(sample(), changes=CHANGES),
    "claims": lambda: render(counted()),
}
STATES = {
    "desk": ("plain", DESK, "#all=1", "light"),
    "desk-dark-report": ("plain", DESK, "#all=1&report=T-0007", "dark"),
    "desk-table": ("plain", DESK, "#all=1&table=1", "light"),
    "desk-arabic": ("plain", DESK, "#all=1&lang=ar", "light"),
    "desk-changes": ("changes", DESK, "#all=1&map=11/7.80/-72.45", "light"),
    "desk-claims": ("claims", DESK, "#all=1&claims=people.defection", "light"),
    "phone": ("plain", PHONE, "#all=1", "light"),
    "phone-report-dark": ("plain", PHONE, "#all=1&report=T-0007", "dark"),
}


def small(picture):
    """Return the picture as it is kept: small, so that it is of shapes and not of letters."""
    wide, tall = picture.size
    across = WIDE[wide]
    return picture.convert("RGB").resize(
        (across, round(tall * across / wide)), Image.Resampling.BOX
    )


def difference(one, other):
    """Return the share of pixels that differ by more than `FAR` once both are blurred."""
    blurred = [
        np.asarray(picture.filter(ImageFilter.GaussianBlur(1.5)), dtype=np.int16)
        for picture in (one, other)
    ]
    return float((np.abs(blurred[0] - blurred[1]).max(axis=2) > FAR).mean())


@pytest.mark.parametrize("state", STATES)
def test_the_page_looks_as_it_did(open_page, written, tmp_path, state):
    name, size, address, scheme = STATES[state]
    path = written(f"golden-{name}", PAGES[name])
    opened = open_page(
        path, size=size, hash=address, color_scheme=scheme, reduced_motion="reduce",
        has_touch=size == PHONE,
    )  # fmt: skip
    opened.page.wait_for_timeout(500)
    now = small(Image.open(io.BytesIO(opened.page.screenshot())))
    kept = GOLDEN / f"{state}.png"
    if os.environ.get("MAPPER_GOLDEN") == "write":
        kept.parent.mkdir(parents=True, exist_ok=True)
        now.save(kept, optimize=True)
    golden = Image.open(kept).convert("RGB")
    assert golden.size == now.size
    share = difference(golden, now)
    if share > SHARE:
        now.save(tmp_path / f"{state}.png")
    assert share <= SHARE, f"{share:.1%} of {state} differs: see {tmp_path}"


def test_the_comparison_sees_what_a_reader_would_see():
    """A mark, a panel or a theme that is missing is found; other letters are not."""
    golden = Image.open(GOLDEN / "desk.png").convert("RGB")
    dark = Image.open(GOLDEN / "desk-dark-report.png").convert("RGB")
    assert difference(golden, golden) == 0
    assert difference(golden, dark) > 0.5
    bare = golden.copy()
    bare.paste(bare.getpixel((2, 2)), (0, 0, 75, golden.height))  # without the left column
    assert difference(golden, bare) > SHARE, difference(golden, bare)
