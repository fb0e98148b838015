"""The embedded basemap: land, water, borders and labels of the region, packed for the page.

Two levels of detail. The overview covers the whole region; the focus boxes around the reports hold
the same layers in full detail, as far as the byte budget goes. The page draws the overview outside
the boxes and the detail inside them, once it is close enough to see the difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapper.render.pack import Pack, deflated

__all__ = [
    "DETAIL_KM",
    "Box",
    "Layer",
    "Level",
    "Region",
    "focus_boxes",
    "levels_of",
    "lines_of",
    "pack_basemap",
    "region_of",
]

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

_BUDGET = 118_000  # characters of base64 for lines and areas; labels come on top
DETAIL_KM = 30.0
_NEAR = 2.0  # degrees
_FINEST = 0.00012  # degrees, about 13 m: half a pixel at zoom 13
_COARSE_STEPS = 2600  # the overview is drawn to this many steps across
_AREAS = ("land", "lake")
_COLLECTION = 5  # type numbers of shapely from here on hold several parts
_POLYGON = 3
_LINES = (1, 2)


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of thing on the ground.

    Attributes:
        kind: land, lake, river, border, admin1, disputed.
        keys: of each shape; a border's pair, an admin line's country, else "".
        shapes: array of geometries, one a key.
    """

    kind: str
    keys: npt.NDArray[np.str_]
    shapes: Shapes

    def clipped(self, box: Box) -> "Layer":
        """Return what of the layer lies in a box."""
        west, south, east, north = shapely.bounds(self.shapes).T
        near = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        return self._of(near, shapely.clip_by_rect(self.shapes[near], *box))

    def simplified(self, tolerance: float) -> "Layer":
        """Return the layer with its lines thinned; areas stay areas."""
        whole = np.ones(len(self.shapes), dtype=bool)
        areas = self.kind in _AREAS
        return self._of(whole, shapely.simplify(self.shapes, tolerance, preserve_topology=areas))

    def without_specks(self, size: float) -> "Layer":
        """Return the layer without the areas that are smaller than `size` degrees across."""
        if self.kind not in _AREAS:
            return self
        west, south, east, north = shapely.bounds(self.shapes).T
        large = np.maximum(east - west, north - south) >= size
        return self._of(large, self.shapes[large])

    def _of(self, chosen: npt.NDArray[np.bool_], shapes: Shapes) -> "Layer":
        there = ~shapely.is_empty(shapes)
        return Layer(self.kind, self.keys[chosen][there], shapes[there])


@dataclass(frozen=True, slots=True)
class Region:
    """What part of the world is embedded.

    Attributes:
        box: the whole of it.
        focus: what is drawn in full detail.
        near: the placed reports, with two degrees around.
    """

    box: Box
    focus: tuple[Box, ...] = field(default=())
    near: Box = (-180.0, -90.0, 180.0, 90.0)


def region_of(latitude: Floats, longitude: Floats, weight: Floats) -> Region:
    """Return the region that holds all placed reports, with room around, and its focus boxes."""
    placed = np.isfinite(latitude) & np.isfinite(longitude)
    if not placed.any():
        return Region(box=(-180.0, -60.0, 180.0, 80.0))
    lat, lon = latitude[placed], longitude[placed]
    tall = max(float(np.ptp(lat)), 4.0)
    wide = max(float(np.ptp(lon)), 6.0)
    box = (
        max(-180.0, float(lon.min()) - 0.5 * wide - 2),
        max(-84.0, float(lat.min()) - 0.4 * tall - 2),
        min(180.0, float(lon.max()) + 0.5 * wide + 2),
        min(84.0, float(lat.max()) + 0.4 * tall + 2),
    )
    near = (
        float(lon.min()) - _NEAR,
        float(lat.min()) - _NEAR,
        float(lon.max()) + _NEAR,
        float(lat.max()) + _NEAR,
    )
    return Region(box=box, focus=focus_boxes(lat, lon, weight[placed]), near=near)


def focus_boxes(latitude: Floats, longitude: Floats, weight: Floats) -> tuple[Box, ...]:
    """Return disjoint boxes around the places, the heaviest first, at most 24 of them."""
    high = DETAIL_KM / 111.2
    cell_lat = np.floor(latitude / (2 * high)).astype(np.int64)
    cell_lon = np.floor(longitude / (2 * high)).astype(np.int64)
    cells, inverse = np.unique(np.stack([cell_lat, cell_lon]), axis=1, return_inverse=True)
    total = np.bincount(inverse.ravel(), weights=weight, minlength=cells.shape[1])
    boxes: list[tuple[float, Box]] = []
    for k in np.argsort(-total, kind="stable")[:60]:
        inside = inverse.ravel() == k
        lat, lon = latitude[inside], longitude[inside]
        wide = high / max(0.2, float(np.cos(np.radians(lat.mean()))))
        box = (
            float(lon.min()) - wide,
            float(lat.min()) - high,
            float(lon.max()) + wide,
            float(lat.max()) + high,
        )
        boxes.append((float(total[k]), box))
    merged = _merge(boxes)
    return tuple(box for _, box in sorted(merged, key=lambda pair: -pair[0])[:24])


def _merge(boxes: list[tuple[float, Box]]) -> list[tuple[float, Box]]:
    """Join boxes until no two overlap."""
    done: list[tuple[float, Box]] = []
    waiting = list(boxes)
    while waiting:
        weight, box = waiting.pop(0)
        for k, (other_weight, other) in enumerate(done):
            if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]:
                del done[k]
                joined = (
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                waiting.append((weight + other_weight, joined))
                break
        else:
            done.append((weight, box))
    return done


@dataclass(frozen=True, slots=True)
class Level:
    """The layers of one box, as fine as its tolerance (degrees)."""

    box: Box
    tolerance: float
    layers: list[Layer]


def levels_of(layers: Iterable[Layer], region: Region, budget: int = _BUDGET) -> list[Level]:
    """Return the whole region, then the boxes that are shown in more detail.

    The overview gets at most half the budget, focus boxes follow heaviest first, each simplified
    until it fits; what does not fit at all stays at the overview's detail.
    """
    layers = list(layers)
    overview, tolerance = _overview(layers, region.box, budget // 2)
    left = budget - _cost(overview, tolerance)
    levels = [Level(region.box, tolerance, overview)]
    for box in region.focus:
        clipped = [layer.clipped(box) for layer in layers]
        for step in (_FINEST, 2 * _FINEST, 4 * _FINEST):
            if step >= tolerance:
                continue
            detail = [layer.simplified(step) for layer in clipped]
            cost = _cost(detail, step)
            if cost <= left:
                levels.append(Level(box, step, detail))
                left -= cost
                break
    return levels


def pack_basemap(levels: list[Level], labels: list[list[Any]], grids: list[dict[str, Any]]) -> str:
    """Return the base64 text of the basemap: the overview, then the details."""
    pack = Pack()
    overview, *details = (_add(pack, one.layers, one.tolerance, one.box) for one in levels)
    directory = {
        "box": [round(x, 4) for x in levels[0].box],
        "overview": overview,
        "details": details,
        "grids": [_add_grid(pack, grid) for grid in grids],
        "labels": labels,
    }
    return deflated(pack.container(directory))


def _overview(layers: list[Layer], box: Box, budget: int) -> tuple[list[Layer], float]:
    """Return the layers of the whole region, as fine as the budget allows, and how fine.

    Where the first go does not fit, islets and ponds too small to be seen go as well.
    """
    wide = box[2] - box[0]
    tolerance = wide / _COARSE_STEPS
    base = [layer.clipped(box).simplified(tolerance) for layer in layers]
    overview = base
    while _cost(overview, tolerance) > budget and tolerance <= wide / 200:
        tolerance *= 1.5
        overview = [layer.without_specks(tolerance).simplified(tolerance) for layer in base]
    return overview, tolerance


def _cost(layers: list[Layer], tolerance: float) -> int:
    pack = Pack()
    _add(pack, layers, tolerance, (0.0, 0.0, 0.0, 0.0))
    return len(deflated(pack.container({}), 6))


def _add_grid(pack: Pack, grid: dict[str, Any]) -> dict[str, Any]:
    """Add a grid of names: codes of country and admin area, row by row."""
    entry = {key: grid[key] for key in ("west", "south", "step", "columns")}
    for name in ("country", "admin1"):
        names, codes = np.unique(grid[name], return_inverse=True)
        entry[name] = {"names": [str(x) for x in names], "codes": pack.integers(codes.ravel())}
    return entry


def _add(pack: Pack, layers: list[Layer], tolerance: float, box: Box) -> dict[str, Any]:
    """Add one level: all lines and rings one after the other, in steps of the tolerance."""
    scale = round(2.0 / tolerance)
    lines: list[Shapes] = []
    entries: list[list[Any]] = []
    for layer in layers:
        found, owner = lines_of(layer.shapes)
        lines.append(found)
        for key in layer.keys[owner].tolist():
            # a run of lines of one kind and key is one entry
            if entries and entries[-1][:2] == [layer.kind, key]:
                entries[-1][2] += 1
            else:
                entries.append([layer.kind, key, 1])
    every = np.concatenate(lines) if lines else np.empty(0, dtype=object)
    degrees, at = shapely.get_coordinates(every, return_index=True)
    xy = np.round(degrees * scale).astype(np.int64)
    delta = np.diff(xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    folded = (delta << 1) ^ (delta >> 63)
    return {
        "box": [round(x, 4) for x in box],
        "scale": scale,
        "entries": entries,
        "lengths": pack.integers(np.bincount(at, minlength=len(every)), "u32"),
        "x": pack.integers(folded[:, 0], "u32"),
        "y": pack.integers(folded[:, 1], "u32"),
    }


def lines_of(shapes: Shapes) -> tuple[Shapes, npt.NDArray[np.int64]]:
    """Return every line, and every ring of every area, and the number of the shape it is of."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    while (shapely.get_type_id(parts) >= _COLLECTION).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    kind = shapely.get_type_id(parts)
    areas, lines = np.flatnonzero(kind == _POLYGON), np.flatnonzero(np.isin(kind, _LINES))
    rings, area = shapely.get_rings(parts[areas], return_index=True)
    part = np.concatenate((areas[area], lines))
    order = np.argsort(part, kind="stable")
    found = np.concatenate((rings, parts[lines]))[order]
    return found, owner[part[order]].astype(np.int64)
