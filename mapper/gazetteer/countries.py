"""Countries by any of their names, codes and the words made of them."""

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow.parquet as pq

from mapper import geodata
from mapper.text import fold

__all__ = ["country_code", "country_name", "country_names", "demonym", "native_countries"]

_ARTICLES = frozenset(
    [
        "the",
        "la",
        "el",
        "los",
        "las",
        "les",
        "le",
        "o",
        "a",
        "as",
        "os",
        "die",
        "der",
        "den",
        "de",
        "het",
        "il",
        "gli",
        "i",
    ]
)
_SHORTEST_STEM = 5  # letters of a country's name that may stand for the adjective


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return ISO2 -> {language: name, iso3: code}."""
    rows = pq.read_table(geodata.built("countries.parquet")).to_pylist()
    return {row.pop("iso2"): row for row in rows}


@cache
def _adjectives() -> dict[str, dict[str, list[str]]]:
    text = (files("mapper.gazetteer") / "demonyms.toml").read_text(encoding="utf-8")
    return {
        part: {code: listed.split() for code, listed in entries.items()}
        for part, entries in tomllib.loads(text).items()
    }


@cache
def country_names() -> dict[str, str]:
    """Return every folded country name we know and the ISO2 it means."""
    names: dict[str, str] = {}
    for code, row in _table().items():
        for column, name in row.items():
            if not name or column == "iso3":
                continue
            plain = name.split(" (")[0]  # "Myanmar (Burma)" is also "Myanmar"
            for form in (name, plain, name.replace("&", "and"), name.replace("’", "'")):
                names.setdefault(fold(form), code)
            folded = fold(plain)
            first, _, rest = folded.partition(" ")
            if rest and first in _ARTICLES:
                names.setdefault(rest, code)
    for code, listed in _adjectives()["whole"].items():
        names |= {word.replace("_", " "): code for word in listed}
    names.pop("", None)
    return names


@cache
def _formal() -> dict[str, str]:
    """Return the official and former names that stand in country columns, by their folded form."""
    return {
        word.replace("_", " "): code
        for code, listed in _adjectives()["formal"].items()
        for word in listed
    }


@cache
def _iso3() -> dict[str, str]:
    return {row["iso3"].lower(): code for code, row in _table().items() if row["iso3"]}


@cache
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code that a text means, or `""`.

    Takes the two- and three-letter codes and the country's name in any of our languages, also with
    what UCDP and others put in brackets ("Myanmar (Burma)").

    >>> country_code("Kolombia")
    'CO'
    """
    stripped = text.strip()
    folded = fold(stripped)
    if len(stripped) == 2 and stripped.upper() in _table():
        return stripped.upper()
    named = country_names().get(folded) or _formal().get(folded)
    if named:
        return named
    if len(folded) == 3 and folded in _iso3():
        return _iso3()[folded]
    before = fold(stripped.split("(")[0])
    first, _, rest = before.partition(" ")
    rest = rest if first in _ARTICLES else ""
    known = _formal() | country_names()
    return known.get(before) or known.get(rest, "")


def country_name(iso2: str, lang: str = "en") -> str:
    """Return a country's name in a language (English where it lacks one), or the code itself."""
    row = _table().get(iso2, {})
    return row.get(lang) or row.get("en") or iso2


@cache
def _stems() -> dict[str, str]:
    """Return the beginnings of words made of countries' names."""
    stems: dict[str, str] = {}
    for folded, code in country_names().items():
        if " " not in folded and len(folded) >= _SHORTEST_STEM:
            stems.setdefault(folded, code)
            for ending in (1, 2):  # Kolumbi-ya, kolumbi-iskom
                if len(folded) > _SHORTEST_STEM + ending:
                    stems.setdefault(folded[:-ending], code)
    for code, listed in _adjectives()["stems"].items():
        stems |= dict.fromkeys(listed, code)
    return stems


@cache
def _endings() -> frozenset[str]:
    """Return what may follow a stem: an ending, or an infix and an ending."""
    parts = _adjectives()["endings"]
    infixes = ["", *parts["infixes"]]
    return frozenset(["", *(i + w for i in infixes for w in parts["words"])])


@cache
def _compounds() -> dict[str, str]:
    return {word: code for code, listed in _adjectives()["compound"].items() for word in listed}


@cache
def demonym(word: str, *, compound: bool = False) -> str:
    """Return the country a folded word speaks of as an adjective or a people, or `""`.

    `compound`: also take what stands before a hyphen only, such as `colombo` in
    "colombo-venezolana".

    >>> demonym("venezolanische"), demonym("colombo", compound=True)
    ('VE', 'CO')
    """
    if compound and word in _compounds():
        return _compounds()[word]
    stems, endings = _stems(), _endings()
    for length in range(len(word), 2, -1):
        code = stems.get(word[:length])
        if code and word[length:] in endings:
            return code
    return ""


@cache
def native_countries() -> dict[str, str]:
    """Return the short forms of countries in scripts written without blanks."""
    short = {form: code for code, listed in _adjectives()["native"].items() for form in listed}
    full = {
        row[lang]: code for code, row in _table().items() for lang in ("zh", "zh_Hant") if row[lang]
    }
    return short | full
