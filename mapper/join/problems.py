"""Where given coordinates and the rest of the row do not agree."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper.columns import PROBLEM, empty
from mapper.join.spots import Spots, given_far_km
from mapper.messages import text

__all__ = ["FAR_KM", "problems"]

FAR_KM = 25.0  # how far given coordinates may lie from what the text names


def problems(
    incidents: pd.DataFrame,
    matches: pd.DataFrame,
    codes: NDArray[np.int64],
    places: Spots,
    about: pd.DataFrame,
    *,
    lang: str = "en",
) -> pd.DataFrame:
    """Return PROBLEM rows for reports whose given coordinates are far from the place they name.

    `about`: the distinct places with their country.
    """
    rows = np.flatnonzero(places.given)
    if len(rows) == 0:
        return empty(PROBLEM)
    here = about.iloc[places.of_report[rows]]
    resolved = (matches["status"] == "resolved").to_numpy()[codes[rows]]
    far = np.where(resolved, given_far_km(here, matches, codes[rows]), np.nan)
    said = incidents["place_country"].to_numpy(dtype=object)[rows]
    country = here["country"].to_numpy(dtype=object)
    outside = np.array(
        [bool(s and c) and s not in c.split("|") for s, c in zip(said, country, strict=True)],
        dtype=bool,
    )
    outside &= ~(far > FAR_KM)
    found: list[tuple[str, int, dict[str, str]]] = []
    for i in np.flatnonzero(far > FAR_KM):
        place = str(incidents["place"].iat[rows[i]])
        found.append(("given_far", int(rows[i]), {"km": f"{far[i]:.0f}", "place": place}))
    found += [
        ("given_country", int(rows[i]), {"said": said[i], "found": country[i]})
        for i in np.flatnonzero(outside)
    ]
    return _table(incidents, found, lang)


def _table(
    incidents: pd.DataFrame, found: list[tuple[str, int, dict[str, str]]], lang: str
) -> pd.DataFrame:
    table = empty(PROBLEM, len(found))
    if not found:
        return table
    at = [row for _, row, _ in found]
    lat = incidents["given_latitude"].to_numpy(dtype=float)[at]
    lon = incidents["given_longitude"].to_numpy(dtype=float)[at]
    columns: dict[str, list[str]] = {
        "source_file": [str(incidents["source_file"].iat[row]) for row in at],
        "column": ["given_latitude"] * len(at),
        "value": [f"{a:g}, {b:g}" for a, b in zip(lat, lon, strict=True)],
        "problem_code": [code for code, _, _ in found],
        "problem": [text("join", f"{code}.problem", lang, **args) for code, _, args in found],
        "remedy": [text("join", f"{code}.remedy", lang, **args) for code, _, args in found],
        "severity": ["doubt"] * len(at),
    }
    for name, values in columns.items():
        table[name] = pd.array(values, dtype="str")
    table["source_row"] = incidents["source_row"].to_numpy()[at]
    return table
