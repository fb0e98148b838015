"""Which reports a figure shows: the filter words of the page, and border, near and bbox."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.errors import UsageError
from mapper.figure.styling import families
from mapper.text import fold

__all__ = ["KEYS", "parse", "select"]

KEYS = (
    "types", "actors", "sources", "countries", "crossings", "precision", "border", "near",
    "from", "to", "bbox", "text", "max_km", "border_km", "min_count",
)  # fmt: skip
_LISTS = frozenset(KEYS[:8])
_ALIASES = {
    "type": "types",
    "actor": "actors",
    "source": "sources",
    "country": "countries",
    "crossing": "crossings",
    "borders": "border",
}
_NEAR_KM = 10.0  # "near" a crossing without a distance
_COUNTS = (
    "fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "injured",
    "injured_high", "people_low", "people", "people_high",
)  # fmt: skip
_SEARCHED = (
    "event_type", "actor1", "actor2", "source_name", "event_id", "people_role", "place",
    "matched_name", "place_admin1", "place_admin2", "admin1", "country", "description",
    "claim_note",
)  # fmt: skip

Mask = npt.NDArray[np.bool_]
Filters = dict[str, str | list[str]]


def parse(words: Iterable[str]) -> Filters:
    """Return the filters of `key=value` words; a list is parted by commas.

    Several words may stand in one, parted by semicolons. A key given twice adds to its list.

    Raises:
        UsageError: a word has no `=`, or its key is unknown.
    """
    filters: Filters = {}
    for word in (part.strip() for whole in words for part in whole.split(";")):
        if not word:
            continue
        key, equals, value = (part.strip() for part in word.partition("="))
        key = _ALIASES.get(key, key)
        if not equals or key not in KEYS:
            message = f'--filter "{word}": expected KEY=VALUE, KEY one of {", ".join(KEYS)}.'
            raise UsageError(message)
        if key in _LISTS:
            before = filters.setdefault(key, [])
            assert isinstance(before, list)  # noqa: S101 - lists are made right above
            before += [item.strip() for item in value.split(",") if item.strip()]
        else:
            filters[key] = value
    return filters


def select(located: pd.DataFrame, filters: Mapping[str, object] | Iterable[str]) -> Mask:
    """Return which reports pass all filters.

    Args:
        located: the table LOCATED.
        filters: `key=value` words, or a mapping of the same keys; lists are lists of text.

    Raises:
        UsageError: an unknown key or a value that cannot be understood.
    """
    if not isinstance(filters, Mapping):
        filters = parse(filters)
    mask = np.ones(len(located), dtype=bool)
    for key, value in filters.items():
        if value is None or value == "":
            continue
        if key not in KEYS:
            message = f"unknown filter {key}: expected one of {', '.join(KEYS)}."
            raise UsageError(message)
        mask &= _test(located, key, value)
    return mask


def _test(located: pd.DataFrame, key: str, value: object) -> Mask:
    if key in _LISTS:
        return _test_list(located, key, [value] if isinstance(value, str) else list(value))  # type: ignore[call-overload]
    if key in ("from", "to"):
        day = np.datetime64(_day(str(value), last=key == "to"), "s")
        column = located["date_end" if key == "from" else "date_start"].to_numpy()
        with np.errstate(invalid="ignore"):
            return np.asarray(column >= day if key == "from" else column <= day)
    if key == "bbox":
        west, south, east, north = _box(value)
        lon, lat = located["longitude"].to_numpy(), located["latitude"].to_numpy()
        across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        return np.asarray(across & (lat >= south) & (lat <= north))
    if key == "text":
        return _holds(located, str(value))
    number = _number(key, value)
    if key in ("max_km", "border_km"):
        name = "uncertainty_km" if key == "max_km" else key
        return np.asarray(located[name].to_numpy() <= number)
    counted = [located[name].to_numpy() >= number for name in _COUNTS if name in located]
    return np.logical_or.reduce(counted) if counted else np.zeros(len(located), dtype=bool)


def _test_list(located: pd.DataFrame, key: str, wanted: list[str]) -> Mask:
    if key == "types":
        types = {name for word in wanted for name in _types(word)}
        return np.asarray(located["event_type"].isin(types))
    if key == "actors":
        return (located["actor1"].isin(wanted) | located["actor2"].isin(wanted)).to_numpy()
    if key == "countries":
        codes = {word.upper() for word in wanted}
        lies = located["country"].map(lambda text: bool(codes & set(text.split("|"))))
        return np.asarray(lies, dtype=bool)
    if key == "border":
        pairs = {"-".join(sorted(word.upper().split("-"))) for word in wanted}
        return np.asarray(located["border"].isin(pairs))
    if key == "near":
        return np.asarray(np.logical_or.reduce([_near(located, word) for word in wanted]))
    if key == "crossings":
        ids = {word.removeprefix("crossing:") for word in wanted}
        return np.asarray(located["nearest_crossing"].str.removeprefix("crossing:").isin(ids))
    column = {"sources": "source_name", "precision": "precision"}[key]
    return np.asarray(located[column].isin(wanted))


def _types(word: str) -> tuple[str, ...]:
    """Return the event types a word means: one type, or a family of them."""
    for family in families():
        if word == family.key:
            return family.types
    return (word,)


def _near(located: pd.DataFrame, word: str) -> Mask:
    """Return the reports within reach of a crossing: `simon-bolivar` or `simon-bolivar:25`."""
    name, _, reach = word.removeprefix("crossing:").partition(":")
    km = _number("near", reach) if reach else _NEAR_KM
    ids = located["nearest_crossing"].str.removeprefix("crossing:")
    known = ids.unique()
    meant = [one for one in known if one and (one == name or one.endswith("-" + name))]
    near: Mask = np.asarray(ids.isin(meant) & (located["crossing_km"] <= km), dtype=bool)
    return near


def _holds(located: pd.DataFrame, text: str) -> Mask:
    """Return the reports that hold every word of a text in some column."""
    words = fold(text).split()
    found = np.zeros((len(located), len(words)), dtype=bool)
    for name in _SEARCHED:
        if name in located:
            codes, values = pd.factorize(located[name])
            folded = [fold(str(value)) for value in values]
            for k, word in enumerate(words):
                found[:, k] |= np.array([word in value for value in folded], dtype=bool)[codes]
    return np.asarray(found.all(axis=1))


def _day(text: str, *, last: bool) -> str:
    """Return a day as `YYYY-MM-DD`; a month or a year means its first or its last day."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip())
    try:
        if found:
            year, month, day = found[1], found[2], found[3]
            if day:
                return dt.date.fromisoformat(text.strip()).isoformat()
            if not last:
                return dt.date(int(year), int(month or 1), 1).isoformat()
            after = dt.date(int(year) + (not month or month == "12"), int(month or 12) % 12 + 1, 1)
            return (after - dt.timedelta(days=1)).isoformat()
    except ValueError:
        pass
    message = f"filter date {text}: expected YYYY-MM-DD, YYYY-MM or YYYY."
    raise UsageError(message)


def _box(value: object) -> tuple[float, float, float, float]:
    parts = value.split(",") if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    try:
        west, south, east, north = (float(part) for part in parts)
    except (TypeError, ValueError) as error:
        message = f"filter bbox {value}: expected west,south,east,north in degrees."
        raise UsageError(message) from error
    return west, south, east, north


def _number(key: str, value: object) -> float:
    try:
        return float(str(value))
    except ValueError as error:
        message = f"filter {key} {value}: expected a number."
        raise UsageError(message) from error
