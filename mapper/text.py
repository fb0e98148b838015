"""The one fold of place names and words, used by the index and by the query alike."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

__all__ = ["fold"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb`\u00b4]")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return `text` as lower-case ASCII words parted by single blanks.

    NFKD takes accents and compatibility forms apart, anyascii writes every other script in Latin
    letters, apostrophes vanish (N'Delé = Ndele) and all other punctuation parts words.

    >>> fold("Cúcuta")
    'cucuta'
    >>> fold("  San Antonio-del TÁCHIRA! ")
    'san antonio del tachira'
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", plain)
    return _NOT_WORD.sub(" ", anyascii(plain).lower()).strip()
