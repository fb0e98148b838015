"""The still map of the page without a script: inline SVG, the same symbols and colours."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.messages import text
from mapper.render.basemap import Layer, Shapes, lines_of
from mapper.render.hot import Hot
from mapper.render.security import markup
from mapper.render.still_frame import HEIGHT, WIDTH, Mark, View
from mapper.render.still_names import bridges, names
from mapper.render.story import Story, dek

__all__ = ["still"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_MOST_ZOOM = 11.5
_IN_A_ROW = 3  # families in a row of the legend: the longest name of any language fits
_FONT = "system-ui, sans-serif"


def still(
    places: pd.DataFrame,
    shares: Integers,
    *,
    layers: list[Layer],
    labels: list[list[Any]],
    crossings: list[dict[str, Any]],
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
        crossings: as `crossings.crossings` gives them; those with reports in view are named.
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
        f'<svg class="fallback-map" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" direction="ltr" font-family="{_FONT}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join(
        [
            opening_tag,
            f"<title>{markup(described)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["sea"]}"/>',
            *_ground(layers, view, colours),
            *names(bridges(crossings, marks, view, lang), labels, marks, view, colours),
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
    across = max((x2 - x1) / (WIDTH * room), (y2 - y1) / (HEIGHT * room), 1e-9)
    size = min(1 / across, 256 * 2**_MOST_ZOOM)
    left, top = (x1 + x2) / 2 * size - WIDTH / 2, (y1 + y2) / 2 * size - HEIGHT / 2
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
    inside = (xy[:, 0] > 0) & (xy[:, 0] < WIDTH) & (xy[:, 1] > 0) & (xy[:, 1] < HEIGHT)
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
    return _apart(marks)


def _apart(marks: list[Mark]) -> list[Mark]:
    """Return the marks, the fewest first, those that overlap made one: a ring grows as it fills."""
    while True:
        kept: list[Mark] = []
        for mark in sorted(marks, key=lambda mark: -mark.total):
            for other in kept:
                if math.hypot(other.x - mark.x, other.y - mark.y) < other.radius + mark.radius + 3:
                    other.shares = other.shares + mark.shares
                    break
            else:
                kept.append(mark)
        if len(kept) == len(marks):
            return kept[::-1]
        marks = kept


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


def _key(
    families: list[dict[str, Any]], shares: Integers, lang: str, colours: dict[str, str]
) -> list[str]:
    """Return the legend under the picture: symbol, name and count of each family, in two rows."""
    totals = shares.sum(axis=0)
    present = [
        (family, f"{text('page', 'family_' + family['key'], lang)} {int(total)}")
        for family, total in zip(families, totals, strict=True)
        if total
    ]
    rows = -(-len(present) // _IN_A_ROW)
    top = HEIGHT - 14 - 22 * rows
    drawn = [f'<rect y="{top}" width="{WIDTH}" height="{HEIGHT - top}" fill="{colours["paper"]}"/>']
    mirrored = lang == "ar"
    for k, (family, name) in enumerate(present):
        x = 14 + k % _IN_A_ROW * (WIDTH - 14) / _IN_A_ROW
        y = top + 18 + 22 * (k // _IN_A_ROW)
        at, beside, anchor = (WIDTH - x, -11, "end") if mirrored else (x, 11, "start")
        drawn.append(_symbol(family, at, y, 6, colours["paper"]))
        drawn.append(
            f'<text x="{at + beside:.0f}" y="{y + 4:.0f}" font-size="12" text-anchor="{anchor}" '
            f'fill="{colours["ink"]}">{markup(name)}</text>'
        )
    return drawn
