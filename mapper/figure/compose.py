"""A figure put together: headline, legend, maps, key and credits, each in its box."""

from dataclasses import dataclass, field

import numpy as np

from mapper.figure import plan, words
from mapper.figure.furniture import Pen, swatch
from mapper.figure.maps import Drawn, draw_map
from mapper.figure.marks import Marks, Wide
from mapper.figure.panel import Frame, Panel
from mapper.figure.scene import Scene, Text
from mapper.figure.sizes import Size
from mapper.figure.styling import colours, families
from mapper.figure.symbols import number_disc, symbol
from mapper.figure.typeset import MM_PER_PT, cut, height_mm, width_mm, wrap
from mapper.messages import text

__all__ = ["Composed", "compose"]


@dataclass(slots=True)
class Composed:
    """The scene, and what is drawn in it by number, for the key, the alt text and the table."""

    scene: Scene
    placed: list[plan.Placed] = field(default_factory=list)
    wide: list[Wide] = field(default_factory=list)
    far: list[plan.Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    """The paper while it is filled: what is free, and what it is written with."""

    scene: Scene
    pen: Pen
    free: Frame

    @property
    def text_pt(self) -> float:
        return self.pen.text_pt

    def leading(self, size: float) -> float:
        return size * MM_PER_PT * 1.22

    def from_top(self, height: float) -> None:
        self.free = Frame(
            self.free.x, self.free.y + height, self.free.width, self.free.height - height
        )

    def from_bottom(self, height: float) -> None:
        self.free = Frame(self.free.x, self.free.y, self.free.width, self.free.height - height)


def compose(marks: Marks, size: Size, *, title: str, dek: str, credit: str, marking: str,
            lang: str) -> Composed:  # fmt: skip
    """Return the finished scene of a figure."""
    scene = Scene(size.width, size.height)
    scene.rect("paper", 0, 0, size.width, size.height, fill=colours().page, name="paper")
    unit = size.text_pt / 7.8
    pad = min(4.0, 0.028 * size.width)
    sheet = _Sheet(scene, Pen(size.text_pt, lang, unit),
                   Frame(pad, pad, size.width - 2 * pad, size.height - 2 * pad))  # fmt: skip
    if marking:
        _marking(sheet, marking)
    _credits(sheet, credit)
    composed = Composed(scene)
    if size.wide:
        _beside(sheet, composed, marks, title, dek)
    else:
        _stacked(sheet, composed, marks, title, dek)
    return composed


def _stacked(sheet: _Sheet, composed: Composed, marks: Marks, title: str, dek: str) -> None:
    """Fill an upright sheet: words over the map, the key under it."""
    _headline(sheet, title, dek)
    _legend(sheet, marks)
    columns = max(1, int(sheet.free.width / (52 * sheet.pen.unit)))
    room = _key_entry(sheet) * max(3, int(0.24 * sheet.free.height / _key_entry(sheet)))
    wanted = _key_entry(sheet) * int(np.ceil(_entries(marks) / columns)) + _notes_height(sheet)
    key_height = min(room, wanted) + 1.5
    area = Frame(sheet.free.x, sheet.free.y, sheet.free.width, sheet.free.height - key_height)
    _maps(
        sheet,
        composed,
        marks,
        area,
        columns * int((key_height - _notes_height(sheet)) / _key_entry(sheet)),
    )
    box = Frame(area.x, area.bottom + 2.0, area.width, key_height - 2.0)
    _key(sheet, composed, marks, box, columns)


def _beside(sheet: _Sheet, composed: Composed, marks: Marks, title: str, dek: str) -> None:
    """Fill a wide sheet: words at the left, the map at the right."""
    whole = sheet.free
    wide = min(0.36 * whole.width, max(0.25 * whole.width, 62 * sheet.pen.unit))
    sheet.free = Frame(whole.x, whole.y, wide, whole.height)
    _headline(sheet, title, dek)
    _legend(sheet, marks)
    box = Frame(sheet.free.x, sheet.free.y + 1, wide, sheet.free.height - 1)
    columns = max(1, int(wide / (52 * sheet.pen.unit)))
    slots = columns * max(1, int((box.height - _notes_height(sheet)) / _key_entry(sheet)))
    gap = 4.0 * sheet.pen.unit
    area = Frame(whole.x + wide + gap, whole.y, whole.width - wide - gap, whole.height)
    _maps(sheet, composed, marks, area, slots)
    _key(sheet, composed, marks, box, columns)


def _marking(sheet: _Sheet, marking: str) -> None:
    """Write the handling mark over everything."""
    size = sheet.text_pt * 1.05
    tall = height_mm(size) + 2.2 * sheet.pen.unit
    free = sheet.free
    sheet.scene.rect("words", free.x, free.y, free.width, tall, fill=colours().ink)
    words_ = cut(marking, "bold", size, free.width - 4)
    sheet.scene.add(Text("words", free.x + free.width / 2, free.y + tall / 2 + height_mm(size) / 2,
                         words_, size, "bold", colours().page, "center"))  # fmt: skip
    sheet.from_top(tall + 1.6 * sheet.pen.unit)


def _credits(sheet: _Sheet, credit: str) -> None:
    """Write attribution and the standing line at the foot."""
    size = sheet.text_pt * 0.76
    free = sheet.free
    lines = wrap(credit, "sans", size, free.width)
    tall = len(lines) * sheet.leading(size)
    for k, line in enumerate(lines):
        y = free.bottom - tall + (k + 0.86) * sheet.leading(size)
        _write(sheet, 0, y, line, size, "sans", colours().muted)
    sheet.from_bottom(tall + 1.2 * sheet.pen.unit)


def _headline(sheet: _Sheet, title: str, dek: str) -> None:
    free = sheet.free
    for words_, size, face, colour, most in (
        (title, sheet.text_pt * 2.05, "serif", colours().ink, 3),
        (dek, sheet.text_pt * 1.1, "sans", colours().muted, 4),
    ):
        if not words_:
            continue
        for line in wrap(words_, face, size, free.width, most):
            _write(sheet, 0, sheet.free.y + height_mm(size) * 1.12, line, size, face, colour)
            sheet.from_top(sheet.leading(size) * (0.95 if face == "serif" else 1.04))
        sheet.from_top(0.9 * sheet.pen.unit)


def _write(
    sheet: _Sheet, dx: float, y: float, words_: str, size: float, face: str, colour: str
) -> None:
    """Write a line `dx` mm from the side where reading starts."""
    free = sheet.free
    rtl = sheet.pen.lang == "ar"
    x = free.right - dx if rtl else free.x + dx
    sheet.scene.add(Text("words", x, y, words_, size, face, colour, "right" if rtl else "left"))


def _legend(sheet: _Sheet, marks: Marks) -> None:
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
    step, tall = free.width / columns, sheet.leading(size) * 1.12
    lines = -(-len(rows) // columns)
    for at, (family, name, number) in enumerate(rows):
        column, line = divmod(at, lines)
        y = free.y + (line + 0.5) * tall
        dx = column * step
        x = _side(sheet, dx + 1.6 * unit)
        sheet.scene.add(*symbol("words", family, x, y, 1.25 * unit))
        base = y + height_mm(size) / 2
        name = cut(name, "sans", size, step - label - width_mm(number, "bold", size) - 3 * unit)
        _write(sheet, dx + label - 0.8 * unit, base, name, size, "sans", colours().ink)
        after = dx + label + 0.8 * unit + width_mm(name, "sans", size)
        _write(sheet, after, base, number, size, "bold", colours().ink)
    sheet.from_top(lines * tall + 1.0 * unit)
    _how_to_read(sheet, marks)


def _side(sheet: _Sheet, dx: float) -> float:
    return sheet.free.right - dx if sheet.pen.lang == "ar" else sheet.free.x + dx


def _maps(sheet: _Sheet, composed: Composed, marks: Marks, area: Frame, slots: int) -> None:
    """Draw the main map and its zooms, and number what has a place in the key."""
    drawn: Drawn = draw_map(sheet.scene, marks, area, sheet.pen, slots)
    composed.placed, composed.wide, composed.far = drawn.placed, drawn.wide, drawn.far


def _entries(marks: Marks) -> int:
    return len(marks.points) + len(marks.wide)


def _key_entry(sheet: _Sheet) -> float:
    return sheet.leading(sheet.text_pt) * 2.05


def _notes_height(sheet: _Sheet) -> float:
    return 2 * sheet.leading(sheet.text_pt * 0.86)


def _key(sheet: _Sheet, composed: Composed, marks: Marks, box: Frame, columns: int) -> None:
    """Draw the key: numbered places first, then areas; what has no room is said in a line."""
    notes = words.notes(composed.placed, composed.wide, composed.far, marks, sheet.pen.lang)
    small = sheet.text_pt * 0.86
    lines = [line for note in notes for line in wrap(note, "sans", small, box.width)]
    tall = sheet.leading(small)
    sheet.free = box
    for k, line in enumerate(lines):
        y = box.bottom - (len(lines) - k - 0.8) * tall
        _write(sheet, 0, y, line, small, "sans", colours().muted)
    listed: list[plan.Placed | Wide] = [p for p in composed.placed if p.mark.number]
    listed.sort(key=lambda one: one.mark.number if isinstance(one, plan.Placed) else 0)
    listed += [w for w in composed.wide if w.listed]
    if not listed:
        return
    rows = -(-len(listed) // columns)
    step, entry = box.width / columns, _key_entry(sheet)
    for at, one in enumerate(listed):
        column, row = divmod(at, rows)
        _entry(sheet, one, column * step, box.y + row * entry, step - 2.4 * sheet.pen.unit)


def _entry(sheet: _Sheet, one: "plan.Placed | Wide", dx: float, y: float, width: float) -> None:
    """Draw one entry: number or swatch, name and count; under it the shares of the families."""
    size, unit, lang = sheet.text_pt * 0.96, sheet.pen.unit, sheet.pen.lang
    shares = one.mark.shares if isinstance(one, plan.Placed) else one.shares
    base = y + height_mm(size) * 1.25
    middle, x = base - height_mm(size) / 2, _side(sheet, dx + 1.9 * unit)
    if isinstance(one, plan.Placed):
        number_disc(sheet.scene, "words", x, middle, str(one.mark.number), size)
    else:
        swatch(sheet.scene, x, middle, one.kind, unit)
    count = f"{sum(shares):,}"
    left = dx + 4.6 * unit
    room = width - 4.6 * unit - width_mm(count, "bold", size) - 1.2 * unit
    name, name_size = words.name_of(one, lang), size
    if width_mm(name, "sans", size) > room:
        name_size = max(0.84 * size, size * room / width_mm(name, "sans", size))
        name = cut(name, "sans", name_size, room)
    _write(sheet, left, base, name, name_size, "sans", colours().ink)
    after = left + width_mm(name, "sans", name_size) + 1.2 * unit
    _write(sheet, after, base, count, size, "bold", colours().ink)
    at, low = left, base + sheet.leading(size) * 0.86
    small = size * 0.86
    for family, n in enumerate(shares):
        if n:
            x, middle = _side(sheet, at + 0.9 * unit), low - height_mm(small) / 2
            sheet.scene.add(*symbol("words", family, x, middle, 0.78 * unit))
            _write(sheet, at + 2.1 * unit, low, f"{n:,}", small, "sans", colours().muted)
            at += 2.1 * unit + width_mm(f"{n:,}", "sans", small) + 1.7 * unit


def _how_to_read(sheet: _Sheet, marks: Marks) -> None:
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
        swatch(sheet.scene, _side(sheet, dx + 1.6 * unit), y, kind, unit)
        _write(sheet, dx + 4.4 * unit, y + height_mm(size) / 2, said, size, "sans", colours().muted)
        dx += wide + 3.4 * unit
    sheet.from_top((line + (dx > 0)) * tall + 1.4 * unit)
