"""The folds of place names and words, used by the index and by the query alike."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from anyascii import anyascii

__all__ = ["fold", "folds", "loose"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NOT_WORD_OR_LINE = re.compile(r"[^0-9a-z\n]+")
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
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
        text = anyascii(_APOSTROPHES.sub("", plain))
    else:
        text = _APOSTROPHES.sub("", text)
    return _NOT_WORD.sub(" ", text.lower()).strip()


def folds(texts: Sequence[str]) -> list[str]:
    """Return `fold` of many texts; faster than one by one where most are ASCII.

    >>> folds(["Cúcuta", "  San Antonio-del TACHIRA! ", ""])
    ['cucuta', 'san antonio del tachira', '']
    """
    plain = [text.isascii() and "\n" not in text for text in texts]
    joined = _APOSTROPHES.sub("", "\n".join(compress(texts, plain))).lower()
    lines = iter(_NOT_WORD_OR_LINE.sub(" ", joined).split("\n"))
    return [
        next(lines).strip() if easy else fold(text) for text, easy in zip(texts, plain, strict=True)
    ]


# Articles, prepositions and the Arabic article in its assimilated forms: `San Antonio de Táchira`
# is San Antonio del Táchira, `Al Suwayda` is As-Suwayda.
_SMALL_WORDS = frozenset(
    [
        "a",
        "al",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "ath",
        "az",
        "ad",
        "adh",
        "el",
        "es",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "l",
        "d",
        "da",
        "das",
        "de",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "des",
        "e",
        "et",
        "i",
        "o",
        "os",
        "the",
        "of",
        "und",
        "van",
        "y",
        "ka",
    ]
)
_ABBREVIATIONS = {
    "pto": "puerto",
    "pta": "punta",
    "sta": "santa",
    "sto": "santo",
    "sn": "san",
    "gral": "general",
    "gen": "general",
    "cnel": "coronel",
    "cmdte": "comandante",
    "tte": "teniente",
    "pdte": "presidente",
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "fco": "francisco",
    "fdo": "fernando",
    "ma": "maria",
    "hda": "hacienda",
    "cd": "ciudad",
    "vda": "vereda",
}


@lru_cache(maxsize=1 << 16)
def loose(folded: str) -> str:
    """Return a folded name without its small words, with common abbreviations written out.

    Two spellings of one name mostly agree in this form; `""` where nothing but small words is
    left. The input is what `fold` gives.

    >>> loose("san antonio de tachira") == loose("san antonio del tachira")
    True
    >>> loose("pto ayacucho")
    'puerto ayacucho'
    """
    words = [_ABBREVIATIONS.get(word, word) for word in folded.split()]
    return " ".join([word for word in words if word not in _SMALL_WORDS])
