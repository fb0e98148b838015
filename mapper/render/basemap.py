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

__all__ = ["Box", "Layer", "Region", "focus_boxes", "lines_of", "pack_basemap", "region_of"]

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Floats = npt.NDArray[np.float64]

_BUDGET = 118_000  # characters of base64 for lines and areas; labels come on top
_DETAIL_KM = 30.0
_FINEST = 0.00012  # degrees, about 13 m: half a pixel at zoom 13
_COARSE_STEPS = 2600  # the overview is drawn to this many steps across


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of thing on the ground.

    Attributes:
        kind: land, lake, river, border, admin1.
        shapes: pairs of (key, geometry); the key is a border pair or kind, else "".
    """

    kind: str
    shapes: tuple[tuple[str, shapely.Geometry], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """What part of the world is embedded: the whole box, and the boxes in full detail."""

    box: Box
    focus: tuple[Box, ...] = field(default=())


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
    return Region(box=box, focus=focus_boxes(lat, lon, weight[placed]))


def focus_boxes(latitude: Floats, longitude: Floats, weight: Floats) -> tuple[Box, ...]:
    """Return disjoint boxes around the places, the heaviest first, at most 24 of them."""
    high = _DETAIL_KM / 111.2
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


def pack_basemap(
    layers: Iterable[Layer],
    region: Region,
    labels: list[list[Any]],
    grids: list[dict[str, Any]],
    budget: int = _BUDGET,
) -> str:
    """Return the base64 text of the basemap.

    The overview gets at most half the budget, focus boxes follow heaviest first, each simplified
    until it fits; what does not fit at all stays at the overview's detail.
    """
    layers = list(layers)
    wide = region.box[2] - region.box[0]
    tolerance = wide / _COARSE_STEPS
    while True:
        overview = _prepare(layers, region.box, tolerance)
        if _cost(overview, tolerance) <= budget // 2 or tolerance > wide / 200:
            break
        tolerance *= 1.5
    left = budget - _cost(overview, tolerance)
    details: list[tuple[Box, float, list[Layer]]] = []
    for box in region.focus:
        for step in (_FINEST, 2 * _FINEST, 4 * _FINEST):
            if step >= tolerance:
                continue
            detail = _prepare(layers, box, step)
            cost = _cost(detail, step)
            if cost <= left:
                details.append((box, step, detail))
                left -= cost
                break
    pack = Pack()
    directory = {
        "box": [round(x, 4) for x in region.box],
        "overview": _add(pack, overview, tolerance, region.box),
        "details": [_add(pack, detail, step, box) for box, step, detail in details],
        "grids": [_add_grid(pack, grid) for grid in grids],
        "labels": labels,
    }
    return deflated(pack.container(directory))


def _prepare(layers: list[Layer], box: Box, tolerance: float) -> list[Layer]:
    """Clip to a box and simplify; small areas vanish."""
    prepared = []
    for layer in layers:
        shapes = []
        for key, shape in layer.shapes:
            part = shapely.clip_by_rect(shape, *box)
            part = shapely.simplify(part, tolerance, preserve_topology=layer.kind in _AREAS)
            if not part.is_empty:
                shapes.append((key, part))
        prepared.append(Layer(layer.kind, tuple(shapes)))
    return prepared


_AREAS = {"land", "lake"}


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
    parts: list[Floats] = []
    entries = []
    for layer in layers:
        for key, shape in layer.shapes:
            lines = list(lines_of(shape))
            if not lines:
                continue
            # keys are equal for runs of parts, so a run is one entry
            entries.append([layer.kind, key, len(lines)])
            parts.extend(lines)
    steps = [np.round(part * scale).astype(np.int64) for part in parts]
    xy = np.concatenate(steps) if steps else np.zeros((0, 2), dtype=np.int64)
    delta = np.diff(xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    folded = (delta << 1) ^ (delta >> 63)
    return {
        "box": [round(x, 4) for x in box],
        "scale": scale,
        "entries": entries,
        "lengths": pack.integers([len(part) for part in steps], "u32"),
        "x": pack.integers(folded[:, 0], "u32"),
        "y": pack.integers(folded[:, 1], "u32"),
    }


def lines_of(shape: shapely.Geometry) -> Iterable[Floats]:
    """Yield the coordinates of every line, or every ring of every area."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)
        elif part.geom_type in ("LineString", "LinearRing"):
            yield shapely.get_coordinates(part)
        elif part.geom_type.startswith(("Multi", "Geometry")):
            yield from lines_of(part)
