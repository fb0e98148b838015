"""Families, colours and line weights of figures: what `mapper/style.toml` says, for paper."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Colours", "Family", "colours", "families", "family_of"]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of event types: its key, its types, its symbol and its colour on paper."""

    key: str
    types: tuple[str, ...]
    symbol: str
    colour: str


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of everything that is not a datum."""

    page: str
    land: str
    sea: str
    border: str
    casing: str
    admin1: str
    ink: str
    muted: str
    rule: str


@cache
def _style() -> dict[str, list[dict[str, object]]]:
    text = (files("mapper") / "style.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def families() -> tuple[Family, ...]:
    """Return the families in the order of legends and arcs; the last takes what is unknown."""
    return tuple(
        Family(
            key=str(entry["key"]),
            types=tuple(entry["types"]),  # type: ignore[arg-type]
            symbol=str(entry["symbol"]),
            colour=str(entry["light"]),
        )
        for entry in _style()["family"]
    )


@cache
def _families_by_type() -> dict[str, int]:
    return {name: k for k, family in enumerate(families()) for name in family.types}


def family_of(event_type: str) -> int:
    """Return the position of the family of an event type; unknown types belong to the last."""
    return _families_by_type().get(event_type, len(families()) - 1)


@cache
def colours() -> Colours:
    """Return the light theme on white paper: a tint behind a printed figure is dots, not white."""
    theme: dict[str, str] = _style()["theme"]["light"]  # type: ignore[call-overload]
    names = ("land", "sea", "border", "casing", "admin1", "ink", "muted", "rule")
    return Colours(page="#ffffff", **{name: theme[name] for name in names})
