"""What stands on a map besides the map: frame, scale bar, locator, tags, hatching."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.figure.ground import draw_ground
from mapper.figure.labels import Room
from mapper.figure.panel import Frame, Panel
from mapper.figure.scene import Path, Scene, Text, paths_of
from mapper.figure.styling import colours
from mapper.figure.symbols import disc, ring
from mapper.figure.typeset import cut, directed, height_mm, width_mm
from mapper.messages import text

__all__ = [
    "Pen",
    "badge",
    "box_of",
    "crossing",
    "frame",
    "hatched",
    "locator",
    "scale_bar",
    "swatch",
    "tag",
]

_SAMPLE = (5, 3, 0, 2, 0, 0)  # a ring of the legend, with nothing in it
_ROUND_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Pen:
    """What furniture is drawn with: size of plain text in points, language, mm a unit."""

    text_pt: float
    lang: str
    unit: float


def frame(scene: Scene, box: Frame) -> None:
    """Draw the thin rule around a map."""
    scene.rect("frames", box.x, box.y, box.width, box.height, stroke=colours().rule, line=0.7)


def scale_bar(scene: Scene, panel: Panel, room: Room, pen: Pen) -> None:
    """Draw a scale bar of a round length in the emptiest corner."""
    longest = panel.frame.width * 0.24 * panel.km_per_mm
    km = max((k for k in _ROUND_KM if k <= longest), default=_ROUND_KM[0])
    long = km / panel.km_per_mm
    label = (
        text("figure", "scale.km", pen.lang, n=f"{km:,g}") if km >= 1
        else text("figure", "scale.m", pen.lang, n=f"{km * 1000:g}")
    )  # fmt: skip
    size = pen.text_pt * 0.86
    wide = long + 1.2 + width_mm(label, "sans", size)
    tall = height_mm(size) + 0.8
    x, y = room.corner(wide + 1, tall + 1, gap=1.8)
    room.take((x, y, x + wide + 1, y + tall + 1))
    base, up = y + tall, 1.3
    line = np.array([(x, base - up), (x, base), (x + long, base), (x + long, base - up)])
    scene.add(
        Path("frames", (line,), stroke=colours().casing, width=2.0),
        Path("frames", (line,), stroke=colours().ink, width=0.8),
        Text(
            "frames",
            x + long + 1.2,
            base,
            label,
            size,
            "sans",
            colours().ink,
            halo=colours().casing,
        ),
    )


def locator(scene: Scene, panel: Panel, room: Room, pen: Pen) -> None:
    """Draw where in the world a map lies, in the emptiest corner."""
    side = min(30.0, max(13.0, 0.17 * min(panel.frame.width, 1.4 * panel.frame.height)))
    x, y = room.corner(side, side, gap=0.0)
    room.take((x - 0.4, y - 0.4, x + side + 0.4, y + side + 0.4))
    wide = max(panel.frame.width, panel.frame.height) * panel.km_per_mm
    reach = min(12_000.0, max(3_200.0, 4.5 * wide))
    inset = Panel(Frame(x, y, side, side), panel.longitude, panel.latitude, reach / side)
    small = Scene(scene.width, scene.height)
    draw_ground(small, inset, detail=False)
    scene.add(*(_moved(item) for item in small.items if isinstance(item, Path)))
    left, top, right, bottom = box_of(panel, inset)
    least = 0.9 * pen.unit
    if right - left < 2 * least:
        middle = (left + right) / 2
        left, right = middle - least, middle + least
    if bottom - top < 2 * least:
        middle = (top + bottom) / 2
        top, bottom = middle - least, middle + least
    scene.rect("locator", left, top, right - left, bottom - top, stroke=colours().casing, line=2.0)
    scene.rect("locator", left, top, right - left, bottom - top, stroke="#b3261e", line=0.9)
    scene.rect("locator", x, y, side, side, stroke=colours().rule, line=0.7)


def _moved(path: Path) -> Path:
    """Return a path of the ground as one of the locator."""
    width = path.width * (0.45 if path.stroke else 1.0)
    return Path("locator", path.lines, path.closed, path.fill, path.stroke, width, path.dash)


def box_of(inner: Panel, outer: Panel) -> tuple[float, float, float, float]:
    """Return the box that one panel's ground takes on another, mm: left, top, right, bottom."""
    edge = inner.frame
    along = np.linspace(0, 1, 9)
    x = np.concatenate([edge.x + along * edge.width] * 2 + [np.repeat([edge.x, edge.right], 9)])
    y = np.concatenate([np.repeat([edge.y, edge.bottom], 9)] + [edge.y + along * edge.height] * 2)
    px, py = outer.paper(*inner.degrees(x, y))
    return float(px.min()), float(py.min()), float(px.max()), float(py.max())


def tag(scene: Scene, box: Frame, letter: str, heading: str, pen: Pen) -> tuple[float, float]:
    """Draw the heading of a zoom in its upper left corner; return its width and height, mm."""
    x, y, size = box.x, box.y, pen.text_pt * 0.98
    tall = height_mm(size) + 2.0 * pen.unit
    square = tall
    words = cut(heading, "bold", size, box.width - square - 2.4 * pen.unit)
    words = directed(words, pen.lang)
    wide = square + (width_mm(words, "bold", size) + 2.4 * pen.unit if words else 0)
    base = y + tall / 2 + height_mm(size) / 2
    scene.rect("frames", x, y, wide, tall, fill=colours().page, stroke=colours().rule, line=0.7)
    scene.rect("frames", x, y, square, tall, fill=colours().ink)
    scene.add(Text("frames", x + square / 2, base, letter, size, "bold", colours().page, "center"))
    if words:
        scene.add(
            Text("frames", x + square + 1.2 * pen.unit, base, words, size, "bold", colours().ink)
        )
    return wide, tall


def badge(scene: Scene, x: float, y: float, count: int, pen: Pen) -> tuple[float, float]:
    """Draw the count of an area or a line as a pill; return its half width and half height, mm."""
    label = f"{count:,}"
    size = pen.text_pt * 0.98
    half_h = height_mm(size) * 0.5 + 0.75 * pen.unit
    half_w = max(half_h * 1.25, width_mm(label, "bold", size) / 2 + 0.9 * pen.unit)
    look = colours()
    scene.rect("reports", x - half_w, y - half_h, 2 * half_w, 2 * half_h,
               fill=look.page, stroke=look.ink, line=0.9, name=label)  # fmt: skip
    scene.add(Text("reports", x, y + height_mm(size) / 2, label, size, "bold", look.ink, "center"))
    return half_w, half_h


def hatched(
    scene: Scene, shape: BaseGeometry, *, step: float, name: str = "", layer: str = "uncertainty"
) -> None:
    """Draw an area (mm) as slanted lines inside a thin outline."""
    left, top, right, bottom = shape.bounds
    starts = np.arange(left - (bottom - top), right, step)
    slants = shapely.linestrings(
        np.stack([np.column_stack([starts, np.full(len(starts), bottom)]),
                  np.column_stack([starts + (bottom - top), np.full(len(starts), top)])], axis=1)
    )  # fmt: skip
    lines = [line for part in shapely.intersection(slants, shape) for line in paths_of(part)]
    ink = colours().muted
    if lines:
        scene.add(Path(layer, tuple(lines), stroke=ink, width=0.28, opacity=0.55, name=name))
    scene.add(Path(layer, paths_of(shape), closed=True, stroke=ink, width=0.6, dash=(2.2, 1.2)))


def swatch(scene: Scene, x: float, y: float, kind: str, unit: float) -> None:
    """Draw the small sign of a kind of place in legend and key, around (x, y)."""
    look, half = colours(), 1.35 * unit
    if kind == "ring":
        ring(scene, "words", x, y, _SAMPLE, 0.42 * unit, 0)
    elif kind == "circle":
        scene.add(disc("words", x, y, half, stroke=look.muted, line=0.6, dash=(1.6, 1.2)))
    elif kind in ("border", "line"):
        ends = np.array([(x - 0.6 * half, y), (x + 0.6 * half, y)])
        scene.add(Path("words", (ends,), stroke=look.muted, width=4.2 * unit, opacity=0.28),
                  Path("words", (ends,), stroke=look.border, width=1.0))  # fmt: skip
    elif kind == "list":
        ends = np.array([(x - half, y), (x + half, y)])
        scene.add(Path("words", (ends,), stroke=look.muted, width=0.6, dash=(0.6, 1.6)))
        for side in (-half, half):
            scene.add(
                disc("words", x + side, y, 0.55 * unit, fill=look.page, stroke=look.muted, line=0.7)
            )
    elif kind == "crossing":
        crossing(scene, "words", x, y, unit)
    elif kind == "country":
        scene.rect(
            "words",
            x - half,
            y - 0.8 * half,
            2 * half,
            1.6 * half,
            fill=look.land,
            stroke=look.border,
            line=0.8,
        )
    else:
        box = shapely.box(x - half, y - 0.8 * half, x + half, y + 0.8 * half)
        hatched(scene, box, step=0.75 * unit, layer="words")


def crossing(scene: Scene, layer: str, x: float, y: float, unit: float, name: str = "") -> None:
    """Draw the symbol of an official crossing."""
    look, half = colours(), 0.8 * unit
    scene.rect(
        layer,
        x - half,
        y - half,
        2 * half,
        2 * half,
        fill=look.page,
        stroke=look.ink,
        line=0.9,
        name=name,
    )
    scene.line(layer, x - half, y, x + half, y, stroke=look.ink, line=0.7)
