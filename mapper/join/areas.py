"""Given coordinates that stand for an area: by the source's own precision code, never a pin."""

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper import world

__all__ = ["SHAPES", "circle", "shape_of", "stands_for"]

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

# What `given_shape` may say, and how it is drawn. A line is drawn as its surroundings: which
# stretch it is, the code does not say.
SHAPES = {"point": "point", "area": "area", "line": "area", "admin1": "area", "country": "area"}
_BEARINGS = np.linspace(0, 2 * np.pi, 48, endpoint=False)
_KM_PER_DEGREE = 111.195


def shape_of(given_shape: Texts) -> Texts:
    """Return the shape each given coordinate is drawn as: a point where nothing is said."""
    return np.array([SHAPES.get(str(said), "point") for said in given_shape], dtype=object)


def stands_for(lat: Floats, lon: Floats, km: Floats, given_shape: Texts) -> list[str]:
    """Return the place_id of each given coordinate.

    A point is itself; admin areas and countries are those it lies in; every other area, and what
    lies in none, is the circle of its uncertainty.
    """
    country = np.full(len(lat), "", dtype=object)
    asked = np.flatnonzero(np.isin(given_shape, ("admin1", "country")))
    if len(asked):
        country[asked] = world.country_at(lon[asked], lat[asked])
    admin1 = np.full(len(lat), "", dtype=object)
    asked = np.flatnonzero((given_shape == "admin1") & (country != ""))
    if len(asked):
        admin1[asked] = world.admin1_at(lon[asked], lat[asked], country[asked].astype(np.str_))
    ids = []
    for i, said in enumerate(given_shape):
        if said == "country" and country[i]:
            ids.append(f"country:{country[i]}")
        elif admin1[i]:
            ids.append(f"admin1:{admin1[i]}")
        elif SHAPES.get(str(said), "point") == "area":
            ids.append(f"circle:{lat[i]:.5f},{lon[i]:.5f},{km[i]:g}")
        else:
            ids.append(f"point:{lat[i]:.5f},{lon[i]:.5f}")
    return ids


def circle(lat: float, lon: float, km: float) -> shapely.Polygon:
    """Return the points that lie within `km` of a place; at most to the map's edges."""
    # a sphere will do: the radius is a rule of thumb
    across, north = np.radians(km / _KM_PER_DEGREE), np.radians(lat)
    up = np.sin(north) * np.cos(across) + np.cos(north) * np.sin(across) * np.cos(_BEARINGS)
    side = np.arctan2(
        np.sin(_BEARINGS) * np.sin(across) * np.cos(north), np.cos(across) - np.sin(north) * up
    )
    # not wrapped at the date line, so that a circle over it stays one ring
    ring = np.column_stack([lon + np.degrees(side), np.degrees(np.arcsin(np.clip(up, -1, 1)))])
    return shapely.Polygon(np.clip(ring, (-180, -90), (180, 90)))
