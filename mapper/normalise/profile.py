"""What the whole table says about itself: which column is which field, how dates are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import pandas as pd

from mapper.columns import INCIDENT, LOCATED, RAW
from mapper.dialects import hxl_field, key, load, recognise
from mapper.errors import InputError, UsageError
from mapper.messages import text
from mapper.normalise.crosstab import crosstab_columns
from mapper.normalise.guess import guess_fields
from mapper.normalise.order import date_order_of, shows_serials

__all__ = ["HELPERS", "FileProfile", "Profile", "fields_of", "profile"]

# Fields that only help to fill others; their columns are kept and shown as well.
HELPERS = (
    "coordinates",
    "date_precision_code",
    "place_precision_code",
    "year",
    "month",
    "day",
)
OWN = (*(name for name in INCIDENT.names if name not in RAW), *HELPERS)
ALIASES = {"latitude": "given_latitude", "longitude": "given_longitude", "date": "date_text"}
TITLES = {"hxl": "HXL", "own": "mapper's own schema", "other": "no known family"}
DATES = ("date_text", "date_start", "date_end")
PREPOSITIONS = frozenset(
    ["de", "del", "do", "da", "dos", "das", "des", "du", "of", "d", "di", "la", "en", "in", "en"]
)
# What stands before the thing counted: `Nº de muertos`, `No. of deaths`, `Total injured`.
MASK = re.compile(
    r"(?<![a-z])(?:(dd?|mm?|yyyy|aaaa|jj)[-/. ]?(mm?|dd?|mmm)[-/. ]?(yyyy|yy|aaaa|aa|dd?|jj)"
    r"|(dmy|mdy|ymd))(?![a-z])",
    re.IGNORECASE,
)
COUNTING = re.compile(
    r"^(?:n[º°o]\.?|nos?\.|nro\.?|num\.?|n[uú]mero|number|count|#|cantidad|total|cifra|jumlah|nombre"
    r"|quantidade|n[uú]m\.)\s*(?:total\s+)?(?:(?:de|of|d')\s*)?(?:the\s+|los\s+|las\s+)?(?=\w{3})",
    re.IGNORECASE,
)
SITES = ("place", "place_country", "place_admin1", "place_admin2")


class FileRead(Protocol):
    """What `profile` needs to know of a file that was read."""

    name: str
    columns: list[str]
    tags: dict[str, str]


class RawTable(Protocol):
    """What `profile` needs of the reader's result."""

    frame: pd.DataFrame
    files: Any
    problems: pd.DataFrame


@dataclass(slots=True)
class FileProfile:
    """How one file is understood.

    `family` is the dialect (`own`, `acled`, `ucdp`, `gdelt`, `hxl`, `timemap`, `geoconfirmed` or
    `other`); `fields` is our field → their column; `kept` is their column → the name it is kept
    under; `orders` is date field → `dmy`, `mdy`, `ymd`, `` (not needed) or `undecided`; `serials`
    are date fields that hold spreadsheet day numbers. `guessed` are the fields of a table without
    column names, found by what the columns hold. `restricted` says that the source's terms
    restrict passing its texts on; `attribution` is the sentence its terms ask for.
    """

    name: str
    family: str = "other"
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    order_evidence: dict[str, str] = field(default_factory=dict)
    serials: tuple[str, ...] = ()
    guessed: dict[str, str] = field(default_factory=dict)
    restricted: bool = False
    attribution: str = ""

    @property
    def unknown(self) -> list[str]:
        """Their columns that are kept without being understood."""
        used = set(self.fields.values())
        return [theirs for theirs in self.kept if theirs not in used]


@dataclass(slots=True)
class Profile:
    """How every file is understood; small enough to be kept beside a map."""

    files: dict[str, FileProfile]
    reading: pd.DataFrame
    lang: str = "en"

    @property
    def restricted(self) -> bool:
        """Whether the terms of any file restrict passing its texts on."""
        return any(file.restricted for file in self.files.values())

    @property
    def attributions(self) -> list[str]:
        """The sentences the terms of the sources ask for, each once."""
        said = [file.attribution for file in self.files.values() if file.attribution]
        return list(dict.fromkeys(said))


def profile(
    raw: RawTable,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: str = "",
    lang: str = "en",
) -> Profile:
    """Look at the whole table and decide how each file is understood.

    Args:
        raw: what the reader returned.
        columns: the user's word (their column → our field); it wins.
        date_order: the user's word on day and month: `dmy`, `mdy` or `ymd`.
        lang: language of the problems.

    Raises:
        UsageError: `columns` names a column that no file has, or a field we do not know.
        InputError: a file has neither a place nor coordinates, or is a summary by month or year.
    """
    told = {theirs: ALIASES.get(ours, ours) for theirs, ours in (columns or {}).items()}
    _check_told(told, raw.files)
    files = {}
    alone = len(raw.files) == 1
    for file in raw.files:
        known = fields_of(file.name, file.columns, file.tags, told)
        part = raw.frame if alone else raw.frame[raw.frame["source_file"] == file.name]
        if _has_no_names(file.columns) and not (told or file.tags):
            known.fields = known.guessed = guess_fields(part, file.columns)
            _name_kept(known, file.columns)
        if not ({"given_latitude", "coordinates", *SITES} & set(known.fields)):
            names = ", ".join(file.columns)[:200]
            raise InputError(text("normalise", "no_place", "en", file=file.name, columns=names))
        if months := crosstab_columns(known.fields, part):
            names = ", ".join(months[:4])
            raise InputError(text("normalise", "crosstab", "en", file=file.name, columns=names))
        _look_at_dates(known, part, date_order)
        files[file.name] = known
    return Profile(files, raw.problems, lang)


def _has_no_names(columns: Sequence[str]) -> bool:
    """Whether the reader had to name every column itself."""
    return all(name == f"column_{i}" for i, name in enumerate(columns, 1)) and len(columns) > 1


def _check_told(told: Mapping[str, str], files: Sequence[FileRead]) -> None:
    known = {key(name) for file in files for name in file.columns}
    for theirs, ours in told.items():
        if key(theirs) not in known:
            message = f"--map {theirs}={ours}: no file has a column {theirs}."
            raise UsageError(message)
        if ours not in OWN and ours != "":
            message = (
                f"--map {theirs}={ours}: there is no field {ours}; `mapper schema` lists them."
            )
            raise UsageError(message)


def fields_of(
    name: str, columns: Sequence[str], tags: Mapping[str, str], told: Mapping[str, str]
) -> FileProfile:
    """Decide which column of a file is which field.

    The user's word comes first, then the family's table, the HXL tags, our own names, and last
    the names people use; within each the earlier synonym wins.
    """
    result = FileProfile(name, family=recognise(columns))
    taken: set[str] = set()

    def take(pairs: Iterable[tuple[str, str]]) -> None:
        for ours, theirs in pairs:
            if ours in OWN and ours not in result.fields and theirs not in taken:
                result.fields[ours] = theirs
                taken.add(theirs)

    by_key = {key(column): column for column in reversed(columns)}
    chosen = {by_key[key(theirs)]: ours for theirs, ours in told.items()}
    take((ours, theirs) for theirs, ours in chosen.items())
    taken |= set(chosen)
    if result.family:
        _take_family(result, by_key, taken)
    take((hxl_field(tag), theirs) for theirs, tag in tags.items())
    own = [(ours, by_key[key(ours)]) for ours in OWN if key(ours) in by_key]
    take(own)
    for spellings in ({c: [c] for c in columns}, {c: _shorter(c) for c in columns}):
        take(_by_synonym(spellings))
    _day_of_three(result.fields)
    if not result.family:
        result.family = "hxl" if tags else "own" if len(own) >= 4 else "other"
        result.title = TITLES[result.family]
    _name_kept(result, columns)
    return result


def _day_of_three(fields: dict[str, str]) -> None:
    """Take `día` beside `año` and `mes` for the day of the month, not for the whole date."""
    written = fields.get("date_text", "")
    days = {key(word) for word in load("synonyms")["columns"]["day"]}
    if {"year", "month"} <= set(fields) and "day" not in fields and key(written) in days:
        fields["day"] = fields.pop("date_text")


def _by_synonym(spellings: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield (our field, their column) by the names people use, the likelier first."""
    candidates = {key(s): c for c, words in reversed(spellings.items()) for s in words}
    for ours, words in load("synonyms")["columns"].items():
        yield from ((ours, candidates[key(w)]) for w in words if key(w) in candidates)


def _take_family(result: FileProfile, by_key: dict[str, str], taken: set[str]) -> None:
    table = load(result.family)
    result.title = table["title"]
    result.restricted = bool(table["terms"]["restricted"])
    result.attribution = table["terms"]["attribution"]
    for ours, words in table["fields"].items():
        for word in words:
            column = by_key.get(key(word))
            if (
                column
                and ours not in result.fields
                and column not in taken - set(result.fields.values())
            ):
                result.fields[ours] = column
                break
    taken.update(result.fields.values())


@cache
def _count_names() -> frozenset[str]:
    """Return the names people give to counts."""
    words: dict[str, list[str]] = load("synonyms")["columns"]
    fields = ("fatalities_best", "injured", "people")
    return frozenset(key(word) for field in fields for word in words[field])


def _shorter(column: str) -> list[str]:
    """Return a column's name without brackets and units, then by its main word.

    With a preposition the head stands first (`Lugar de los hechos`), without one it stands last
    (`incident place`, and a group's heading before the name: `Casualties killed`).
    """
    plain = re.sub(r"[(\[{].*?[)\]}]", " ", column).strip(" *:")
    plain = MASK.sub("", plain).strip(" _-") or plain
    counted = COUNTING.sub("", plain)
    plain = counted if key(counted) in _count_names() else plain
    words = re.split(r"[\s._/:>|-]+", plain)
    options = [plain]
    half = len(words) // 2
    if len(words) > 1 and words[:half] == words[half:]:
        options.append(" ".join(words[:half]))
    at = next((i for i, word in enumerate(words) if word.lower() in PREPOSITIONS), 0)
    if at:
        options.append(" ".join(words[:at]))
    else:
        options += [" ".join(words[i:]) for i in range(1, min(len(words), 4))]
    options += [part.strip() for part in re.split(r"[:/|]", column)[:2]]
    return [option for option in options if len(option) > 2]


def _name_kept(result: FileProfile, columns: Sequence[str]) -> None:
    """Name the columns that are kept: all that fill no INCIDENT column of their own."""
    result.kept = {}
    used = {c for ours, c in result.fields.items() if ours not in HELPERS}
    names: set[str] = set()
    for theirs in columns:
        if theirs in used:
            continue
        name = f"file_{theirs}" if theirs in LOCATED or theirs == "geometry" else theirs
        while name in names:
            name = f"{name}_"
        names.add(name)
        result.kept[theirs] = name


def _look_at_dates(known: FileProfile, part: pd.DataFrame, told: str) -> None:
    """Find the order of day and month of each date column, and day numbers of spreadsheets."""
    values = {
        name: part[known.fields[name]].drop_duplicates().tolist()
        for name in DATES
        if name in known.fields
    }
    known.serials = tuple(name for name, cells in values.items() if shows_serials(cells))
    masks = {name: _mask_order(known.fields[name]) for name in values}
    known.orders, known.order_evidence = date_order_of(values, told, masks)


def _mask_order(column: str) -> str:
    """Return the order that a column's name says: `Date (DD/MM/YYYY)`, `fecha dd-mm-aaaa`."""
    found = MASK.search(column.lower())
    if not found:
        return ""
    parts = [found[i] for i in (1, 2, 3)]
    order = found[4] or "".join({"a": "y", "j": "d"}.get(part[0], part[0]) for part in parts)
    return order if order in ("dmy", "mdy", "ymd") else ""
