import math

import pytest

from mapper.normalise.positions import pair, part

PARTS = """
7.8179        | 7.8179   |
-72,4508      | -72.4508 |
7°49'04.4"N   | 7.8179   | lat
72°27'03" O   | -72.4508 | lon
72.4508 Oeste | -72.4508 | lon
7.8N          | 7.8      | lat
N7.8          | 7.8      | lat
072.45 W      | -72.45   | lon
7 49 04 N     | 7.8178   | lat
7:49:04       | 7.8178   |
7° 49' N      | 7.8167   | lat
7.8179°       | 7.8179   |
106°49' BT    | 106.8167 | lon
6°10' LS      | -6.1667  | lat
-7.5 S        | -7.5     | lat
"""
PAIRS = """
7.8179, -72.4508
7,8179; -72,4508
7,8179,-72,4508
7,8179 -72,4508
(7.8179, -72.4508)
7.8179N 72.4508W
72.4508W, 7.8179N
7°49'04.4"N, 72°27'03"W
POINT (-72.4508 7.8179)
https://www.google.com/maps/@7.8179,-72.4508,15z
geo:7.8179,-72.4508
"""


@pytest.mark.parametrize(
    ("written", "degrees", "axis"),
    [[c.strip() for c in line.split("|")] for line in PARTS.strip().splitlines()],
)
def test_parts(written, degrees, axis):
    value, found = part(written)
    assert round(value, 4) == float(degrees)
    assert found == axis


@pytest.mark.parametrize("written", ["", "abc", "7.817.9", "7°75'N", "7.8N S", "-7.5 N"])
def test_what_is_no_coordinate(written):
    assert math.isnan(part(written)[0])


@pytest.mark.parametrize("written", PAIRS.strip().splitlines())
def test_pairs(written):
    lat, lon = pair(written)
    assert (round(lat, 3), round(lon, 3)) == (7.818, -72.451)


@pytest.mark.parametrize("written", ["", "San Antonio, 5", "7.8", "7.8N, 8.9N", "1,2,3"])
def test_what_is_no_pair(written):
    assert pair(written) is None
