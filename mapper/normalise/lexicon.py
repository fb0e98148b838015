"""Words for event types, kinds of counts and precisions in five languages → our terms."""

from functools import cache, lru_cache

from mapper.columns import COUNT_KINDS, DATE_PRECISIONS, EVENT_TYPES
from mapper.dialects import load
from mapper.text import fold

__all__ = ["event_type_of", "kind_of_count", "precision_of"]


@cache
def _words(section: str, terms: tuple[str, ...]) -> dict[str, str]:
    words = {fold(term): term for term in terms}
    for term, synonyms in load("events")[section].items():
        for synonym in synonyms:
            words.setdefault(fold(synonym), term)
    return words


@lru_cache(maxsize=1 << 14)
def event_type_of(written: str, family: str = "") -> str:
    """Return our event type for a family's code or a word, else `""`."""
    table: dict[str, str] = load(family).get("event_types", {}) if family else {}
    plain = written.strip().lower()
    if plain in table:
        return table[plain]
    if family == "gdelt" and plain.isdecimal():
        for length in (4, 3, 2, 1):
            if plain[:length] in table:
                return table[plain[:length]]
    return _words("types", EVENT_TYPES).get(fold(written), "")


def kind_of_count(written: str) -> str:
    """Return our kind of count for a word, else `""`."""
    return _words("kinds", COUNT_KINDS).get(fold(written), "")


def precision_of(written: str) -> str:
    """Return our date precision for a word, else `""`."""
    return _words("precisions", DATE_PRECISIONS).get(fold(written), "")
