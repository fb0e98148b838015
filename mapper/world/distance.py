"""Distances on the ellipsoid from points to lines, fast.

A KD-tree of the midpoints of segments no longer than 500 m, on the unit sphere, proposes the
nearest segments; the distance to each is taken in a plane at the point that keeps the ellipsoid's
own scale, and the nearest place is measured on the ellipsoid.
"""

from dataclasses import dataclass

import numpy as np
import pyproj
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mapper.world.arcs import Floats

__all__ = ["SegmentIndex", "geodesic_km", "metres_per_degree", "on_sphere"]

Ints = NDArray[np.int64]

_LONGEST_KM = 0.5
_NEIGHBOURS = 16  # with 8, one point in 1,000 was up to 50 m off
_TOGETHER = 4096  # points measured at once, to bound the memory
_KM_PER_DEGREE = 111.7  # at most
_FLATTENING = 1 / 298.257223563
_EQUATOR_M = 6_378_137.0
_GEOD = pyproj.Geod(ellps="WGS84")


def on_sphere(lon: Floats, lat: Floats) -> Floats:
    """Return points on the unit sphere (n × 3)."""
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)))


def metres_per_degree(lat: Floats) -> tuple[Floats, Floats]:
    """Return the length of a degree of longitude and of latitude on WGS84 at `lat`, in metres."""
    phi = np.radians(lat)
    e2 = _FLATTENING * (2 - _FLATTENING)
    w = 1 - e2 * np.sin(phi) ** 2
    east = np.radians(1) * _EQUATOR_M * np.cos(phi) / np.sqrt(w)
    north = np.radians(1) * _EQUATOR_M * (1 - e2) / w**1.5
    return east, north


def geodesic_km(lon0: Floats, lat0: Floats, lon1: Floats, lat1: Floats) -> Floats:
    """Return the geodesic distance on WGS84 between points, in km."""
    _, _, metres = _GEOD.inv(lon0, lat0, lon1, lat1)
    return np.asarray(metres) / 1000


@dataclass(frozen=True, slots=True)
class SegmentIndex:
    """Segments of lines that can be asked for the nearest to a point.

    `start`, `end`: degrees (n × 2); `owner`: a number of the caller's for each segment.
    """

    start: Floats
    end: Floats
    owner: Ints
    tree: cKDTree

    @classmethod
    def of(cls, start: Floats, end: Floats, owner: Ints) -> "SegmentIndex":
        """Return an index of the segments `start` to `end`, the long ones cut."""
        span = end - start
        span_km = _KM_PER_DEGREE * np.hypot(
            span[:, 0] * np.cos(np.radians(start[:, 1])), span[:, 1]
        )
        counts = np.maximum(np.ceil(span_km / _LONGEST_KM).astype(np.int64), 1)
        at = np.repeat(np.arange(len(counts)), counts)
        step = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        part = (span / counts[:, None])[at]
        first = start[at] + step[:, None] * part
        last = first + part
        middle = on_sphere(*(first + part / 2).T)
        tree = cKDTree(middle, leafsize=32, balanced_tree=False, compact_nodes=False)
        return cls(first, last, owner[at], tree)

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Return the owner of the nearest segment and the geodesic distance to it in km."""
        if len(lon) == 0 or len(self.owner) == 0:
            return np.zeros(len(lon), dtype=np.int64), np.full(len(lon), np.nan)
        parts = [
            self._nearest(lon[at : at + _TOGETHER], lat[at : at + _TOGETHER])
            for at in range(0, len(lon), _TOGETHER)
        ]
        owner, place = (np.concatenate(column) for column in zip(*parts, strict=True))
        return owner, geodesic_km(lon, lat, place[:, 0], place[:, 1])

    def _nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Return the owner of the segment nearest to each point, and the place on it (n × 2)."""
        k = min(_NEIGHBOURS, len(self.owner))
        hits = self.tree.query(on_sphere(lon, lat), k=k)[1].reshape(len(lon), k)
        places, km = self._foot(lon[:, None], lat[:, None], hits)
        best = np.arange(len(lon)), km.argmin(axis=1)
        return self.owner[hits[best]], places[best]

    def _foot(self, lon: Floats, lat: Floats, segment: Ints) -> tuple[Floats, Floats]:
        """Return the place on each segment nearest to its point, and about how far it is in km.

        `lon`, `lat`: n × 1; `segment`: n × k, of each point; the places: n × k × 2.
        """
        a, b = self.start[segment], self.end[segment]
        east, north = metres_per_degree((lat + a[..., 1]) / 2)
        ax = (np.mod(a[..., 0] - lon + 180, 360) - 180) * east
        ay = (a[..., 1] - lat) * north
        dx, dy = (b[..., 0] - a[..., 0]) * east, (b[..., 1] - a[..., 1]) * north
        length2 = np.maximum(dx * dx + dy * dy, 1e-12)
        share = np.clip(-(ax * dx + ay * dy) / length2, 0, 1)
        km = np.hypot(ax + share * dx, ay + share * dy) / 1000
        return a + share[..., None] * (b - a), km
