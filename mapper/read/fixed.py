"""Tables whose columns stand at fixed places of the line, without a sign between the cells."""

import re
from collections.abc import Sequence

from mapper.read.scan import NOTHING, Record, lines_of

__all__ = ["fixed_records"]

FEWEST_ROWS = 2
RULER = re.compile(r"[-=_ ]+")


def fixed_records(text: str) -> list[Record]:
    """Return the records of a table of fixed columns; none where the text is no such table.

    The first line that holds anything names the columns. A column starts where a name starts and
    the place before it is blank in every line.
    """
    lines = [
        (number, line.rstrip("\r\n").expandtabs())
        for number, line in enumerate(lines_of(text), 1)
        if line.strip(NOTHING) and not RULER.fullmatch(line.strip())
    ]
    if len(lines) <= FEWEST_ROWS:
        return []
    header, body = lines[0][1], [line for _, line in lines[1:]]
    starts = _starts(header, body)
    if len(starts) < 3 or not _is_drawn_up(starts, body):
        return []
    ends = [*starts[1:], max(len(line) for _, line in lines) + 1]
    return [
        Record([line[a:b].strip(NOTHING) for a, b in zip(starts, ends, strict=True)], number)
        for number, line in lines
    ]


def _starts(header: str, body: Sequence[str]) -> list[int]:
    """Return where columns start: at 0, and at each name before which every line is blank."""
    named = [m.start() for m in re.finditer(r"(?<=\s)\S", header)]
    return [0] + [at for at in named if all(line[at - 1 : at] in ("", " ") for line in body)]


def _is_drawn_up(starts: Sequence[int], body: Sequence[str]) -> bool:
    """Whether the cells stand at the starts of columns rather than anywhere between them."""
    cells = at_start = 0
    for line in body:
        for a in starts:
            if line[a:].strip() and (a == 0 or line[a - 1 : a] in ("", " ")):
                cells += 1
                at_start += line[a : a + 1] not in ("", " ")
    return at_start >= 0.6 * cells
