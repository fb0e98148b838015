"""Known families of incident tables, as data: one .toml file each."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """Return the data file `name` (without `.toml`)."""
    return tomllib.loads((files("mapper.dialects") / f"{name}.toml").read_text(encoding="utf-8"))
