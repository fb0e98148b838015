"""Questions to the shipped place index."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from mapper import geodata
from mapper.gazetteer import store
from mapper.gazetteer.index import KINDS, PlaceIndex, unpack_country
from mapper.gazetteer.union import PlaceUnion

__all__ = ["places", "towns", "villages"]


def places(gazetteers: Sequence[str] = ()) -> PlaceIndex:
    """Return the shipped index, with the plugged-in `gazetteers` as one index.

    Raises:
        GeodataError: one is missing or damaged.
        UsageError: no gazetteer of that name was added.
    """
    names = tuple(dict.fromkeys(gazetteers))
    folders = tuple((store.folder_of(name), store.about(name).sha256) for name in names)
    return _union(folders) if folders else _shipped()


@cache
def _shipped() -> PlaceIndex:
    return PlaceIndex(geodata.built("places"))


@cache
def villages() -> PlaceIndex:
    """Return the index of villages that the place index lacks: no people, no districts.

    Raises:
        GeodataError: it is missing or damaged.
    """
    return PlaceIndex(geodata.built("villages"))


@cache
def _union(folders: tuple[tuple[Path, str], ...]) -> PlaceIndex:
    """Return the union; each folder with its checksum, for one may be replaced."""
    return PlaceUnion([_shipped(), *(PlaceIndex(folder) for folder, _ in folders)])


def towns(bbox: tuple[float, float, float, float], limit: int = 100) -> pd.DataFrame:
    """Return the most important towns of a box, for labels.

    Args:
        bbox: west, south, east, north in degrees; west > east reaches over the date line.
        limit: at most so many.

    Returns:
        place_id, name, latitude, longitude, population, country (ISO2), admin1 (code), feature
        (`capital`, `city`, `town` or `village`), native_name (in the country's own script, where
        it differs; may be empty), the most populous first.
    """
    index = places()
    west, south, east, north = bbox
    lon, lat = index.longitude, index.latitude
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    hits = np.flatnonzero(
        across & (lat >= south) & (lat <= north) & (index.kind == KINDS.index("settlement"))
    )
    order = np.argsort(-index.population[hits], kind="stable")
    hits = hits[order[:limit]]
    population = index.population[hits]
    feature = np.select(
        [population >= 100_000, population >= 10_000], ["city", "town"], default="village"
    )
    codes = np.array(index.admin1_codes, dtype=object)
    return pd.DataFrame(
        {
            "place_id": pd.Series([index.place_id(i) for i in hits.tolist()], dtype="str"),
            "name": pd.Series([index.name(i) for i in hits.tolist()], dtype="str"),
            "latitude": lat[hits].astype(float),
            "longitude": lon[hits].astype(float),
            "population": population.astype(float),
            "country": pd.array([unpack_country(int(c)) for c in index.country[hits]], dtype="str"),
            "admin1": pd.array(codes[index.admin1[hits]], dtype="str"),
            "feature": pd.array(feature, dtype="str"),
            "native_name": pd.array([""] * len(hits), dtype="str"),
        }
    )
