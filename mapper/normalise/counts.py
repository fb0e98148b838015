"""Counts as people write them → lowest, best and highest.

Knows thousands and decimals of both conventions, ranges, "at least", "up to", number words and
multiples ("300 ribu", "1,5 millones") in five languages. A vague word ("dozens") gives a lowest
count only.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from mapper.dialects import load
from mapper.normalise.digits import plain_digits

__all__ = ["Count", "parse_count"]

NAN = float("nan")
MOST = 1e10


@dataclass(frozen=True, slots=True)
class Count:
    """Lowest, best and highest (NaN where not said), and whether the words were vague."""

    low: float = NAN
    best: float = NAN
    high: float = NAN
    vague: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is one number and nothing else."""
        return not np.isnan(self.best) and np.isnan(self.low) and np.isnan(self.high)


_PLAIN = re.compile(r"\d{1,10}(?:[.,](?:0|00|0{4,}))?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_FIND = re.compile(_NUMBER)
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|—|\.\.|/)\s*({_NUMBER})")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


@cache
def _lexicon() -> dict[str, dict[str, float]]:
    table = load("counts")

    def numbers(section: str) -> dict[str, float]:
        return {w: float(n) for n, words in table[section].items() for w in words.split()}

    nouns = {w: 0.0 for s in ("dead", "injured", "people") for w in table[s]["words"].split()}
    return {
        "numbers": numbers("numbers"),
        "multiples": numbers("multiples"),
        "vague": numbers("vague"),
        "nouns": nouns,
    }


@cache
def _phrase(role: str) -> re.Pattern[str]:
    words = sorted(load("counts")["words"][role], key=len, reverse=True)
    parts = [rf"\b{re.escape(w)}\b" if w[0].isalpha() else re.escape(w) for w in words]
    return re.compile("|".join(parts))


def number(written: str) -> float:
    """Return one number written with thousands and decimals of either convention, else NaN.

    Three digits after a single sign are thousands (counts of people have no thousandths).
    """
    written = written.strip()
    if _PLAIN.fullmatch(written):
        return float(re.split("[.,]", written)[0])
    if _GROUPED.fullmatch(written):
        return float(re.sub(r"\D", "", written))
    if _DECIMAL.fullmatch(written):
        return float(written.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+[.,]\d{1,2}", written):
        return float(
            re.sub(r"\D", "", written[:-3].rstrip(".,")) + "." + re.split("[.,]", written)[-1]
        )
    return NAN


@lru_cache(maxsize=1 << 16)
def parse_count(written: str, subject: str = "") -> Count | None:
    """Understand a count; None where it is none.

    `subject` is the field's section of the lexicon (`dead`, `injured`, `people`): of several
    numbers in one cell the one beside such a word is meant.

    >>> parse_count("más de 300").low, parse_count("20-30").high
    (300.0, 30.0)
    """
    text = " ".join(plain_digits(written).split()).strip(" .;\"'")
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    if not text or re.match(r"[-+]\s?\d", text):
        return None
    value = number(text)
    if not np.isnan(value):
        return Count(best=value) if value < MOST else None
    if len(text) > 120 or re.search(r"[%$€£]|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}", text):
        return None
    if (found := _DAY_MONTH.fullmatch(text)) and (found[1] or found[2]) in _months():
        return None  # a spreadsheet took `2-3` for the 2nd of March
    text = re.sub(r"\([^)]*\)", " ", text).strip()
    if found := _PLUS.fullmatch(text):
        return _checked(Count(low=number(found[1]), best=number(found[1])))
    return _checked(_range(text) or _single(text, subject))


_DAY_MONTH = re.compile(r"\d{1,2}[-/ ]([a-z]{3,10})\.?|([a-z]{3,10})\.?[-/ ]\d{1,2}")


@cache
def _months() -> frozenset[str]:
    return frozenset(w for words in load("calendar")["months"].values() for w in words.split())


_PLUS = re.compile(rf"({_NUMBER})\s*\+")


def _checked(count: Count | None) -> Count | None:
    if count is None:
        return None
    values = [v for v in (count.low, count.best, count.high) if not np.isnan(v)]
    if not values or max(values) >= MOST or (count.low > count.high):
        return None
    return count


def _range(text: str) -> Count | None:
    """Understand `20-30`, `entre 20 y 30`, `20 to 30 people`, `1.000 - 1.500`."""
    lexicon = _lexicon()
    body = re.sub(rf"^(?:{_phrase('between').pattern})\s+", "", text)
    body = re.sub(rf"^(?:{_phrase('about').pattern})\s*", "", body)
    signs = load("counts")["words"]["to"] + (load("counts")["words"]["and"] if body != text else [])
    words = "|".join(re.escape(w) for w in signs)
    found = re.match(rf"({_NUMBER})\s*(?:{words}|–|—)\s*({_NUMBER})\s*(.*)$", body)
    if not found:
        return None
    low, high = number(found[1]), number(found[2])
    factor, rest = _multiple(found[3].split())
    if any(word not in lexicon["nouns"] for word in rest) and len(rest) > 3:
        return None
    if low * factor > high * factor and factor > 1:
        return None
    return Count(low=low * factor, high=high * factor) if low <= high else None


def _multiple(words: list[str]) -> tuple[float, list[str]]:
    """Return (factor, the words after it) where the first word is a multiple."""
    multiples = _lexicon()["multiples"]
    if words and words[0] in multiples:
        return multiples[words[0]], [w for w in words[1:] if w not in ("de", "of")]
    return 1.0, words


def _single(text: str, subject: str) -> Count | None:
    """Understand one number with what is said about it."""
    if not any(c.isdecimal() for c in text) and _says_none(text):
        return Count(best=0.0)
    low = bool(_phrase("at_least").search(text))
    high = bool(not low and _phrase("at_most").search(text))
    value, vague = _value(text, subject)
    if value is None:
        return None
    if vague:
        return Count(low=value, vague=True)
    if low:
        return Count(low=value, best=value)
    return Count(high=value) if high else Count(best=value)


def _says_none(text: str) -> bool:
    """Whether the text is `none`, `ninguno`, or `sin muertos`, `no deaths`."""
    words = load("counts")["words"]
    if text in words["none"]:
        return True
    first, _, rest = text.partition(" ")
    return (
        first in words["without"]
        and all(w in _lexicon()["nouns"] for w in rest.split())
        and bool(rest)
    )


def _value(text: str, subject: str) -> tuple[float | None, bool]:
    """Return (the number meant, whether it is vague); None where several or none stand there."""
    lexicon = _lexicon()
    found = [(m.start(), m.end(), number(m[0])) for m in _FIND.finditer(text)]
    if not found:
        return _spelled(text)
    values = []
    limits = [*[start for start, _, _ in found[1:]], len(text)]
    for (start, end, value), limit in zip(found, limits, strict=True):
        after = _WORD.findall(text[end : min(end + 40, limit)])
        factor, rest = _multiple(after)
        before = _WORD.findall(text[max(0, start - 30) : start])
        values.append((value * factor, set(rest[:3]), set(before[-2:])))
    if len(values) == 1:
        strange = [
            w
            for w in _WORD.findall(text)
            if w not in lexicon["nouns"] and w not in lexicon["multiples"]
        ]
        return (values[0][0], False) if len(strange) <= 6 else (None, False)
    if not subject:
        return None, False
    words = set(load("counts")[subject]["words"].split())
    near = [v for v, after, _ in values if after & words] or [
        v for v, _, before in values if before & words
    ]
    return (near[0], False) if len(near) == 1 else (None, False)


def _spelled(text: str) -> tuple[float | None, bool]:
    """Understand a number in words: `dos`, `seorang`, `dozens`, `veinte mil`."""
    lexicon = _lexicon()
    words = _WORD.findall(text)
    known = [w for w in words if w in lexicon["numbers"] and w not in ("a", "an")]
    vague = [w for w in words if w in lexicon["vague"]]
    if vague and not known:
        return lexicon["vague"][vague[0]], True
    if not known or len(known) > 2 or len(words) > 6:
        return None, False
    total = sum(lexicon["numbers"][w] for w in known)
    if len(known) == 2 and not (lexicon["numbers"][known[0]] >= 20 > lexicon["numbers"][known[1]]):
        return None, False
    after = words[words.index(known[-1]) + 1 :]
    factor, _ = _multiple(after)
    return total * factor, False
