"""The key: numbered places first, then areas; what has no room is said in a line."""

from collections.abc import Sequence

from mapper.figure import plan, words
from mapper.figure.furniture import swatch
from mapper.figure.maps import Drawn
from mapper.figure.marks import Mark, Marks, Wide
from mapper.figure.panel import Frame
from mapper.figure.sheet import Sheet
from mapper.figure.styling import colours
from mapper.figure.symbols import number_disc, symbol
from mapper.figure.typeset import cut, height_mm, width_mm, wrap

__all__ = ["draw", "fits", "height"]

_COLUMN = 52.0  # units of width an entry wants
_INDENT = 4.6  # units from the number to the name
_SIZE, _SMALL, _NOTE = 0.96, 0.83, 0.86  # of plain text: names, shares, notes
_NOTES = 3  # lines kept for the notes

Entry = plan.Placed | Wide


def height(sheet: Sheet, every: Sequence[Mark | Wide], width: float, most: float) -> float:
    """Return the height the key wants for all places, at most `most` mm."""
    step = width / _columns(sheet, width)
    total = 0.0
    for one in every:
        total += _tall(sheet, one.name, one.count, step)
        if total > most * _columns(sheet, width):
            return most
    tallest = max((_tall(sheet, one.name, one.count, step) for one in every), default=0.0)
    even = total / _columns(sheet, width) + tallest
    return min(most, even + _notes_height(sheet, width))


def fits(sheet: Sheet, entries: Sequence[Entry], box: Frame) -> bool:
    """Whether these entries have room in a box, with the notes under them."""
    return _flow(sheet, entries, box, box.height - _notes_height(sheet, box.width)) is not None


def draw(sheet: Sheet, drawn: Drawn, marks: Marks, box: Frame) -> None:
    """Draw the key into its box."""
    lang, small = sheet.pen.lang, sheet.text_pt * _NOTE
    sheet.free = box
    numbered = [p for p in drawn.placed if p.mark.number]
    listed: list[Entry] = [*sorted(numbered, key=lambda p: p.mark.number)]
    listed += [w for w in drawn.wide if w.listed]
    room = box.height - _notes_height(sheet, box.width)
    total = sum(_entry_tall(sheet, one, box) for one in listed)
    even = total / _columns(sheet, box.width)
    places = None
    for share in range(11):  # columns of about equal height, as short as they can be
        places = _flow(sheet, listed, box, even + (room - even) * share / 10)
        if places is not None:
            break
    low = box.y
    step = box.width / _columns(sheet, box.width)
    for one, (column, y) in zip(listed, places or (), strict=True):
        _entry(sheet, one, column * step, box.y + y, step)
        low = max(low, box.y + y + _entry_tall(sheet, one, box))
    notes = words.notes(drawn.placed, drawn.wide, drawn.far, marks, lang)
    lines = [line for note in notes for line in wrap(note, "sans", small, box.width)]
    tall = sheet.leading(small)
    most = max(1, int((box.bottom - low) / tall))
    for k, line in enumerate(lines[:most]):
        sheet.write(0, low + (k + 0.9) * tall, line, small, "sans", colours().muted)


def _columns(sheet: Sheet, width: float) -> int:
    return max(1, int(width / (_COLUMN * sheet.pen.unit)))


def _notes_height(sheet: Sheet, width: float) -> float:
    lines = _NOTES + (_columns(sheet, width) == 1)
    return lines * sheet.leading(sheet.text_pt * _NOTE)


def _flow(
    sheet: Sheet, entries: Sequence[Entry], box: Frame, tall: float
) -> list[tuple[int, float]] | None:
    """Return column and height of each entry, one under the other; None where it is too much."""
    column, y = 0, 0.0
    found = []
    for one in entries:
        high = _entry_tall(sheet, one, box)
        if y and y + high > tall + 0.01:
            column, y = column + 1, 0.0
        if column >= _columns(sheet, box.width) or high > tall + 0.01:
            return None
        found.append((column, y))
        y += high
    return found


def _entry_tall(sheet: Sheet, one: Entry, box: Frame) -> float:
    step = box.width / _columns(sheet, box.width)
    return _tall(sheet, words.name_of(one, sheet.pen.lang), _count(one), step)


def _count(one: Entry) -> int:
    return one.mark.count if isinstance(one, plan.Placed) else one.count


def _tall(sheet: Sheet, name: str, count: int, step: float) -> float:
    return sheet.leading(sheet.text_pt) * (1.05 + len(_lines(sheet, name, count, step)))


def _lines(sheet: Sheet, name: str, count: int, step: float) -> list[str]:
    """Return a name in one or two lines, with room for the count after it."""
    size, unit = sheet.text_pt * _SIZE, sheet.pen.unit
    room = step - (2.4 + _INDENT + 1.2) * unit - width_mm(f"{count:,}", "bold", size)
    return wrap(name, "sans", size, room, 2)


def _entry(sheet: Sheet, one: Entry, dx: float, y: float, step: float) -> None:
    """Draw one entry: number or sign, name and count; under it the shares of the families."""
    size, unit = sheet.text_pt * _SIZE, sheet.pen.unit
    shares = one.mark.shares if isinstance(one, plan.Placed) else one.shares
    number = one.mark.number if isinstance(one, plan.Placed) else one.number
    base = y + height_mm(size) * 1.25
    middle, x = base - height_mm(size) / 2, sheet.side(dx + 1.9 * unit)
    if number:
        number_disc(sheet.scene, "words", x, middle, str(number), size)
    elif isinstance(one, Wide):
        swatch(sheet.scene, x, middle, one.kind, unit)
    left = dx + _INDENT * unit
    lines = _lines(sheet, words.name_of(one, sheet.pen.lang), sum(shares), step)
    for line in lines:
        sheet.write(left, base, line, size, "sans", colours().ink)
        base += sheet.leading(size)
    after = left + width_mm(lines[-1], "sans", size) + 1.2 * unit
    sheet.write(after, base - sheet.leading(size), f"{sum(shares):,}", size, "bold", colours().ink)
    at, low = left, base - 0.06 * sheet.leading(size)
    if number and isinstance(one, Wide):
        swatch(sheet.scene, sheet.side(at + 1.4 * unit), low - height_mm(size) * 0.43, one.kind,
               0.8 * unit)  # fmt: skip
        at += 3.6 * unit
    at = _shares(sheet, shares, at, low)
    if isinstance(one, plan.Placed):
        more = words.more_of(one, sheet.pen.lang)
        small = sheet.text_pt * _SMALL
        said = cut(more, "sans", small, dx + step - 2.4 * unit - at) if more else ""
        sheet.write(at, low, said, small, "sans", colours().muted)


def _shares(sheet: Sheet, shares: Sequence[int], at: float, low: float) -> float:
    """Draw the reports by family in a row; return where it ends."""
    small, unit = sheet.text_pt * _SMALL, sheet.pen.unit
    for family, n in enumerate(shares):
        if n:
            x, middle = sheet.side(at + 0.9 * unit), low - height_mm(small) / 2
            sheet.scene.add(*symbol("words", family, x, middle, 0.78 * unit))
            sheet.write(at + 2.1 * unit, low, f"{n:,}", small, "sans", colours().muted)
            at += 2.1 * unit + width_mm(f"{n:,}", "sans", small) + 1.7 * unit
    return at
