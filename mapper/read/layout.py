"""Where the table lies among the records: preamble, header, tags, body, footer, other tables."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from mapper.read.cells import TYPED, looks
from mapper.read.scan import Record

__all__ = ["Layout", "find_layout", "is_tag_row"]

HEAD = 60
TAG = re.compile(r"\s*#[a-z][a-z0-9_]*(?:\s*[+][a-z0-9_]+)*\s*", re.IGNORECASE)
# The line under the names of a table drawn with signs.
RULER = re.compile(r"[-=+:|]{3,}")
TOTAL = re.compile(
    r"\W*(?:sub|grand )?-?(?:total(?:es|s)?|jumlah|suma|somme|soma)\W*", re.IGNORECASE
)
FOOTER = re.compile(
    r"\W*(total|subtotal|sub-total|grand total|sources?|fuentes?|fontes?|sumber|notes?|notas?"
    r"|catatan|nb|n\.b|remark|remarque|observaci|generated|generado|gerado|export[eé]|elabora"
    r"|disclaimer|licen|copyright|©|\(?c\)|last update|updated|actualiza|end of|fin de|\*"
    r"|jumlah|suma|somme"
    r"|data from|datos de|rows?:|footnote|page |p[aá]gina)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Layout:
    """The parts of a table among its records, by index into them.

    `header` are the indices of header rows (empty: none), `tags` of the HXL tag row or -1,
    `first` and `last` bound the body (last is exclusive), `skipped` are indices in the body that
    are no data (blank, comment, repeated header), with the reason. `width` is the number of
    columns.
    """

    header: list[int] = field(default_factory=list)
    tags: int = -1
    first: int = 0
    last: int = 0
    width: int = 0
    skipped: dict[int, str] = field(default_factory=dict)
    other_table: int = -1


def is_tag_row(cells: list[str]) -> bool:
    """Whether these cells are a row of HXL hashtags."""
    filled = [cell for cell in cells if cell.strip()]
    tags = [cell for cell in filled if TAG.fullmatch(cell)]
    return len(tags) >= 2 and len(tags) >= 0.8 * len(filled)


def find_layout(
    records: list[Record], known: Callable[[str], bool] = lambda _name: False
) -> Layout:
    """Find the table among `records`."""
    layout = Layout(last=len(records))
    layout.width = _width(records)
    for i, record in enumerate(records[:HEAD]):
        if is_tag_row(record.cells):
            layout.tags = i
            layout.width = max(layout.width, len(record.cells))
            break
    if layout.tags >= 0:
        layout.first = layout.tags + 1
        above = [i for i in range(layout.tags) if records[i].filled]
        if above and _is_header_like(records[above[-1]], layout.width):
            layout.header = [above[-1]]
        _find_end(records, layout, known)
        return layout
    _find_header(records, layout, known)
    _find_end(records, layout, known)
    return layout


def _width(records: list[Record]) -> int:
    """Return the number of columns most rows have; trailing empty ones count."""
    widths = Counter(len(r.cells) for r in records[:5000] if r.filled)
    if not widths:
        return 0
    many = [(n, w) for w, n in widths.items() if w > 1]
    return (
        max(many)[1]
        if many and sum(n for n, _ in many) * 10 >= sum(widths.values())
        else max((n, w) for w, n in widths.items())[1]
    )


def _is_header_like(record: Record, width: int) -> bool:
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


def _find_header(records: list[Record], layout: Layout, known: Callable[[str], bool]) -> None:
    """Set header, first and width: the best of the first rows, if any is a header at all."""
    head = [i for i in range(min(HEAD, len(records))) if records[i].filled]
    if not head:
        return
    kinds = _column_kinds(records, layout.width)
    best, best_score = -1, 0.0
    for position, i in enumerate(head[:40]):
        score = _header_score(records[i], layout.width, kinds, known)
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


def _header_score(
    record: Record, width: int, kinds: list[str], known: Callable[[str], bool]
) -> float:
    """Return how much a record is a header: below 0.5 it is none, above 1.2 it surely is."""
    cells = record.cells[:width] if len(record.cells) <= width + 1 else record.cells
    filled = [c for c in cells if c.strip()]
    if not filled or (width > 1 and len(filled) < 2) or len(filled) < 0.4 * width:
        return 0.0
    names = sum(1 for c in filled if known(c))
    score = min(names, 5) * 0.3 * min(1.0, 2 * names / len(filled))
    differ = same = 0
    for cell, kind in zip(cells, kinds, strict=False):
        if kind in TYPED and cell.strip():
            if _form(cell) == kind and not known(cell):
                same += 1
            elif looks(cell) in ("text", "word", "code"):
                differ += 1
    if differ + same:
        score += 1.1 * (differ - 1.5 * same) / (differ + same)
    elif not any(looks(c) in TYPED and not _name_with_digit(c) for c in filled):
        score += 0.55
    values = sum(
        1 for c in filled if looks(c) in TYPED and not _name_with_digit(c) and not known(c)
    )
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
    if not (gaps or repeats) or not filled:
        return False
    typed = [i for i, k in enumerate(kinds) if k in TYPED]
    if any(
        _form(record.cells[i]) == kinds[i]
        for i in typed
        if i < len(record.cells) and record.cells[i].strip()
    ):
        return False
    names = sum(1 for c in filled if known(c))
    fills_gaps = bool(gaps) and all(record.cells[i].strip() for i in gaps[:3])
    return (bool(typed) and fills_gaps) or names >= 2 or (repeats and bool(typed))


def _is_group_row(above: Record, header: Record) -> bool:
    """Whether the row above names groups of columns: no values in it, and every column is named."""
    filled = [c for c in above.cells if c.strip()]
    named = all(a.strip() or h.strip() for a, h in zip(above.cells, header.cells, strict=True))
    carried = all(c.strip() for c in header.cells)
    return not any(looks(c) in TYPED for c in filled) and (named or carried)


def _find_end(records: list[Record], layout: Layout, known: Callable[[str], bool]) -> None:
    """Drop blank rows, comments and repeated headers of the body, and the footer after it."""
    again = [
        [cell.strip() for cell in records[i].cells]
        for i in (*layout.header[-1:], *([layout.tags] if layout.tags >= 0 else []))
    ]
    for i in range(layout.first, layout.last):
        record = records[i]
        if not record.filled or RULER.fullmatch("".join(record.cells).replace(" ", "")):
            layout.skipped[i] = "blank"
        elif len(record.cells) > 1 and [cell.strip() for cell in record.cells] in again:
            layout.skipped[i] = "repeated_header"
        elif _is_comment(record, layout.width):
            layout.skipped[i] = "comment"
        elif _starts_other_table(records, layout, i, known):
            layout.other_table = layout.last = i
            break
    end = layout.last
    while end > layout.first + 1 and _is_no_data(records, layout, end - 1):
        end -= 1
    for j in range(end, layout.last):
        if records[j].filled and j not in layout.skipped:
            layout.skipped[j] = "footer"


def _is_no_data(records: list[Record], layout: Layout, at: int) -> bool:
    return at in layout.skipped or _is_footer(records, layout, at)


def _is_comment(record: Record, width: int) -> bool:
    first = record.cells[0].lstrip()
    return (
        first.startswith(("#", "//"))
        and len(record.cells) != width
        and not is_tag_row(record.cells)
    )


def _is_footer(records: list[Record], layout: Layout, at: int) -> bool:
    """Whether a row at the end is a note or a total rather than a report."""
    record, width = records[at], layout.width
    filled = [c for c in record.cells if c.strip()]
    first = next((c for c in filled), "")
    few = len(filled) <= max(1, 0.34 * width)
    total = TOTAL.fullmatch(first) is not None and len(filled) <= 0.67 * width
    if width < 2 or not (few or total):
        return False
    if FOOTER.match(first):
        return True
    if len(filled) > 1 or width < 3:
        return False
    after_blank = at > layout.first and not records[at - 1].filled
    alone = len(record.cells) == 1 and len(records) > at
    prose = looks(first) == "text" and len(first) > 12
    above_alone = at + 1 < len(records) and layout.skipped.get(at + 1) == "footer"
    return (
        prose
        or after_blank
        or (alone and above_alone)
        or (alone and looks(first) == "word" and first.isalpha())
        or (record.cells[0].strip() == first and looks(first) == "word" and first.isupper())
    )


def _starts_other_table(
    records: list[Record], layout: Layout, at: int, known: Callable[[str], bool]
) -> bool:
    """Whether another table starts here: a header of another width, and rows of that width."""
    record = records[at]
    width = len(record.cells)
    if width < 2 or width == layout.width or not layout.header:
        return False
    below = [r for r in records[at + 1 : at + 6] if r.filled]
    if len(below) < 2 or sum(len(r.cells) == width for r in below) < 0.6 * len(below):
        return False
    header = {c.strip() for c in records[layout.header[-1]].cells if c.strip()}
    shared = sum(1 for c in record.cells if c.strip() in header)
    names = sum(1 for c in record.cells if known(c))
    return (shared >= 2 or names >= 2 or not records[at - 1].filled) and _is_header_like(
        record, width
    )
