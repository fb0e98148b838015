"""The maps of a figure: one of everything, and zooms of what would overlap on it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapper import world
from mapper.figure import plan
from mapper.figure.furniture import (
    Pen,
    box_of,
    crossing,
    frame,
    locator,
    scale_bar,
    tag,
)
from mapper.figure.ground import area_labels, crossing_labels, draw_ground, town_labels
from mapper.figure.labels import Label, Room
from mapper.figure.marks import Mark, Marks, Wide
from mapper.figure.panel import Frame, Panel
from mapper.figure.scene import Path, Scene, paths_of
from mapper.figure.styling import colours
from mapper.figure.symbols import disc, number_disc, ring, ring_radius
from mapper.figure.wide import draw_wide, on_paper
from mapper.messages import text
from mapper.text import fold

__all__ = ["Drawn", "Fits", "draw_map"]

Floats = npt.NDArray[np.float64]
# a map before it is drawn: panel, marks, letter, heading
_Planned = tuple[Panel, list[plan.Placed], str, str]
# whether the key has room for these entries
Fits = Callable[[Sequence["plan.Placed | Wide"]], bool]

_LETTERS = "ABCDEFG"
_LEAST_KM = 14.0  # width of the ground a map shows at least
_MOST_LABELS = 60
_NAMED_CROSSINGS = 1.2  # km a mm, up to which crossings without reports are named


@dataclass(slots=True)
class Drawn:
    """What was drawn: marks as placed, wide places, and marks left outside the maps."""

    placed: list[plan.Placed] = field(default_factory=list)
    wide: list[Wide] = field(default_factory=list)
    far: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Map:
    """One panel while it is drawn."""

    panel: Panel
    placed: list[plan.Placed]
    room: Room
    pen: Pen
    letter: str
    heading: str
    crossings: pd.DataFrame
    zooms: "list[_Map]" = field(default_factory=list)
    shapes: list[BaseGeometry | None] = field(default_factory=list)


def draw_map(
    scene: Scene, marks: Marks, area: Frame, pen: Pen, crossings: pd.DataFrame, fits: Fits
) -> Drawn:
    """Draw all maps into `area`; as many places get a number as fit into the key."""
    far = plan.far_off(marks.points)
    points = [mark for k, mark in enumerate(marks.points) if k not in far]
    drawn = Drawn(
        far=[mark for k, mark in enumerate(marks.points) if k in far], wide=list(marks.wide)
    )
    lon, lat = _extent(points, marks.wide)
    main, zooms = _arranged(area, points, (lon, lat), pen)
    pairs = _pairs(marks, crossings)
    beside = crossings[crossings["pair"].isin(pairs)]
    maps = [
        _Map(panel, placed, Room(panel.frame), pen, letter, heading, beside)
        for panel, placed, letter, heading in (main, *zooms)
    ]
    maps[0].zooms = maps[1:]
    drawn.placed = [one for m in maps for one in m.placed if not one.letter]
    _share_out(maps, drawn.wide)
    _number(drawn, maps, fits)
    for one in maps:
        _draw(scene, one, marks, drawn.wide)
    return drawn


def _extent(points: Sequence[Mark], wide: Sequence[Wide]) -> tuple[Floats, Floats]:
    """Return points that the main map must hold: places, and where there are none, areas."""
    lon, lat = plan.coordinates(points)
    if len(lon):
        return lon, lat
    bounds = [w.shape.bounds for w in wide if w.shape is not None and not w.shape.is_empty]
    if not bounds:
        return np.array([-170.0, 170.0]), np.array([-50.0, 70.0])
    west, south, east, north = np.array(bounds).T
    return np.concatenate([west, east]), np.concatenate([south, north])


def _arranged(
    area: Frame, points: list[Mark], extent: tuple[Floats, Floats], pen: Pen
) -> tuple[_Planned, list[_Planned]]:
    """Return main panel and zooms as (panel, placed marks, letter, heading)."""
    lon, lat = extent
    most = 2 if area.width * area.height > 14_000 * pen.unit**2 else 1
    trial = Panel.around(
        _split(area, 1, lon, lat)[0], lon, lat, room_mm=9 * pen.unit, least_km=_LEAST_KM
    )
    groups = plan.hot_groups(trial, points, pen.unit, most) if points else []
    if len(groups) == 1 and len(groups[0].members) == len(points):
        groups = []
    frames = _split(area, len(groups), lon, lat)
    panel = Panel.around(frames[0], lon, lat, room_mm=9 * pen.unit, least_km=_LEAST_KM)
    in_groups = {id(mark) for group in groups for mark in group.members}
    placed = plan.merged(panel, [m for m in points if id(m) not in in_groups], pen.unit)
    zooms: list[_Planned] = []
    for letter, group, box in zip(_LETTERS, groups, frames[1:], strict=False):
        z_lon, z_lat = plan.coordinates(group.members)
        zoom = Panel.around(box, z_lon, z_lat, room_mm=11 * pen.unit, least_km=_LEAST_KM)
        inside = _spread(zoom, group.members, box, pen)
        zooms.append((zoom, inside, letter, _heading(group, pen.lang)))
        whole = plan.joined(group.members)
        x, y = panel.paper(np.array([whole.longitude]), np.array([whole.latitude]))
        at = (float(x[0]), float(y[0]))
        placed.append(plan.Placed(whole, *at, *at, ring_radius(whole.count, pen.unit), letter))
    plan.spread(placed, frames[0], 4.0 * pen.unit, 0.6)
    return (panel, placed, "", ""), zooms


def _spread(panel: Panel, marks: Sequence[Mark], box: Frame, pen: Pen) -> list[plan.Placed]:
    """Return marks pushed apart; those that lie almost in one place are put together first."""
    placed = plan.merged(panel, marks, 0.42 * pen.unit, 0.0)
    for one in placed:
        one.radius = ring_radius(one.mark.count, pen.unit)
    plan.spread(placed, box, 5.5 * pen.unit, 0.8)
    return placed


def _heading(group: plan.Group, lang: str) -> str:
    chief = group.members[0]
    name = text("figure", "zoom.name", lang, n=len(group.members), name=chief.name)
    bridges = [mark for mark in group.members if mark.crossing]
    if len(bridges) > 1 and 3 * sum(mark.count for mark in bridges) > group.count:
        counts = Counter[str]()
        for mark in group.members:
            counts[mark.admin1] += mark.count * (mark.admin1 != "")
        table = world.admin1_table().set_index("code")["name"]
        code = max(sorted(counts), key=lambda one: counts[one])
        if code in table.index:
            name = text("map", "hot.crossings", lang, area=table[code])
    return text("figure", "zoom.heading", lang, name=name, n=group.count)


def _split(area: Frame, zooms: int, lon: Floats, lat: Floats) -> list[Frame]:
    """Return the frames of the main map and of the zooms."""
    if not zooms:
        return [area]
    gap = 1.6
    middle = np.cos(np.radians((lat.min() + lat.max()) / 2))
    aspect = max(0.4, min(3.0, (np.ptp(lon) * middle + 0.5) / (np.ptp(lat) + 0.5)))
    if area.height > 0.7 * area.width:
        tall = min(0.5, max(0.36, 1.15 * area.width / aspect / area.height)) * area.height
        main = Frame(area.x, area.y, area.width, tall)
        rest = Frame(area.x, area.y + tall + gap, area.width, area.height - tall - gap)
        first = rest.width if zooms == 1 else 0.6 * rest.width
        frames = [main, Frame(rest.x, rest.y, first, rest.height)]
        if zooms > 1:
            frames.append(
                Frame(rest.x + first + gap, rest.y, rest.width - first - gap, rest.height)
            )
        return frames
    wide = min(0.56, max(0.4, area.height * aspect / area.width)) * area.width
    rest = Frame(area.x + wide + gap, area.y, area.width - wide - gap, area.height)
    first = rest.height if zooms == 1 else 0.6 * rest.height
    frames = [Frame(area.x, area.y, wide, area.height), Frame(rest.x, rest.y, rest.width, first)]
    if zooms > 1:
        frames.append(Frame(rest.x, rest.y + first + gap, rest.width, rest.height - first - gap))
    return frames


def _share_out(maps: Sequence[_Map], wide: Sequence[Wide]) -> None:
    """Say which map shows which area: each once, a small round in the zoom that holds it."""
    done: set[int] = set()
    for one in reversed(maps):
        found = on_paper(one.panel, wide, one.pen.unit, zoom=bool(one.letter))
        one.shapes = [None if k in done else shape for k, shape in enumerate(found)]
        done |= {k for k, shape in enumerate(found) if shape is not None}


def _number(drawn: Drawn, maps: Sequence[_Map], fits: Fits) -> None:
    """Give numbers to the places and areas with most reports, as far as the key has room."""
    shown = {
        id(place)
        for one in maps
        for place, shape in zip(drawn.wide, one.shapes, strict=True)
        if shape is not None
    }
    points = sorted(drawn.placed, key=lambda p: (-p.mark.count, p.mark.name))
    chosen: list[plan.Placed | Wide] = []
    for slots in range(1, len(points) + len(drawn.wide) + 1):
        least = min(len(drawn.wide), max(1, slots // 4)) if slots > 3 or not points else 0
        first = points[: slots - least]
        longer: list[plan.Placed | Wide] = [*first, *drawn.wide[: slots - len(first)]]
        if not fits(longer):
            break
        chosen = longer
    number = 0
    for one in chosen:
        if isinstance(one, plan.Placed):
            one.mark.number = number = number + 1
            continue
        one.listed = True
        if id(one) in shown:
            one.number = number = number + 1


def _pairs(marks: Marks, crossings: pd.DataFrame) -> set[str]:
    """Return the borders that matter: those the crossings of the reports lie on."""
    ids = {mark.crossing for mark in marks.points if mark.crossing}
    return set(crossings.loc[crossings["id"].isin(ids), "pair"])


def _draw(
    scene: Scene,
    one: _Map,
    marks: Marks,
    wide: Sequence[Wide],
) -> None:
    """Draw one map with all that lies on it."""
    panel, room, pen = one.panel, one.room, one.pen
    ground = draw_ground(scene, panel)
    room = one.room = Room(panel.frame, ground.borders)
    if one.letter:
        tall = tag(scene, panel.frame, one.letter, one.heading, pen)
        room.take(
            (
                panel.frame.x,
                panel.frame.y,
                panel.frame.x + tall[0] + 0.6,
                panel.frame.y + tall[1] + 0.6,
            )
        )
    for zoom in one.zooms:
        _zoom_box(scene, panel, zoom, room)
    _rings(scene, one)
    labels = _names(one)
    draw_wide(scene, panel, room, pen, wide, one.shapes, zoom=bool(one.letter))
    scale_bar(scene, panel, room, pen)
    if not one.letter:
        locator(scene, panel, room, pen)
    labels += _ground_labels(scene, one, marks)
    room.put(scene, labels)
    frame(scene, panel.frame)


def _zoom_box(scene: Scene, panel: Panel, zoom: _Map, room: Room) -> None:
    """Draw where a zoom lies."""
    left, top, right, bottom = box_of(zoom.panel, panel)
    look = colours()
    if right - left > 2.5:
        for colour, line in ((look.casing, 1.8), (look.ink, 0.7)):
            scene.rect("zooms", left, top, right - left, bottom - top, stroke=colour, line=line)
        for x0, y0, x1, y1 in ((left, top, right, top), (left, bottom, right, bottom),
                               (left, top, left, bottom), (right, top, right, bottom)):  # fmt: skip
            room.take((x0 - 0.2, y0 - 0.2, x1 + 0.2, y1 + 0.2))


def _rings(scene: Scene, one: _Map) -> None:
    """Draw the reports of every place, smallest last so that none is hidden."""
    room, pen, look = one.room, one.pen, colours()
    for placed in sorted(one.placed, key=lambda p: -p.mark.count):
        reach = placed.mark.uncertainty_km / one.panel.km_per_mm
        if placed.radius * 1.25 < reach < 0.5 * one.panel.frame.width and not placed.letter:
            _circle(scene, one.panel, placed, reach)
        if np.hypot(placed.x - placed.true_x, placed.y - placed.true_y) > 0.5:
            ends = np.array([(placed.true_x, placed.true_y), (placed.x, placed.y)])
            scene.add(Path("leaders", (ends,), stroke=look.casing, width=1.8),
                      Path("leaders", (ends,), stroke=look.ink, width=0.6),
                      disc("leaders", placed.true_x, placed.true_y, 0.5 * pen.unit, fill=look.ink,
                           stroke=look.casing, line=0.6))  # fmt: skip
            room.take_round(placed.true_x, placed.true_y, 0.5 * pen.unit)
        ring(scene, "reports", placed.x, placed.y, placed.mark.shares, pen.unit, pen.text_pt,
             name=f"{placed.mark.name}: {placed.mark.count}")  # fmt: skip
        room.take_round(placed.x, placed.y, placed.radius + 0.4 * pen.unit)
    for placed in one.placed:
        label = placed.letter or (str(placed.mark.number) if placed.mark.number else "")
        if label:
            _tag_ring(scene, one, placed, label)


def _circle(scene: Scene, panel: Panel, placed: plan.Placed, reach: float) -> None:
    """Draw within what radius the true place lies, cut at the frame."""
    frame_ = panel.frame
    around = shapely.Point(placed.true_x, placed.true_y).buffer(reach, quad_segs=24)
    cut = shapely.clip_by_rect(around, frame_.x, frame_.y, frame_.right, frame_.bottom)
    edge = shapely.clip_by_rect(around.exterior, frame_.x, frame_.y, frame_.right, frame_.bottom)
    scene.add(
        Path("uncertainty", paths_of(cut), closed=True, fill=colours().muted, opacity=0.04),
        Path("uncertainty", paths_of(edge), stroke=colours().muted, width=0.5, dash=(1.6, 1.4)),
    )


def _tag_ring(scene: Scene, one: _Map, placed: plan.Placed, label: str) -> None:
    """Put the number of a place at the side of its ring that is free."""
    away = placed.radius + 0.5 * one.pen.unit
    half = 1.6 * one.pen.unit
    best = (placed.x, placed.y)
    for east, south in ((0.78, -0.78), (-0.78, -0.78), (0.78, 0.78), (-0.78, 0.78)):
        x, y = placed.x + east * away, placed.y + south * away
        best = (x, y)
        if one.room.free((x - 0.4 * half, y - 0.4 * half, x + half * 0.4, y + half * 0.4)):
            break
    else:
        best = (placed.x + 0.78 * away, placed.y - 0.78 * away)
    half = number_disc(scene, "numbers", *best, label, one.pen.text_pt, square=bool(placed.letter))
    one.room.take((best[0] - half, best[1] - half, best[0] + half, best[1] + half))


def _names(one: _Map) -> list[Label]:
    """Return the labels of the places with reports."""
    look, size = colours(), one.pen.text_pt
    labels = []
    ranked = sorted((p for p in one.placed if not p.letter), key=lambda p: -p.mark.count)
    for placed in ranked[:_MOST_LABELS]:
        lines = tuple(
            (line, size * 0.98, "bold", look.ink) for line in _two_lines(placed.mark.name)
        )
        labels.append(
            Label("labels", placed.x, placed.y, placed.radius + 0.5 * one.pen.unit, lines,
                  weight=100 + placed.mark.count, leader=True)
        )  # fmt: skip
    return labels


def _two_lines(name: str) -> list[str]:
    """Return a long name as two lines of about equal length."""
    words = name.split()
    if len(name) <= 20 or len(words) < 2:
        return [name]
    best = min(range(1, len(words)),
               key=lambda k: max(len(" ".join(words[:k])), len(" ".join(words[k:]))))  # fmt: skip
    return [" ".join(words[:best]), " ".join(words[best:])]


def _ground_labels(scene: Scene, one: _Map, marks: Marks) -> list[Label]:
    """Return the names of the ground and draw the symbols of towns and crossings."""
    panel, pen, look = one.panel, one.pen, colours()
    labels = area_labels(panel, pen.text_pt, pen.lang)
    if not one.letter:
        labels = _country_wide(labels, marks, pen)
    taken = {fold(p.mark.name) for p in one.placed}
    spots = np.array([(p.true_x, p.true_y) for p in one.placed] or [(-1e9, -1e9)])
    drawn_at = np.array([(p.x, p.y, p.radius) for p in one.placed] or [(-1e9, -1e9, 0)])
    table = crossing_labels(panel, one.crossings)
    close = panel.km_per_mm < _NAMED_CROSSINGS
    for name, x, y in zip(table["name"], table["x"], table["y"], strict=True):
        covered = np.hypot(drawn_at[:, 0] - x, drawn_at[:, 1] - y) < drawn_at[:, 2]
        if covered.any() or fold(name) in taken:
            continue
        crossing(scene, "crossings", x, y, pen.unit, name)
        one.room.take_round(x, y, pen.unit)
        if not close:
            continue
        lines = tuple((line, pen.text_pt * 0.86, "sans", look.ink) for line in _two_lines(name))
        labels.append(Label("labels", x, y, pen.unit, lines, weight=30, leader=False))
    for label in town_labels(panel, pen.text_pt, pen.unit):
        near = np.hypot(spots[:, 0] - label.x, spots[:, 1] - label.y).min() < 1.2
        if fold(label.lines[0][0]) in taken or near:
            continue
        labels.append(label)
    return labels


def _country_wide(labels: list[Label], marks: Marks, pen: Pen) -> list[Label]:
    """Return the labels with the number of country-wide reports under the names of countries."""
    by_name = {place.name.upper(): place for place in marks.wide if place.kind == "country"}
    changed = []
    for label in labels:
        place = by_name.get(label.lines[0][0])
        if place is None:
            changed.append(label)
            continue
        note = text("figure", "key.wide", pen.lang, n=place.count)
        lines = (*label.lines, (note, pen.text_pt * 0.84, "sans", colours().muted))
        changed.append(replace(label, lines=lines, weight=label.weight + 40))
    return changed
