"""The maps of a figure: one of everything, and zooms of what would overlap on it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper import world
from mapper.figure import plan
from mapper.figure.chart import Chart, draw_chart
from mapper.figure.furniture import (
    Pen,
)
from mapper.figure.labels import Room
from mapper.figure.marks import Mark, Marks, Wide
from mapper.figure.panel import Frame, Panel
from mapper.figure.scene import Scene
from mapper.figure.symbols import ring_radius
from mapper.figure.wide import on_paper
from mapper.messages import text

__all__ = ["Drawn", "Fits", "draw_map"]

Floats = npt.NDArray[np.float64]
# a map before it is drawn: panel, marks, letter, heading
_Planned = tuple[Panel, list[plan.Placed], str, str]
# whether the key has room for these entries
Fits = Callable[[Sequence["plan.Placed | Wide"]], bool]

_LETTERS = "ABCDEFG"
_LEAST_KM = 14.0  # width of the ground a map shows at least


@dataclass(slots=True)
class Drawn:
    """What was drawn: marks as placed, wide places, and marks left outside the maps."""

    placed: list[plan.Placed] = field(default_factory=list)
    wide: list[Wide] = field(default_factory=list)
    far: list[Mark] = field(default_factory=list)


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
        Chart(panel, placed, Room(panel.frame), pen, letter, heading, beside)
        for panel, placed, letter, heading in (main, *zooms)
    ]
    maps[0].zooms = maps[1:]
    drawn.placed = [one for m in maps for one in m.placed if not one.letter]
    _share_out(maps, drawn.wide)
    _number(drawn, maps, fits)
    for one in maps:
        draw_chart(scene, one, marks, drawn.wide)
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


def _share_out(maps: Sequence[Chart], wide: Sequence[Wide]) -> None:
    """Say which map shows which area: each once, a small round in the zoom that holds it."""
    done: set[int] = set()
    for one in reversed(maps):
        found = on_paper(one.panel, wide, one.pen.unit, zoom=bool(one.letter))
        one.shapes = [None if k in done else shape for k, shape in enumerate(found)]
        done |= {k for k, shape in enumerate(found) if shape is not None}


def _number(drawn: Drawn, maps: Sequence[Chart], fits: Fits) -> None:
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
