"""The loose key of a name: what two spellings of one name mostly agree in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from mapper.text import loose

__all__ = ["consonants", "key", "keys"]

_VOWELS = str.maketrans("", "", "aeiouh")
# pairs of letters that languages write for one sound
_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("q", "k"), ("kh", "h"), ("ph", "f"))
_DOUBLE = re.compile(r"(\D)\1+")

_DOUBLE = re.compile(r"(\D)\1+")


@lru_cache(maxsize=1 << 18)
def key(folded: str) -> str:
    """Return the key under which a folded name is indexed and looked up.

    Small words dropped and abbreviations written out (`mapper.text.loose`), blanks taken out,
    a few spellings of one sound and double letters made one.

    >>> key("san antonio del tachira") == key("san antonio de tachira")
    True
    """
    joined = (loose(folded) or folded).replace(" ", "")
    for sound, same in _SOUNDS:
        joined = joined.replace(sound, same)
    return _DOUBLE.sub(r"\1", joined)


def keys(folded: Sequence[str]) -> list[str]:
    """Return the keys of many folded names, none of them empty; faster than one by one.

    >>> keys(["san antonio del tachira", "puerto"]) == [key("san antonio del tachira"), "puerto"]
    True
    """
    if not folded:
        return []
    joined = "\n".join([loose.__wrapped__(name) or name for name in folded]).replace(" ", "")
    for sound, same in _SOUNDS:
        joined = joined.replace(sound, same)
    return _DOUBLE.sub(r"\1", joined).split("\n")


def consonants(short: str) -> str:
    """Return a key without its vowels: what two transcriptions of an Arabic name agree in.

    >>> consonants(key("kernaz")) == consonants(key("kurnaz"))
    True
    """
    return short.translate(_VOWELS)
