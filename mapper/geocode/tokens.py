"""Cuts a place text into words and tells of each what it can be: data for the grammar.

Nothing here knows a place: words are told apart by `lexicon.toml` (kinds of places, connectives,
units) and by the names and adjectives of countries.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from mapper.gazetteer.countries import country_names, demonym, native_countries
from mapper.gazetteer.lexicon import lexicon
from mapper.text import fold

__all__ = ["LONGEST_TEXT", "MOST_TOKENS", "Token", "tokenise"]

LONGEST_TEXT = 240
"""Characters of a place text that are looked at; the rest says nothing about where."""
MOST_TOKENS = 40
"""Words of a place text that are looked at: twice as many as the longest honest one has."""

_ELISION = re.compile(
    r"^(l|d|dell|nell|dall|all|sull|qu|del|un)['\u2019\u02bc](?=\w{2})", re.IGNORECASE
)
_ARABIC_ARTICLES = frozenset(
    ["al", "el", "ul", "an", "ar", "as", "ash", "at", "ath", "ad", "adh", "az"]
)
_WHOLE = {"d": "de"}  # so that "près d'Ureña" is "près de"
_SUFFIX = re.compile(r"(?<=[^\W\d_]{3})['\u2019\u02bc](s|[a-z\u00e0-\u0131]{1,5})$")
_WORD = re.compile(
    r"\d+(?:[.,]\d+)?(?=[^\W\d]{1,2}\b|\W|$)|[\w'\u2019\u02bc\u02bb`´]+|[^\w\s]", re.UNICODE
)
_NUMBER = re.compile(r"\d{1,6}(\.\d+)?")
_QUOTES = frozenset("\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300d\u0060")
_SEPARATORS = {
    ",": ",", "\u3001": ",", "\uff0c": ",", "\u060c": ",", ";": ",", "\u061b": ",", ":": ",",
    "(": "(", "\uff08": "(", "[": "(", ")": ")", "\uff09": ")", "]": ")",
    "/": "/", "|": "/", "\u2013": "-", "\u2014": "-", "-": "-", "\u2010": "-", "\u2011": "-",
    "&": "&", "+": "&",
}  # fmt: skip


@dataclass(slots=True)
class Token:
    """One word, or one phrase of the lexicon.

    `before`: the separator before it: `""`, or one of `, ( ) / - .` (several are joined).
    `classes`: what the lexicon says it can be. `country`: ISO2 it names as a country's name,
    `adjective_of` as an adjective.
    """

    raw: str
    folded: str
    before: str = ""
    classes: frozenset[str] = frozenset()
    country: str = ""
    adjective_of: str = ""
    native: bool = False

    def has(self, *classes: str) -> bool:
        """Whether it can be one of these."""
        return not self.classes.isdisjoint(classes)

    @property
    def plain(self) -> bool:
        """Whether it can only be part of a name."""
        return not self.classes and not self.country and not self.adjective_of

    @property
    def number(self) -> float:
        """The number it writes in figures; NaN if none."""
        if not self.raw[:1].isdigit():
            return math.nan
        text = self.raw.replace(",", ".")
        return float(text) if _NUMBER.fullmatch(text) else math.nan


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def _cjk_words() -> dict[str, tuple[str, ...]]:
    """Return the words that begin with a character, longest first."""
    words: dict[str, list[str]] = {}
    for word in sorted({*lexicon().cjk, *native_countries()}, key=lambda w: (-len(w), w)):
        words.setdefault(word[:1], []).append(word)
    return {first: tuple(listed) for first, listed in words.items()}


def _split_cjk(run: str) -> list[str]:
    """Cut a run of Chinese into words of the lexicon, countries, and what lies between."""
    parts: list[str] = []
    rest = ""
    at = 0
    while at < len(run):
        word = next((w for w in _cjk_words().get(run[at], ()) if run.startswith(w, at)), "")
        if word and _longer_inside(run, at, len(word)):
            word = ""  # 桑坦|德国|际大桥 is 桑坦德|国际大桥
        # A one-character word counts only at the end of a name: 桥 in 大桥, 省 in 四川省.
        if len(word) == 1 and at + 1 < len(run) and not _starts_word(run, at + 1):
            inside = word in _AREAS and len(rest) > 1 and at + 2 < len(run)
            word = word if word in _BETWEEN or inside else ""
        if word:
            parts += [rest, word] if rest else [word]
            rest = ""
            at += len(word)
        else:
            rest += run[at]
            at += 1
    return [*parts, rest] if rest else parts


_AREAS = frozenset("州省")
_BETWEEN = frozenset("和與与及在近的委哥")  # stand between or before other words


def _longer_inside(run: str, at: int, length: int) -> bool:
    """Whether a longer word begins inside the one that stands here, and goes on beyond it."""
    inside = range(at + 1, at + length)
    return any(
        run.startswith(word, i)
        for i in inside
        for word in _cjk_words().get(run[i], ())
        if len(word) > length
    )


def _starts_word(run: str, at: int) -> bool:
    words = _cjk_words().get(run[at], ())
    return any(run.startswith(w, at) for w in words if len(w) > 1 or w in _BETWEEN)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return (separator before, word) in order; separators of blanks alone are empty."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    found: list[tuple[str, str]] = []
    before = ""
    for match in _WORD.finditer(text):
        piece = match.group()
        if piece in _SEPARATORS:
            if piece == "-" and not _spaced(text, match.start()):
                before += "~"  # a hyphen inside a compound
            else:
                before += _SEPARATORS[piece]
            continue
        if piece == "." and _ends_sentence(text, match.start()):
            before += "."
            continue
        if not any(c.isalnum() for c in piece):
            continue
        if not piece.isascii() and any(map(_is_cjk, piece)):
            runs = re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", piece)
            words = [w for run in runs for w in (_split_cjk(run) if _is_cjk(run[0]) else [run])]
        else:
            words = _split_latin(piece.strip("'\u2019\u02bc`´"))
        for word in words:
            joined = word.startswith("\u0648") and fold(word[1:]) in country_names()
            # Arabic "and" is written together with its word
            found.append((before + "&", word[1:]) if joined else (before, word))
            before = ""
    if ")" in before:
        found.append((before, ""))
    return found


def _spaced(text: str, at: int) -> bool:
    return text[max(at - 1, 0)].isspace() or text[at + 1 : at + 2].isspace()


def _ends_sentence(text: str, at: int) -> bool:
    word = re.search(r"\w+$", text[:at])
    return word is not None and len(word.group()) > 4 and text[at + 1 : at + 2].isspace()


def _split_latin(word: str) -> list[str]:
    """Part elisions (l'Arauca), endings after an apostrophe (Köprüsü'nde), compounds."""
    head = _ELISION.match(word)
    parts = [_WHOLE.get(head.group(1).lower(), head.group(1))] if head else []
    word = word[head.end() :] if head else word
    word = _SUFFIX.sub("", word) if not word[:1].islower() or word.endswith("s") else word
    folded = fold(word)
    for ending, _ in lexicon().suffixes:
        if folded.endswith(ending) and len(folded) >= len(ending) + 5:
            if lexicon().classes(folded):
                break
            cut = len(word) - len(ending) if len(word) >= len(folded) else len(word)
            if fold(word[cut:]) == ending:
                return [*parts, word[:cut], word[cut:]]
    return [*parts, word] if word else parts


def _mended(text: str) -> str:
    """Undo UTF-8 that was read as cp1252 (`CÃºcuta`)."""
    if "\u00c3" not in text and "\u00c2" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a place text; phrases of the lexicon are one token."""
    text = _mended(text[:LONGEST_TEXT])
    pieces = [(before, raw, fold(raw)) for before, raw in _pieces(text)]
    pieces = [p for p in pieces if p[2] or ")" in p[0]]
    mixed = any(c.islower() for c in text) and any(c.isupper() for c in text)
    tokens: list[Token] = []
    at = 0
    while at < len(pieces) and len(tokens) < MOST_TOKENS:
        length, token = _longest(pieces, at, mixed=mixed)
        tokens.append(token)
        at += length
    return tokens


def _longest(pieces: list[tuple[str, str, str]], at: int, *, mixed: bool) -> tuple[int, Token]:
    """Return the longest phrase that starts at a piece, and how many pieces it takes."""
    before, raw, folded = pieces[at]
    if folded in _ARABIC_ARTICLES and at + 1 < len(pieces) and pieces[at + 1][0] == "~":
        after = pieces[at + 1]
        return 2, Token(f"{raw}-{after[1]}", f"{folded} {after[2]}", before)
    longest = _longest_from(folded.partition(" ")[0])
    reach = 1
    while (
        at + reach < len(pieces)
        and reach < longest
        and pieces[at + reach][0] in ("", "~")
        and pieces[at + reach][2]
    ):
        reach += 1
    for n in range(reach, 0, -1):
        phrase = " ".join(p[2] for p in pieces[at : at + n])
        written = " ".join(p[1] for p in pieces[at : at + n])
        country = native_countries().get(written, "") or country_names().get(phrase, "")
        native = not written.isascii() and any(ord(c) > 0x2E7 and c.isalpha() for c in written)
        said = written if any(map(_is_cjk, written)) else phrase
        classes = lexicon().classes(said, native=native)
        if n == 1 and mixed and at and len(raw) <= 4 and raw[:1].isupper() and raw[1:].islower():
            classes -= _CONNECTIVES  # "At Tanf", "Van": a capital letter is part of a name
        adjective = "" if country or classes else _adjective(phrase, pieces, at, n)
        if country or classes or adjective or n == 1:
            return n, Token(written, phrase, before, classes, country, adjective, native)
    raise AssertionError  # pragma: no cover - n reaches 1


@cache
def _openings() -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Return how many words the longest phrase has that begins with a word, or with its stem."""
    words: dict[str, int] = {}
    for phrase in (*lexicon().sayings, *country_names()):
        first, *rest = phrase.split(" ")
        words[first] = max(words.get(first, 1), 1 + len(rest))
    return words, tuple((pattern[0], len(pattern)) for pattern in lexicon().patterned)


def _longest_from(word: str) -> int:
    """Return the number of words of the longest phrase that a folded word can begin."""
    words, stems = _openings()
    longest = words.get(word, 1)
    longest = max([longest, *(n for stem, n in stems if word.startswith(stem))])
    return min(longest, lexicon().longest)


def _adjective(phrase: str, pieces: list[tuple[str, str, str]], at: int, n: int) -> str:
    """Return the country a word is an adjective of; `colombo` only before a hyphen."""
    if n > 2:
        return ""
    after = pieces[at + n][0] if at + n < len(pieces) else ""
    found = demonym(phrase, compound="~" in after)
    if not found and n == 1 and " " in phrase:  # a soft sign parts the fold: "venesuel skii"
        found = demonym(phrase.replace(" ", ""), compound="~" in after)
    if not found and _is_arabic(pieces[at][1]):
        bare = phrase.removeprefix("w").removeprefix("a")
        found = demonym(bare[1:]) if bare.startswith("l") else ""
    return found


def _is_arabic(raw: str) -> bool:
    return not raw.isascii() and any("\u0600" <= c <= "\u06ff" for c in raw)


_CONNECTIVES = frozenset(
    ["and", "or", "in", "of", "with", "between", "near", "describes", "known_as", "stop"]
)
