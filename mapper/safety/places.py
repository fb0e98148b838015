"""The places as they are published: MATCH rows of squares, moved points, areas and of no place."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from mapper import gazetteer, world
from mapper.columns import MATCH, empty
from mapper.messages import text
from mapper.safety.coarse import Strings
from mapper.safety.policy import Policy

__all__ = ["match_table", "promised_km"]

_EXTENT: dict[str, Callable[[str], tuple[float, float, float]]] = {
    "admin1": world.admin1_extent,
    "country": world.country_extent,
    "border": world.border_extent,
}
_HALF_DIAGONAL = 0.7072


def match_table(
    places: Strings, located: pd.DataFrame, policy: Policy, lang: str
) -> tuple[pd.DataFrame, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Return one MATCH row a distinct published place, and each report's row in it.

    Args:
        places: the rung each report is published on.
        located: the same reports as they are known.
        policy: sizes of squares and steps.
        lang: the language of names and reasons.
    """
    codes, distinct = pd.factorize(places)
    first = pd.Series(np.arange(len(codes))).groupby(codes).first().to_numpy()
    rows = [
        _row(str(place), located.iloc[int(i)], policy, lang)
        for place, i in zip(distinct, first, strict=True)
    ]
    table = empty(MATCH, len(rows))
    for name in MATCH.names:
        if name in MATCH.of_kind("text"):
            table[name] = pd.array([str(row.get(name, "")) for row in rows], dtype="str")
        else:
            table[name] = np.array([row.get(name, np.nan) for row in rows], dtype=np.float64)
    return table, codes.astype(np.int64)


def _row(place: str, known: pd.Series, policy: Policy, lang: str) -> dict[str, Any]:
    kind, _, name = place.partition(":")
    if kind == "exact":
        return {column: known[column] for column in MATCH.names}
    row: dict[str, Any] = {
        "status": "resolved",
        "place_id": place,
        "confidence": 1.0,
        "n_candidates": 0.0,
        "reason_args": "{}",
    }
    if kind == "cell":
        return row | _square(name, policy, lang)
    if kind == "moved":
        return row | _moved(name, policy, lang)
    if kind in _EXTENT:
        lat, lon, radius = _EXTENT[kind](name)
        return row | {
            "shape": "line" if kind == "border" else "area",
            "latitude": lat,
            "longitude": lon,
            "uncertainty_km": radius,
            "precision": kind,
            "method": "coarsened",
            "matched_name": area_name(place, lang),
            "reason": text("safety", f"reason_{kind}", lang),
        }
    return {
        "status": "unresolved",
        "shape": "none",
        "method": "withheld",
        "reason_args": "{}",
        "reason": text("safety", "reason_nothing", lang),
    }


def _square(name: str, policy: Policy, lang: str) -> dict[str, Any]:
    south, west, north, east = (float(edge) for edge in name.split(","))
    km = f"{policy.grid_km:g}"
    lat, lon = round((south + north) / 2, 4), round((west + east) / 2, 4)
    return {
        "shape": "area",
        "latitude": lat,
        "longitude": lon,
        "uncertainty_km": round(_HALF_DIAGONAL * policy.grid_km, 1),
        "precision": "near",
        "method": "coarsened",
        "matched_name": text(
            "safety", "cell", lang, km=km, latitude=f"{lat:.2f}", longitude=f"{lon:.2f}"
        ),
        "reason": text("safety", "reason_grid", lang, km=km),
    }


def _moved(name: str, policy: Policy, lang: str) -> dict[str, Any]:
    lat, lon = (float(part) for part in name.split(","))
    least, most = (f"{km:g}" for km in policy.displaced_km)
    return {
        "shape": "point",
        "latitude": lat,
        "longitude": lon,
        "uncertainty_km": round(1.71 * policy.displaced_km[1], 1),
        "precision": "near",
        "method": "displaced",
        "matched_name": text("safety", "displaced", lang, least=least, most=most),
        "reason": text("safety", "reason_displaced", lang, least=least, most=most),
    }


def area_name(place_id: str, lang: str) -> str:
    """Return the name of an admin area, a country or a border."""
    kind, _, name = place_id.partition(":")
    if kind == "admin1":
        return _admin1_names().get(name, name)
    if kind == "country":
        return gazetteer.country_name(name, lang) or name
    sides = [gazetteer.country_name(code, lang) or code for code in name.split("-")]
    return "–".join(sides)


@cache
def _admin1_names() -> dict[str, str]:
    table = world.admin1_table()
    return dict(zip(table["code"], table["name"], strict=True))


def promised_km(places: Strings, policy: Policy) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return how coarse each published place is: nobody may learn more exactly than this, in km."""
    known: dict[str, float] = {}
    for place in dict.fromkeys(places):
        kind, _, name = str(place).partition(":")
        if kind == "cell":
            known[place] = policy.grid_km
        elif kind == "moved":
            known[place] = policy.displaced_km[0]
        elif kind in _EXTENT:
            known[place] = _EXTENT[kind](name)[2]
        else:
            known[place] = 0.0 if kind == "exact" else 1000.0
    return np.array([known[place] for place in places], dtype=np.float64)


def parts_of(row: pd.Series) -> list[dict[str, Any]]:
    """Return the parts of a place that is a list."""
    parts = json.loads(row["parts"]) if row["parts"] else []
    return [part for part in parts if isinstance(part, dict)]
