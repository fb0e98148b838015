"""Which rows name the columns: one, two, none; groups above, units below."""

import re
from collections import Counter
from collections.abc import Callable

from mapper.read.cells import TYPED, looks
from mapper.read.parts import HEAD, Layout
from mapper.read.scan import Record

__all__ = ["find_header", "is_header_like"]

_PERIOD = re.compile(r"(?:19|20)\d\d(?:[-/](?:0?[1-9]|1[0-2]))?")
FEWEST_PERIODS = 3
# What a row under the column names may say of how they are written.
MASK = re.compile(
    r"[(\[].{1,40}[)\]]"
    r"|(?:dd?|mm?|yyyy|yy|aaaa|jj|hh?|ss)(?:[-/.: ](?:dd?|mm?|yyyy|yy|aaaa|hh?|ss))+",
    re.IGNORECASE,
)
# fmt: off
UNITS = frozenset((
    "text", "string", "varchar", "char", "integer", "int", "number", "numeric", "float", "double",
    "date", "datetime", "time", "boolean", "texto", "numero", "número", "fecha", "nombre", "data",
    "teks", "angka", "tanggal", "nama", "name", "code", "iso", "iso2", "iso3", "count", "persons",
    "people", "personas", "persona", "orang", "pessoas", "personnes", "degrees", "grados",
    "graus", "degrés", "derajat", "decimal", "km", "m", "°", "%", "#", "n", "-", "--", "wgs84",
    "url",
))
# fmt: on


def is_header_like(record: Record, width: int) -> bool:
    """Whether a record could be a row of column names: filled, and hardly a value among it."""
    cells = record.cells
    filled = [c for c in cells if c.strip()]
    if not filled or len(filled) < min(2, width) or len(filled) < 0.5 * width:
        return False
    values = sum(1 for c in filled if looks(c) in TYPED and not _name_with_digit(c))
    return values <= 0.2 * len(filled) and all(
        len(c) < 120 or not c.count(" ") > 12 for c in filled
    )


def _name_with_digit(cell: str) -> bool:
    """Whether a code-like cell may well be a column name (`admin1`, `ACTOR2`, `col_3`)."""
    return (
        looks(cell) == "code"
        and re.fullmatch(r"[A-Za-z_ ]{2,}[-_]?\d{1,2}\w{0,12}", cell.strip()) is not None
    )


def find_header(records: list[Record], layout: Layout, known: Callable[[str], bool]) -> None:
    """Set header, first and width: the best of the first rows, if any is a header at all."""
    head = [i for i in range(min(HEAD, len(records))) if records[i].filled]
    if not head:
        return
    kinds = _column_kinds(records, layout.width)
    used = min(layout.width, _used_width(records))
    best, best_score = -1, 0.0
    for position, i in enumerate(head[:40]):
        score = _header_score(records[i], used, kinds, known)
        if score > best_score + 0.02 * position:
            best, best_score = i, score
        if score >= 1.5 and position - head.index(best) > 5:
            break
    data = next((i for i in head if _fits(records[i], layout.width, kinds)), head[0])
    if best < 0 or best_score < 0.5 or (best > data and best_score < 1.2):
        layout.header = []
        layout.first = data
        return
    layout.header = [best]
    layout.first = best + 1
    _extend_header(records, layout, kinds, known)


def _used_width(records: list[Record]) -> int:
    """Return the number of columns up to the last that holds anything in the first rows."""
    return max(
        (i + 1 for r in records[:400] for i, cell in enumerate(r.cells) if cell.strip()), default=0
    )


def _column_kinds(records: list[Record], width: int) -> list[str]:
    """Return for each column the one form nearly all of its cells have, else `text` or ``."""
    rows = [r for r in records[1:400] if len(r.cells) == width and r.filled]
    rows = rows[1:] if len(rows) > 3 else rows
    kinds = []
    for column in range(width):
        forms = Counter(looks(r.cells[column]) for r in rows)
        forms.pop("empty", None)
        forms.pop("missing", None)
        total = sum(forms.values())
        if not total:
            kinds.append("")
            continue
        merged = Counter({k: v for k, v in forms.items() if k != "integer"})
        merged["number"] += forms["integer"]
        form, count = merged.most_common(1)[0]
        kinds.append(form if count >= 0.7 * total and form in TYPED else "text")
    return kinds


def _fits(record: Record, width: int, kinds: list[str]) -> bool:
    """Whether a record is a row of the body, by the forms of its columns."""
    if len(record.cells) != width:
        return False
    typed = [(c, k) for c, k in zip(record.cells, kinds, strict=True) if k in TYPED and c.strip()]
    if not typed:
        return True
    same = sum(1 for c, k in typed if _form(c) == k)
    return same >= 0.5 * len(typed)


def _form(cell: str) -> str:
    form = looks(cell)
    return "number" if form == "integer" else form


def _periods(cells: list[str]) -> frozenset[str]:
    """Return the cells that are years or months one after the other: columns named by them."""
    found = [cell for cell in cells if _PERIOD.fullmatch(cell.strip())]
    one_after_other = found in (sorted(set(found)), sorted(set(found), reverse=True))
    return frozenset(found if len(found) >= FEWEST_PERIODS and one_after_other else ())


def _header_score(
    record: Record, width: int, kinds: list[str], known: Callable[[str], bool]
) -> float:
    """Return how much a record is a header: below 0.5 it is none, above 1.2 it surely is."""
    cells = record.cells[:width] if len(record.cells) <= width + 1 else record.cells
    filled = [c for c in cells if c.strip()]
    if not filled or (width > 1 and len(filled) < 2) or len(filled) < 0.4 * width:
        return 0.0
    periods = _periods(filled)
    names = sum(1 for c in filled if known(c))
    score = min(names, 5) * 0.3 * min(1.0, 2 * names / len(filled))
    differ = same = 0
    for cell, kind in zip(cells, kinds, strict=False):
        if kind in TYPED and cell.strip() and cell not in periods:
            if _form(cell) == kind and not known(cell):
                same += 1
            elif looks(cell) in ("text", "word", "code"):
                differ += 1
    if differ + same:
        score += 1.1 * (differ - 1.5 * same) / (differ + same)
    elif not any(looks(c) in TYPED and not _name_with_digit(c) for c in filled):
        score += 0.55
    values = sum(
        1 for c in filled
        if looks(c) in TYPED and not _name_with_digit(c) and not known(c) and c not in periods
    )  # fmt: skip
    score -= 0.6 * values / len(filled)
    if len({c.strip().lower() for c in filled}) < 0.7 * len(filled):
        score -= 0.3
    score += 0.25 * (len(filled) / max(width, 1) - 0.6)
    if any(len(c) > 100 and c.count(" ") > 10 for c in filled):
        score -= 0.8
    return score


def _extend_header(
    records: list[Record], layout: Layout, kinds: list[str], known: Callable[[str], bool]
) -> None:
    """Take in further header rows: a row of groups above, a row of parts or of names below."""
    header = layout.header[0]
    below = layout.first
    while below < len(records) and len(layout.header) < 3:
        record = records[below]
        if not record.filled or len(record.cells) > layout.width:
            break
        if not _continues_header(records, layout, below, kinds, known):
            break
        layout.header.append(below)
        below += 1
    under = _column_kinds(records[below:], layout.width)
    if below < len(records) and _is_units(records[below], under):
        layout.skipped[below] = "units"
    layout.first = below
    above = header - 1
    if above >= 0 and len(records[above].cells) == len(records[header].cells):
        group = [c for c in records[above].cells if c.strip()]
        if 2 <= len(group) < layout.width and _is_group_row(records[above], records[header]):
            layout.header.insert(0, above)


def _continues_header(
    records: list[Record],
    layout: Layout,
    at: int,
    kinds: list[str],
    known: Callable[[str], bool],
) -> bool:
    top, record = records[layout.header[-1]], records[at]
    if [c.strip() for c in top.cells] == [c.strip() for c in record.cells]:
        return True
    if len(top.cells) != len(record.cells) or at + 1 >= len(records):
        return False
    filled = [c for c in record.cells if c.strip()]
    gaps = [i for i, c in enumerate(top.cells) if not c.strip()]
    repeats = len({c.strip() for c in top.cells if c.strip()}) < len(
        [c for c in top.cells if c.strip()]
    )
    if not filled:
        return False
    typed = [i for i, k in enumerate(kinds) if k in TYPED]
    if any(
        _form(record.cells[i]) == kinds[i]
        for i in typed
        if i < len(record.cells) and record.cells[i].strip()
    ):
        return False
    names = sum(1 for c in filled if known(c))
    if names >= 3 and names >= 0.6 * len(filled) and typed:
        return True  # the names again in another language, or as a machine calls them
    if not (gaps or repeats):
        return False
    fills_gaps = bool(gaps) and all(record.cells[i].strip() for i in gaps[:3])
    return (bool(typed) and fills_gaps) or names >= 2 or (repeats and bool(typed))


def _is_units(record: Record, kinds: list[str]) -> bool:
    """Whether the row under the names says how each is written, and holds no value of its own."""
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    typed = [
        (cell, kind)
        for cell, kind in zip(record.cells, kinds, strict=False)
        if kind in TYPED and cell.strip()
    ]
    masks = sum(1 for cell in filled if MASK.fullmatch(cell))
    units = sum(1 for cell in filled if cell.lower() in UNITS and not MASK.fullmatch(cell))
    words = sum(1 for cell in filled if any(c.isalpha() for c in cell))
    return (
        bool(typed)
        and all(_form(cell) != kind for cell, kind in typed)
        and masks + units == len(filled)
        and words > 0
        and masks + words > 1
    )


def _is_group_row(above: Record, header: Record) -> bool:
    """Whether the row above names groups of columns: no values in it, and every column is named."""
    filled = [c for c in above.cells if c.strip()]
    named = all(a.strip() or h.strip() for a, h in zip(above.cells, header.cells, strict=True))
    carried = all(c.strip() for c in header.cells)
    return not any(looks(c) in TYPED for c in filled) and (named or carried)
