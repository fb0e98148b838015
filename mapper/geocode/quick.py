"""The short way for plain names: most place texts are one name, with or without "village".

What this cannot read goes the long way through the grammar; what it can, gets the same answer.
"""

import re
from functools import cache

from mapper.gazetteer.countries import country_names, demonym
from mapper.gazetteer.lexicon import lexicon
from mapper.geocode.atlas import LOOSE, Atlas
from mapper.geocode.clues import Clues
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.text import fold

__all__ = ["plain_name", "ready"]

_PLAIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' ]{2,60}")
_KINDS = ("settlement", "admin1", "admin2")
_INNER = frozenset(("of", "article"))


@cache
def _word(folded: str) -> frozenset[str] | None:
    """Return the classes of a word; None if it may mean a country."""
    if folded in country_names() or demonym(folded):
        return None
    return lexicon().classes(folded)


def plain_name(text: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return (folded name, name as written, kinds said after it) of a plain text, else None."""
    if not _PLAIN.fullmatch(text) or "' " in text:
        return None
    written = text.split()
    words = fold(text).split()
    if not words or len(words) != len(written) or len(words) > 6:
        return None
    kinds: tuple[str, ...] = ()
    last = _word(words[-1])
    if last and len(words) > 1:
        said = tuple(k for k in _KINDS if k in last)
        if not said or "en" not in lexicon().languages.get(words[-1], ()):
            return None
        kinds, words, written = said[::-1], words[:-1], written[:-1]
    for at, word in enumerate(words):
        classes = _word(word)
        inside = 0 < at < len(words) - 1
        if classes is None:
            return None
        leads = at == 0 and len(words) > 1 and classes == frozenset(("article",))
        if classes and not leads and not (inside and classes & _INNER):
            return None
    return " ".join(words), " ".join(written), kinds


def _compound(folded: str) -> bool:
    return any(folded.endswith(ending) for ending, _ in lexicon().suffixes)


def ready(name: tuple[str, str, tuple[str, ...]], clues: Clues, atlas: Atlas) -> list[Group] | None:
    """Return the one group of a plain name if the atlas knows it where the clues want it.

    None if the grammar should look again: the words may be more than one name.
    """
    folded, written, kinds = name
    if folded in country_names():
        return None
    hits = atlas.find(folded)
    here = [
        h for h in hits
        if h.quality < LOOSE and (not clues.country or clues.country in h.place.country)
    ]  # fmt: skip
    if not here and (" " in folded or "'" in written or _compound(folded)):
        return None
    if not clues.country and any(h.place.kind == "crossing" for h in hits):
        return None
    return [Group(kinds=list(kinds), names=[Name(folded, written, hits)])]
