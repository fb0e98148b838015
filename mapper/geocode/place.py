"""A place as the geocoder holds it, and how a name met it."""

from dataclasses import dataclass

__all__ = ["ALTERNATE", "LOOSE", "MAIN", "Hit", "Place"]

MAIN, ALTERNATE, LOOSE = 0, 1, 2
"""How a name was met: the place's own, another of its names, or one spelt nearly so."""


@dataclass(frozen=True, slots=True)
class Place:
    """One thing on the ground.

    `kind`: settlement, admin1, admin2, country, crossing, site, trail, river, road, area or
    island. `radius_km`: of an area, about its point; of a point, how well it is known (0: as well
    as its kind allows). `admin2`: row of its second-level area in the index, -1 unknown.
    """

    place_id: str
    name: str
    kind: str
    latitude: float
    longitude: float
    country: str = ""
    admin1: str = ""
    admin2: int = -1
    population: int = 0
    radius_km: float = 0.0
    shape: str = ""
    row: int = -1


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that bears a name, and how exactly."""

    place: Place
    quality: int
