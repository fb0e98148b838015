"""What a basemap of a region draws: land, lakes, rivers, borders and admin lines."""

from collections import defaultdict
from functools import cache

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from mapper import geodata
from mapper.world.admin1 import admin1_lines
from mapper.world.arcs import GRID_PER_DEGREE
from mapper.world.borders import land_arcs
from mapper.world.disputed import disputed_lines

__all__ = ["Box", "basemap", "land_polygons"]

Box = tuple[float, float, float, float]
Shapes = list[tuple[str, shapely.Geometry]]

_BESIDE_BORDER = 0.03  # degrees: a river nearer to a border is drawn by the border itself


def _flat(name: str) -> tuple[NDArray[np.float64], NDArray[np.int64], dict[str, list[int]]]:
    table = pq.read_table(geodata.built(name))
    x, y = (table[axis].combine_chunks() for axis in ("x", "y"))
    xy = np.column_stack((x.flatten().to_numpy(), y.flatten().to_numpy())) / GRID_PER_DEGREE
    others = {c: table[c].to_pylist() for c in table.column_names if c not in ("x", "y")}
    return xy, x.offsets.to_numpy().astype(np.int64), others


@cache
def _polygons(name: str) -> NDArray[np.object_]:
    xy, start, columns = _flat(name)
    rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(start) - 1), np.diff(start)))
    holes = np.array(columns["hole"], dtype=bool)
    owner = np.array(columns["polygon"])
    shells = np.flatnonzero(~holes)
    made = shapely.polygons(rings[shells])
    for number in np.unique(owner[holes]):
        (shell,) = np.flatnonzero(owner[shells] == number)
        made[shell] = shapely.polygons(rings[shells[shell]], holes=rings[(owner == number) & holes])
    return np.asarray(made, dtype=object)


def land_polygons() -> NDArray[np.object_]:
    """Return the land of the world (lakes included) as polygons."""
    return _polygons("land.parquet")


@cache
def _rivers() -> NDArray[np.object_]:
    xy, start, _ = _flat("rivers.parquet")
    at = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return np.asarray(shapely.linestrings(xy, indices=at), dtype=object)


def _clipped(shapes: NDArray[np.object_], box: Box) -> list[shapely.Geometry]:
    """Return what of `shapes` lies in the box, empty ones dropped."""
    west, south, east, north = box
    bounds = shapely.bounds(shapes)
    near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
    near &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    parts = shapely.clip_by_rect(shapes[near], west, south, east, north)
    return [part for part in parts if not part.is_empty]


def _beside_no_border(
    rivers: list[shapely.Geometry], borders: list[shapely.Geometry]
) -> list[shapely.Geometry]:
    """Return the rivers without the stretches that a border runs along."""
    if not rivers or not borders:
        return rivers
    lines = shapely.simplify(shapely.get_parts(borders), _BESIDE_BORDER / 4)
    strips = shapely.buffer(lines, _BESIDE_BORDER, quad_segs=2)
    cut = dict(enumerate(rivers))
    near: dict[int, list[int]] = defaultdict(list)
    for river, strip in shapely.STRtree(strips).query(rivers, predicate="intersects").T.tolist():
        near[river].append(strip)
    for river, beside in near.items():
        cut[river] = shapely.difference(rivers[river], shapely.union_all(strips[sorted(beside)]))
    return [river for river in cut.values() if not river.is_empty]


def basemap(box: Box, *, detail: bool = True) -> dict[str, Shapes]:
    """Return the layers of a region, from the ground up, as (key, geometry).

    `land`, `lake`, `river` with key `""`; `admin1` lines with their country; `border` lines with
    their pair; `disputed` stretches with the id of the dispute, which lie over borders or stand
    alone. Lines at sea and coasts are not borders here: the land shows where the sea is.

    Args:
        box: west, south, east, north in degrees, within ±180 and ±90.
        detail: whether rivers and admin lines are wanted; without them both are empty.
    """
    west, south, east, north = box
    pairs, lines = land_arcs()
    borders: Shapes = []
    near = shapely.STRtree(lines).query(shapely.box(*box)) if len(lines) else []
    for at in sorted(int(i) for i in near):
        part = shapely.clip_by_rect(lines[at], west, south, east, north)
        if not part.is_empty:
            borders.append((pairs[at], part))
    drawn = [line for _, line in borders]
    rivers = _beside_no_border(_clipped(_rivers(), box), drawn) if detail else []
    return {
        "land": [("", part) for part in _clipped(_polygons("land.parquet"), box)],
        "lake": [("", part) for part in _clipped(_polygons("lakes.parquet"), box)],
        "river": [("", river) for river in rivers],
        "admin1": admin1_lines(box) if detail else [],
        "border": borders,
        "disputed": disputed_lines(box),
    }
