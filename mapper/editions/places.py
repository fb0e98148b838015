"""How far reports moved between editions, and which places the tool takes for something else."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.editions.cells import Bools, Integers
from mapper.editions.model import Edition, Relocation
from mapper.editions.pairing import Pairing
from mapper.world.distance import geodesic_km

__all__ = ["distances", "placed", "relocations"]

Floats = npt.NDArray[np.float64]

# pages keep coordinates to six decimals: nearer than this is the same point
_SAME_KM = 0.02
_KEY = ("place", "place_country", "place_admin1", "place_admin2")
_WHERE = ("latitude", "longitude", "matched_name", "place_id")


def placed(edition: Edition, at: Integers) -> pd.DataFrame:
    """Return the rows of an edition with the columns of their place where it is known."""
    rows = edition.incidents.iloc[at].reset_index(drop=True)
    if edition.located is not None:
        for name in _WHERE:
            rows[name] = edition.located[name].to_numpy()[at]
    return rows


def distances(old: pd.DataFrame | None, new: pd.DataFrame | None, pairing: Pairing) -> Floats:
    """Return how far each paired report moved, in km; NaN where a place is not known."""
    if old is None or new is None:
        return np.full(len(pairing.old), np.nan)
    ends = [frame[name].to_numpy(dtype=np.float64)
            for frame in (old.iloc[pairing.old], new.iloc[pairing.new])
            for name in ("longitude", "latitude")]  # fmt: skip
    known: Bools = np.asarray(np.isfinite(ends).all(axis=0), dtype=bool)
    km = np.full(len(known), np.nan)
    km[known] = geodesic_km(*(end[known] for end in ends))
    return km


def relocations(
    old: pd.DataFrame | None, new: pd.DataFrame | None, pairing: Pairing, same_place: Bools
) -> tuple[Relocation, ...]:
    """Return the places that are taken for something else although the data say the same.

    Args:
        old: LOCATED columns of the older edition; None where places are not known.
        new: LOCATED columns of the newer edition.
        pairing: which rows are one report.
        same_place: of each pair, whether place, hints and given coordinates are the same.
    """
    if old is None or new is None:
        return ()
    km = distances(old, new, pairing)
    a, b = old.iloc[pairing.old], new.iloc[pairing.new]
    ids_a, ids_b = (f["place_id"].fillna("").to_numpy(dtype=object) for f in (a, b))
    nowhere_a, nowhere_b = (f["latitude"].isna().to_numpy(dtype=bool) for f in (a, b))
    # one point under another id is the same place to a reader
    apart = (np.nan_to_num(km, nan=0.0) > _SAME_KM) | (nowhere_a != nowhere_b)
    at = np.flatnonzero(same_place & apart)
    if not len(at):
        return ()
    groups = pd.DataFrame(
        {
            "row": at,
            **{name: b[name].to_numpy()[at] for name in _KEY},
            "was": ids_a[at],
            "is": ids_b[at],
            "km": np.round(km[at], 3),
        }
    ).groupby([*_KEY, "was", "is", "km"], sort=False, dropna=False)["row"]
    ids = b["incident_id"].to_numpy()
    found = []
    for key, rows in groups:
        first = int(rows.iloc[0])
        found.append(
            Relocation(
                place=", ".join(str(part) for part in key[:4] if part),
                incident_ids=tuple(str(ids[row]) for row in rows),
                old=_side(a.iloc[first]),
                new=_side(b.iloc[first]),
                km=float(km[first]),
            )
        )
    return tuple(sorted(found, key=lambda r: (-len(r.incident_ids), r.place)))


def _side(row: pd.Series) -> dict[str, Any]:
    lat, lon = float(row["latitude"]), float(row["longitude"])
    return {
        "place_id": str(row["place_id"]),
        "name": str(row["matched_name"]),
        "latitude": None if np.isnan(lat) else round(lat, 6),
        "longitude": None if np.isnan(lon) else round(lon, 6),
        "method": str(row["method"]),
    }
