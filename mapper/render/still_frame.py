"""The window of the still map, and the marks in it: pixels and nothing of their looks."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapper.render.basemap import Box

__all__ = ["HEIGHT", "WIDTH", "Mark", "View"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

WIDTH, HEIGHT = 960, 600


@dataclass(frozen=True, slots=True)
class View:
    """A window on the Mercator square: pixels across the square, and its left and top edge."""

    size: float
    left: float
    top: float

    def xy(self, longitude: Floats, latitude: Floats) -> Floats:
        """Return pixels, one row a point."""
        sine = np.sin(np.radians(np.clip(latitude, -85.05, 85.05)))
        x = (longitude + 180) / 360 * self.size - self.left
        y = (0.5 - np.arctanh(sine) / (2 * math.pi)) * self.size - self.top
        return np.column_stack([x, y])

    def box(self) -> Box:
        """Return what it shows: west, south, east, north, a little more than the picture."""
        corners = np.array(
            [[self.left - 20, self.top + HEIGHT + 20], [self.left + WIDTH + 20, self.top - 20]]
        )
        unit = corners / self.size
        lon = unit[:, 0] * 360 - 180
        lat = np.degrees(np.arctan(np.sinh((0.5 - unit[:, 1]) * 2 * math.pi)))
        return (float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1]))


@dataclass(slots=True)
class Mark:
    """Reports drawn together: where, how many of each family."""

    x: float
    y: float
    shares: Integers

    @property
    def total(self) -> int:
        """How many reports."""
        return int(self.shares.sum())

    @property
    def radius(self) -> float:
        """Pixels; the same rule as on the live map."""
        n = self.total
        if n <= 1:
            return 6.0
        return 8 + 2.1 * math.sqrt(n) if n <= 100 else 29 + 3 * math.log10(n / 100)
