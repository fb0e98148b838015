"""Which ground is shown: the main map, zooms of what would overlap on it, far-off places left out.

Everything here is about places and scales; where words go is `layout`'s and `labels`' affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from mapper.figure.marks import Mark
from mapper.figure.panel import Frame, Panel
from mapper.figure.symbols import ring_radius

__all__ = ["Group", "Placed", "far_off", "hot_groups", "merged", "spread"]

Floats = npt.NDArray[np.float64]

_KEPT = 0.96  # of the reports; the rest may be left out where that makes the map much larger
_LARGER = 0.6  # what is left must fit into this share of the whole extent
_MOST_MARKS = 1500  # the most that are compared with each other on one map
_HOT_SHARE, _HOT_LEAST = 0.04, 3


@dataclass(slots=True)
class Placed:
    """A mark on the paper: where it is drawn, where it truly is, its radius; mm."""

    mark: Mark
    x: float
    y: float
    true_x: float
    true_y: float
    radius: float
    letter: str = ""
    members: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Marks that overlap on the main map and are shown larger."""

    members: list[Mark]

    @property
    def count(self) -> int:
        """Reports in it."""
        return sum(mark.count for mark in self.members)


def coordinates(marks: Sequence[Mark]) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes."""
    return (
        np.array([mark.longitude for mark in marks], dtype=float),
        np.array([mark.latitude for mark in marks], dtype=float),
    )


def far_off(marks: Sequence[Mark]) -> set[int]:
    """Return the positions of the few far-off marks without which the map can be much larger."""
    if len(marks) < 4:
        return set()
    lon, lat = coordinates(marks)
    weight = np.array([mark.count for mark in marks], dtype=float)
    x = (lon - np.median(lon) + 180) % 360 - 180
    x = x * np.cos(np.radians(np.median(lat)))
    kept = np.ones(len(marks), dtype=bool)
    total, whole = weight.sum(), _extent(x, lat)
    while True:
        inside = np.flatnonzero(kept)
        edges = {
            int(inside[np.argmin(x[inside])]), int(inside[np.argmax(x[inside])]),
            int(inside[np.argmin(lat[inside])]), int(inside[np.argmax(lat[inside])]),
        }  # fmt: skip
        gains = []
        for edge in sorted(edges):
            rest = inside[inside != edge]
            gains.append((_extent(x[rest], lat[rest]), edge))
        _, edge = min(gains)
        if weight[kept].sum() - weight[edge] < _KEPT * total:
            break
        kept[edge] = False
    if _extent(x[kept], lat[kept]) > _LARGER * whole:
        return set()
    return {int(at) for at in np.flatnonzero(~kept)}


def _extent(x: Floats, y: Floats) -> float:
    return float(np.hypot(np.ptp(x), np.ptp(y))) if len(x) else 0.0


def clusters(panel: Panel, marks: Sequence[Mark], unit: float, slack: float) -> list[list[int]]:
    """Return groups of marks that touch each other on a panel, most reports first.

    Greedy: the mark with most reports takes all it touches, as its own size grows by them.
    `slack` is the least room between two marks, mm.
    """
    lon, lat = coordinates(marks)
    x, y = panel.paper(lon, lat)
    order = sorted(range(len(marks)), key=lambda k: (-marks[k].count, k))
    tree = cKDTree(np.column_stack([x, y]))
    largest = ring_radius(10**6, unit)
    free = np.ones(len(marks), dtype=bool)
    found = []
    for seed in order:
        if not free[seed]:
            continue
        group, count = [seed], marks[seed].count
        free[seed] = False
        near = tree.query_ball_point((x[seed], y[seed]), 2 * largest + slack)
        near = sorted((k for k in near if free[k]),
                      key=lambda k: (np.hypot(x[k] - x[seed], y[k] - y[seed]), k))  # fmt: skip
        for k in near:
            reach = ring_radius(count, unit) + ring_radius(marks[k].count, unit) + slack
            if np.hypot(x[k] - x[seed], y[k] - y[seed]) < reach:
                group.append(k)
                count += marks[k].count
                free[k] = False
        found.append(group)
    return found


def hot_groups(panel: Panel, marks: Sequence[Mark], unit: float, most: int) -> list[Group]:
    """Return the groups worth a zoom: several places, many reports, not to be told apart here."""
    total = sum(mark.count for mark in marks)
    groups = []
    for members in clusters(panel, marks[:_MOST_MARKS], unit, 0.0):
        inside = [marks[k] for k in members]
        far = far_off(inside)  # they stay on the main map
        group = Group([mark for k, mark in enumerate(inside) if k not in far])
        told_apart = len(members) < 2 or group.count < max(_HOT_LEAST, _HOT_SHARE * total)
        if not told_apart:
            groups.append(group)
    groups.sort(key=lambda group: -group.count)
    return groups[:most]


def merged(panel: Panel, marks: Sequence[Mark], unit: float, slack: float = 0.2) -> list[Placed]:
    """Return the marks of a panel, those that touch put together into one."""
    if not marks:
        return []
    placed = []
    for members in clusters(panel, marks, unit, slack):
        chief = marks[members[0]]
        mark = chief if len(members) == 1 else joined([marks[k] for k in members])
        x, y = panel.paper(np.array([mark.longitude]), np.array([mark.latitude]))
        at = (float(x[0]), float(y[0]))
        radius = ring_radius(mark.count, unit)
        placed.append(Placed(mark, *at, *at, radius, members=[marks[k] for k in members]))
    return placed


def joined(marks: Sequence[Mark]) -> Mark:
    """Return several marks as one, at the place of the first, the one with most reports."""
    chief = marks[0]
    days = [day for mark in marks for day in (mark.first, mark.last) if day]
    return Mark(
        longitude=chief.longitude,
        latitude=chief.latitude,
        name=chief.name,
        shares=tuple(int(n) for n in np.sum([mark.shares for mark in marks], axis=0)),
        crossing=chief.crossing,
        precision=chief.precision,
        country=chief.country,
        first=min(days, default=""),
        last=max(days, default=""),
        places=sum(mark.places for mark in marks),
    )


def spread(placed: list[Placed], frame: Frame, most_mm: float, slack: float) -> None:
    """Push touching marks apart, each at most `most_mm` from its true place and inside the frame.

    Their true places stay marked by a leader line; what still touches is put together later.
    """
    if len(placed) < 2 or len(placed) > 120:
        return
    x = np.array([p.x for p in placed])
    y = np.array([p.y for p in placed])
    true = np.column_stack([x, y])
    radius = np.array([p.radius for p in placed])
    weight = radius**2
    for _ in range(200):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        away = np.hypot(dx, dy)
        np.fill_diagonal(away, np.inf)
        over = radius[:, None] + radius[None, :] + slack - away
        over = np.where(over > 0, over, 0.0)
        if over.max() < 0.01:
            break
        same = away < 1e-6
        turn = np.arange(len(placed)) * 2.4
        dx = np.where(same, np.cos(turn)[:, None] - np.cos(turn)[None, :], dx)
        dy = np.where(same, np.sin(turn)[:, None] - np.sin(turn)[None, :], dy)
        long = np.maximum(np.hypot(dx, dy), 1e-9)
        share = weight[None, :] / (weight[:, None] + weight[None, :])
        x = x + 0.5 * np.sum(over * share * dx / long, axis=1)
        y = y + 0.5 * np.sum(over * share * dy / long, axis=1)
        moved = np.hypot(x - true[:, 0], y - true[:, 1])
        back = np.minimum(1.0, most_mm / np.maximum(moved, 1e-9))
        x = true[:, 0] + (x - true[:, 0]) * back
        y = true[:, 1] + (y - true[:, 1]) * back
        x = np.clip(x, frame.x + radius + 0.5, frame.right - radius - 0.5)
        y = np.clip(y, frame.y + radius + 0.5, frame.bottom - radius - 0.5)
    for k, one in enumerate(placed):
        one.x, one.y = float(x[k]), float(y[k])
