"""Known families of incident tables, as data: one .toml file each."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from mapper.columns import INCIDENT
from mapper.text import fold

__all__ = ["headerless", "is_known", "known_names", "load"]


@cache
def load(name: str) -> dict[str, Any]:
    """Return the data file `name` (without `.toml`)."""
    return tomllib.loads((files("mapper.dialects") / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def known_names() -> frozenset[str]:
    """Return the folded names of all columns that any family or language gives to our fields."""
    words = [word for words in load("synonyms")["columns"].values() for word in words]
    return frozenset(fold(word) for word in [*INCIDENT.names, *words])


def is_known(name: str) -> bool:
    """Whether a column name means something to us."""
    return len(name) <= 60 and fold(name) in known_names()


def headerless(width: int, sample: object) -> list[str]:
    """Return the column names of the family a table without header belongs to, else nothing."""
    del width, sample
    return []
