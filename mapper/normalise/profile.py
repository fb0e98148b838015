"""What the whole table says about itself: which column is which field, in which order dates stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from mapper.columns import INCIDENT, LOCATED, RAW
from mapper.dialects import load
from mapper.errors import InputError, UsageError
from mapper.messages import text
from mapper.text import fold

__all__ = ["FileProfile", "Profile", "profile"]

OWN = set(INCIDENT.names) - set(RAW.names)


class FileRead(Protocol):
    """What `profile` needs to know of a file that was read."""

    name: str
    columns: list[str]


class RawTable(Protocol):
    """What `profile` needs of the reader's result."""

    frame: pd.DataFrame
    files: Any
    problems: pd.DataFrame


@dataclass(slots=True)
class FileProfile:
    """How the columns of one file are understood.

    `fields` is our field → their column; `kept` is their column → the name it is kept under.
    """

    name: str
    family: str = "own"
    fields: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Profile:
    """How every file is understood; small enough to be kept beside a map."""

    files: dict[str, FileProfile]
    reading: pd.DataFrame
    lang: str = "en"


def profile(
    raw: RawTable,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: str = "",
    lang: str = "en",
) -> Profile:
    """Look at the whole table and decide how each file's columns are understood.

    `columns` is the user's word (their column → our field) and wins.

    Raises:
        UsageError: `columns` names a column that no file has, or a field we do not know.
        InputError: a file has neither a place nor coordinates.
    """
    told = dict(columns or {})
    _check_told(told, raw)
    files = {}
    for file in raw.files:
        files[file.name] = _profile_file(file, told)
    return Profile(files, raw.problems, lang)


def _check_told(told: Mapping[str, str], raw: RawTable) -> None:
    known = {fold(name) for file in raw.files for name in file.columns}
    for theirs, ours in told.items():
        if fold(theirs) not in known:
            message = f"--map {theirs}={ours}: no file has a column {theirs}."
            raise UsageError(message)
        if _canonical(ours) not in OWN:
            message = f"--map {theirs}={ours}: there is no field {ours}; see `mapper schema`."
            raise UsageError(message)


def _canonical(name: str) -> str:
    return {"latitude": "given_latitude", "longitude": "given_longitude"}.get(name, name)


def _profile_file(file: FileRead, told: Mapping[str, str]) -> FileProfile:
    result = FileProfile(file.name)
    by_name = {fold(theirs): _canonical(ours) for theirs, ours in told.items()}
    synonyms = {
        fold(word): ours for ours, words in load("synonyms")["columns"].items() for word in words
    }
    for rank in (by_name, {fold(n): n for n in OWN}, synonyms):
        for theirs in file.columns:
            ours = rank.get(fold(theirs))
            if ours and ours not in result.fields and theirs not in result.fields.values():
                result.fields[ours] = theirs
    understood = set(result.fields.values())
    for theirs in file.columns:
        if theirs not in understood:
            result.kept[theirs] = f"file_{theirs}" if theirs in LOCATED else theirs
    if not {"place", "place_country", "place_admin1", "given_latitude"} & set(result.fields):
        names = ", ".join(file.columns)[:200]
        raise InputError(text("normalise", "no_place", "en", file=file.name, columns=names))
    return result
