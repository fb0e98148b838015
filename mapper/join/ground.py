"""What the ground says of each distinct place: country, admin area, border, nearest crossing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import recall, world
from mapper.columns import parts_of

__all__ = ["BORDER_REACH_KM", "GROUND_COLUMNS", "ground"]

Floats = NDArray[np.float64]
Strings = NDArray[np.object_]

GROUND_COLUMNS = ("country", "admin1", "border", "border_km", "nearest_crossing", "crossing_km")
_RESTS_ON = ("shape", "latitude", "longitude", "uncertainty_km", "place_id", "parts")
BORDER_REACH_KM = 50.0  # beyond it the nearest crossing says nothing about a place
_TOUCHES_KM = 1.0  # an area whose edge comes this near to a border lies on it


@dataclass(slots=True)
class _Answer:
    """The columns of `GROUND_COLUMNS`, filled place by place."""

    country: Strings
    admin1: Strings
    border: Strings
    border_km: Floats
    nearest_crossing: Strings
    crossing_km: Floats

    @classmethod
    def blank(cls, n: int) -> "_Answer":
        texts = [np.full(n, "", dtype=object) for _ in range(4)]
        numbers = [np.full(n, np.nan) for _ in range(2)]
        return cls(texts[0], texts[1], texts[2], numbers[0], texts[3], numbers[1])

    def frame(self) -> pd.DataFrame:
        columns = {name: getattr(self, name) for name in GROUND_COLUMNS}
        return pd.DataFrame(
            {
                name: values if values.dtype == float else pd.array(values, dtype="str")
                for name, values in columns.items()
            }
        )


def ground(table: pd.DataFrame, crossings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return `GROUND_COLUMNS` for each row of a MATCH table.

    Points have all six. Areas have country, admin1 and the border they touch, lists what their
    parts share; neither has distances nor a crossing. A border line has its pair and 0 km.
    """
    known = world.crossings() if crossings is None else crossings
    own = "" if crossings is None else crossings.to_csv()
    proof = recall.evidence(world.view(), own)
    return recall.by_row("ground", proof, table[list(_RESTS_ON)], lambda rows: _ground(rows, known))


def _ground(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    answer = _Answer.blank(len(table))
    shape = table["shape"].to_numpy(dtype=object)
    _points(answer, np.flatnonzero(shape == "point"), table, known)
    _areas(answer, np.flatnonzero(np.isin(shape, ("area", "line"))), table)
    for i in np.flatnonzero(shape == "list").tolist():
        _list(answer, i, parts_of(str(table["parts"].iat[i])), known)
    return answer.frame()


def _points(
    answer: _Answer, at: NDArray[np.intp], table: pd.DataFrame, known: pd.DataFrame
) -> None:
    if len(at) == 0:
        return
    lon = table["longitude"].to_numpy(dtype=float)[at]
    lat = table["latitude"].to_numpy(dtype=float)[at]
    radius = table["uncertainty_km"].to_numpy(dtype=float)[at]
    place = world.locate_points(lon, lat, radius)
    answer.country[at] = place.country
    answer.admin1[at] = _admin1(lon, lat, place.country)
    answer.border[at] = place.border
    answer.border_km[at] = place.border_km
    near = np.flatnonzero(place.border_km <= BORDER_REACH_KM)
    crossing, km = world.nearest_crossing(lon[near], lat[near], known)
    answer.nearest_crossing[at[near]] = crossing
    answer.crossing_km[at[near]] = km


def _admin1(lon: Floats, lat: Floats, country: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the admin area; both sides' joined by `|` where the country cannot be told."""
    sides = np.char.partition(country.astype(np.str_), "|")
    first = world.admin1_at(lon, lat, sides[:, 0])
    both = np.flatnonzero(sides[:, 2] != "")
    if len(both) == 0:
        return first
    other = world.admin1_at(lon[both], lat[both], sides[both, 2])
    joined = [
        "|".join(dict.fromkeys(filter(None, pair))) for pair in zip(first[both], other, strict=True)
    ]
    out = first.astype(object)
    out[both] = joined
    return out.astype(np.str_)


def _areas(answer: _Answer, at: NDArray[np.intp], table: pd.DataFrame) -> None:
    """Fill the rows of areas and border lines: those with an outline once for each, by their id."""
    ids = table["place_id"].to_numpy(dtype=object)[at]
    kinds = np.array([str(one).partition(":")[0] for one in ids], dtype=object)
    outlined = np.isin(kinds, ("border", "country", "admin1"))
    _by_centre(answer, at[~outlined], table)
    at, ids = at[outlined], ids[outlined]
    names, first, code = np.unique(ids.astype(np.str_), return_index=True, return_inverse=True)
    for place_id, i in zip(names.tolist(), at[first].tolist(), strict=True):
        _one(answer, i, place_id)
    for name in ("country", "admin1", "border", "border_km"):
        values = getattr(answer, name)
        values[at] = values[at[first][code]]


def _one(answer: _Answer, i: int, place_id: str) -> None:
    """Fill the row of an area with an outline, or of a border line, by its id."""
    kind, _, name = place_id.partition(":")
    if kind == "border":
        answer.country[i] = "|".join(name.split("-"))
        answer.border[i], answer.border_km[i] = name, 0.0
    elif kind == "country":
        answer.country[i] = name
    else:
        answer.admin1[i] = name
        answer.country[i] = world.admin1_country(name)
        answer.border[i] = _touched(name)


def _by_centre(answer: _Answer, at: NDArray[np.intp], table: pd.DataFrame) -> None:
    """Fill the rows of areas that are known by their centre and radius."""
    if len(at) == 0:
        return
    lon, lat, radius = (
        table[name].to_numpy(dtype=float)[at]
        for name in ("longitude", "latitude", "uncertainty_km")
    )
    country = np.asarray(world.countries_near(lon, lat, radius))
    answer.country[at] = country
    answer.admin1[at] = _admin1(lon, lat, country)
    pair, km = world.nearest_border(lon, lat)
    answer.border[at] = np.where(km <= np.nan_to_num(radius), pair, "")


def _touched(code: str) -> str:
    """Return the border that an admin area lies on; of several the one it shares most of."""
    xy = world.outline(world.admin1_shape(code))
    if len(xy) == 0:
        return ""
    pair, km = world.nearest_border(xy[:, 0], xy[:, 1])
    names, counts = np.unique(pair[km <= _TOUCHES_KM], return_counts=True)
    return str(names[np.argmax(counts)]) if len(names) else ""


def _list(answer: _Answer, i: int, parts: list[dict[str, object]], known: pd.DataFrame) -> None:
    """Fill the row of a list with what its parts share."""
    rows = pd.DataFrame(
        {
            "place_id": [str(part.get("place_id", "")) for part in parts],
            "latitude": [_number(part.get("latitude")) for part in parts],
            "longitude": [_number(part.get("longitude")) for part in parts],
        }
    )
    rows["uncertainty_km"] = [_number(part.get("uncertainty_km", 0.3)) for part in parts]
    rows["parts"] = ""
    kinds = rows["place_id"].str.partition(":")[0]
    rows["shape"] = np.where(
        kinds.isin(("admin1", "country")), "area", np.where(kinds == "border", "line", "point")
    )
    inner = _ground(rows, known)
    countries = {c for entry in inner["country"] for c in entry.split("|") if c}
    answer.country[i] = "|".join(sorted(countries))
    for column in ("admin1", "border", "nearest_crossing"):
        values = set(inner[column])
        if len(values) == 1:
            getattr(answer, column)[i] = values.pop()
    answer.nearest_crossing[i] = ""


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
