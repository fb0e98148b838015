"""Simplifies arcs to a tolerance in metres and keeps the planar map planar."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.world.build_topology import UNIT, Arc

__all__ = ["GRID", "simplify_arcs"]

GRID = 100  # units of 1e-7 degrees: the shipped lines lie on a grid of 1e-5 degrees (1.1 m)
_METRES_PER_DEGREE = 111_195.0
_PIECE = 400  # vertices: the scale of a projection changes little along so short a run
# An arc that would cross another is tried at these shares of its tolerance, one after the other:
# finer, as it is (on the grid), and at last coarser.
_TRIES = (1, 0.5, 0.25, 0.1, 0.05, 0, 1.5, 2, 3, 4)

Ints = NDArray[np.int64]


def _thin(xy: Ints, metres: float) -> Ints:
    """Douglas–Peucker on one arc in an equirectangular plane of its own latitude.

    Long arcs are cut into pieces so that the plane fits; the cuts stay as vertices.
    """
    pieces = []
    for first in range(0, max(len(xy) - 1, 1), _PIECE):
        part = xy[first : first + _PIECE + 1]
        degrees = part * UNIT
        squeeze = max(np.cos(np.radians(np.abs(degrees[:, 1]).min())), 1e-3)
        plane = shapely.LineString(np.column_stack((degrees[:, 0] * squeeze, degrees[:, 1])))
        thin = shapely.get_coordinates(
            shapely.simplify(plane, metres / _METRES_PER_DEGREE, preserve_topology=False)
        )
        back = np.rint(np.column_stack((thin[:, 0] / squeeze, thin[:, 1])) / UNIT).astype(np.int64)
        back[[0, -1]] = part[[0, -1]]  # ends meet other arcs: not even the last digit may differ
        pieces.append(back[(1 if first else 0) :])
    return np.concatenate(pieces)


def _snap(xy: Ints) -> Ints:
    """Round to the grid and drop vertices that fall together; ends stay ends."""
    snapped = np.rint(xy / GRID).astype(np.int64) * GRID
    return snapped[np.r_[True, np.any(snapped[1:] != snapped[:-1], axis=1)]]


def _line(xy: Ints) -> shapely.LineString:
    return shapely.LineString(xy * UNIT)


def _offenders(lines: NDArray[np.object_]) -> set[int]:
    """Return the arcs that cross themselves or another, or that fell together with another."""
    bad = set(np.flatnonzero(~shapely.is_simple(lines)).tolist())
    tree = shapely.STRtree(lines)
    for predicate in ("crosses", "overlaps", "contains"):
        one, other = tree.query(lines, predicate=predicate)
        apart = one != other
        bad |= set(one[apart].tolist()) | set(other[apart].tolist())
    # an arc may touch another only with an end
    one, other = tree.query(lines, predicate="touches")
    later = one < other
    one, other = one[later], other[later]
    shared = shapely.intersection(lines[one], lines[other])
    ends = shapely.intersection(shapely.boundary(lines[one]), shapely.boundary(lines[other]))
    closed = shapely.is_closed(lines[one]) | shapely.is_closed(lines[other])
    wrong = (shapely.get_num_coordinates(shared) > shapely.get_num_coordinates(ends)) & ~closed
    return bad | set(one[wrong].tolist()) | set(other[wrong].tolist())


def _degenerate(xy: Ints) -> bool:
    """Whether an arc shrank to a point, or a closed one to a line: smaller than the grid shows."""
    closed = bool(np.array_equal(xy[0], xy[-1]))
    return len(xy) < (4 if closed else 2)


def simplify_arcs(
    arcs: Sequence[Arc], metres: Sequence[float]
) -> tuple[list[Arc], list[int], list[int]]:
    """Return arcs within so many `metres` of `arcs`, crossing nowhere.

    Where a simplified arc would cross itself or another, other tolerances are tried until the map
    is planar. Arcs too small for the grid vanish.

    Returns:
        The arcs, the numbers of the arcs they come from, and those simplified otherwise.
    """
    thin = [_snap(_thin(arc.xy, allowed)) for arc, allowed in zip(arcs, metres, strict=True)]
    for number, xy in enumerate(thin):
        if _degenerate(xy):
            thin[number] = _snap(arcs[number].xy)
    alive = [number for number, xy in enumerate(thin) if not _degenerate(xy)]
    tries = dict.fromkeys(alive, 0)
    for _ in _TRIES[1:]:
        lines = np.array([_line(thin[number]) for number in alive], dtype=object)
        bad = {alive[n] for n in _offenders(lines)}
        if not bad:
            break
        for number in bad:
            tries[number] += 1
            again = _snap(_thin(arcs[number].xy, metres[number] * _TRIES[tries[number]]))
            thin[number] = thin[number] if _degenerate(again) else again
    kept = [Arc(thin[n], arcs[n].left, arcs[n].right) for n in alive]
    return kept, alive, [number for number, count in tries.items() if count]
