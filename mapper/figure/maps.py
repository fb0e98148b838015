"""The maps of a figure: one of everything, and zooms of what would overlap on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from mapper import world
from mapper.figure import plan
from mapper.figure.furniture import (
    Pen,
    badge,
    box_of,
    crossing,
    frame,
    hatched,
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
from mapper.figure.symbols import disc, number_disc, ring
from mapper.messages import text
from mapper.text import fold

__all__ = ["Drawn", "draw_map"]

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
    zooms: "list[_Map]" = field(default_factory=list)
    letter: str = ""
    heading: str = ""
    pairs: set[str] = field(default_factory=set)


def draw_map(scene: Scene, marks: Marks, area: Frame, pen: Pen, slots: int) -> Drawn:
    """Draw all maps into `area`; the first `slots` places get a number for the key."""
    far = plan.far_off(marks.points)
    points = [mark for k, mark in enumerate(marks.points) if k not in far]
    drawn = Drawn(
        far=[mark for k, mark in enumerate(marks.points) if k in far], wide=list(marks.wide)
    )
    lon, lat = _extent(points, marks.wide)
    main, zooms = _arranged(area, points, (lon, lat), pen)
    pairs = _pairs(marks)
    maps = [_Map(panel, placed, Room(panel.frame), pen, letter=letter, heading=heading, pairs=pairs)
            for panel, placed, letter, heading in (main, *zooms)]  # fmt: skip
    maps[0].zooms = maps[1:]
    drawn.placed = [one for m in maps for one in m.placed if not one.letter]
    _number(drawn, slots)
    for one in maps:
        _draw(scene, one, drawn.wide if one is maps[0] else [], marks)
    return drawn


def _extent(points: Sequence[Mark], wide: Sequence[Wide]) -> tuple[np.ndarray, np.ndarray]:
    """Return points that the main map must hold: places, and where there are none, areas."""
    lon, lat = plan.coordinates(points)
    if len(lon):
        return lon, lat
    bounds = [w.shape.bounds for w in wide if w.shape is not None and not w.shape.is_empty]
    if not bounds:
        return np.array([-170.0, 170.0]), np.array([-50.0, 70.0])
    west, south, east, north = np.array(bounds).T
    return np.concatenate([west, east]), np.concatenate([south, north])


def _arranged(area, points, extent, pen):  # noqa: ANN001, ANN202
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
    zooms = []
    for letter, group, box in zip(_LETTERS, groups, frames[1:], strict=False):
        z_lon, z_lat = plan.coordinates(group.members)
        zoom = Panel.around(box, z_lon, z_lat, room_mm=11 * pen.unit, least_km=_LEAST_KM)
        inside = _spread(zoom, group.members, box, pen)
        zooms.append((zoom, inside, letter, _heading(group, pen.lang)))
        whole = plan.joined(group.members)
        x, y = panel.paper(np.array([whole.longitude]), np.array([whole.latitude]))
        at = (float(x[0]), float(y[0]))
        placed.append(plan.Placed(whole, *at, *at, plan.ring_radius(whole.count, pen.unit), letter))
    plan.spread(placed, frames[0], 4.0 * pen.unit, 0.6)
    return (panel, placed, "", ""), zooms


def _spread(panel: Panel, marks: Sequence[Mark], box: Frame, pen: Pen) -> list[plan.Placed]:
    """Return marks pushed apart; those that lie almost in one place are put together first."""
    placed = plan.merged(panel, marks, 0.42 * pen.unit, 0.0)
    for one in placed:
        one.radius = plan.ring_radius(one.mark.count, pen.unit)
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


def _split(area: Frame, zooms: int, lon: np.ndarray, lat: np.ndarray) -> list[Frame]:
    """Return the frames of the main map and of the zooms."""
    if not zooms:
        return [area]
    gap = 1.6
    middle = np.cos(np.radians((lat.min() + lat.max()) / 2))
    aspect = max(0.4, min(3.0, (np.ptp(lon) * middle + 0.5) / (np.ptp(lat) + 0.5)))
    if area.height > 0.8 * area.width:
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


def _number(drawn: Drawn, slots: int) -> None:
    """Give numbers to the places and areas with most reports, as far as the key has room."""
    least = min(len(drawn.wide), max(1, slots // 4)) if slots > 3 else 0
    points = sorted(drawn.placed, key=lambda p: (-p.mark.count, p.mark.name))
    points = points[: max(0, slots - least)]
    for number, point in enumerate(points, 1):
        point.mark.number = number
    for area in drawn.wide[: max(0, slots - len(points))]:
        area.listed = True


def _pairs(marks: Marks) -> set[str]:
    """Return the borders that matter: those the crossings of the reports lie on."""
    ids = {mark.crossing for mark in marks.points if mark.crossing}
    table = world.crossings()
    return set(table.loc[table["id"].isin(ids), "pair"])


def _draw(scene: Scene, one: _Map, wide: Sequence[Wide], marks: Marks) -> None:
    """Draw one map with all that lies on it."""
    panel, room, pen = one.panel, one.room, one.pen
    ground = draw_ground(scene, panel)
    room = one.room = Room(panel.frame, ground.borders)
    if one.letter:
        tall = tag(scene, panel.frame.x, panel.frame.y, one.letter, one.heading, pen)
        room.take(
            (
                panel.frame.x,
                panel.frame.y,
                panel.frame.x + tall[0] + 0.6,
                panel.frame.y + tall[1] + 0.6,
            )
        )
    for zoom in one.zooms:
        _zoom_box(scene, panel, zoom)
    _rings(scene, one)
    labels = _names(scene, one)
    _wide(scene, one, wide)
    scale_bar(scene, panel, room, pen)
    if not one.letter:
        locator(scene, panel, room, pen)
    labels += _ground_labels(scene, one, wide, marks)
    left = room.put(scene, labels)
    del left
    frame(scene, panel.frame)


def _zoom_box(scene: Scene, panel: Panel, zoom: _Map) -> None:
    """Draw where a zoom lies."""
    left, top, right, bottom = box_of(zoom.panel, panel)
    look = colours()
    if right - left > 2.5:
        for colour, line in ((look.casing, 1.8), (look.ink, 0.7)):
            scene.rect("zooms", left, top, right - left, bottom - top, stroke=colour, line=line)


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


def _names(scene: Scene, one: _Map) -> list[Label]:
    """Return the labels of the places with reports."""
    del scene
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


def _wide(scene: Scene, one: _Map, wide: Sequence[Wide]) -> None:
    """Draw areas as hatched outlines, border stretches as bands, lists as linked rounds."""
    look, pen, panel = colours(), one.pen, one.panel
    for place in sorted(wide, key=lambda w: -w.count):
        if place.kind == "country" or place.shape is None or place.shape.is_empty:
            continue
        if place.kind == "list":
            _list(scene, one, place)
            continue
        shape = panel.shape(place.shape)
        if shape.is_empty:
            continue
        if place.kind == "area":
            hatched(scene, shape, step=1.5 * pen.unit, name=place.name)
        else:
            scene.add(Path("uncertainty", paths_of(shape), stroke=look.muted, width=5.5 * pen.unit,
                           opacity=0.28, name=place.name))  # fmt: skip
        _badge(scene, one, place, shape)


def _badge(scene: Scene, one: _Map, place: Wide, shape: shapely.Geometry) -> None:
    """Put the count of an area or a line where it has room on it."""
    pen = one.pen
    if place.kind == "area":
        inner = shape.buffer(-2.2 * pen.unit)
        grounds = inner if not inner.is_empty else shape
        x0, y0, x1, y1 = grounds.bounds
        x, y = (a.ravel() for a in np.meshgrid(np.linspace(x0, x1, 13), np.linspace(y0, y1, 13)))
        inside = shapely.intersects_xy(grounds, x, y)
        spots = list(zip(x[inside], y[inside], strict=True))
        middle = shape.representative_point()
        spots = [(middle.x, middle.y), *spots]
        heart = shape.centroid
    else:
        along = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
        longest = max(shapely.get_parts(along), key=lambda part: part.length)
        at = [longest.interpolate(t, normalized=True) for t in np.linspace(0.1, 0.9, 33)]
        spots, heart = [(p.x, p.y) for p in at], longest.interpolate(0.5, normalized=True)
    spots.sort(key=lambda s: (s[0] - heart.x) ** 2 + (s[1] - heart.y) ** 2)
    half = 2.6 * pen.unit
    start = spots[0]
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    for away in (5, 7, 9, 12, 15):  # mm: where the shape is full, beside it with a line to it
        spots += [(start[0] + away * np.cos(t), start[1] + away * np.sin(t)) for t in turns]
    own = len(spots) - 5 * len(turns)
    at = next((k for k, (x, y) in enumerate(spots)
               if one.room.free((x - half, y - half * 0.8, x + half, y + half * 0.8), 0.4)), 0)  # fmt: skip
    x, y = spots[at]
    if at >= own:
        ends = np.array([start, (x, y)])
        scene.add(Path("leaders", (ends,), stroke=colours().muted, width=0.5),
                  disc("leaders", *start, 0.45 * pen.unit, fill=colours().muted))  # fmt: skip
    wide, tall = badge(scene, x, y, place.count, pen)
    one.room.take((x - wide, y - tall, x + wide, y + tall))


def _list(scene: Scene, one: _Map, place: Wide) -> None:
    """Draw the places one report names as small open rounds on a dotted line."""
    points = shapely.get_coordinates(place.shape)
    if not len(points) or not one.panel.holds(points[:, 0], points[:, 1], 0.5).all():
        return
    x, y = one.panel.paper(points[:, 0], points[:, 1])
    line = np.column_stack([x, y])
    look = colours()
    if len(line) > 1:
        scene.add(Path("uncertainty", (line,), stroke=look.muted, width=0.6, dash=(0.6, 1.6)))
    for px, py in line:
        scene.add(disc("uncertainty", float(px), float(py), 0.8 * one.pen.unit, fill=look.page,
                       stroke=look.muted, line=0.7))  # fmt: skip


def _ground_labels(scene: Scene, one: _Map, wide: Sequence[Wide], marks: Marks) -> list[Label]:
    """Return the names of the ground and draw the symbols of towns and crossings."""
    panel, pen, look = one.panel, one.pen, colours()
    del wide
    labels = area_labels(panel, pen.text_pt, pen.lang)
    if not one.letter:
        labels = _country_wide(labels, marks, pen)
    taken = {fold(p.mark.name) for p in one.placed}
    spots = np.array([(p.true_x, p.true_y) for p in one.placed] or [(-1e9, -1e9)])
    drawn_at = np.array([(p.x, p.y, p.radius) for p in one.placed] or [(-1e9, -1e9, 0)])
    table = crossing_labels(panel, one.pairs)
    close = panel.km_per_mm < _NAMED_CROSSINGS
    for row in table.itertuples(index=False):
        covered = np.hypot(drawn_at[:, 0] - row.x, drawn_at[:, 1] - row.y) < drawn_at[:, 2]
        if covered.any() or fold(str(row.name)) in taken:
            continue
        crossing(scene, "crossings", row.x, row.y, pen.unit, str(row.name))
        one.room.take_round(row.x, row.y, pen.unit)
        if not close:
            continue
        lines = tuple(
            (line, pen.text_pt * 0.86, "sans", look.ink) for line in _two_lines(str(row.name))
        )
        labels.append(Label("labels", row.x, row.y, pen.unit, lines, weight=30, leader=False))
    for label in town_labels(panel, pen.text_pt, pen.unit):
        name = fold(label.lines[0][0])
        near = np.hypot(spots[:, 0] - label.x, spots[:, 1] - label.y).min() < 1.2
        if name in taken or near:
            continue
        labels.append(label)
    return labels


def _country_wide(labels: list[Label], marks: Marks, pen: Pen) -> list[Label]:
    """Return the labels with the number of country-wide reports under the names of countries."""
    by_name = {place.name.upper(): place for place in marks.wide if place.kind == "country"}
    changed = []
    for label in labels:
        place = by_name.get(label.lines[0][0])
        if place:
            note = text("figure", "key.wide", pen.lang, n=place.count)
            lines = (*label.lines, (note, pen.text_pt * 0.84, "sans", colours().muted))
            label = Label(label.layer, label.x, label.y, label.clear, lines, label.weight + 40,
                          centred=True, spacing=label.spacing)  # fmt: skip
        changed.append(label)
    return changed
