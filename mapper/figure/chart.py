"""One map of a figure: its ground, the places with reports, and the names around them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.figure import plan
from mapper.figure.furniture import Pen, box_of, crossing, frame, locator, scale_bar, tag
from mapper.figure.ground import area_labels, crossing_labels, draw_ground, town_labels
from mapper.figure.labels import Label, Room
from mapper.figure.marks import Marks, Wide
from mapper.figure.panel import Panel
from mapper.figure.scene import Path, Scene, paths_of
from mapper.figure.styling import colours
from mapper.figure.symbols import disc, number_disc, ring
from mapper.figure.wide import draw_wide
from mapper.messages import text
from mapper.text import fold

__all__ = ["Chart", "draw_chart"]

_MOST_LABELS = 60
_NAMED_CROSSINGS = 1.2  # km a mm, up to which crossings without reports are named


@dataclass(slots=True)
class Chart:
    """One panel while it is drawn."""

    panel: Panel
    placed: list[plan.Placed]
    room: Room
    pen: Pen
    letter: str
    heading: str
    crossings: pd.DataFrame
    zooms: "list[Chart]" = field(default_factory=list)
    shapes: list[BaseGeometry | None] = field(default_factory=list)


def draw_chart(
    scene: Scene,
    one: Chart,
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


def _zoom_box(scene: Scene, panel: Panel, zoom: Chart, room: Room) -> None:
    """Draw where a zoom lies."""
    left, top, right, bottom = box_of(zoom.panel, panel)
    look = colours()
    if right - left > 2.5:
        for colour, line in ((look.casing, 1.8), (look.ink, 0.7)):
            scene.rect("zooms", left, top, right - left, bottom - top, stroke=colour, line=line)
        for x0, y0, x1, y1 in ((left, top, right, top), (left, bottom, right, bottom),
                               (left, top, left, bottom), (right, top, right, bottom)):  # fmt: skip
            room.take((x0 - 0.2, y0 - 0.2, x1 + 0.2, y1 + 0.2))


def _rings(scene: Scene, one: Chart) -> None:
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


def _tag_ring(scene: Scene, one: Chart, placed: plan.Placed, label: str) -> None:
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


def _names(one: Chart) -> list[Label]:
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


def _ground_labels(scene: Scene, one: Chart, marks: Marks) -> list[Label]:
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
