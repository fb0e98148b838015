"""The country that a cell of a country column names, in the ways people write it."""

from mapper.gazetteer import country_code
from mapper.text import fold

__all__ = ["nation"]

# Names that several countries share: only the whole name says which is meant.
SHARED = frozenset(("congo", "korea", "virgin islands", "guinea", "sudan"))
# … and those that mean another land behind the name of a kind of state.
MISLEADING = frozenset(("congo", "korea", "china", "georgia"))
# fmt: off
STATES = frozenset((
    "republic", "republica", "republique", "republik", "rep", "kingdom", "reino", "royaume",
    "kerajaan", "state", "estado", "etat", "negara", "commonwealth", "union",
))
KINDS = frozenset((
    "the", "la", "le", "bolivarian", "bolivariana", "bolivarienne", "bol", "federative",
    "federativa", "federal", "plurinational", "plurinacional", "cooperative", "cooperativa",
    "islamic", "islamica", "islamique", "islam", "arab", "arabe", "socialist", "united",
    "independent",
))
LINKS = frozenset(("of", "de", "del", "do", "da", "du", "des", "d", "the", "la", "el", "le"))
# fmt: on


def nation(written: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country named, or `""`.

    >>> nation("República Federativa do Brasil"), nation("Korea (North)")
    ('BR', 'KP')
    """
    return country_code(written) or _turned(written) or _bracketed(written) or _formal(written)


def _turned(name: str) -> str:
    """Understand `Venezuela, Bolivarian Republic of`; two Congos and Koreas need the whole name."""
    first, comma, rest = (part.strip() for part in name.partition(","))
    if not comma or not rest:
        return ""
    whole = country_code(f"{rest} {first}")
    return whole or ("" if fold(first) in SHARED else country_code(first))


def _bracketed(name: str) -> str:
    """Understand `Korea (North)`."""
    first, bracket, rest = name.partition("(")
    return country_code(f"{rest.rstrip(') ')} {first}") if bracket else ""


def _formal(name: str) -> str:
    """Understand a country's name behind what kind of state it is: `Rep. Bol. de Venezuela`."""
    words = [word for part in fold(name).replace(".", " ").split() for word in part.split("'")]
    at, state = 0, False
    while at < len(words) and (words[at] in KINDS or words[at] in STATES):
        state |= words[at] in STATES
        at += 1
    while at < len(words) and state and words[at] in LINKS:
        at += 1
    rest = " ".join(words[at:])
    if rest in MISLEADING or not (state or "." in name):
        return ""
    return country_code(rest)
