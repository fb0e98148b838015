"""A planar map from overlapping polygons: every stretch of line once, with who is on its left.

Coordinates are integers of `UNIT` degrees, so that sameness is exact. A *half edge* is a pair of
vertices with the region on its left; an *arc* is a run of edges between two nodes along which left
and right do not change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["UNIT", "Arc", "arcs_of_faces", "faces_of_lines", "unique_lines"]

UNIT = 1e-7  # degrees
_SHIFT = 1 << 31  # a vertex is x * _SHIFT + y, both made positive: 32 and 31 bits
_OFFSET = np.array([2_000_000_000, 1_000_000_000])

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of line: integer coordinates (n × 2) in units of 1e-7 degrees, and its sides."""

    xy: Ints
    left: str
    right: str


def _keys(xy: NDArray[np.float64]) -> Ints:
    """Return one integer a vertex."""
    ints: Ints = np.rint(xy / UNIT).astype(np.int64) + _OFFSET
    return np.asarray(ints[:, 0] * _SHIFT + ints[:, 1])


def _points(keys: Ints) -> Ints:
    """Return the integer coordinates of vertices."""
    return np.asarray(np.column_stack((keys // _SHIFT, keys % _SHIFT)) - _OFFSET)


def _closed_rings(polygons: Sequence[shapely.Polygon]) -> tuple[list[Ints], list[int]]:
    """Return the rings as vertex keys, interior always on the left, and each ring's polygon."""
    rings, owners = [], []
    for number, polygon in enumerate(polygons):
        for i, ring in enumerate([polygon.exterior, *polygon.interiors]):
            xy = shapely.get_coordinates(ring)
            keys = _keys(xy if ring.is_ccw == (i == 0) else xy[::-1])
            keys = keys[np.r_[True, keys[1:] != keys[:-1]]]
            if len(keys) > 3:
                rings.append(keys)
                owners.append(number)
    return rings, owners


@dataclass(frozen=True, slots=True)
class _Edges:
    """All directed edges of all rings, and which undirected edge each is."""

    start: Ints
    end: Ints
    ring: Ints
    undirected: Ints

    @classmethod
    def of(cls, rings: Sequence[Ints]) -> "_Edges":
        start = np.concatenate([r[:-1] for r in rings])
        end = np.concatenate([r[1:] for r in rings])
        ring = np.repeat(np.arange(len(rings)), [len(r) - 1 for r in rings])
        low, high = np.minimum(start, end), np.maximum(start, end)
        order = np.lexsort((high, low))
        new = np.r_[True, (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)]
        undirected = np.empty(len(start), dtype=np.int64)
        undirected[order] = np.cumsum(new) - 1
        return cls(start, end, ring, undirected)


def _nodes(start: Ints, end: Ints, sides: Ints) -> Ints:
    """Return the sorted vertices where lines meet or where the sides of a line change.

    `start`, `end`: each undirected edge once; `sides`: what its two sides are, as one number.
    """
    ends = np.concatenate((start, end))
    side = np.concatenate((sides, sides))
    order = np.argsort(ends, kind="stable")
    ends, side = ends[order], side[order]
    first = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]])
    degree = np.diff(np.r_[first, len(ends)])
    changed = np.minimum.reduceat(side, first) != np.maximum.reduceat(side, first)
    return np.asarray(ends[first[(degree != 2) | changed]])


def _split(ring: Ints, is_node: NDArray[np.bool_]) -> list[tuple[int, Ints]]:
    """Cut a closed ring at its nodes: (position of the first edge, vertex keys) of each piece."""
    body = ring[:-1]
    cuts = np.flatnonzero(is_node)
    if len(cuts) == 0:
        low = int(np.argmin(body))  # a closed arc begins at its lowest vertex, whoever owns it
        turned = np.roll(body, -low)
        return [(low, np.append(turned, turned[0]))]
    turned = np.append(np.roll(body, -cuts[0]), body[cuts[0]])
    places = np.append(cuts - cuts[0], len(body))
    return [(int((a + cuts[0]) % len(body)), turned[a : b + 1]) for a, b in pairwise(places)]


def unique_lines(polygons: Sequence[shapely.Polygon]) -> list[shapely.LineString]:
    """Return the boundaries of `polygons`, cut where they meet, what they share only once."""
    rings, _ = _closed_rings(polygons)
    edges = _Edges.of(rings)
    one_each = np.unique(edges.undirected, return_index=True)[1]
    start, end = edges.start[one_each], edges.end[one_each]
    owner = edges.ring[one_each]
    sides = np.zeros(len(start), dtype=np.int64)
    nodes = _nodes(start, end, sides)
    lines = []
    at = 0
    for number, ring in enumerate(rings):
        is_node = np.isin(ring[:-1], nodes)
        for first, keys in _split(ring, is_node):
            if owner[edges.undirected[at + first]] == number:
                lines.append(shapely.LineString(_points(keys) * UNIT))
        at += len(ring) - 1
    return lines


def faces_of_lines(lines: Sequence[shapely.LineString]) -> list[shapely.Polygon]:
    """Return the faces that `lines` enclose, crossings noded."""
    noded = shapely.get_parts(shapely.union_all(np.asarray(lines, dtype=object)))
    return list(shapely.get_parts(shapely.polygonize(noded)))


def arcs_of_faces(faces: Sequence[shapely.Polygon], regions: Sequence[str]) -> list[Arc]:
    """Return the arcs between faces of different regions; `""` is the side nobody claims."""
    rings, owners = _closed_rings(faces)
    edges = _Edges.of(rings)
    names = sorted({"", *regions})
    code = {name: i for i, name in enumerate(names)}
    region_of_ring = np.array([code[regions[o]] for o in owners])
    count = int(edges.undirected.max()) + 1
    forward = edges.start < edges.end
    region = region_of_ring[edges.ring]
    left = np.zeros(count, dtype=np.int64)
    right = np.zeros(count, dtype=np.int64)
    left[edges.undirected[forward]] = region[forward]
    right[edges.undirected[~forward]] = region[~forward]
    keep = left != right
    one_each = np.unique(edges.undirected, return_index=True)[1]
    low = np.minimum(edges.start, edges.end)[one_each][keep]
    high = np.maximum(edges.start, edges.end)[one_each][keep]
    both = np.minimum(left, right) * len(names) + np.maximum(left, right)
    # where a ring turns from a kept edge to a dropped one every ring must be cut
    turns = []
    at = 0
    for ring in rings:
        alive = keep[edges.undirected[at : at + len(ring) - 1]]
        turns.append(ring[:-1][alive != np.roll(alive, 1)])
        at += len(ring) - 1
    nodes = np.union1d(_nodes(low, high, both[keep]), np.concatenate(turns))
    arcs = []
    at = 0
    done = np.zeros(count, dtype=bool)
    for number, ring in enumerate(rings):
        n = len(ring) - 1
        numbers = edges.undirected[at : at + n]
        for first, keys in _split(ring, np.isin(ring[:-1], nodes)):
            edge = numbers[first]
            if not keep[edge] or done[edge]:
                continue
            other = right[edge] if forward[at + first] else left[edge]
            arcs.append(Arc(_points(keys), names[region_of_ring[number]], names[other]))
            done[numbers[(first + np.arange(len(keys) - 1)) % n]] = True
        at += n
    return arcs
