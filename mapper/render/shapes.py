"""The outlines of areas, border lines and lists: one shape a place_id, packed for the page."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper import recall
from mapper.render.basemap import lines_of
from mapper.render.pack import Pack, deflated

__all__ = ["pack_shapes"]

_POINTS = 400  # a shape is simplified until it has about this many points
_LIMIT = 60_000  # characters for all shapes together


@dataclass(slots=True)
class Outline:
    """A shape on its way to fewer points.

    Attributes:
        place_id: what it outlines.
        closed: an area, not a line.
        base: the shape to about a pixel of its whole extent; all further thinning starts there.
        thin: the shape as thin as was asked for.
        tolerance: degrees, of `thin`.
    """

    place_id: str
    closed: bool
    base: shapely.Geometry
    thin: shapely.Geometry
    tolerance: float

    def to(self, points: int) -> None:
        """Thin the shape to about that many points, or until one step is a degree."""
        while shapely.get_num_coordinates(self.thin) > points and self.tolerance < 1:
            self.tolerance *= 1.6
            simple = shapely.simplify(self.base, self.tolerance)
            self.thin = _large_parts(simple, 4 * self.tolerance)


def pack_shapes(places: pd.DataFrame, limit: int = _LIMIT) -> str:
    """Return the base64 text of the outlines of all places drawn as areas or lines.

    Countries and long borders are simplified the most: they are shown whole, so from far away.
    """
    drawn = _drawn(places)

    def proof() -> str:
        shapes = shapely.to_wkb(drawn["geometry"].to_numpy())
        return recall.evidence(str(limit), *drawn["place_id"], *(one or b"" for one in shapes))

    return recall.worked_out("shapes", proof, lambda: _packed(_outlines(drawn), limit))


def _packed(outlines: list[Outline], limit: int) -> str:
    """Return the outlines thinned until they fit."""
    points = _POINTS
    while True:
        for outline in outlines:
            outline.to(points)
        packed = _pack(outlines)
        if len(packed) <= limit or points < 40:
            return packed
        points //= 2


def _drawn(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places whose outline the page draws, each once."""
    drawn = places[places["shape"].isin(["area", "line"]) & (places["place_id"] != "")]
    # the page draws circles itself, from the uncertainty
    drawn = drawn[~drawn["place_id"].str.startswith("circle:")]
    return drawn.drop_duplicates("place_id")


def _outlines(drawn: pd.DataFrame) -> list[Outline]:
    found = []
    for place_id, shape in zip(drawn["place_id"], drawn["geometry"], strict=True):
        if shape is None or shape.is_empty or shape.geom_type in ("Point", "MultiPoint"):
            continue
        west, south, east, north = shape.bounds
        tolerance = max(north - south, east - west, 0.001) / 3000
        base = shapely.simplify(shape, tolerance)
        closed = shape.geom_type.endswith("Polygon")
        found.append(Outline(place_id, closed, base, base, tolerance))
    return found


def _pack(outlines: list[Outline]) -> str:
    pack = Pack()
    entries: list[dict[str, Any]] = []
    for outline in outlines:
        scale = round(min(2.0 / outline.tolerance, 100_000))
        found, _ = lines_of(np.array([outline.thin]))
        lines = [np.round(shapely.get_coordinates(x) * scale).astype(np.int64) for x in found]
        lines = [line for line in lines if len(line) > 1]
        if not lines:
            continue
        xy = np.concatenate(lines)
        entries.append(
            {
                "id": outline.place_id,
                "closed": outline.closed,
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
