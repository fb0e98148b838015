"""Digits and signs of every script in ASCII, letters without accents and in lower case."""

import unicodedata
from functools import lru_cache

__all__ = ["plain_digits"]

_SIGNS = str.maketrans(
    {
        "٫": ".",
        "٬": ",",
        "،": ",",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "’": "'",
        "′": "'",
        "″": '"',
        "”": '"',
        "“": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200f": "",
        "\u200e": "",
        "\ufeff": "",
    }
)


@lru_cache(maxsize=1 << 16)
def plain_digits(text: str) -> str:
    """Return the text with ASCII digits and signs, lower-case, without accents.

    >>> plain_digits("٢٣/٠٢/٢٠١٩"), plain_digits("23 de Março")
    ('23/02/2019', '23 de marco')
    """
    text = text.translate(_SIGNS)
    if not text.isascii():
        text = "".join(
            str(unicodedata.digit(c))
            if c.isdecimal()
            and not c.isascii()
            and unicodedata.digit(c, -1) >= 0
            and unicodedata.category(c) == "Nd"
            else c
            for c in text
        )
        parts = unicodedata.normalize("NFD", text)
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return text.lower()
