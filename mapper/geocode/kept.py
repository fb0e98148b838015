"""The hand-kept places of `geodata/places.csv` and the other names of `geodata/names.csv`."""

import pandas as pd

from mapper import geodata
from mapper.geocode.place import Place

__all__ = ["kept_places", "read_kept"]


def read_kept(name: str) -> pd.DataFrame:
    """Return one of the hand-kept tables of `geodata/`, all text."""
    return pd.read_csv(geodata.path(name), dtype=str, keep_default_na=False)


def kept_places() -> list[tuple[Place, list[str]]]:
    """Read `geodata/places.csv`: the hand-kept places and their other names."""
    found = []
    for row in read_kept("places.csv").to_dict("records"):
        place = Place(
            place_id=f"place:{row['id']}",
            name=str(row["name"]),
            kind=str(row["kind"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=str(row["country"]),
            admin1=str(row["admin1"]),
            radius_km=float(row["uncertainty_km"] or 0),
            shape=str(row.get("shape", "")),
        )
        found.append((place, [a for a in str(row["aliases"]).split("|") if a]))
    return found
