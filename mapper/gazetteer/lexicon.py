"""The words around place names (`lexicon.toml`), folded and ready to be looked up."""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from rapidfuzz.distance import OSA

from mapper.text import fold

__all__ = ["ADMIN", "GENERIC", "SPANNING", "Lexicon", "endings", "lexicon", "without_generics"]

# Classes of words that say what kind of thing a name belongs to.
GENERIC = frozenset(
    [
        "settlement",
        "admin1",
        "admin2",
        "country",
        "bridge",
        "crossing",
        "border",
        "river",
        "road",
        "trail",
        "site",
        "area",
    ]
)
_ARABIC_PREFIXES = ("al", "w", "wal", "b", "bal", "l", "ll", "walw")
_MIN_STEM = 3
_MISSPELT = 6
"""Letters of a word that one slip still leaves the only one meant: `brigde`, but not `monte`."""


@dataclass(slots=False)
class Lexicon:
    """The classes of words and phrases, by their folded form.

    `phrases`: folded phrase → classes. `stems`: the same for phrases whose last word may have any
    ending. `longest`: the number of words of the longest phrase. `cjk`: raw words of scripts
    without blanks, longest first. `patterns`: phrases of stems, by their number of words.
    `suffixes`: (ending of a compound, class). `declension`: the endings a stem may have; any if
    empty.
    """

    phrases: dict[str, frozenset[str]] = field(default_factory=dict)
    stems: dict[str, frozenset[str]] = field(default_factory=dict)
    native: "Lexicon | None" = None
    languages: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: int = 1
    patterns: dict[int, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)
    cjk: tuple[str, ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()
    declension: frozenset[str] = frozenset()
    demonyms: dict[str, str] = field(default_factory=dict)

    def classes(self, phrase: str, *, native: bool = False) -> frozenset[str]:
        """Return the classes of one folded phrase; empty if it is no word of ours.

        `native`: the phrase was written in another script than Latin; words of one script never
        answer for those of another (Ukrainian `де` is not Spanish `de`).
        """
        if native and self.native is not None:
            return self.native.classes(phrase)
        exact = self.phrases.get(phrase, frozenset())
        if exact:
            return exact
        words = phrase.split()
        for pattern, kinds in self.patterns.get(len(words), ()):
            if all(self._declined(p, w) for w, p in zip(words, pattern, strict=True)):
                return kinds
        if phrase[:_MIN_STEM] not in self._openings:
            return frozenset()
        last = phrase.rsplit(" ", 1)[-1]
        for cut in range(len(last), _MIN_STEM - 1, -1):
            stem = phrase[: len(phrase) - len(last) + cut]
            if stem in self.stems and self._declined(stem, phrase):
                return self.stems[stem]
        return frozenset()

    def _declined(self, stem: str, word: str) -> bool:
        """Whether a word is a stem with an ending: `горы` of `гор*`, but not `Горлівка`."""
        rest = word.removeprefix(stem)
        return word.startswith(stem) and (not self.declension or rest.strip() in self.declension)

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first letters of all stems: most words have none of them."""
        return frozenset(stem[:_MIN_STEM] for stem in self.stems)

    @cached_property
    def sayings(self) -> tuple[str, ...]:
        """All phrases and stems, of every script."""
        others = self.native.sayings if self.native is not None else ()
        return (*self.phrases, *self.stems, *others)

    @cached_property
    def patterned(self) -> tuple[tuple[str, ...], ...]:
        """All phrases of stems, of every script."""
        others = self.native.patterned if self.native is not None else ()
        return (*(words for listed in self.patterns.values() for words, _ in listed), *others)

    def meant(self, word: str, kind: str) -> bool:
        """Whether a folded Latin word is one edit from a longer word that says this kind."""
        return len(word) >= _MISSPELT - 1 and any(
            OSA.distance(word, known, score_cutoff=1) == 1
            for known, classes in self.phrases.items()
            if kind in classes and len(known) >= _MISSPELT and known[0] == word[0]
        )

    def spans(self, word: str) -> bool:
        """Whether a word of a script without blanks says bridge, crossing or the like."""
        return bool(self.classes(word, native=True) & SPANNING)


def _is_cjk(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


_NATIVE = frozenset(("ar", "zh", "ru", "uk"))


@cache
def _table() -> dict[str, dict[str, str]]:
    raw = (files("mapper.gazetteer") / "lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def endings() -> tuple[tuple[str, str], ...]:
    """Return (ending as written, ending as listed) of declined names, longest first."""
    pairs = (
        tuple(part.strip().partition("=")[::2])
        for listed in _table()["ending"].values()
        for part in listed.split(",")
    )
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: -len(pair[0])))  # type: ignore[arg-type]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    table = {kind: dict(words) for kind, words in _table().items() if kind != "ending"}
    declension = table.pop("declension")
    suffixes = tuple(
        (fold(word), kind)
        for kind, words in table.pop("suffix").items()
        for word in words.split(",")
    )
    entries = [
        (kind, language, word.strip())
        for kind, by_language in table.items()
        for language, words in by_language.items()
        for word in words.split(",")
    ]
    cjk = {word for _, _, word in entries if _is_cjk(word)}
    found = _compile([e for e in entries if e[1] not in _NATIVE])
    found.native = _compile([e for e in entries if e[1] in _NATIVE])
    found.native.declension = frozenset(
        fold(ending) for listed in declension.values() for ending in ("", *listed.split(","))
    )
    found.longest = max(found.longest, found.native.longest)
    found.cjk = tuple(sorted(cjk, key=lambda w: (-len(w), w)))
    found.suffixes = suffixes
    return found


def _compile(entries: list[tuple[str, str, str]]) -> Lexicon:
    """Return the lexicon of (class, language, word)."""
    phrases: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    languages: dict[str, set[str]] = {}
    patterns: dict[int, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for kind, language, word in entries:
        for form in _forms(word, language):
            target = stems if form.endswith("*") else phrases
            key = " ".join(p.rstrip("*") for p in form.split())
            if form.count("*") > 1:
                parts = tuple(key.split())
                patterns.setdefault(len(parts), []).append((parts, frozenset((kind,))))
            target.setdefault(key, set()).add(kind)
            languages.setdefault(key, set()).add(language)
    return Lexicon(
        phrases={k: frozenset(v) for k, v in phrases.items()},
        stems={k: frozenset(v) for k, v in stems.items()},
        languages={k: frozenset(v) for k, v in languages.items()},
        patterns=patterns,
        longest=max((len(k.split()) for k in (*phrases, *stems)), default=1),
    )


def _forms(word: str, language: str) -> list[str]:
    """Return the folded forms of one entry; `*` marks a stem; Arabic comes with its prefixes."""
    if _is_cjk(word):
        return [word]  # by its sign: 和 and 河 are spelt alike in Latin letters
    parts = [fold(p) + ("*" if p.endswith("*") else "") for p in word.split()]
    forms = [" ".join(p for p in parts if p)]
    if language == "ar" and forms[0]:
        bare = forms[0].removeprefix("al") if word.startswith("ال") else forms[0]
        forms += [prefix + bare for prefix in _ARABIC_PREFIXES if len(bare) > 1]
    return [form for form in forms if form]


SPANNING = frozenset(("bridge", "crossing", "trail", "border"))
"""Generic words of what crosses a border."""
ADMIN = frozenset(("settlement", "admin1", "admin2", "country"))
"""Generic words of areas and towns: `Gran Sabana` keeps its savanna, `Municipio` goes."""


@cache
def without_generics(folded: str, kinds: frozenset[str] = ADMIN) -> str:
    """Return a folded name without generic words at its ends: `municipio bolivar` → `bolivar`.

    `kinds`: which classes are dropped. `""` if only such words are there.
    """
    words = folded.split()
    while words:
        head, tail = _ending(words, kinds | {"article", "of"}, -1), _ending(words, kinds, 1)
        if not head and not tail:
            break
        words = words[head:] if head else words[:-tail]
    return " ".join(words)


def _ending(words: list[str], dropped: frozenset[str], end: int) -> int:
    """Return how many words at the beginning (-1) or the end (1) are of the classes `dropped`."""
    for n in range(min(3, len(words)), 0, -1):
        part = words[:n] if end < 0 else words[-n:]
        said = " ".join(part)
        if (lexicon().classes(said) | lexicon().classes(said, native=True)) & dropped:
            return n
    return 0
