"""The parts of a table among its records, as the layout names them."""

import re
from dataclasses import dataclass, field

__all__ = ["HEAD", "Layout", "is_tag_row"]

HEAD = 60  # rows within which the column names are looked for
TAG = re.compile(r"\s*#\s*[a-z][a-z0-9_]*(?:\s*[+]\s*[a-z0-9_]+)*\s*", re.IGNORECASE)


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
