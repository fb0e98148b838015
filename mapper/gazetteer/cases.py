"""Names in a case other than the one they are listed in: `в Кукуте` is Кукута."""

from functools import cache

from mapper.gazetteer.lexicon import endings

__all__ = ["listed_forms"]

_SHORTEST = 4  # letters that must be left of a word


@cache
def listed_forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the forms under which a name as written may be listed; itself is not among them.

    `words`: lower-case words of the name in its own script. Either its last word is declined
    (`Сан-Кристобале`), or its first (`Санте-Элене-де-Уайрен` is rare and left out), or all of
    those that can be (`Симона Боливара`).

    >>> ("кукута",) in listed_forms(("кукуте",))
    True
    """
    found: dict[tuple[str, ...], None] = {}
    for said, listed in endings():
        if _declined(words[-1], said):
            found[*words[:-1], _turned(words[-1], said, listed)] = None
        if _declined(words[0], said):
            found[_turned(words[0], said, listed), *words[1:]] = None
    for said, listed in endings():
        whole = tuple(_turned(w, said, listed) if _declined(w, said) else w for w in words)
        found[whole] = None
    found.pop(words, None)
    return tuple(found)


def _declined(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1


def _turned(word: str, said: str, listed: str) -> str:
    return word[: len(word) - len(said)] + listed
