"""A figure put together: headline, legend, maps, key and credits, each in its box."""

from dataclasses import dataclass, field

import pandas as pd

from mapper.figure import key, plan
from mapper.figure.furniture import Pen, swatch
from mapper.figure.maps import draw_map
from mapper.figure.marks import Mark, Marks, Wide
from mapper.figure.panel import Frame
from mapper.figure.scene import Scene, Text
from mapper.figure.sheet import Sheet
from mapper.figure.sizes import Size
from mapper.figure.styling import colours, families
from mapper.figure.symbols import symbol
from mapper.figure.typeset import cut, height_mm, width_mm, wrap
from mapper.messages import text

__all__ = ["Composed", "compose"]

_TIGHTEST = 0.86  # of plain text, for a legend in two columns
_KEY_SHARE = 0.26  # of an upright sheet under its legend, at most


@dataclass(slots=True)
class Composed:
    """The scene, and what is drawn in it by number, for the key, the alt text and the table."""

    scene: Scene
    crossings: pd.DataFrame
    placed: list[plan.Placed] = field(default_factory=list)
    wide: list[Wide] = field(default_factory=list)
    far: list[Mark] = field(default_factory=list)


def compose(marks: Marks, size: Size, *, title: str, dek: str, credit: str, marking: str,
            lang: str, crossings: pd.DataFrame) -> Composed:  # fmt: skip
    """Return the finished scene of a figure."""
    scene = Scene(size.width, size.height)
    scene.rect("paper", 0, 0, size.width, size.height, fill=colours().page, name="paper")
    unit = size.text_pt / 7.8
    pad = min(4.0, 0.028 * size.width)
    sheet = Sheet(scene, Pen(size.text_pt, lang, unit),
                   Frame(pad, pad, size.width - 2 * pad, size.height - 2 * pad))  # fmt: skip
    if marking:
        _marking(sheet, marking)
    _credits(sheet, credit)
    composed = Composed(scene, crossings)
    if size.wide:
        _beside(sheet, composed, marks, title, dek)
    else:
        _stacked(sheet, composed, marks, title, dek)
    return composed


def _stacked(sheet: Sheet, composed: Composed, marks: Marks, title: str, dek: str) -> None:
    """Fill an upright sheet: words over the map, the key under it."""
    _headline(sheet, title, dek)
    _legend(sheet, marks)
    free = sheet.free
    most = _KEY_SHARE * free.height
    wanted = key.height(sheet, [*marks.points, *marks.wide], free.width, most) + 2.5
    area = Frame(free.x, free.y, free.width, free.height - wanted)
    box = Frame(area.x, area.bottom + 2.5, area.width, wanted - 2.5)
    _maps(sheet, composed, marks, area, box)


def _beside(sheet: Sheet, composed: Composed, marks: Marks, title: str, dek: str) -> None:
    """Fill a wide sheet: words at the left, the map at the right."""
    whole = sheet.free
    wide = min(0.36 * whole.width, max(0.25 * whole.width, 62 * sheet.pen.unit))
    sheet.free = Frame(whole.x, whole.y, wide, whole.height)
    _headline(sheet, title, dek)
    _legend(sheet, marks)
    box = Frame(sheet.free.x, sheet.free.y + 1, wide, sheet.free.height - 1)
    gap = 4.0 * sheet.pen.unit
    area = Frame(whole.x + wide + gap, whole.y, whole.width - wide - gap, whole.height)
    _maps(sheet, composed, marks, area, box)


def _maps(sheet: Sheet, composed: Composed, marks: Marks, area: Frame, box: Frame) -> None:
    """Draw the main map and its zooms, and the key of what has a number in them."""
    drawn = draw_map(
        sheet.scene,
        marks,
        area,
        sheet.pen,
        composed.crossings,
        lambda entries: key.fits(sheet, entries, box),
    )
    composed.placed, composed.wide, composed.far = drawn.placed, drawn.wide, drawn.far
    key.draw(sheet, drawn, marks, box)


def _marking(sheet: Sheet, marking: str) -> None:
    """Write the handling mark over everything."""
    size = sheet.text_pt * 1.05
    tall = height_mm(size) + 2.2 * sheet.pen.unit
    free = sheet.free
    sheet.scene.rect("words", free.x, free.y, free.width, tall, fill=colours().ink)
    words_ = cut(marking, "bold", size, free.width - 4)
    sheet.scene.add(Text("words", free.x + free.width / 2, free.y + tall / 2 + height_mm(size) / 2,
                         words_, size, "bold", colours().page, "center"))  # fmt: skip
    sheet.from_top(tall + 1.6 * sheet.pen.unit)


def _credits(sheet: Sheet, credit: str) -> None:
    """Write attribution and the standing line at the foot."""
    size = sheet.text_pt * 0.76
    free = sheet.free
    lines = wrap(credit, "sans", size, free.width)
    tall = len(lines) * sheet.leading(size)
    for k, line in enumerate(lines):
        y = free.bottom - tall + (k + 0.86) * sheet.leading(size)
        sheet.write(0, y, line, size, "sans", colours().muted)
    sheet.from_bottom(tall + 1.2 * sheet.pen.unit)


def _headline(sheet: Sheet, title: str, dek: str) -> None:
    free = sheet.free
    for words_, size, face, colour, most in (
        (title, sheet.text_pt * 2.05, "serif", colours().ink, 3),
        (dek, sheet.text_pt * 1.1, "sans", colours().muted, 4),
    ):
        if not words_:
            continue
        for line in wrap(words_, face, size, free.width, most):
            sheet.write(0, sheet.free.y + height_mm(size) * 1.12, line, size, face, colour)
            sheet.from_top(sheet.leading(size) * (0.95 if face == "serif" else 1.04))
        sheet.from_top(0.9 * sheet.pen.unit)


def _legend(sheet: Sheet, marks: Marks) -> None:
    """Draw the families that occur, each with its symbol, name and number of reports."""
    size, unit, lang = sheet.text_pt, sheet.pen.unit, sheet.pen.lang
    rows = [
        (k, text("page", f"family_{families()[k].key}", lang), f"{n:,}")
        for k, n in enumerate(marks.shares) if n
    ]  # fmt: skip
    free = sheet.free
    if not rows:
        return
    label = 5.2 * unit
    widest = max(width_mm(name, "sans", size) + width_mm(n, "bold", size) for _, name, n in rows)
    columns = max(1, min(len(rows), 3, int(free.width / (label + widest + 5 * unit))))
    tight = free.width / 2 - label - 1.5 * unit
    if columns == 1 and len(rows) > 3 and _TIGHTEST * widest <= tight:
        columns, size = 2, size * min(1.0, tight / widest)
    step, tall = free.width / columns, sheet.leading(size) * 1.12
    lines = -(-len(rows) // columns)
    for at, (family, whole, number) in enumerate(rows):
        column, line = divmod(at, lines)
        y = free.y + (line + 0.5) * tall
        dx = column * step
        x = sheet.side(dx + 1.6 * unit)
        sheet.scene.add(*symbol("words", family, x, y, 1.25 * unit))
        base = y + height_mm(size) / 2
        name = cut(whole, "sans", size, step - label - width_mm(number, "bold", size) - 1.0 * unit)
        sheet.write(dx + label - 0.8 * unit, base, name, size, "sans", colours().ink)
        after = dx + label + 0.8 * unit + width_mm(name, "sans", size)
        sheet.write(after, base, number, size, "bold", colours().ink)
    sheet.from_top(lines * tall + 1.0 * unit)
    _how_to_read(sheet, marks)


def _how_to_read(sheet: Sheet, marks: Marks) -> None:
    """Draw in a line or two what rings, circles, hatching and bands mean, as far as they occur."""
    size, unit, lang = sheet.text_pt * 0.86, sheet.pen.unit, sheet.pen.lang
    kinds = {place.kind for place in marks.wide}
    wanted = [
        ("ring", any(mark.count > 1 for mark in marks.points)),
        ("circle", any(mark.uncertainty_km > 0 for mark in marks.points)),
        ("area", "area" in kinds),
        ("border", bool(kinds & {"border", "line"})),
        ("list", "list" in kinds),
        ("crossing", any(mark.crossing for mark in marks.points)),
    ]
    tall, free = sheet.leading(size) * 1.12, sheet.free
    dx, line = 0.0, 0
    for kind, there in wanted:
        if not there:
            continue
        said = cut(text("figure", f"legend.{kind}", lang), "sans", size, free.width - 5 * unit)
        wide = 4.4 * unit + width_mm(said, "sans", size)
        if dx and dx + wide > free.width:
            dx, line = 0.0, line + 1
        y = free.y + (line + 0.5) * tall
        swatch(sheet.scene, sheet.side(dx + 1.6 * unit), y, kind, unit)
        sheet.write(dx + 4.4 * unit, y + height_mm(size) / 2, said, size, "sans", colours().muted)
        dx += wide + 3.4 * unit
    sheet.from_top((line + (dx > 0)) * tall + 1.4 * unit)
