"""The words that are not names: articles, abbreviations and the kinds of thing names are given to.

They are data (`words.toml`); here they are folded once. Index and query use the same.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mapper.text import fold

__all__ = ["SETTLED", "Words", "bare", "key", "words"]

SETTLED = frozenset({"settlement", "admin1", "admin2"})
_LONGEST = 5  # words in the longest phrase of words.toml


@dataclass(frozen=True, slots=True)
class Words:
    """The folded vocabulary.

    `kinds`: what each word or phrase says (`{"bridge"}`, `{"settlement", "admin2"}` …)
    `articles`: dropped wherever names are compared; `particles` join the words of one name
    `abbreviations`: a word, and what it is short for
    `native`: words of scripts that are written without blanks, as written
    """

    kinds: dict[str, frozenset[str]]
    articles: frozenset[str]
    particles: frozenset[str]
    abbreviations: dict[str, str]
    native: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """Return the vocabulary of `words.toml`."""
    table = tomllib.loads((files("mapper.gazetteer") / "words.toml").read_text(encoding="utf-8"))
    kinds: dict[str, set[str]] = {}
    native: dict[str, set[str]] = {}
    for kind, languages in table["kind"].items():
        for text in languages.values():
            for written in text.split():
                phrase = written.replace("_", " ")
                if any("\u2e80" < c < "\ua000" for c in phrase):
                    native.setdefault(phrase, set()).add(kind)
                elif folded := fold(phrase):
                    kinds.setdefault(folded, set()).add(kind)
    return Words(
        {word: frozenset(found) for word, found in kinds.items()},
        frozenset(fold(w) for w in table["articles"]["words"].split()),
        frozenset(fold(w.replace("_", " ")) for w in table["particles"]["words"].split()),
        table["abbreviations"],
        {word: frozenset(found) for word, found in native.items()},
    )


_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("q", "k"), ("kh", "h"), ("ph", "f"))


@cache
def _dropped() -> frozenset[str]:
    """Return the words that no comparison of names looks at."""
    return words().articles | {p for p in words().particles if " " not in p}


def key(folded: str) -> str:
    """Return the loose key under which a folded name is indexed and looked up.

    Abbreviations are written out, articles and particles dropped (unless nothing else is left),
    double letters and a few spellings of one sound made one, blanks taken out.

    >>> key("san antonio del tachira") == key("s antonio de tachira")
    True
    """
    short = words().abbreviations
    parts = [short.get(p, p) for p in folded.split()]
    joined = "".join([p for p in parts if p not in _dropped()] or parts)
    for sound, same in _SOUNDS:
        joined = joined.replace(sound, same)
    out = []
    last = ""
    for letter in joined:
        if letter != last or letter.isdigit():
            out.append(letter)
        last = letter
    return "".join(out)


def bare(
    folded: str, kinds: frozenset[str] = SETTLED, also: Sequence[str] = ()
) -> tuple[str, frozenset[str]]:
    """Return a folded name without the generic words at its ends, and the kinds they said.

    `kinds`: which generics are taken off. A name that is nothing but generics stays whole.

    >>> bare("municipio de zapatoca")
    ('zapatoca', frozenset({'admin2'}))
    """
    parts = folded.split()
    said: set[str] = set()
    changed = True
    while changed and len(parts) > 1:
        changed = False
        for length in range(min(_LONGEST, len(parts) - 1), 0, -1):
            for head in (True, False):
                phrase = " ".join(parts[:length] if head else parts[-length:])
                found = words().kinds.get(phrase, frozenset()) & kinds
                if found or phrase in also:
                    said |= found
                    parts = parts[length:] if head else parts[:-length]
                    changed = True
                    break
            if changed:
                break
        while changed and len(parts) > 1 and parts[0] in words().particles:
            parts = parts[1:]
        while changed and len(parts) > 1 and parts[-1] in words().particles:
            parts = parts[:-1]
    return " ".join(parts), frozenset(said)
