"""Squares of grids, against examples that their authors publish."""

import pytest

from mapper.safety.grids import geohash, mgrs_in, plus_code, utm_of


def test_a_geohash():
    assert geohash(57.64911, 10.40744, 11) == "u4pruydqqvj"


def test_a_plus_code():
    assert plus_code(47.365590, 8.524997) == "8FVC9G8F+6X"


def test_a_square_of_the_military_grid_and_utm():
    zone, east, north = utm_of(21.40979, -157.91608)
    assert zone == 4
    for words, metres in (("4QFJ1234567890", 1), ("4Q FJ 1234 6789", 10)):
        ((_, square, x, y, size),) = mgrs_in(words)
        assert (square, size) == (4, metres)
        assert x == pytest.approx(east, abs=metres + 1)
        assert y == pytest.approx(north % 2_000_000, abs=metres + 1)
