"""Names and texts found again in whatever was published, however they are written there."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

from mapper.messages import LANGUAGES, catalogue
from mapper.text import fold

__all__ = ["Haystack", "Needles", "Words", "everyday", "telling", "tokens"]

Words = tuple[str, ...]

_LONGEST = 6  # a withheld text is recognised by any six words of it in a row
_STAGES = ("page", "map", "safety", "join", "geocode", "editions")
_SHORT = 3


def tokens(text: str) -> Words:
    """Return the folded words of a text; addresses are unescaped first."""
    return tuple(fold(unquote(text) if "%" in text else text).split())


@cache
def everyday() -> frozenset[str]:
    """Return the words of our own catalogues: they name nobody and no place."""
    words: set[str] = set()
    for stage in _STAGES:
        for lang in LANGUAGES:
            for message in catalogue(stage, lang).values():
                forms = message.values() if isinstance(message, dict) else (message,)
                for form in forms:
                    words.update(tokens(form))
    return frozenset(words)


def _runs(words: Words) -> Iterable[Words]:
    """Yield all runs of up to six words."""
    for length in range(1, _LONGEST + 1):
        yield from zip(*(words[k:] for k in range(length)), strict=False)


def _spellings(needle: Words) -> Iterable[Words]:
    """Yield a name as it is looked for: its words, or, in one piece, as addresses run it on."""
    yield needle[:_LONGEST]
    joined = "".join(needle)
    if len(needle) > 1 and len(joined) > _LONGEST:
        yield (joined,)


class Needles:
    """Names to be found in many short texts."""

    def __init__(self, names: Iterable[Words]) -> None:
        self._known = {spelling for name in names if name for spelling in _spellings(name)}

    def found_in(self, text: str) -> Words:
        """Return the first of the names that occurs in a text, or nothing."""
        return next((run for run in _runs(tokens(text)) if run in self._known), ())


class Haystack:
    """All runs of up to six words of everything published."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[Words] = set()
        for text in texts:
            self._runs.update(_runs(tokens(text)))

    def holds(self, needle: Words) -> bool:
        """Whether the words of `needle`, or any six in a row of a long one, occur."""
        if not needle:
            return False
        if len(needle) <= _LONGEST:
            return any(spelling in self._runs for spelling in _spellings(needle))
        parts = zip(*(needle[k:] for k in range(_LONGEST)), strict=False)
        return any(part in self._runs for part in parts)


def telling(needle: Words, common: frozenset[str] | set[str]) -> bool:
    """Whether finding these words would tell anything: not all of them are everyday ones."""
    rare = [word for word in needle if word not in common]
    if not rare:
        return False
    if all(word.isdigit() for word in needle):
        return sum(len(word) for word in needle) >= _SHORT + 2
    return sum(len(word) for word in needle) > _SHORT
