"""The outlines of areas, border lines and lists: one shape a place_id, packed for the page."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.render.basemap import lines_of
from mapper.render.pack import Pack, deflated

__all__ = ["pack_shapes"]

_POINTS = 400  # a shape is simplified until it has about this many points
_LIMIT = 60_000  # characters for all shapes together


def pack_shapes(places: pd.DataFrame, limit: int = _LIMIT) -> str:
    """Return the base64 text of the outlines of all places drawn as areas or lines.

    Countries and long borders are simplified the most: they are shown whole, so from far away.
    """
    drawn = places[places["shape"].isin(["area", "line"])].drop_duplicates("place_id")
    drawn = drawn[drawn["place_id"] != ""]
    points = _POINTS
    while True:
        packed = _pack(drawn, points)
        if len(packed) <= limit or points < 40:
            return packed
        points //= 2


def _pack(drawn: pd.DataFrame, points: int) -> str:
    pack = Pack()
    entries: list[dict[str, Any]] = []
    for place_id, shape in zip(drawn["place_id"], drawn["geometry"], strict=True):
        if shape is None or shape.is_empty or shape.geom_type in ("Point", "MultiPoint"):
            continue
        west, south, east, north = shape.bounds
        tolerance = max(north - south, east - west, 0.001) / 3000
        simple = shapely.simplify(shape, tolerance)
        while shapely.get_num_coordinates(simple) > points and tolerance < 1:
            tolerance *= 1.6
            simple = _large_parts(shapely.simplify(shape, tolerance), 4 * tolerance)
        scale = round(min(2.0 / tolerance, 100_000))
        lines = [np.round(line * scale).astype(np.int64) for line in lines_of(simple)]
        lines = [line for line in lines if len(line) > 1]
        if not lines:
            continue
        xy = np.concatenate(lines)
        closed = shape.geom_type.endswith("Polygon")
        entries.append(
            {
                "id": place_id,
                "closed": closed,
                "scale": scale,
                "lengths": [len(line) for line in lines],
                "x": pack.integers(folded(xy[:, 0]), "u32"),
                "y": pack.integers(folded(xy[:, 1]), "u32"),
            }
        )
    return deflated(pack.container({"shapes": entries}))


def _large_parts(shape: shapely.Geometry, size: float) -> shapely.Geometry:
    """Drop the parts that are smaller across than `size` degrees, but never the largest."""
    parts = shapely.get_parts(shape)
    if len(parts) < 2:
        return shape
    bounds = shapely.bounds(parts)
    across = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    kept = parts[across >= min(size, across.max())]
    return shapely.geometrycollections(kept)


def folded(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return differences to the number before (to 0 at the start), folded to be unsigned."""
    steps = np.diff(values, prepend=np.int64(0))
    return (steps << 1) ^ (steps >> 63)
