"""Symbols of the families, rings of shares, small discs with numbers: as paths in millimetres."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mapper.figure.scene import Path, Scene, Text
from mapper.figure.styling import colours, families
from mapper.figure.typeset import height_mm, width_mm

__all__ = ["disc", "number_disc", "ring", "ring_radius", "symbol"]

Floats = npt.NDArray[np.float64]

# unit shapes of about equal weight to the eye, around (0, 0), y downwards
_UNIT = {
    "square": [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
    "bar": [(-1.2, -0.5), (1.2, -0.5), (1.2, 0.5), (-1.2, 0.5)],
    "triangle-up": [(0.0, -1.15), (1.12, 0.8), (-1.12, 0.8)],
    "triangle-down": [(0.0, 1.15), (-1.12, -0.8), (1.12, -0.8)],
}
_ROUND = {"circle": 1.0, "dot": 0.66}
_STEP = 0.09  # radians between points of a round


def outline(name: str, x: float, y: float, radius: float) -> Floats:
    """Return the outline of a family's symbol."""
    if name in _ROUND:
        return arc(x, y, radius * _ROUND[name], 0, 2 * np.pi)
    corners = np.array([*_UNIT[name], _UNIT[name][0]])
    return np.asarray(corners * radius + (x, y))


def arc(x: float, y: float, radius: float, start: float, end: float) -> Floats:
    """Return points along an arc; angles in radians, clockwise from the top."""
    turn = np.linspace(start, end, max(3, int((end - start) / _STEP) + 1))
    return np.column_stack([x + radius * np.sin(turn), y - radius * np.cos(turn)])


def disc(layer: str, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "",
         line: float = 0.0, dash: tuple[float, ...] = (), opacity: float = 1.0, name: str = "",
         ) -> Path:  # fmt: skip
    """Return a round."""
    return Path(layer, (arc(x, y, radius, 0, 2 * np.pi),), closed=True, fill=fill, stroke=stroke,
                width=line, dash=dash, opacity=opacity, name=name)  # fmt: skip


def symbol(
    layer: str, family: int, x: float, y: float, radius: float, name: str = ""
) -> list[Path]:
    """Return a family's symbol with a light rim."""
    which = families()[family]
    shape = outline(which.symbol, x, y, radius)
    rim = Path(layer, (shape,), closed=True, stroke=colours().casing, width=1.6)
    return [rim, Path(layer, (shape,), closed=True, fill=which.colour, name=name)]


def ring_radius(count: int, unit: float) -> float:
    """Return the radius of the mark of `count` reports, mm; area grows with the count."""
    if count <= 1:
        return 1.35 * unit
    return float(min(6.6, max(2.3, 1.65 + 0.42 * count**0.5)) * unit)


def ring(scene: Scene, layer: str, x: float, y: float, shares: Sequence[int], unit: float,
         text_pt: float, name: str = "") -> float:  # fmt: skip
    """Draw the reports of one place and return the radius taken, mm.

    One report is its family's symbol. Several are a ring: its arcs are the shares of the families,
    in their order clockwise from the top, with the family's symbol in each arc that has room, so
    that nothing rests on colour; the count stands inside.
    """
    count = sum(shares)
    radius = ring_radius(count, unit)
    if count == 1:
        scene.add(*symbol(layer, list(shares).index(1), x, y, radius, name))
        return radius
    inner = radius * 0.57 if radius > 2.7 * unit else radius * 0.66
    scene.add(disc(layer, x, y, radius + 0.4 * unit, fill=colours().casing, name=name))
    present = [k for k, n in enumerate(shares) if n]
    gap = 0.28 * unit / radius if len(present) > 1 else 0.0
    at = 0.0
    for k in present:
        end = at + 2 * np.pi * shares[k] / count
        _sector(
            scene,
            layer,
            x,
            y,
            (inner, radius),
            (at + gap / 2, max(end - gap / 2, at + gap / 2 + 0.04)),
            k,
        )
        at = end
    if text_pt:
        _count(scene, layer, x, y, inner, count, text_pt)
    return radius


def _sector(scene: Scene, layer: str, x: float, y: float, radii: tuple[float, float],
            turn: tuple[float, float], family: int) -> None:  # fmt: skip
    (inner, outer), (start, end) = radii, turn
    which = families()[family]
    edge = np.concatenate([arc(x, y, outer, start, end), arc(x, y, inner, start, end)[::-1]])
    scene.add(Path(layer, (np.vstack([edge, edge[:1]]),), closed=True, fill=which.colour))
    thick = outer - inner
    glyph = thick * 0.33
    if (end - start) * (inner + outer) / 2 < 3.4 * glyph or glyph < 0.22:
        return
    middle, way = (start + end) / 2, (inner + outer) / 2
    centre = (x + way * np.sin(middle), y - way * np.cos(middle))
    shape = outline(which.symbol, centre[0], centre[1], glyph)
    scene.add(Path(layer, (shape,), closed=True, fill=colours().casing))


def _count(scene: Scene, layer: str, x: float, y: float, inner: float, count: int,
           text_pt: float) -> None:  # fmt: skip
    text = f"{count:,}" if count < 10_000 else f"{count / 1000:.0f}k"
    size = text_pt * 1.02
    widest = 1.78 * inner
    size = min(size, size * widest / max(width_mm(text, "bold", size), 0.01))
    size = min(size, text_pt * (0.72 + 0.1 * inner))
    scene.add(Text(layer, x, y + height_mm(size) / 2, text, size, "bold", colours().ink, "center"))


def number_disc(scene: Scene, layer: str, x: float, y: float, label: str, text_pt: float,
                *, square: bool = False) -> float:  # fmt: skip
    """Draw a number (or a letter in a square) that refers to the key; return its half width, mm."""
    size = text_pt * 0.74
    half = max(height_mm(size) * 0.98, width_mm(label, "bold", size) / 2 + height_mm(size) * 0.38)
    tall = height_mm(size) * 0.98
    ink = colours()
    if square:
        scene.rect(
            layer, x - half, y - half, 2 * half, 2 * half, fill=ink.ink, stroke=ink.casing, line=0.7
        )
    else:
        scene.add(_pill(layer, x, y, half, tall))
    scene.add(Text(layer, x, y + height_mm(size) / 2, label, size, "bold", ink.casing, "center"))
    return half


def _pill(layer: str, x: float, y: float, half: float, tall: float) -> Path:
    side = half - tall
    right = arc(x + side, y, tall, 0, np.pi)
    left = arc(x - side, y, tall, np.pi, 2 * np.pi)
    line = np.concatenate([right, left, right[:1]])
    ink = colours()
    return Path(layer, (line,), closed=True, fill=ink.ink, stroke=ink.casing, width=0.7)
