"""Where the table lies among the records: preamble, header, tags, body, footer, other tables."""

from collections import Counter
from collections.abc import Callable

from mapper.read.ending import find_end
from mapper.read.header import find_header, is_header_like
from mapper.read.parts import HEAD, Layout, is_tag_row
from mapper.read.scan import Record

__all__ = ["find_layout"]


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
        if above and is_header_like(records[above[-1]], layout.width):
            layout.header = [above[-1]]
        find_end(records, layout, known)
        return layout
    find_header(records, layout, known)
    find_end(records, layout, known)
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
