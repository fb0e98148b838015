"""From where the ground is seen: disputed regions can be drawn with another country.

Our regions belong to one country each by default (`arcs.country_of`). `geodata/disputes.csv` says
which of them another country draws as its own; `seen_from` draws them so for a while.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import pandas as pd

from mapper import geodata
from mapper.world.arcs import country_of

__all__ = ["disputes", "owner", "seen_from", "view", "views"]

_CURRENT: ContextVar[str] = ContextVar("view", default="")


@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(geodata.path("disputes.csv"), dtype=str, keep_default_na=False)


def disputes() -> pd.DataFrame:
    """Return the best-known disputes of land borders, all text; `|` joins several.

    Columns: `id`, `name`, `claimants` (ISO2), `lines` (which stretches, see geodata/README.md; none
    where our sources have no line), `regions` (of ours that can be drawn otherwise), `views` (the
    countries for which they are), `note`, `source`.
    """
    return _table().copy()


def views() -> list[str]:
    """Return the countries for which some region is drawn otherwise, sorted."""
    return sorted({code for cell in _table()["views"] for code in cell.split("|") if code})


def view() -> str:
    """Return the country from which the ground is seen now; `""` is the default drawing."""
    return _CURRENT.get()


@contextmanager
def seen_from(code: str) -> Iterator[None]:
    """Draw the regions that `code` (ISO2) claims as its own until the block ends."""
    before = _CURRENT.set(code)
    try:
        yield
    finally:
        _CURRENT.reset(before)


@cache
def _taken(code: str) -> frozenset[str]:
    table = _table()
    mine = table[[code in cell.split("|") for cell in table["views"]]]
    return frozenset(region for cell in mine["regions"] for region in cell.split("|") if region)


def owner(region: str, code: str = "") -> str:
    """Return the country a region is drawn with, seen from `code`."""
    return code if code and region in _taken(code) else country_of(region)
