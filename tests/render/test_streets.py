"""Vector tiles of the user's own: what of them is taken, what is refused, and how that is said."""

import itertools

import numpy as np
import pytest
from located_rows import BRIDGES, sample
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType
from vector_tiles import archive, one_tile, tile_at

from mapper.errors import InputError, UsageError
from mapper.render import decode, render
from mapper.render.page import program
from mapper.render.streets import FIRST_ZOOM, streets_of

LAT, LON = BRIDGES["co-ve-simon-bolivar"][1:]
NEAR = ((LON - 0.05, LAT - 0.05, LON + 0.05, LAT + 0.05),)


def written(tmp_path, content):
    path = tmp_path / "streets.pmtiles"
    path.write_bytes(content)
    return path


def different_tiles():
    """Return what makes every tile differ, so that none is kept once for many."""
    numbers = itertools.count()
    return lambda: one_tile(street=f"Calle {next(numbers)}", padding=500)


def test_only_the_tiles_of_the_boxes_are_taken(tmp_path):
    path = written(tmp_path, archive(LAT, LON, zooms=range(4, 13), around=20))
    found = streets_of(path, NEAR)
    taken = {at for at, _ in all_tiles(MemorySource(found.archive))}
    assert {zoom for zoom, _, _ in taken} == set(range(FIRST_ZOOM, 13))
    for zoom, x, y in taken:
        west, north = tile_at(LAT + 0.05, LON - 0.05, zoom)
        east, south = tile_at(LAT - 0.05, LON + 0.05, zoom)
        assert west <= x <= east
        assert north <= y <= south
    assert found.max_zoom == 12
    assert found.layers == ("roads", "water", "buildings", "fences")
    assert Reader(MemorySource(found.archive)).metadata() == {}


def test_the_credit_is_words_and_one_address(tmp_path):
    found = streets_of(written(tmp_path, archive(LAT, LON)), NEAR)
    assert found.credit == "© OpenStreetMap & friends"
    assert found.url == "https://www.openstreetmap.org/copyright"
    script = {"attribution": "<a href='javascript:x()'>Me</a>", "vector_layers": []}
    found = streets_of(written(tmp_path, archive(LAT, LON, metadata=script)), NEAR)
    assert (found.credit, found.url) == ("Me", "")
    named = {"name": "Streets of Táchira"}
    found = streets_of(written(tmp_path, archive(LAT, LON, metadata=named)), NEAR)
    assert found.credit == "Streets: Streets of Táchira"


def test_tiles_that_are_not_packed_are(tmp_path):
    path = written(tmp_path, archive(LAT, LON, tile_compression=Compression.NONE))
    packed = streets_of(path, NEAR).archive
    assert Reader(MemorySource(packed)).header()["tile_compression"] is Compression.GZIP


def test_too_much_is_refused_and_says_how_to_cut(tmp_path):
    path = written(tmp_path, archive(LAT, LON, around=4, content=different_tiles()))
    whole = len(streets_of(path, NEAR).archive)
    with pytest.raises(InputError) as refused:
        streets_of(path, NEAR, whole / 2 / 1e6)
    said = str(refused.value)
    assert f"pmtiles extract {path} smaller.pmtiles --bbox=-72.50,7.77,-72.40,7.87" in said
    assert "--maxzoom=14" in said
    assert "--pmtiles-budget" in said
    with pytest.raises(InputError, match="smaller area"):
        streets_of(path, NEAR, 0.000_01)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PMTiles"),
        (b"place,date\nUre\xc3\xb1a,2019-02-23\n", "no PMTiles"),
        (b"PMTiles\x02" + bytes(200), "version 3"),
        (b"PMTiles\x03" + bytes(200), "damaged|kind UNKNOWN"),
        (archive(LAT, LON)[:400], "damaged"),
        (archive(LAT, LON, tile_type=TileType.PNG), "kind PNG"),
        (archive(LAT, LON, tile_compression=Compression.BROTLI), "brotli"),
        (archive(LAT, LON, zooms=range(3, 7)), "zoom 6"),
        (archive(-33.0, 151.0), "no tile within 30 km"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path, content, said):
    path = written(tmp_path, content)
    with pytest.raises(InputError, match=said) as refused:
        streets_of(path, NEAR)
    assert path.name in str(refused.value)
    assert refused.value.exit_code == 3


def test_a_file_with_any_byte_changed_is_used_or_refused(tmp_path):
    whole = archive(LAT, LON, zooms=range(8, 11))
    chance = np.random.default_rng(0)
    for _ in range(150):
        broken = bytearray(whole)
        for at in chance.integers(8, len(whole), 3):
            broken[at] ^= int(chance.integers(1, 256))
        try:
            streets_of(written(tmp_path, bytes(broken)), NEAR)
        except InputError as refused:
            assert len(str(refused).splitlines()) == 1  # noqa: PT017  either is right


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        streets_of(tmp_path / "none.pmtiles", NEAR)


def test_the_same_input_gives_the_same_page_and_other_pages_do_not_carry_it(tmp_path):
    path = written(tmp_path, archive(LAT, LON))
    page = render(sample(), pmtiles=path)
    assert page == render(sample(), pmtiles=path)
    assert program(streets=True) in page
    assert str(tmp_path) not in page
    named = {one["text"]: one["url"] for one in decode.readable(page).meta["attribution"]}
    assert named["© OpenStreetMap & friends"] == "https://www.openstreetmap.org/copyright"
    plain = render(sample())
    assert "mapper-streets" not in decode.blocks(plain)
    assert program() in plain
    assert len(program()) < 300_000


def test_online_and_embedded_tiles_exclude_each_other(tmp_path):
    from mapper.config import Options

    with pytest.raises(UsageError, match="choose one"):
        Options(inputs=("a.csv",), tiles="OpenTopoMap", pmtiles=tmp_path / "a.pmtiles")
