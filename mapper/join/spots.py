"""Distinct places of the reports: matches, and the places of usable given coordinates."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper.columns import MATCH, empty
from mapper.join.areas import shape_of, stands_for
from mapper.messages import text
from mapper.world import geodesic_km

__all__ = ["GIVEN_UNCERTAINTY_KM", "Spots", "given_far_km", "spots", "usable_given"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GIVEN_UNCERTAINTY_KM = 1.0  # where the source does not say how good its coordinates are


@dataclass(frozen=True, slots=True)
class Spots:
    """`table`: one row a distinct place, columns of MATCH; `of_report[i]` is report `i`'s row."""

    table: pd.DataFrame
    of_report: Ints
    given: NDArray[np.bool_]


def usable_given(incidents: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each report has coordinates that are on the Earth; 0°, 0° is a missing value."""
    lat = incidents["given_latitude"].to_numpy(dtype=float)
    lon = incidents["given_longitude"].to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        on_earth = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    return np.asarray(on_earth & ~((lat == 0) & (lon == 0)))


def spots(
    incidents: pd.DataFrame, matches: pd.DataFrame, codes: Ints, *, lang: str = "en"
) -> Spots:
    """Return the distinct places of the reports.

    Usable given coordinates win over the text's match, unless that is an override, or an area or
    line around coordinates that stand for one: its outline says more than a circle.
    """
    override = (matches["method"] == "override").to_numpy()
    given = usable_given(incidents) & ~override[codes]
    given &= ~_outlined(incidents, matches, codes, given)
    of_report = np.asarray(codes, dtype=np.int64).copy()
    if not given.any():
        return Spots(matches.reset_index(drop=True), of_report, given)
    rows = np.flatnonzero(given)
    columns = ("given_latitude", "given_longitude", "given_uncertainty_km")
    lat, lon, km = (incidents[name].to_numpy(dtype=float)[rows] for name in columns)
    km = np.where(km > 0, km, GIVEN_UNCERTAINTY_KM)
    said = incidents["given_shape"].to_numpy(dtype=object)[rows]
    group = pd.DataFrame({"code": codes[rows], "lat": lat, "lon": lon, "km": km, "said": said})
    number = group.groupby(list(group.columns), sort=False, dropna=False).ngroup().to_numpy()
    distinct = group.iloc[np.unique(number, return_index=True)[1]].reset_index(drop=True)
    of_report[rows] = len(matches) + number
    table = pd.concat([matches, _given_table(distinct, matches, lang)], ignore_index=True)
    return Spots(table, of_report, given)


def _outlined(
    incidents: pd.DataFrame, matches: pd.DataFrame, codes: Ints, given: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether the text names the area or line that the coordinates stand for.

    It does where it was taken for a line, or an area no larger than the code says, and the
    coordinates lie within its reach.
    """
    vague = shape_of(incidents["given_shape"].to_numpy(dtype=object)) == "area"
    resolved = (matches["status"] == "resolved").to_numpy()[codes]
    shape = matches["shape"].to_numpy(dtype=object)[codes]
    km = matches["uncertainty_km"].to_numpy(dtype=float)[codes]
    small = (shape == "area") & (km <= incidents["given_uncertainty_km"].to_numpy(dtype=float))
    rows = np.flatnonzero(given & vague & resolved & (small | (shape == "line")))
    result = np.zeros(len(incidents), dtype=bool)
    if len(rows):
        here = incidents[["given_latitude", "given_longitude"]].iloc[rows]
        here = here.rename(columns=lambda name: name.removeprefix("given_"))
        result[rows] = given_far_km(here, matches, codes[rows]) <= 0
    return result


def given_far_km(table: pd.DataFrame, matches: pd.DataFrame, codes: Ints) -> Floats:
    """Return how far given places lie outside what the text was matched to, in km.

    Each match is a disc: its centre and its uncertainty; NaN where the text has no match.
    """
    other = matches.iloc[codes]
    km = geodesic_km(
        table["longitude"].to_numpy(dtype=float),
        table["latitude"].to_numpy(dtype=float),
        other["longitude"].to_numpy(dtype=float),
        other["latitude"].to_numpy(dtype=float),
    )
    reach = np.nan_to_num(other["uncertainty_km"].to_numpy(dtype=float))
    return np.asarray(np.maximum(km - reach, 0))


def _given_table(distinct: pd.DataFrame, matches: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the MATCH rows of distinct given coordinates."""
    table = empty(MATCH, len(distinct))
    table["latitude"] = distinct["lat"].to_numpy()
    table["longitude"] = distinct["lon"].to_numpy()
    table["uncertainty_km"] = distinct["km"].to_numpy()
    table["confidence"] = 1.0
    table["n_candidates"] = 0.0
    code = distinct["code"].to_numpy(dtype=np.int64)
    far = given_far_km(table, matches, code)
    named = matches["matched_name"].iloc[code].where(~(far > 0), "")
    table["matched_name"] = pd.array(named.to_numpy(), dtype="str")
    said = distinct["said"].to_numpy(dtype=object)
    shape = shape_of(said)
    texts = {"status": "resolved", "precision": "given", "method": "given"}
    for name, value in texts.items():
        table[name] = pd.array([value] * len(table), dtype="str")
    table["shape"] = pd.array(shape, dtype="str")
    lat, lon, km = (distinct[name].to_numpy(dtype=float) for name in ("lat", "lon", "km"))
    table["place_id"] = pd.array(stands_for(lat, lon, km, said), dtype="str")
    for name, values in _reasons(shape, km, lang).items():
        table[name] = pd.array(values, dtype="str")
    return table


def _reasons(shape: NDArray[np.object_], km: Floats, lang: str) -> dict[str, NDArray[np.object_]]:
    """Return reason_code, reason_args and reason of given coordinates; each is worded once."""
    radius = np.where(shape == "area", km, np.nan)
    distinct, at = np.unique(radius, return_inverse=True)
    code = ["given" if np.isnan(r) else "given_area" for r in distinct]
    args = [{} if np.isnan(r) else {"km": f"{r:g}"} for r in distinct]
    said = [text("join", c, lang, **a) for c, a in zip(code, args, strict=True)]
    columns = {"reason_code": code, "reason_args": [json.dumps(a) for a in args], "reason": said}
    return {name: np.array(values, dtype=object)[at] for name, values in columns.items()}
