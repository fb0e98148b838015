"""Vector tiles of the user's own, drawn by real Chromium from the file alone."""

import pytest
from located_rows import BRIDGES, sample
from vector_tiles import archive

from mapper.render import render

LAT, LON = BRIDGES["co-ve-simon-bolivar"][1:]
TILES = "#map .leaflet-tile-loaded"
COLOURS = """() => {
  const seen = new Set();
  const hex = (value) => value.toString(16).padStart(2, '0');
  for (const tile of document.querySelectorAll('#map canvas.leaflet-tile-loaded')) {
    const { data } = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height);
    for (let k = 0; k < data.length; k += 4) {
      if (data[k + 3] === 255) seen.add('#' + [...data.slice(k, k + 3)].map(hex).join(''));
    }
  }
  return [...seen];
}"""


@pytest.fixture
def streets_page(written, tmp_path):
    tiles = tmp_path / "streets.pmtiles"
    tiles.write_bytes(archive(LAT, LON, around=5))
    return written("streets", lambda: render(sample(), pmtiles=tiles))


def close_by(opened, zoom):
    opened.page.evaluate(
        "([lat, lon, zoom]) => void mapper.map.setView([lat, lon], zoom, { animate: false })",
        [LAT, LON, zoom],
    )
    opened.page.wait_for_timeout(600)
    opened.page.wait_for_selector(TILES)


def test_streets_water_and_houses_are_drawn_offline(open_page, streets_page):
    opened = open_page(streets_page)
    close_by(opened, 15)
    colours = opened.page.evaluate(COLOURS)
    assert {"#ffffff", "#d9e6ea", "#e6e0d2"} <= set(colours), "road, water, house"
    credit = opened.page.locator(".mapper-attribution")
    assert "© OpenStreetMap & friends" in credit.inner_text()
    opened.quiet()


def test_they_follow_the_theme_and_lie_under_the_border(open_page, streets_page):
    opened = open_page(streets_page, color_scheme="dark")
    close_by(opened, 15)
    colours = opened.page.evaluate(COLOURS)
    assert "#434b52" in colours
    assert "#ffffff" not in colours
    panes = opened.page.evaluate(
        """() => ['.leaflet-tile-pane', '.leaflet-mapper-streets-pane', '.leaflet-overlay-pane']
          .map((one) => Number(getComputedStyle(document.querySelector(one)).zIndex))"""
    )
    assert panes == sorted(panes)
    opened.quiet()


def test_the_saved_picture_holds_them(open_page, streets_page, written):
    """The picture of the same view differs from that of a page without tiles by their colours."""
    with_streets = open_page(streets_page)
    plain = open_page(written("plain", lambda: render(sample())))
    shares = []
    for opened in (with_streets, plain):
        opened.page.evaluate(
            "([lat, lon]) => void mapper.map.setView([lat, lon], 15, { animate: false })",
            [LAT, LON],
        )
        opened.page.wait_for_timeout(600)
        opened.page.locator("[data-mapper=export]").scroll_into_view_if_needed()
        with opened.page.expect_download() as download:
            opened.page.get_by_role("button", name="Picture").click()
        shares.append(_water(download.value.path()))
        opened.quiet()
    assert shares[0] > shares[1] + 0.03


def _water(path):
    """Return the share of the picture in the colour of water."""
    from PIL import Image

    with Image.open(path) as image:
        pixels = image.convert("RGB").get_flattened_data()
        return sum(one == (0xD9, 0xE6, 0xEA) for one in pixels) / len(pixels)
