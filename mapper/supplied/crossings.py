"""The user's own crossings, in the schema of `geodata/crossings.csv` or from OpenStreetMap.

Every row is held against the line of its pair: swapped coordinates are turned round where that
puts them on it, and what lies far from it is said.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper import gazetteer, world
from mapper.gazetteer.index import KINDS, unpack_country
from mapper.gazetteer.keys import key
from mapper.messages import text
from mapper.supplied.faults import Faults, column_of
from mapper.supplied.osm import from_osm, is_osm, middle
from mapper.text import fold
from mapper.world.crossings import CROSSING_COLUMNS, MODES

__all__ = ["QUALITIES", "crossings"]

QUALITIES = {"exact": 0.15, "near": 0.3, "approximate": 2.0}
"""How well a crossing is known, and its `uncertainty_km` where the file gives none."""

_BRIDGE_KM = 0.3  # a bridge farther from its line than this is said
_POST_KM = 100.0  # no post of a border stands farther from it
_SWAPPED_KM = 5.0
_TOWN_KM = 60.0
_SAME = {
    "latitude": ("lat", "y"),
    "longitude": ("lon", "lng", "long", "x"),
    "pair": ("border",),
    "aliases": ("alias",),
    "mode": ("modes",),
}


@dataclass(slots=True)
class _Row:
    """One row while it is checked: its number in the file, its cells, its place and distance."""

    at: int
    cells: dict[str, str]
    lat: float = float("nan")
    lon: float = float("nan")


def crossings(
    frame: pd.DataFrame, file: str, lang: str = "en"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the usable crossings (`CROSSING_COLUMNS`, numbers as numbers) and PROBLEM rows.

    Args:
        frame: text columns as the file has them.
        file: its name, for the problems.
        lang: language of the problems.
    """
    faults = Faults(file, lang)
    osm = is_osm(frame)
    table = from_osm(frame) if osm else frame
    cells = {name: column_of(table, (name, *_SAME.get(name, ()))) for name in CROSSING_COLUMNS}
    shapes = [None if osm else middle(text) for text in column_of(table, ("geometry",))]
    good: dict[str, _Row] = {}
    for i, at in enumerate(table.index):
        row = _Row(int(at), {name: values[i] for name, values in cells.items()})
        if shapes[i] is not None and not row.cells["latitude"]:
            row.cells["longitude"], row.cells["latitude"] = map(str, shapes[i] or ())
        if _has_id(row, good, faults) and _has_place(row, faults) and _has_pair(row, faults):
            _check_words(row, faults)
            good[row.cells["id"]] = row
    rows = list(good.values())
    _check_names(rows, faults)
    made = pd.DataFrame([row.cells for row in rows], columns=list(CROSSING_COLUMNS)).astype("str")
    for name in ("latitude", "longitude", "uncertainty_km"):
        made[name] = made[name].astype("float64")
    return made, faults.frame()


def _has_id(row: _Row, good: dict[str, _Row], faults: Faults) -> bool:
    name = row.cells["id"]
    if not name:
        faults.add("crossing_no_id", "rejected", row.at, "id", row.cells["name"])
    elif name in good:
        faults.add("crossing_same_id", "rejected", row.at, "id", name, first=good[name].at + 1)
    return bool(name) and name not in good


def _number(written: str) -> float:
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return float("nan")


def _has_place(row: _Row, faults: Faults) -> bool:
    row.lat, row.lon = _number(row.cells["latitude"]), _number(row.cells["longitude"])
    for name, value in (("latitude", row.lat), ("longitude", row.lon)):
        if not np.isfinite(value):
            faults.add("crossing_no_number", "rejected", row.at, name, row.cells[name])
            return False
    return True


def _off(lat: float, lon: float) -> bool:
    return abs(lat) > 90 or abs(lon) > 180


def _has_pair(row: _Row, faults: Faults) -> bool:
    """Find the pair where none is said; hold the place against its line."""
    said = row.cells["pair"].upper().replace("–", "-").replace("|", "-").replace(" ", "")
    pair = "-".join(sorted(said.split("-"))) if said else ""
    if pair and pair not in world.pairs():
        faults.add("crossing_no_pair", "rejected", row.at, "pair", row.cells["pair"])
        return False
    km = _km(pair, row.lat, row.lon)
    if km > _SWAPPED_KM and pair and _km(pair, row.lon, row.lat) <= _SWAPPED_KM:
        value = f"{row.cells['latitude']}, {row.cells['longitude']}"
        faults.add("crossing_swapped", "repaired", row.at, "latitude", value)
        row.lat, row.lon = row.lon, row.lat
        km = _km(pair, row.lat, row.lon)
    here = f"{row.lat:g}, {row.lon:g}"
    if _off(row.lat, row.lon):
        faults.add("crossing_off_earth", "rejected", row.at, "latitude", here)
        return False
    if not pair:
        found, away = world.nearest_border(np.array([row.lon]), np.array([row.lat]))
        pair, km = str(found[0]), float(away[0])
    row.cells["pair"] = pair
    row.cells["latitude"], row.cells["longitude"] = str(row.lat), str(row.lon)
    far = {"km": f"{km:.1f}", "pair": pair.replace("-", "–")}
    if km > _POST_KM:
        faults.add("crossing_elsewhere", "rejected", row.at, "latitude", here, **far)
        return False
    if km > max(_BRIDGE_KM, _number(row.cells["uncertainty_km"] or "0")):
        faults.add("crossing_off_line", "doubt", row.at, "latitude", here, **far)
    return True


def _km(pair: str, lat: float, lon: float) -> float:
    if not pair or _off(lat, lon):
        return float("inf") if pair else 0.0
    return world.km_to_pair(pair, lon, lat)


def _check_words(row: _Row, faults: Faults) -> None:
    """Put right what stands in the columns of closed sets."""
    cells = row.cells
    quality = cells["quality"].casefold() or "near"
    if quality not in QUALITIES:
        known = ", ".join(QUALITIES)
        faults.add("crossing_quality", "repaired", row.at, "quality", quality, known=known)
        quality = "approximate"
    cells["quality"] = quality
    reach = _number(cells["uncertainty_km"] or "nan")
    if cells["uncertainty_km"] and not (np.isfinite(reach) and reach >= 0):
        faults.add(
            "crossing_no_number", "repaired", row.at, "uncertainty_km", cells["uncertainty_km"]
        )
        reach = float("nan")
    cells["uncertainty_km"] = str(reach if reach > 0 else QUALITIES[quality])
    modes = [m.strip().casefold() for m in cells["mode"].replace(",", "|").split("|") if m.strip()]
    for mode in modes:
        if mode not in MODES:
            faults.add("crossing_mode", "repaired", row.at, "mode", mode, known=", ".join(MODES))
    cells["mode"] = "|".join(mode for mode in modes if mode in MODES)
    cells["source"] = cells["source"] or faults.file


def _check_names(rows: list[_Row], faults: Faults) -> None:
    """Take bare names of towns out of the names: a report that names the town means the town."""
    spoken = [
        (row, column, name)
        for row in rows
        for column in ("name", "name_es", "name_en", "name_pt", "name_fr", "name_id", "aliases")
        for name in row.cells[column].split("|")
        if name.strip()
    ]
    for (row, column, name), town in zip(spoken, _towns(spoken), strict=True):
        if not town:
            continue
        if column == "aliases":
            faults.add("crossing_town", "repaired", row.at, column, name)
            kept = [n for n in row.cells[column].split("|") if n != name]
            row.cells[column] = "|".join(kept)
        else:
            longer = text("supplied", "crossing_at", faults.lang, name=name)
            if column == "name":
                faults.add("crossing_named_town", "repaired", row.at, column, name, named=longer)
            row.cells[column] = longer
    for row in rows:
        if not row.cells["name"]:
            row.cells["name"] = text(
                "supplied", "crossing_unnamed", faults.lang, pair=row.cells["pair"],
                place=f"{row.lat:.3f}, {row.lon:.3f}",
            )  # fmt: skip


def _towns(spoken: list[tuple[_Row, str, str]]) -> list[bool]:
    """Whether each name is that of a settlement of either country near its crossing."""
    index = gazetteer.places()
    folded = [fold(name) for _, _, name in spoken]
    which, names = index.lookup([key(name) for name in folded])
    places = index.place_of(names)
    found = [False] * len(spoken)
    for i, written, at in zip(which.tolist(), index.names_at(names), places.tolist(), strict=True):
        row = spoken[i][0]
        if written != folded[i] or KINDS[index.kind[at]] != "settlement":
            continue
        if unpack_country(int(index.country[at])) not in row.cells["pair"].split("-"):
            continue
        km = world.geodesic_km(
            np.array([row.lon]), np.array([row.lat]),
            np.array([float(index.longitude[at])]), np.array([float(index.latitude[at])]),
        )  # fmt: skip
        found[i] = found[i] or float(km[0]) <= _TOWN_KM
    return found
