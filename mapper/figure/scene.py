"""A figure as plain data: paths and texts in millimetres on named layers, from the ground up.

The origin is the upper left corner, y grows downwards, as on a page. Painters turn a scene into
PNG, PDF or SVG; nothing in it knows of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["LAYERS", "Path", "Scene", "Text", "paths_of"]

Floats = npt.NDArray[np.float64]

# name of the layer -> what a graphics desk calls it; the order is that of drawing
LAYERS = (
    "paper",
    "sea",
    "land",
    "water",
    "admin1",
    "border",
    "uncertainty",
    "towns",
    "labels",
    "crossings",
    "zooms",
    "leaders",
    "reports",
    "numbers",
    "frames",
    "locator",
    "words",
)


@dataclass(frozen=True, slots=True)
class Path:
    """One or more lines or rings with one look.

    Attributes:
        layer: one of `LAYERS`.
        lines: arrays of shape (n, 2), mm.
        closed: whether they are rings (filled by the even-odd rule).
        fill, stroke: `#rrggbb` or `""`.
        width: of the stroke in points.
        dash: on and off lengths in points.
        opacity: 0 to 1, of fill and stroke together.
        name: what it is, for the graphics desk (`<title>` in SVG).
    """

    layer: str
    lines: tuple[Floats, ...]
    closed: bool = False
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text.

    Attributes:
        x, y: where its baseline starts, is centred or ends (by `align`), mm.
        size: in points.
        face: `sans`, `bold`, `italic` or `serif`.
        align: `left`, `center` or `right`.
        halo: colour of a rim behind the letters, or `""`.
        spacing: extra room after each letter, in em; for names of countries.
    """

    layer: str
    x: float
    y: float
    text: str
    size: float
    face: str = "sans"
    colour: str = "#000000"
    align: str = "left"
    halo: str = ""
    spacing: float = 0.0


@dataclass(slots=True)
class Scene:
    """All that is drawn, of a given size in mm."""

    width: float
    height: float
    items: list[Path | Text] = field(default_factory=list)

    def add(self, *items: Path | Text) -> None:
        """Add items on top of their layers."""
        self.items.extend(items)

    def rect(
        self, layer: str, x: float, y: float, width: float, height: float, *,
        fill: str = "", stroke: str = "", line: float = 0.0, name: str = "",
    ) -> None:  # fmt: skip
        """Add a box."""
        ring = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
        self.add(Path(layer, (ring,), closed=True, fill=fill, stroke=stroke, width=line, name=name))

    def line(
        self, layer: str, x0: float, y0: float, x1: float, y1: float, *, stroke: str,
        line: float, dash: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        """Add a straight line."""
        ends = np.array([(x0, y0), (x1, y1)], dtype=float)
        self.add(Path(layer, (ends,), stroke=stroke, width=line, dash=dash))

    def by_layer(self) -> Iterable[tuple[str, list[Path | Text]]]:
        """Yield the layers that hold something, from the ground up."""
        for layer in LAYERS:
            items = [item for item in self.items if item.layer == layer]
            if items:
                yield layer, items


def paths_of(shape: BaseGeometry) -> tuple[Floats, ...]:
    """Return the rings and lines of a geometry as arrays; points give nothing."""
    lines: list[Floats] = []
    for part in shapely.get_parts(shape) if shape is not None else []:
        if part.geom_type == "Polygon":
            lines += [np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            lines.append(np.asarray(part.coords))
        elif part.geom_type.startswith(("Multi", "Geometry")):
            lines += paths_of(part)
    return tuple(line for line in lines if len(line) > 1)
