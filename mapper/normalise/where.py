"""The given coordinates of INCIDENT from those of a file: repaired only on evidence."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from mapper import world
from mapper.dialects import load
from mapper.normalise.distinct import is_nothing, mapped, trimmed
from mapper.normalise.positions import pair, part
from mapper.normalise.problems import Problems
from mapper.normalise.profile import FileProfile

__all__ = ["fill_coordinates", "fill_place_precision"]

Floats = np.ndarray
NEAR_KM = 50.0
# The name of a column that holds the longitude before the latitude.
LON_FIRST = re.compile(r"\b(?:lon(?:g(?:itude?)?)?|lng)[\W_]*(?:[ye]\s+)?lat", re.IGNORECASE)
GIVEN_SHAPES = ("point", "area", "line", "admin1", "country")
# Ways a position is written wrongly, and how it is read then.
READINGS: dict[str, Callable[[Floats, Floats], tuple[Floats, Floats]]] = {
    "swapped": lambda lat, lon: (lon, lat),
    "longitude_sign": lambda lat, lon: (lat, -lon),
    "latitude_sign": lambda lat, lon: (-lat, lon),
    "both_signs": lambda lat, lon: (-lat, -lon),
    "swapped_and_sign": lambda lat, lon: (lon, -lat),
}


def fill_coordinates(
    out: pd.DataFrame, table: pd.DataFrame, known: FileProfile, problems: Problems
) -> None:
    """Fill given_latitude and given_longitude; note what cannot be used or was repaired.

    `place_country` of `out` must be filled before: it is the evidence.
    """
    rows = out["source_row"].to_numpy()
    lat = np.full(len(out), np.nan)
    lon = lat.copy()
    if {"given_latitude", "given_longitude"} & set(known.fields):
        lat, lon = _two_columns(table, known, rows, problems)
    if "coordinates" in known.fields:
        lat, lon = _one_column(table[known.fields["coordinates"]], lat, lon, rows, problems)
    lat, lon = _in_range(lat, lon, rows, problems)
    zero = (lat == 0) & (lon == 0)
    problems.add(
        "zero_coordinates", "doubt", rows=rows[zero], column="given_latitude", values="0, 0"
    )
    lat, lon = np.where(zero, np.nan, lat), np.where(zero, np.nan, lon)
    lat, lon = _by_country(lat, lon, out["place_country"].to_numpy(dtype=object), rows, problems)
    out["given_latitude"], out["given_longitude"] = lat, lon


def _two_columns(
    table: pd.DataFrame, known: FileProfile, rows: np.ndarray, problems: Problems
) -> tuple[Floats, Floats]:
    values, axes = {}, {}
    for name in ("given_latitude", "given_longitude"):
        if name not in known.fields:
            values[name] = np.full(len(table), np.nan)
            axes[name] = np.full(len(table), "", dtype=object)
            continue
        cells = trimmed(table[known.fields[name]])
        values[name], axes[name] = _numbers(cells)
        missing = np.isnan(values[name])
        if not missing.any():
            continue
        wrong = missing.copy()
        wrong[missing] = ~_nothing(cells[missing])
        if wrong.any() and name == "given_latitude":
            alone = wrong & _blank(table, known.fields.get("given_longitude"))
            _read_pairs(cells, alone, values)
            wrong &= np.isnan(values["given_latitude"])
        column = known.fields[name]
        problems.add(
            "bad_coordinate",
            "doubt",
            rows=rows[wrong],
            column=column,
            values=cells[wrong].to_numpy(),
        )
    lat, lon = values["given_latitude"], values["given_longitude"]
    if "pair_longitude" in values:
        lon = np.where(np.isnan(lon), values["pair_longitude"], lon)
    crossed = (axes["given_latitude"] == "lon") & (axes["given_longitude"] == "lat")
    _say_repaired(problems, "swapped", rows[crossed], lat[crossed], lon[crossed])
    lat, lon = np.where(crossed, lon, lat), np.where(crossed, lat, lon)
    half = np.isnan(lat) != np.isnan(lon)
    problems.add("half_coordinates", "doubt", rows=rows[half], column="given_latitude")
    return np.where(half, np.nan, lat), np.where(half, np.nan, lon)


def _blank(table: pd.DataFrame, column: str | None) -> np.ndarray:
    """Return the rows in which a column holds nothing (all, where there is no such column)."""
    if column is None:
        return np.ones(len(table), dtype=bool)
    return _nothing(trimmed(table[column]))


def _numbers(cells: pd.Series) -> tuple[Floats, np.ndarray]:
    """Return (degrees, axis said by a hemisphere letter) of a column; plain decimals at once."""
    values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, copy=True)
    values[np.isinf(values)] = np.nan
    axes = np.full(len(cells), "", dtype=object)
    rest = np.isnan(values) & (cells != "").to_numpy(dtype=bool)
    if rest.any():
        codes, answers = mapped(cells[rest], part)
        values[rest] = np.asarray([a[0] for a in answers])[codes]
        axes[rest] = np.asarray([a[1] for a in answers], dtype=object)[codes]
    return values, axes


def _read_pairs(cells: pd.Series, wrong: np.ndarray, values: dict[str, Floats]) -> None:
    """Read latitude cells that hold both coordinates."""
    codes, answers = mapped(cells[wrong], pair)
    both = np.asarray([a or (np.nan, np.nan) for a in answers], dtype=float).reshape(-1, 2)[codes]
    other = np.full(len(cells), np.nan)
    values["given_latitude"][wrong], other[wrong] = both[:, 0], both[:, 1]
    values["pair_longitude"] = other


def _one_column(
    column: pd.Series, lat: Floats, lon: Floats, rows: np.ndarray, problems: Problems
) -> tuple[Floats, Floats]:
    missing = np.flatnonzero(np.isnan(lat))
    if not len(missing):
        return lat, lon
    cells = trimmed(column.iloc[missing])
    lon_first = LON_FIRST.search(str(column.name)) is not None
    codes, answers = mapped(cells, lambda cell: pair(cell, lon_first))
    both = np.asarray([a or (np.nan, np.nan) for a in answers], dtype=float).reshape(-1, 2)[codes]
    wrong = np.isnan(both[:, 0]) & ~_nothing(cells)
    problems.add(
        "bad_coordinate",
        "doubt",
        rows=rows[missing][wrong],
        column=str(column.name),
        values=cells[wrong].to_numpy(),
    )
    lat, lon = lat.copy(), lon.copy()
    lat[missing], lon[missing] = both[:, 0], both[:, 1]
    return lat, lon


def _nothing(cells: pd.Series) -> np.ndarray:
    """Return which cells stand for a missing value."""
    codes, answers = mapped(cells, is_nothing)
    result: np.ndarray = np.asarray(answers, dtype=bool)[codes]
    return result


def _in_range(
    lat: Floats, lon: Floats, rows: np.ndarray, problems: Problems
) -> tuple[Floats, Floats]:
    """Swap where only that brings both into range; leave out what is out of range anyhow."""
    swapped = (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    _say_repaired(problems, "swapped", rows[swapped], lat[swapped], lon[swapped])
    lat, lon = np.where(swapped, lon, lat), np.where(swapped, lat, lon)
    outside = (np.abs(lat) > 90) | (np.abs(lon) > 180)
    values = _words(lat[outside], lon[outside])
    problems.add(
        "coordinate_out_of_range",
        "doubt",
        rows=rows[outside],
        column="given_latitude",
        values=values,
    )
    return np.where(outside, np.nan, lat), np.where(outside, np.nan, lon)


def _by_country(
    lat: Floats, lon: Floats, country: np.ndarray, rows: np.ndarray, problems: Problems
) -> tuple[Floats, Floats]:
    """Read a position another way where it is far outside the country the row names.

    Only where exactly one other reading lies in that country.
    """
    asked = np.flatnonzero(~np.isnan(lat) & (country != ""))
    if not len(asked):
        return lat, lon
    here = np.asarray(world.country_at(lon[asked], lat[asked]), dtype=object)
    asked = asked[here != country[asked]]
    if not len(asked):
        return lat, lon
    near = world.countries_near(lon[asked], lat[asked], np.full(len(asked), NEAR_KM))
    away = np.asarray(
        [c not in n.split("|") for c, n in zip(country[asked], near, strict=True)], dtype=bool
    )
    asked = asked[away]
    inside = {}
    for name, reading in READINGS.items():
        new_lat, new_lon = reading(lat[asked], lon[asked])
        sound = (np.abs(new_lat) <= 90) & (np.abs(new_lon) <= 180)
        found = np.full(len(asked), "", dtype=object)
        found[sound] = world.country_at(new_lon[sound], new_lat[sound])
        inside[name] = found == country[asked]
    only_one = np.sum(list(inside.values()), axis=0) == 1 if len(asked) else np.zeros(0, dtype=bool)
    lat, lon = lat.copy(), lon.copy()
    for name, reading in READINGS.items():
        at = asked[inside[name] & only_one]
        _say_repaired(problems, name, rows[at], lat[at], lon[at])
        lat[at], lon[at] = reading(lat[at], lon[at])
    return lat, lon


def _words(lat: Floats, lon: Floats) -> np.ndarray:
    words = [f"{a:.10g}, {b:.10g}" for a, b in zip(lat, lon, strict=True)]
    return np.asarray(words, dtype=object)


def _say_repaired(problems: Problems, how: str, rows: np.ndarray, lat: Floats, lon: Floats) -> None:
    code = f"coordinates_{how}"
    problems.add(code, "repaired", rows=rows, column="given_latitude", values=_words(lat, lon))


def fill_place_precision(out: pd.DataFrame, table: pd.DataFrame, known: FileProfile) -> None:
    """Fill given_uncertainty_km and given_shape from the family's precision code."""
    if "given_uncertainty_km" in known.fields:
        cells = trimmed(table[known.fields["given_uncertainty_km"]])
        values, _ = _numbers(cells)
        out["given_uncertainty_km"] = np.where(values >= 0, values, np.nan)
    if "given_shape" in known.fields:
        said = trimmed(table[known.fields["given_shape"]]).str.lower()
        out["given_shape"] = said.where(said.isin(GIVEN_SHAPES), "").to_numpy()
    if "place_precision_code" not in known.fields or known.family not in ("acled", "ucdp", "gdelt"):
        return
    table_of = load(known.family)["place_precision"]
    codes, answers = mapped(
        trimmed(table[known.fields["place_precision_code"]]),
        lambda c: table_of.get(c.split(".")[0], {}),
    )
    km = np.asarray([a.get("km", np.nan) for a in answers], dtype=float)[codes]
    has = ~np.isnan(out["given_latitude"].to_numpy())
    out["given_uncertainty_km"] = np.where(has, km, np.nan)
    shapes = pd.Series([a.get("shape", "") for a in answers], dtype="str").take(codes)
    out["given_shape"] = shapes.reset_index(drop=True).where(has, "")
