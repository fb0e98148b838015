"""Find the dialect of a text table: which delimiter, which quote, which escape."""

import math
import re
from collections import Counter
from collections.abc import Callable

from mapper.read.cells import TYPED, looks
from mapper.read.scan import Dialect, FieldTooLongError, Record, scan

__all__ = ["NOT_DELIMITED", "find_dialect"]

SAMPLE = 1 << 16
NAMES_WITHIN = 60
NOT_DELIMITED = Dialect(delimiter="\x1e")
# Which delimiter is likelier before anything is known of the file.
PRIOR = {
    ",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.97, "\x1f": 0.97, "\x01": 0.97, "||": 0.96,
    ";;": 0.9, "::": 0.9, "\t\t": 0.9,
    "  ": 0.55,
    "^": 0.85, "~": 0.85, "§": 0.85, "¦": 0.85, ":": 0.6, "#": 0.55, "&": 0.55, " ": 0.6,
    "*": 0.5, "/": 0.3,
    "-": 0.2, "_": 0.2, ".": 0.1,
}  # fmt: skip
SPECIAL = re.compile(r"^sep=(.{1,2}?)\r?$", re.IGNORECASE)


def find_dialect(
    text: str, known: Callable[[str], bool] = lambda _name: False, delimiter: str = ""
) -> Dialect:
    """Return the dialect under which the head of `text` is most like a table.

    `known` says whether a column name means something to us: a row of such names is the
    strongest evidence there is. A `delimiter` told is not weighed.
    """
    head = text[:SAMPLE]
    if len(text) > SAMPLE:
        cut = max(head.rfind("\n"), head.rfind("\r"))
        head = head[: cut + 1] if cut > 0 else head
    if delimiter:
        return _with_quote(head, delimiter)
    told = SPECIAL.match(head.split("\n", 1)[0].rstrip("\r"))
    if told:
        return _with_quote(head.split("\n", 1)[-1], told[1])
    best, best_score = NOT_DELIMITED, 0.0
    for sign, prior in PRIOR.items():
        if sign not in head or _always_doubled(head, sign) or _is_rare(head, sign):
            continue
        dialect = _with_quote(head, sign)
        score = prior * _score(head, dialect, known)
        if score > best_score * 1.0001:
            best, best_score = dialect, score
    return best


def _is_rare(head: str, sign: str) -> bool:
    """Whether so few lines hold an unlikely sign that it cannot part cells."""
    lines = head.count("\n") + head.count("\r") + 1
    return PRIOR[sign] < 0.9 and head.count(sign) < 0.3 * lines


def _always_doubled(head: str, delimiter: str) -> bool:
    """Whether a sign stands in pairs only, which then are the delimiter."""
    pairs = head.count(delimiter * 2)
    return len(delimiter) == 1 and delimiter in "|\t:;" and 2 * pairs == head.count(delimiter)


def _with_quote(head: str, delimiter: str) -> Dialect:
    """Return the dialect of this delimiter with the quote and escape its cells show."""
    d = re.escape(delimiter)
    counts = {}
    for quote in ('"', "'"):
        q = re.escape(quote)
        opens = len(re.findall(rf"(?:^|{d}) ?{q}", head, re.MULTILINE))
        closes = len(re.findall(rf"{q} ?(?:{d}|\r?$)", head, re.MULTILINE))
        counts[quote] = min(opens, closes)
    quote = '"'
    if counts["'"] >= 2 and counts["'"] > 3 * counts['"']:
        quote = "'"
    escape = ""
    if "\\" in head:
        escaped = len(re.findall(rf"\\{quote}(?!{d}|\r?$)", head, re.MULTILINE))
        doubled = len(re.findall(rf"(?<=[^{d}\s{quote}\\]){quote}{quote}(?!{quote})", head))
        at_end = len(re.findall(rf"\\{quote}{quote} ?(?:{d}|\r?$)", head, re.MULTILINE))
        if escaped + at_end > doubled:
            escape = "\\"
        elif not counts[quote] and re.search(rf"\\{d}", head):
            return Dialect(delimiter, "", "\\")
    blank = bool(re.search(rf"{d} +{quote}", head)) and not re.search(rf"{d}{quote}", head)
    if not blank and delimiter in ",;|" and head.count(delimiter) > 3:
        drawn = re.sub(r"(?m)^[-|:+= ]+$", "", head)
        spaced = len(re.findall(rf"{d}(?: |\r?$)", drawn, re.MULTILINE))
        blank = drawn.count(delimiter + " ") > 0 and spaced >= 0.98 * drawn.count(delimiter)
    return Dialect(delimiter, quote, escape, skip_blank=blank)


def _score(head: str, dialect: Dialect, known: Callable[[str], bool]) -> float:
    """Return how much like a table the head is under this dialect, 0 to about 3."""
    try:
        records = scan(head, dialect)[:400]
    except FieldTooLongError:
        return 0.0
    rows = _from_names([record for record in records if record.filled], known)
    if not rows:
        return 0.0
    widths = Counter(len(row.cells) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1] * math.log(item[0] + 1), item[0]))
    if width < 2:
        return 0.0
    regular = count / len(rows)
    typed = _typed_share([row for row in rows if len(row.cells) == width])
    names = _known_names(rows[:30], known)
    broken = sum(row.mended for row in rows) / len(rows)
    base = regular * (width - 1) / width * (0.35 + 0.65 * typed) * (1 - 0.5 * broken)
    return base + 0.6 * regular * min(names, 6) / 6


def _from_names(rows: list[Record], known: Callable[[str], bool]) -> list[Record]:
    """Return the rows from the column names on, where three of them mean something to us.

    However long the notes above a table are, they say nothing of its delimiter.
    """
    names = [sum(1 for cell in row.cells[:200] if known(cell)) for row in rows[:NAMES_WITHIN]]
    most = max(names, default=0)
    return rows[names.index(most) :] if most >= 3 else rows


def _typed_share(rows: list[Record]) -> float:
    """Return the share of cells with a recognisable form, words at half weight."""
    total = weight = 0.0
    for row in rows[:150]:
        for cell in row.cells:
            kind = looks(cell)
            total += 1
            if kind in TYPED or kind in ("empty", "missing"):
                weight += 1
            elif kind == "word":
                weight += 0.8
            elif len(cell) < 60 and "," not in cell and ";" not in cell and "\t" not in cell:
                weight += 0.5
            else:
                weight += 0.25
    return weight / total if total else 0.0


def _known_names(rows: list[Record], known: Callable[[str], bool]) -> int:
    """Return the most known column names any one of the first rows has."""
    return max((sum(1 for cell in row.cells[:200] if known(cell)) for row in rows), default=0)
