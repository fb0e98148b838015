"""How far off a placing may be: radii that hold the true place in at least nine of ten cases.

`benchmarks/geocoding.py` prints the calibration these come from.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mapper.gazetteer.index import KINDS, PlaceIndex
from mapper.geocode.atlas import Atlas, Place

__all__ = [
    "UNKNOWN_AREA_KM",
    "between",
    "extent",
    "of_district",
    "of_end",
    "of_point",
    "of_relative",
    "sharp",
    "spacing_km",
]

UNKNOWN_AREA_KM = 25.0
_METHOD = {"name": 1.0, "alias": 1.3, "fuzzy": 2.5, "learned": 1.0}
_SITE_KM = 1.0
_SHARP = {"name": (0.34, 0.018, 0.19), "alias": (1.25, 0.03, 0.5), "fuzzy": (0.7, 0.02, 0.3)}
"""Of a place in the very district the row names: least radius in km, share of the spacing of
places there, share of the town's own extent. Of six hundred such, nine of ten lay inside."""
_UNKNOWN_SPACING_KM = 20.0
ADMIN2 = 1.25
"""Factor on the circle of a second-level area that stands for a place in it."""


def extent(population: int) -> float:
    """Return the radius of a settlement of so many people, in km; at least one."""
    return max(1.0, _built_km(population))


def _built_km(population: int) -> float:
    """Return the radius of the ground that so many people live on, in km."""
    return math.sqrt(max(population, 0) / 4500.0 / math.pi) * 1.1


def of_point(place: Place, method: str) -> float:
    """Return the radius of a settlement, a site or a crossing met by `method`."""
    if place.kind == "crossing":
        return max(place.radius_km, 0.3)
    if place.kind not in ("settlement", "admin1", "admin2", "country"):
        return max(place.radius_km, _SITE_KM)
    known = max(place.radius_km, 3.0) if place.row < 0 else 3.0
    return round((known + extent(place.population)) * _METHOD.get(method, 1.0), 2)


def sharp(place: Place, method: str, atlas: Atlas) -> float:
    """Return the radius of a settlement that the row's second-level area confirms, in km.

    Where places lie far apart, their coordinates are coarser and a name covers more ground.
    """
    least, apart, town = _SHARP[method]
    built = _built_km(place.population)
    return round(max(least, apart * spacing_km(atlas, place.admin1), town * built), 2)


@cache
def spacing_km(atlas: Atlas, admin1: str) -> float:
    """Return how far apart the known settlements of a first-level area lie on average, in km."""
    area, number = atlas.admin1(admin1), atlas.index.admin1_number.get(admin1, -1)
    count = int(_settlements(atlas.index)[number]) if number >= 0 else 0
    if area is None or not area.radius_km or not count:
        return _UNKNOWN_SPACING_KM
    return area.radius_km * math.sqrt(math.pi / count)


@cache
def _settlements(index: PlaceIndex) -> NDArray[np.int64]:
    """Return how many settlements each first-level area of an index has, by its number."""
    known = index.kind == KINDS.index("settlement")
    return np.bincount(index.admin1[known], minlength=len(index.admin1_codes))


def of_relative(distance_km: float, *, bearing: bool) -> float:
    """Return the radius of "5 km north of X" (bearing known) or "5 km from X" about the point."""
    return 0.35 * distance_km + 2.0 if bearing else 1.15 * distance_km + 2.0


def between(apart_km: float) -> float:
    """Return the radius of "between X and Y" about the middle; both ends are inside."""
    return 0.6 * apart_km + 8.0


def of_end(place: Place) -> float:
    """Return by how much an end of "between X and Y" is itself unsure: districts are wide."""
    return 0.8 * place.radius_km if place.kind in ("admin1", "admin2", "country") else 0.0


def of_district(first_km: float) -> float:
    """Return the radius of a district or landscape known only by the town of its name.

    `first_km`: radius of the first-level area it lies in, NaN unknown: districts grow with it.
    """
    return min(max(0.25 * first_km, 22.0), 45.0) if math.isfinite(first_km) else 22.0
