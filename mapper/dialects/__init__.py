"""Known families of incident tables and the words people use, as data: one .toml file each.

`acled`, `ucdp`, `gdelt`, `hxl`, `timemap`, `geoconfirmed` are families: how to recognise them, what
their columns, codes and types mean, on which terms they may be used again. `synonyms` names the
columns of any other table, `calendar`, `counts` and `events` the words in its cells.
"""

import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from mapper.columns import INCIDENT
from mapper.text import fold

__all__ = [
    "FAMILIES",
    "headerless",
    "hxl_field",
    "is_known",
    "key",
    "known_names",
    "load",
    "recognise",
]

FAMILIES = ("acled", "ucdp", "gdelt", "timemap", "geoconfirmed")


@cache
def load(name: str) -> dict[str, Any]:
    """Return the data file `name` (without `.toml`)."""
    return tomllib.loads((files("mapper.dialects") / f"{name}.toml").read_text(encoding="utf-8"))


def key(name: str) -> str:
    """Return a column name as it is compared: folded, without blanks.

    >>> key("SOURCE SCALE") == key("source_scale")
    True
    """
    return fold(name).replace(" ", "")


def recognise(columns: Sequence[str]) -> str:
    """Return the family whose set of column names is among `columns`, else ``."""
    have = {key(name) for name in columns}
    for family in FAMILIES:
        sets: list[list[str]] = load(family)["recognise"]["sets"]
        if any(all(key(name) in have for name in one) for one in sets):
            return family
    return ""


def headerless(forms: Sequence[Collection[str]]) -> list[str]:
    """Return the column names of the family a table without header belongs to, else nothing.

    `forms[i]` are the forms that column i's cells show (`integer`, `number`, `date`, `text` …).
    """
    for family in FAMILIES:
        table = load(family).get("headerless")
        if not table:
            continue
        variants: list[list[str]] = [[], table.get("without_58", []), table.get("without_57", [])]
        for left_out in variants:
            names = [name for name in table["columns"] if name not in left_out]
            if len(names) == len(forms) and _forms_fit(table["forms"], forms):
                return names
    return []


def _forms_fit(wanted: dict[str, str], forms: Sequence[Collection[str]]) -> bool:
    """Whether each wanted column shows its form; a whole number is a number too."""
    for position, form in wanted.items():
        seen = set(forms[int(position) - 1])
        allowed = {form} | ({"integer"} if form == "number" else set())
        if form == "compact_date":
            allowed = {"date", "integer"}
        if not seen or not seen <= allowed | {"empty", "missing"}:
            return False
    return True


@cache
def known_names() -> frozenset[str]:
    """Return the keys of all column names that any family or language gives to our fields."""
    words = [w for words in load("synonyms")["columns"].values() for w in words]
    words += [w for f in FAMILIES for ws in load(f)["fields"].values() for w in ws]
    words += [w for f in FAMILIES for s in load(f)["recognise"]["sets"] for w in s]
    return frozenset(key(word) for word in [*INCIDENT.names, *words])


def is_known(name: str) -> bool:
    """Whether a column name means something to us."""
    return 0 < len(name) <= 60 and key(name) in known_names()


def hxl_field(tag: str) -> str:
    """Return our field of an HXL hashtag with attributes, `` where there is none.

    >>> hxl_field("#affected +killed+high"), hxl_field("#geo+lon")
    ('fatalities_high', 'given_longitude')
    """
    parts = [part.strip().lower() for part in tag.strip().lstrip("#").split("+")]
    name, attributes = parts[0], set(parts[1:])
    for rule, must, must_not, field in load("hxl")["rules"]:
        if rule == name and attributes >= set(must) and not attributes & set(must_not):
            return str(field)
    return ""
