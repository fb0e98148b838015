"""What has no one point: areas hatched, border stretches as bands, lists as linked rounds."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.figure.furniture import Pen, badge, hatched
from mapper.figure.labels import Room
from mapper.figure.marks import Wide
from mapper.figure.panel import Panel
from mapper.figure.scene import Path, Scene, paths_of
from mapper.figure.styling import colours
from mapper.figure.symbols import disc, number_disc

__all__ = ["draw_wide", "on_paper"]

_ROUND_SHARE = 0.25  # a radius longer than this share of the map's width is left to the key
_ROUND_LEAST = 2.6  # units: a shorter radius would be hidden by the symbols
_DASH = (1.6, 1.4)


def on_paper(
    panel: Panel, wide: Sequence[Wide], unit: float, *, zoom: bool
) -> list[BaseGeometry | None]:
    """Return the areas and lines of a map, mm; a zoom shows rounds only. None: not shown here."""
    shapes: list[BaseGeometry | None] = []
    for place in wide:
        shape = None
        if place.shape is not None and place.is_round:
            shape = _round(panel, place, unit)
        elif place.shape is not None and place.kind not in ("country", "list") and not zoom:
            shape = panel.shape(place.shape)
        shapes.append(None if shape is None or shape.is_empty else shape)
    return shapes


def draw_wide(
    scene: Scene,
    panel: Panel,
    room: Room,
    pen: Pen,
    wide: Sequence[Wide],
    shapes: Sequence[BaseGeometry | None],
    *,
    zoom: bool,
) -> None:
    """Draw areas, stretches of border and lists, each with its count where there is room."""
    look = colours()
    for place, shape in zip(wide, shapes, strict=True):
        if place.kind == "list" and place.shape is not None and not zoom:
            _list(scene, panel, pen, place)
        if shape is None:
            continue
        if place.is_round:
            edges = paths_of(shapely.boundary(shape))
            scene.add(Path("uncertainty", edges, stroke=look.muted, width=0.6, dash=_DASH,
                           name=place.name))  # fmt: skip
        elif place.kind == "area":
            hatched(scene, shape, step=1.5 * pen.unit, name=place.name)
        else:
            scene.add(Path("uncertainty", paths_of(shape), stroke=look.muted, width=5.5 * pen.unit,
                           opacity=0.28, name=place.name))  # fmt: skip
        _badge(scene, room, pen, place, shape)


def _round(panel: Panel, place: Wide, unit: float) -> BaseGeometry | None:
    """Return the round within which a place lies, mm, or None where the map is too small for it."""
    reach = place.uncertainty_km / panel.km_per_mm
    lon, lat = shapely.get_coordinates(place.shape).T
    if not panel.holds(lon, lat, 1.0).all() or not (
        _ROUND_LEAST * unit <= reach <= _ROUND_SHARE * panel.frame.width
    ):
        return None
    x, y = panel.paper(lon, lat)
    frame = panel.frame
    around = shapely.Point(x[0], y[0]).buffer(reach, quad_segs=24)
    return shapely.clip_by_rect(around, frame.x, frame.y, frame.right, frame.bottom)


def _badge(scene: Scene, room: Room, pen: Pen, place: Wide, shape: BaseGeometry) -> None:
    """Put the count of an area or a line where it has room on it, else beside it with a line."""
    on, heart = _spots_in(shape, pen) if place.kind == "area" else _spots_along(shape)
    on.sort(key=lambda s: (s[0] - heart.x) ** 2 + (s[1] - heart.y) ** 2)
    half, start = 2.6 * pen.unit, on[0]
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    beside = [
        (start[0] + away * float(np.cos(turn)), start[1] + away * float(np.sin(turn)))
        for away in (5, 7, 9, 12, 15)
        for turn in turns
    ]
    at = next(
        (
            k
            for k, (x, y) in enumerate((*on, *beside))
            if room.free((x - half, y - 0.8 * half, x + half, y + 0.8 * half), 0.4)
        ),
        0,
    )
    x, y = (*on, *beside)[at]
    if at >= len(on):
        ends = np.array([start, (x, y)])
        scene.add(Path("leaders", (ends,), stroke=colours().muted, width=0.5),
                  disc("leaders", *start, 0.45 * pen.unit, fill=colours().muted))  # fmt: skip
    across, tall = badge(scene, x, y, place.count, pen)
    room.take((x - across, y - tall, x + across, y + tall))
    if place.number:
        at_x, at_y = x + across, y - tall
        side = number_disc(scene, "numbers", at_x, at_y, str(place.number), pen.text_pt)
        room.take((at_x - side, at_y - side, at_x + side, at_y + side))


def _spots_in(shape: BaseGeometry, pen: Pen) -> tuple[list[tuple[float, float]], shapely.Point]:
    """Return places inside an area where its count may stand, and its middle."""
    inner = shape.buffer(-2.2 * pen.unit)
    ground = shape if inner.is_empty else inner
    left, top, right, bottom = ground.bounds
    grid = np.meshgrid(np.linspace(left, right, 13), np.linspace(top, bottom, 13))
    x, y = (axis.ravel() for axis in grid)
    inside = shapely.intersects_xy(ground, x, y)
    middle = shape.representative_point()
    spots = [(float(a), float(b)) for a, b in zip(x[inside], y[inside], strict=True)]
    return [(middle.x, middle.y), *spots], shape.centroid


def _spots_along(shape: BaseGeometry) -> tuple[list[tuple[float, float]], shapely.Point]:
    """Return places on the longest part of a line, and its middle."""
    merged = shapely.line_merge(shape)
    longest = max(shapely.get_parts(merged), key=lambda part: float(part.length))
    at = [longest.interpolate(t, normalized=True) for t in np.linspace(0.1, 0.9, 33)]
    return [(p.x, p.y) for p in at], longest.interpolate(0.5, normalized=True)


def _list(scene: Scene, panel: Panel, pen: Pen, place: Wide) -> None:
    """Draw the places one report names as small open rounds on a dotted line, areas outlined."""
    parts = [part for part in shapely.get_parts(place.shape) if not part.is_empty]
    middles = shapely.get_coordinates([part.representative_point() for part in parts])
    if not parts or not panel.holds(middles[:, 0], middles[:, 1], 0.5).all():
        return
    look = colours()
    for part in parts:
        if part.geom_type.endswith("Polygon"):
            edges = paths_of(panel.shape(part))
            scene.add(Path("uncertainty", edges, closed=True, stroke=look.muted, width=0.5,
                           dash=(0.6, 1.6), name=place.name))  # fmt: skip
    line = np.column_stack(panel.paper(middles[:, 0], middles[:, 1]))
    if len(line) > 1:
        scene.add(Path("uncertainty", (line,), stroke=look.muted, width=0.6, dash=(0.6, 1.6),
                       name=place.name))  # fmt: skip
    for x, y in line:
        scene.add(disc("uncertainty", float(x), float(y), 0.8 * pen.unit, fill=look.page,
                       stroke=look.muted, line=0.7))  # fmt: skip
