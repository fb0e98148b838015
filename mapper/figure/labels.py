"""Where names go: beside what they name, none over another, the most important first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.figure.panel import Frame
from mapper.figure.scene import Path, Scene, Text
from mapper.figure.styling import colours
from mapper.figure.symbols import disc
from mapper.figure.typeset import height_mm, width_mm

__all__ = ["Label", "Room"]

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm

# (east, south) of the eight places around a point, the best first
_AROUND = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_COST = (0.0, 0.4, 0.5, 0.6, 0.8, 0.9, 0.7, 0.8)
_LEADERS = (4.0, 7.0, 10.0, 14.0)  # mm, where a leader line may lead to
_ON_LINE = 2.0  # cost of lying on a border


@dataclass(frozen=True, slots=True)
class Label:
    """A name of one or two lines, to be put beside a point.

    Attributes:
        x, y: the point, mm.
        clear: radius of its symbol, mm.
        lines: (text, size in points, face, colour) of each line.
        weight: the heavier are placed first.
        leader: whether it may stand apart with a line to its point.
        spots: of an area, the points inside it its name may be centred on, the best first.
        spacing: em between the letters of its first line.
        dot: radius of the round drawn at its point with it, mm; 0 draws none.
        apart: least distance to points labelled before with a distance too, mm.
    """

    layer: str
    x: float
    y: float
    clear: float
    lines: tuple[tuple[str, float, str, str], ...]
    weight: float
    leader: bool = False
    spots: tuple[tuple[float, float], ...] = ()
    spacing: float = 0.0
    dot: float = 0.0
    apart: float = 0.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place a label may have: its cost, its box, its alignment, whether a line leads to it."""

    cost: float
    box: Box
    align: str
    leader: bool


class Room:
    """What of a panel is still free."""

    def __init__(self, frame: Frame, lines: BaseGeometry | None = None) -> None:
        """Start with an empty frame; `lines` (mm) are better not written over."""
        self.frame = frame
        self._boxes: list[Box] = []
        self._array: npt.NDArray[np.float64] = np.zeros((0, 4))
        self._apart: list[tuple[float, float]] = []
        self._lines = lines if lines is not None and not lines.is_empty else None
        if self._lines is not None:
            shapely.prepare(self._lines)

    def take(self, box: Box) -> None:
        """Mark a box as taken."""
        self._boxes.append(box)
        self._array = np.array(self._boxes)

    def take_round(self, x: float, y: float, radius: float) -> None:
        """Mark a round as taken."""
        r = 0.92 * radius
        self.take((x - r, y - r, x + r, y + r))

    def free(self, box: Box, margin: float = 0.0) -> bool:
        """Whether a box lies in the frame and touches nothing taken."""
        frame = self.frame
        if box[0] < frame.x + 0.6 or box[1] < frame.y + 0.6:
            return False
        if box[2] > frame.right - 0.6 or box[3] > frame.bottom - 0.6:
            return False
        taken = self._array
        if not len(taken):
            return True
        hit = (
            (taken[:, 0] < box[2] + margin) & (taken[:, 2] > box[0] - margin)
            & (taken[:, 1] < box[3] + margin) & (taken[:, 3] > box[1] - margin)
        )  # fmt: skip
        return not hit.any()

    def corner(self, width: float, height: float, gap: float = 1.6) -> tuple[float, float]:
        """Return the upper left point of the emptiest corner for a box of this size."""
        frame = self.frame
        best = (np.inf, 0.0, 0.0)
        for rank, (right, low) in enumerate(((1, 1), (0, 1), (1, 0), (0, 0))):
            x = frame.right - width - gap if right else frame.x + gap
            y = frame.bottom - height - gap if low else frame.y + gap
            taken = self._array
            hits = 0.0
            if len(taken):
                across = np.minimum(taken[:, 2], x + width) - np.maximum(taken[:, 0], x)
                down = np.minimum(taken[:, 3], y + height) - np.maximum(taken[:, 1], y)
                hits = float((np.maximum(across, 0) * np.maximum(down, 0)).sum())
            best = min(best, (hits + 0.01 * rank, x, y))
        return best[1], best[2]

    def put(self, scene: Scene, labels: Sequence[Label]) -> None:
        """Place and draw labels, the heaviest first; those without room are left out."""
        for label in sorted(labels, key=lambda one: -one.weight):
            found = None if self._crowded(label) else self._best(label)
            if found is None:
                continue
            self.take(found.box)
            _draw(scene, label, found.box, found.align)
            if found.leader:
                _lead(scene, label, found.box)
            if label.dot:
                scene.add(disc(label.layer, label.x, label.y, label.dot, fill=colours().page,
                               stroke=colours().ink, line=0.6))  # fmt: skip
                self.take_round(label.x, label.y, label.dot)
            if label.apart:
                self._apart.append((label.x, label.y))

    def _crowded(self, label: Label) -> bool:
        """Whether the label's own point has no room."""
        x, y, reach = label.x, label.y, label.dot
        if reach and not self.free((x - reach, y - reach, x + reach, y + reach)):
            return True
        return any(np.hypot(x - other[0], y - other[1]) < label.apart for other in self._apart)

    def _best(self, label: Label) -> _Spot | None:
        """Return the best free place of a label."""
        width = max(
            width_mm(text, face, size, label.spacing if k == 0 else 0.0)
            for k, (text, size, face, _) in enumerate(label.lines)
        )
        best: _Spot | None = None
        for spot in self._candidates(label, width, _height(label)):
            if best is not None and spot.cost >= best.cost:
                continue
            if not self.free(spot.box, 0.35):
                continue
            if spot.leader and not self._leader_free(label, spot.box):
                continue
            full = spot.cost + (_ON_LINE if self._on_line(spot.box) else 0.0)
            if best is None or full < best.cost:
                best = _Spot(full, spot.box, spot.align, spot.leader)
        return best

    def _candidates(self, label: Label, width: float, tall: float) -> Iterator[_Spot]:
        x, y = label.x, label.y
        if label.spots:
            for k, (at_x, at_y) in enumerate(label.spots):
                left, top = at_x - width / 2, at_y - tall / 2
                box = (left, top, left + width, top + tall)
                yield _Spot(0.4 * k, box, "center", leader=False)
            return
        gap = label.clear + 0.7
        yield from self._around(x, y, gap, width, tall, 0.0, leader=False)
        if label.leader:
            for step, far in enumerate(_LEADERS):
                yield from self._around(x, y, gap + far, width, tall, 3.0 + step, leader=True)

    def _around(
        self,
        x: float,
        y: float,
        gap: float,
        width: float,
        tall: float,
        base: float,
        *,
        leader: bool,
    ) -> Iterator[_Spot]:
        slant = gap * 0.74
        for cost, (east, south) in zip(_COST, _AROUND, strict=True):
            reach = slant if east and south else gap
            if east:
                left = x + reach if east > 0 else x - reach - width
                top = y + 0.8 * south * reach - tall * (0.5 - 0.25 * south)
                align = "left" if east > 0 else "right"
            else:
                left = x - width / 2
                top = y + gap if south > 0 else y - gap - tall
                align = "center"
            yield _Spot(base + cost, (left, top, left + width, top + tall), align, leader)

    def _on_line(self, box: Box) -> bool:
        return self._lines is not None and bool(self._lines.intersects(shapely.box(*box)))

    def _leader_free(self, label: Label, box: Box) -> bool:
        """Whether the line from the point to the box runs over nothing else."""
        x, y = _nearest(box, label.x, label.y)
        steps = np.linspace(0.0, 1.0, 12)[1:-1, None]
        way = np.array([[label.x, label.y]]) * (1 - steps) + np.array([[x, y]]) * steps
        way = way[np.hypot(way[:, 0] - label.x, way[:, 1] - label.y) > label.clear + 0.5]
        taken = self._array
        if not len(taken) or not len(way):
            return True
        px, py = way[:, 0, None], way[:, 1, None]
        hit = (taken[:, 0] < px) & (taken[:, 2] > px) & (taken[:, 1] < py) & (taken[:, 3] > py)
        return not hit.any()


def _height(label: Label) -> float:
    return float(sum(size * 0.42 for _, size, _, _ in label.lines) - label.lines[-1][1] * 0.09)


def _nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    return min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])


def _draw(scene: Scene, label: Label, box: Box, align: str) -> None:
    at = {"left": box[0], "right": box[2], "center": (box[0] + box[2]) / 2}[align]
    y = box[1]
    for k, (text, size, face, colour) in enumerate(label.lines):
        baseline = y + 0.03 * size + height_mm(size)
        scene.add(Text(label.layer, at, baseline, text, size, face, colour, align,
                       halo=colours().casing, spacing=0.0 if k else label.spacing))  # fmt: skip
        y += size * 0.42


def _lead(scene: Scene, label: Label, box: Box) -> None:
    """Draw the line from the edge of the symbol to the nearest edge of the text."""
    x, y = _nearest(box, label.x, label.y)
    long = float(np.hypot(x - label.x, y - label.y)) or 1.0
    start = (
        label.x + (x - label.x) * label.clear / long,
        label.y + (y - label.y) * label.clear / long,
    )
    ends = np.array([start, (x, y)])
    scene.add(Path("leaders", (ends,), stroke=colours().muted, width=0.4))
