"""The names on the still map: crossings under a ring first, then towns, none over another."""

import math
from typing import Any

import numpy as np

from mapper.render.security import markup
from mapper.render.still_frame import HEIGHT, WIDTH, Mark, View

__all__ = ["bridges", "names"]

_LABELS = 26

Name = tuple[str, float, float, bool]


def bridges(
    crossings: list[dict[str, Any]], marks: list[Mark], view: View, lang: str
) -> list[Name]:
    """Return the crossings that lie under a ring: name in the language, x, y, to be set bold."""
    found: list[Name] = []
    for crossing in crossings:
        (x, y) = view.xy(np.array([crossing["lon"]]), np.array([crossing["lat"]]))[0]
        if any(math.hypot(mark.x - x, mark.y - y) < mark.radius for mark in marks):
            name = crossing["names"].get(lang) or crossing["name"]
            found.append((name, float(x), float(y), True))
    return found


def names(
    crossings: list[Name],
    labels: list[list[Any]],
    marks: list[Mark],
    view: View,
    colours: dict[str, str],
) -> list[str]:
    """Return the names where there is room: crossings, then towns by size, no two overlapping."""
    taken: list[tuple[float, ...]] = [
        (m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks
    ]
    drawn: list[str] = []
    lon, lat = (np.array([row[k] for row in labels], dtype=np.float64) for k in (2, 1))
    towns = [
        (str(row[0]), float(x), float(y), False)
        for row, (x, y) in zip(labels, view.xy(lon, lat), strict=True)
    ]
    for name, x, y, bold in [*crossings, *towns]:
        if not (10 < x < WIDTH - 10 and 10 < y < HEIGHT - 76):
            continue
        mark = next((m for m in marks if math.hypot(m.x - x, m.y - y) < m.radius + 4), None)
        spot = _spot(name, (x, y), mark, taken, bold=bold)
        if spot is None:
            continue
        left, base = spot
        if not mark:
            taken.append((x - 4, y - 4, x + 4, y + 4))
            drawn.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colours["paper"]}" '
                f'stroke="{colours["ink"]}"/>'
            )
        weight = ' font-weight="600"' if bold else ""
        drawn.append(
            f'<text x="{left:.1f}" y="{base:.1f}" font-size="12.5"{weight} '
            f'fill="{colours["ink"]}" stroke="{colours["land"]}" stroke-width="3" '
            f'paint-order="stroke">{markup(name)}</text>'
        )
        if len(drawn) >= 2 * _LABELS:
            break
    return drawn


def _spot(
    name: str,
    point: tuple[float, float],
    mark: Mark | None,
    taken: list[tuple[float, ...]],
    *,
    bold: bool,
) -> tuple[float, float] | None:
    """Return where a name may stand, left end and base line, and take the room; None for nowhere.

    Beside its point; for one under a ring also a line higher or lower beside the ring.
    """
    wide = (7.5 if bold else 6.9) * len(name)
    x, y = (mark.x, mark.y) if mark else point
    gap = mark.radius + 4 if mark else 6.0
    for step in (0, 16, -16) if mark else (0,):
        for left in (x + gap, x - gap - wide):
            box = (left, y + step - 8, left + wide, y + step + 8)
            if left < 4 or box[2] > WIDTH - 4 or any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            return left, y + step + 4
    return None


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
