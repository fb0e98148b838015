"""Rows of the body that are no data, the footer under it, other tables further down."""

import re
from collections.abc import Callable

from mapper.read.cells import looks
from mapper.read.header import is_header_like
from mapper.read.parts import Layout, is_tag_row
from mapper.read.scan import Record

__all__ = ["find_end"]

# The line under the names of a table drawn with signs.
RULER = re.compile(r"[-=+:|]{3,}")
TOTAL = re.compile(
    r"\W*(?:sub|grand |gran )?-?(?:total(?:es|s)?(?: general| geral| g[eé]n[eé]ral| keseluruhan)?"
    r"|jumlah|suma|somme|soma|promedio|average|mean|m[eé]dia|moyenne|rata-rata)\W*",
    re.IGNORECASE,
)
# What programs put between the pages and under the rows of a print-out.
PRINTED = re.compile(
    r"\W*(?:\d+ (?:rows?|filas?|registros?|linhas?|lignes?|baris|records?)(?: affected| selected)?"
    r"|(?:page|p[aá]gina|halaman)\s+\d+(?:\s*(?:of|de|sur|dari|/)\s*\d+)?)\W*",
    re.IGNORECASE,
)
# The same words as of a footer, with a colon: a note, however many delimiters it holds.
NOTE = re.compile(
    r"\W*(?:sources?|fuentes?|fontes?|sumber|notes?|notas?|catatan|nb|remarks?|observaci\w+)\s*:",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"\W*(total|subtotal|sub-total|grand total|sources?|fuentes?|fontes?|sumber|notes?|notas?"
    r"|catatan|nb|n\.b|remark|remarque|observaci|generated|generado|gerado|export[eé]|elabora"
    r"|disclaimer|licen|copyright|©|\(?c\)|last update|updated|actualiza|end of|fin de|\*"
    r"|jumlah|suma|somme"
    r"|data from|datos de|rows?:|footnote|page |p[aá]gina)",
    re.IGNORECASE,
)


def find_end(records: list[Record], layout: Layout, known: Callable[[str], bool]) -> None:
    """Drop blank rows, comments and repeated headers of the body, and the footer after it."""
    again = [
        [cell.strip() for cell in records[i].cells]
        for i in (*layout.header[-1:], *([layout.tags] if layout.tags >= 0 else []))
    ]
    for i in range(layout.first, layout.last):
        if i in layout.skipped:
            continue
        why = _why_no_data(records[i], layout.width, again)
        if why:
            layout.skipped[i] = why
        elif _starts_other_table(records, layout, i, known):
            layout.other_table = layout.last = i
            break
    end = layout.last
    while end > layout.first + 1 and _is_no_data(records, layout, end - 1):
        end -= 1
    for j in range(end, layout.last):
        if records[j].filled and layout.skipped.get(j, "total") in ("total", "comment"):
            layout.skipped[j] = "footer"


def _why_no_data(record: Record, width: int, again: list[list[str]]) -> str:
    """Return why a row of the body is no report: blank, repeated_header, comment, total; else ``.

    `again` are the rows of the header as they would stand there once more.
    """
    if not record.filled or RULER.fullmatch("".join(record.cells).replace(" ", "")):
        return "blank"
    if len(record.cells) > 1 and [cell.strip() for cell in record.cells] in again:
        return "repeated_header"
    if _is_comment(record, width) or _is_printed(record, width):
        return "comment"
    return "total" if _is_total(record, width) else ""


def _is_no_data(records: list[Record], layout: Layout, at: int) -> bool:
    return at in layout.skipped or _is_footer(records, layout, at)


def _is_comment(record: Record, width: int) -> bool:
    first = record.cells[0].lstrip()
    return (
        first.startswith(("#", "//"))
        and len(record.cells) != width
        and not is_tag_row(record.cells)
    )


def _is_printed(record: Record, width: int) -> bool:
    """Whether a row is the number of a page or of rows, alone in its line."""
    filled = [cell for cell in record.cells if cell.strip()]
    return width > 1 and len(filled) == 1 and PRINTED.fullmatch(filled[0]) is not None


def _is_total(record: Record, width: int) -> bool:
    """Whether a row within the table adds up others: the word for it, and few numbers."""
    filled = [cell for cell in record.cells if cell.strip()]
    return (
        width > 2
        and 0 < len(filled) <= 0.67 * width
        and TOTAL.fullmatch(filled[0]) is not None
        and all(looks(cell) in ("integer", "number", "missing") for cell in filled[1:])
    )


def _is_footer(records: list[Record], layout: Layout, at: int) -> bool:
    """Whether a row at the end is a note or a total rather than a report."""
    record, width = records[at], layout.width
    filled = [c for c in record.cells if c.strip()]
    first = next((c for c in filled), "")
    if width > 1 and len(record.cells) != width and NOTE.match(first):
        return True
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
    return (shared >= 2 or names >= 2 or not records[at - 1].filled) and is_header_like(
        record, width
    )
