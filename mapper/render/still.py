"""The still map of the page without a script: inline SVG, the same symbols and colours."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.messages import text
from mapper.render.basemap import Box, Layer, Shapes, lines_of
from mapper.render.hot import Hot
from mapper.render.security import markup
from mapper.render.story import Story, dek

__all__ = ["still"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_WIDTH, _HEIGHT = 960, 600
_MOST_ZOOM = 11.5
_LABELS = 26
_FONT = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class View:
    """A window on the Mercator square: pixels across the square, and its left and top edge."""

    size: float
    left: float
    top: float

    def xy(self, longitude: Floats, latitude: Floats) -> Floats:
        """Return pixels, one row a point."""
        sine = np.sin(np.radians(np.clip(latitude, -85.05, 85.05)))
        x = (longitude + 180) / 360 * self.size - self.left
        y = (0.5 - np.arctanh(sine) / (2 * math.pi)) * self.size - self.top
        return np.column_stack([x, y])

    def box(self) -> Box:
        """Return what it shows: west, south, east, north, a little more than the picture."""
        corners = np.array(
            [[self.left - 20, self.top + _HEIGHT + 20], [self.left + _WIDTH + 20, self.top - 20]]
        )
        unit = corners / self.size
        lon = unit[:, 0] * 360 - 180
        lat = np.degrees(np.arctan(np.sinh((0.5 - unit[:, 1]) * 2 * math.pi)))
        return (float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1]))


@dataclass(slots=True)
class Mark:
    """Reports drawn together: where, how many of each family."""

    x: float
    y: float
    shares: Integers

    @property
    def total(self) -> int:
        """How many reports."""
        return int(self.shares.sum())

    @property
    def radius(self) -> float:
        """Pixels; the same rule as on the live map."""
        n = self.total
        if n <= 1:
            return 6.0
        return 8 + 2.1 * math.sqrt(n) if n <= 100 else 29 + 3 * math.log10(n / 100)


def still(
    places: pd.DataFrame,
    shares: Integers,
    *,
    layers: list[Layer],
    labels: list[list[Any]],
    hot: list[Hot],
    styling: dict[str, Any],
    facts: Story,
    lang: str,
) -> str:
    """Return the markup of the picture of the opening view.

    Args:
        places: the table of places.
        shares: reports of each place (rows) by family (columns).
        layers: of the basemap, from the ground up.
        labels: towns, as `ground.labels` gives them.
        hot: hot groups; the picture shows the first.
        styling: families and themes.
        facts: of the headline, for the picture's description.
        lang: language of our words.
    """
    view = _opening(places, hot)
    colours = styling["themes"]["light"]
    marks = _marks(places, shares, view)
    described = text("map", "fallback.picture", lang, dek=dek(facts, lang))
    opening_tag = (
        f'<svg class="fallback-map" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="{_FONT}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join(
        [
            opening_tag,
            f"<title>{markup(described)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{colours["sea"]}"/>',
            *_ground(layers, view, colours),
            *_names(labels, marks, view, colours),
            *(_draw(mark, styling["families"], colours) for mark in marks),
            *_key(styling["families"], shares, lang, colours),
            "</svg>",
        ]
    )


def _opening(places: pd.DataFrame, hot: list[Hot]) -> View:
    """Return the window on the hottest group, or on everything."""
    if hot:
        south, west, north, east = hot[0].bounds
    else:
        placed = places[np.isfinite(places["latitude"])]
        if placed.empty:
            south, west, north, east = -50.0, -120.0, 65.0, 140.0
        else:
            south, north = float(placed["latitude"].min()), float(placed["latitude"].max())
            west, east = float(placed["longitude"].min()), float(placed["longitude"].max())
    whole = View(1.0, 0.0, 0.0)
    (x1, y1), (x2, y2) = whole.xy(np.array([west, east]), np.array([north, south]))
    room = 0.75
    across = max((x2 - x1) / (_WIDTH * room), (y2 - y1) / (_HEIGHT * room), 1e-9)
    size = min(1 / across, 256 * 2**_MOST_ZOOM)
    left, top = (x1 + x2) / 2 * size - _WIDTH / 2, (y1 + y2) / 2 * size - _HEIGHT / 2
    return View(size, left, top)


_DASHES = 'stroke-dasharray="5 4"'


def _ground(layers: list[Layer], view: View, colours: dict[str, str]) -> list[str]:
    box = view.box()
    tolerance = 0.4 * 360 / view.size
    drawn = []
    for kind, look in (
        ("land", f'fill="{colours["land"]}" fill-rule="evenodd"'),
        ("lake", f'fill="{colours["sea"]}" fill-rule="evenodd"'),
        ("river", f'fill="none" stroke="{colours["sea"]}" stroke-width="1.2"'),
        ("admin1", f'fill="none" stroke="{colours["admin1"]}" stroke-dasharray="1 3"'),
        ("border", f'fill="none" stroke="{colours["casing"]}" stroke-width="5"'),
        ("border", f'fill="none" stroke="{colours["border"]}" stroke-width="1.8"'),
        ("disputed", f'fill="none" stroke="{colours["casing"]}" stroke-width="3"'),
        ("disputed", f'fill="none" stroke="{colours["border"]}" stroke-width="1.8" {_DASHES}'),
    ):
        path = "".join(
            _path(layer.clipped(box).simplified(tolerance).shapes, view)
            for layer in layers
            if layer.kind == kind
        )
        if path:
            drawn.append(f'<path {look} d="{path}"/>')
    return drawn


def _path(shapes: Shapes, view: View) -> str:
    """Return the path data of all lines and rings of these shapes, to half a pixel."""
    parts = []
    for line in map(shapely.get_coordinates, lines_of(shapes)[0]):
        points = np.round(view.xy(line[:, 0], line[:, 1]) * 2) / 2
        steps = " ".join(f"{x:g},{y:g}" for x, y in points)
        parts.append(f"M{steps}")
    return "".join(parts)


def _marks(places: pd.DataFrame, shares: Integers, view: View) -> list[Mark]:
    """Return the rings and symbols; the fullest takes in what it would cover."""
    chosen = (places["shape"] == "point").to_numpy() & (shares.sum(axis=1) > 0)
    chosen &= np.isfinite(places["latitude"].to_numpy(dtype=np.float64))
    rows = places[chosen]
    xy = view.xy(rows["longitude"].to_numpy(np.float64), rows["latitude"].to_numpy(np.float64))
    inside = (xy[:, 0] > 0) & (xy[:, 0] < _WIDTH) & (xy[:, 1] > 0) & (xy[:, 1] < _HEIGHT)
    xy, counts = xy[inside], shares[chosen][inside]
    marks: list[Mark] = []
    for k in np.argsort(-counts.sum(axis=1), kind="stable")[:5000]:
        x, y = float(xy[k, 0]), float(xy[k, 1])
        for mark in marks:
            if math.hypot(mark.x - x, mark.y - y) < mark.radius + 8:
                mark.shares = mark.shares + counts[k]
                break
        else:
            marks.append(Mark(x, y, counts[k].copy()))
    return sorted(marks, key=lambda mark: mark.total)


def _draw(mark: Mark, families: list[dict[str, Any]], colours: dict[str, str]) -> str:
    if mark.total == 1:
        family = families[int(np.argmax(mark.shares))]
        return _symbol(family, mark.x, mark.y, 6, colours["casing"])
    r = mark.radius
    wide = min(7.0, max(3.6, r * 0.24))
    at = f'cx="{mark.x:.1f}" cy="{mark.y:.1f}"'
    drawn = [f'<circle {at} r="{r + 1.5:.1f}" fill="{colours["casing"]}"/>']
    around = 2 * math.pi * (r - wide / 2)
    turned = 0.0
    for family, share in zip(families, mark.shares, strict=True):
        if not share:
            continue
        length = around * int(share) / mark.total
        drawn.append(
            f'<circle {at} r="{r - wide / 2:.1f}" fill="none" '
            f'stroke="{family["light"]}" stroke-width="{wide:.1f}" '
            f'stroke-dasharray="{max(length - 1, 0.5):.1f} {around:.1f}" '
            f'transform="rotate({turned - 90:.1f} {mark.x:.1f} {mark.y:.1f})"/>'
        )
        turned += 360 * int(share) / mark.total
    drawn.append(
        f'<text x="{mark.x:.1f}" y="{mark.y + 4:.1f}" text-anchor="middle" font-size="12" '
        f'font-weight="600" fill="{colours["ink"]}">{mark.total}</text>'
    )
    return "".join(drawn)


def _symbol(family: dict[str, Any], x: float, y: float, r: float, casing: str) -> str:
    look = f'fill="{family["light"]}" stroke="{casing}" stroke-width="1.5"'
    symbol = family["symbol"]
    if symbol.startswith("triangle"):
        up = 1 if symbol == "triangle-up" else -1
        corners = ((x, y - up * r), (x + r, y + up * r * 0.8), (x - r, y + up * r * 0.8))
        points = " ".join(f"{cx:.1f},{cy:.1f}" for cx, cy in corners)
        return f'<polygon points="{points}" {look}/>'
    if symbol in ("square", "bar"):
        half = r * (0.9 if symbol == "square" else 0.5)
        return (f'<rect x="{x - r * 0.9:.1f}" y="{y - half:.1f}" width="{r * 1.8:.1f}" '
                f'height="{2 * half:.1f}" {look}/>')  # fmt: skip
    size = r * (0.7 if symbol == "dot" else 0.95)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {look}/>'


def _names(
    labels: list[list[Any]], marks: list[Mark], view: View, colours: dict[str, str]
) -> list[str]:
    """Return the towns' names where there is room: the largest first, no two overlapping."""
    taken = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    drawn: list[str] = []
    for name, latitude, longitude, *_ in labels:
        (x, y) = view.xy(np.array([longitude]), np.array([latitude]))[0]
        if not (10 < x < _WIDTH - 10 and 10 < y < _HEIGHT - 50):
            continue
        wide = 6.9 * len(name)
        mark = next((m for m in marks if math.hypot(m.x - x, m.y - y) < m.radius + 4), None)
        cx, cy, gap = (mark.x, mark.y, mark.radius + 4) if mark else (x, y, 6.0)
        for side in (1, -1):
            left = cx + gap if side > 0 else cx - gap - wide
            box = (left, cy - 8, left + wide, cy + 8)
            if left < 4 or box[2] > _WIDTH - 4 or any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            if not mark:
                taken.append((x - 4, y - 4, x + 4, y + 4))
                drawn.append(
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colours["paper"]}" '
                    f'stroke="{colours["ink"]}"/>'
                )
            drawn.append(
                f'<text x="{left:.1f}" y="{cy + 4:.1f}" font-size="12.5" '
                f'fill="{colours["ink"]}" stroke="{colours["land"]}" stroke-width="3" '
                f'paint-order="stroke">{markup(name)}</text>'
            )
            break
        if len(drawn) >= 2 * _LABELS:
            break
    return drawn


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _key(
    families: list[dict[str, Any]], shares: Integers, lang: str, colours: dict[str, str]
) -> list[str]:
    """Return the legend under the picture: symbol, name and count of each family."""
    totals = shares.sum(axis=0)
    drawn = [f'<rect y="{_HEIGHT - 34}" width="{_WIDTH}" height="34" fill="{colours["paper"]}"/>']
    x = 14.0
    for family, total in zip(families, totals, strict=True):
        if not total:
            continue
        name = f"{text('page', 'family_' + family['key'], lang)} {int(total)}"
        drawn.append(_symbol(family, x, _HEIGHT - 17, 6, colours["paper"]))
        drawn.append(
            f'<text x="{x + 11:.0f}" y="{_HEIGHT - 13}" font-size="11.5" '
            f'fill="{colours["ink"]}">{markup(name)}</text>'
        )
        x += 24 + 6.1 * len(name)
    return drawn
