"""Reads shared arcs and makes polygons and lines of them.

Every line of our ground is shipped once, as an *arc* with a region on its left and its right.
Polygons of countries, lines of pairs and distances all come from the same arcs, so they agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mapper import geodata
from mapper.errors import GeodataError

__all__ = [
    "GRID_PER_DEGREE",
    "ArcSet",
    "FaceList",
    "Floats",
    "country_of",
    "only_polygons",
    "read_arcs",
    "read_faces",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRID_PER_DEGREE = 100_000  # the shipped coordinates are integers of 1e-5 degrees


def only_polygons(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of a shape as one multipolygon, lines and points dropped."""
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon([p for p in parts if p.geom_type == "Polygon" and not p.is_empty])


def country_of(region: str) -> str:
    """Return the country that a region belongs to by default: `GE~abkhazia` is `GE`."""
    return region.partition("~")[0]


@dataclass(frozen=True, slots=True)
class ArcSet:
    """All arcs of one file.

    `xy` holds all vertices in degrees (n × 2); arc `i` is `xy[start[i]:start[i + 1]]`.
    """

    xy: Floats
    start: Ints
    left: list[str]
    right: list[str]
    kind: list[str]

    def __len__(self) -> int:
        """Return the number of arcs."""
        return len(self.left)

    def coordinates(self, arc: int) -> Floats:
        """Return the vertices of one arc in degrees."""
        return self.xy[self.start[arc] : self.start[arc + 1]]

    def line(self, arc: int) -> shapely.LineString:
        """Return one arc as a line."""
        return shapely.LineString(self.coordinates(arc))

    def ring(self, members: Iterable[int]) -> Floats:
        """Return a closed ring of signed arc numbers (`n + 1` forwards, `-(n + 1)` backwards)."""
        parts = []
        for member in members:
            xy = self.coordinates(abs(member) - 1)
            parts.append(xy[:-1] if member > 0 else xy[:0:-1])
        return np.vstack([*parts, parts[0][:1]])

    def polygon(self, rings: list[list[int]]) -> shapely.Polygon:
        """Return the polygon of a shell and its holes, each a list of signed arc numbers."""
        shell, *holes = (self.ring(ring) for ring in rings)
        return shapely.Polygon(shell, holes)


def _table(name: str) -> pa.Table:
    try:
        return pq.read_table(geodata.built(name))
    except (OSError, pa.ArrowInvalid) as error:
        message = f"mapper's own data file {name} is damaged: reinstall border-incident-mapper."
        raise GeodataError(message) from error


@cache
def read_arcs(name: str) -> ArcSet:
    """Return the arcs of a built file, such as `borders.parquet`.

    Raises:
        GeodataError: the file is missing or damaged.
    """
    table = _table(name)
    x, y = (table[axis].combine_chunks() for axis in ("x", "y"))
    flat = np.column_stack((x.flatten().to_numpy(), y.flatten().to_numpy()))
    return ArcSet(
        xy=flat / GRID_PER_DEGREE,
        start=x.offsets.to_numpy().astype(np.int64),
        left=table["left"].to_pylist(),
        right=table["right"].to_pylist(),
        kind=table["kind"].to_pylist() if "kind" in table.column_names else [],
    )


@dataclass(frozen=True, slots=True)
class FaceList:
    """The faces of one file: face `i` is of `regions[i]`, made of `arcs`."""

    arcs: ArcSet
    regions: list[str]
    flat: Ints
    start: Ints

    def polygons(self, numbers: Iterable[int]) -> NDArray[np.object_]:
        """Return the polygons of some faces."""
        return np.array([self._polygon(number) for number in numbers], dtype=object)

    def _polygon(self, number: int) -> shapely.Polygon:
        members = self.flat[self.start[number] : self.start[number + 1]]
        rings = np.split(members, np.flatnonzero(members == 0))
        return self.arcs.polygon([ring[ring != 0].tolist() for ring in rings])


@cache
def read_faces(name: str) -> FaceList:
    """Return the faces of a pair of built files: `border` is `borders` and `border_faces`.

    Raises:
        GeodataError: a file is missing or damaged.
    """
    arcs = read_arcs("borders.parquet" if name == "border" else f"{name}.parquet")
    table = _table(f"{name}_faces.parquet")
    rings = table["rings"].combine_chunks()
    flat = rings.flatten().to_numpy().astype(np.int64)
    start = rings.offsets.to_numpy().astype(np.int64)
    return FaceList(arcs, table["region"].to_pylist(), flat, start)
