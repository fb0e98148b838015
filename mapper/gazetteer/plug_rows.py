"""From the rows of any gazetteer to places of an index."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import pandas as pd

from mapper import world
from mapper.gazetteer.countries import country_code
from mapper.gazetteer.lexicon import without_generics
from mapper.gazetteer.stow import Stow
from mapper.text import folds

__all__ = ["MOST_NAMES", "stow_rows", "useful"]

MOST_NAMES, _LONGEST_NAME = 40, 60
_DIGIT = re.compile(r"\d")
_MOST_PEOPLE = 2_000_000_000


def useful(name: str) -> bool:
    """Whether an alternate name can name a place in a text: no codes, no search forms.

    GeoNames adds airport codes in capitals and, for other scripts, transcriptions all in small
    letters, which the fold makes itself.
    """
    if not 2 <= len(name) <= _LONGEST_NAME or _DIGIT.search(name):
        return False
    if not name.isascii():
        return True
    return not (name.islower() or (name.isupper() and len(name) <= 4))


def stow_rows(stow: Stow, rows: pd.DataFrame, others: Iterable[list[str]]) -> int:
    """Put rows into an index; return how many had no name or no place on earth.

    Args:
        stow: the index.
        rows: name, latitude, longitude, country (as written), id, population: text; kind,
            radius_km. Coordinates may be written with a decimal comma.
        others: the other names of each row.
    """
    places = pd.DataFrame({"name": rows["name"].str.strip(), "id": rows["id"].str.strip()})
    for axis in ("latitude", "longitude"):
        written = rows[axis].astype("str").str.strip().str.replace(",", ".", regex=False)
        places[axis] = pd.to_numeric(written, errors="coerce")
    people = pd.to_numeric(rows["population"], errors="coerce").fillna(0)
    places["population"] = people.clip(0, _MOST_PEOPLE).astype(np.int64)
    places[["kind", "radius_km"]] = rows[["kind", "radius_km"]]
    names = _folded(places["name"].tolist(), others, (places["kind"] != "settlement").tolist())
    good = places["latitude"].abs().le(90) & places["longitude"].abs().le(180)
    good &= np.array([bool(n) for n in names], dtype=bool)
    places = places[good].reset_index(drop=True)
    if len(places):
        lon, lat = places["longitude"].to_numpy(), places["latitude"].to_numpy()
        places["country"] = _countries(rows.loc[good, "country"], lon, lat)
        places["admin1"] = world.admin1_at(lon, lat, places["country"].to_numpy(dtype=str))
        # an area outside all first-level areas we know has no code of its own
        lost = (places["kind"] == "admin1") & (places["admin1"] == "")
        places["kind"] = places["kind"].where(~lost, "admin2")
        places["ref"] = pd.to_numeric(places["id"], errors="coerce").fillna(0).astype(np.int64)
        stow.add(places, [n for n, g in zip(names, good, strict=True) if g])
    return int((~good).sum())


def _folded(
    own: Sequence[str], others: Iterable[list[str]], areas: Sequence[bool]
) -> list[list[str]]:
    """Return the distinct folded names of each place, the own first; none if that says nothing.

    `areas`: which places are areas, whose names are listed without the word for it too.
    """
    groups = [
        [name[: 2 * _LONGEST_NAME], *other[:MOST_NAMES]]
        for name, other in zip(own, others, strict=True)
    ]
    flat = iter(folds([name for group in groups for name in group]))
    found = []
    for group, area in zip(groups, areas, strict=True):
        names = list(islice(flat, len(group)))
        listed = dict.fromkeys(filter(None, names)) if names[0] else {}
        if area:
            listed |= dict.fromkeys(without_generics(name) or name for name in list(listed))
        found.append(list(listed))
    return found


def _countries(written: pd.Series, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return ISO2 as the source says it, else where the point lies, `""` where neither tells."""
    codes = {name: country_code(name) or "" for name in written.unique()}
    found = written.map(codes).to_numpy(dtype=object)
    blank = np.flatnonzero(found == "")
    if len(blank):
        where = world.country_at(lon[blank], lat[blank])
        found[blank] = [code if len(code) == 2 else "" for code in where.tolist()]
    return found
