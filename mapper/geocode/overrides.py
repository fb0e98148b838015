"""What a person decided: a table that wins over everything.

Columns (any case, others are left alone): `place`, `place_country`, `place_admin1` say which
mentions are meant, or `incident_id` one report alone; `latitude` and `longitude` (with a decimal
comma too), `uncertainty_km`, or `place_id` say where it is; `note` says why. `place_id` takes the
forms that MATCH writes (`geonames:3685533`, `crossing:co-ve-simon-bolivar`, `admin1:CO-NSA`,
`border:CO-VE`, `country:CO`) and `unknown`: the place is not to be drawn.
"""

import math
from collections.abc import Sequence

import pandas as pd

from mapper import messages, world
from mapper.columns import PROBLEM, empty
from mapper.gazetteer import country_code
from mapper.geocode import answer, choose
from mapper.geocode.answer import NAN, Answer
from mapper.geocode.atlas import Atlas
from mapper.text import fold

__all__ = ["COLUMNS", "decided", "decided_by_id", "parse"]

COLUMNS = (
    "incident_id", "place", "place_country", "place_admin1", "latitude", "longitude",
    "uncertainty_km", "place_id", "note",
)  # fmt: skip
_OWN_DOUBT_KM = 1.0


def parse(frame: pd.DataFrame, file: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the overrides of a table of texts, and a PROBLEM row for each that cannot be used.

    Args:
        frame: text columns as a file has them.
        file: its name, for the problems.
    """
    named = {fold(str(column)).replace(" ", "_"): column for column in frame.columns}
    table = pd.DataFrame(
        {
            column: (
                frame[named[column]].fillna("").astype(str).str.strip()
                if column in named
                else pd.Series("", index=frame.index)
            )
            for column in COLUMNS
        }
    ).astype("str")
    problems: list[dict[str, object]] = []
    good: list[bool] = []
    for at, row in enumerate(table.to_dict("records")):
        code = _fault({str(k): str(v) for k, v in row.items()})
        good.append(not code)
        if code and any(row.values()):
            value = row["place"] or row["incident_id"]
            text = messages.text("geocode", f"override_{code}", place=value)
            problems.append(
                {
                    "source_file": file, "source_row": at + 1, "column": "place", "value": value,
                    "problem_code": f"override_{code}", "problem": text, "severity": "rejected",
                }
            )  # fmt: skip
    report = empty(PROBLEM, len(problems))
    for column in problems[0] if problems else ():
        report[column] = pd.Series([p[column] for p in problems]).astype(report[column].dtype)
    return table[good].reset_index(drop=True), report


def _fault(row: dict[str, str]) -> str:
    """Return what is wrong with an override: a code, or `""`."""
    if not row["place"] and not row["incident_id"]:
        return "names_nothing"
    lat, lon = _number(row["latitude"]), _number(row["longitude"])
    if row["place_id"]:
        return ""
    if not math.isfinite(lat) or not math.isfinite(lon):
        return "says_nowhere"
    return "" if abs(lat) <= 90 and abs(lon) <= 180 else "off_the_earth"


def decided(keys: pd.DataFrame, overrides: pd.DataFrame | None, known: Atlas) -> dict[int, Answer]:
    """Return the answers a person gave for place keys, by the position of the key.

    An override without a country or admin area is good for every row of that text.
    """
    if overrides is None or overrides.empty:
        return {}
    by_key: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in _rows(overrides):
        if row["place"] and not row["incident_id"]:
            by_key[_key(row["place"], row["place_country"], row["place_admin1"])] = row
    found: dict[int, Answer] = {}
    columns = [keys[c].tolist() for c in ("place", "place_country", "place_admin1")]
    for at, (place, country, admin1) in enumerate(zip(*columns, strict=True)):
        full = _key(place, country, admin1)
        for asked in (full, (*full[:2], ""), (full[0], "", "")):
            if asked in by_key:
                found[at] = _answer(by_key[asked], known)
                break
    return found


def decided_by_id(
    ids: Sequence[str], overrides: pd.DataFrame | None, known: Atlas
) -> dict[int, Answer]:
    """Return the answers a person gave for single reports, by their position in `ids`."""
    if overrides is None or overrides.empty:
        return {}
    rows = {row["incident_id"]: row for row in _rows(overrides) if row["incident_id"]}
    return {at: _answer(rows[i], known) for at, i in enumerate(ids) if i in rows}


def _rows(overrides: pd.DataFrame) -> list[dict[str, str]]:
    records = overrides.reindex(columns=list(COLUMNS), fill_value="").to_dict("records")
    return [{str(k): str(v) for k, v in row.items()} for row in records]


def _key(place: str, country: str, admin1: str) -> tuple[str, str, str]:
    return fold(place), country_code(country) or fold(country), fold(admin1)


def _answer(row: dict[str, str], known: Atlas) -> Answer:
    lat, lon = _number(row["latitude"]), _number(row["longitude"])
    if row["place_id"] and not math.isfinite(lat):
        found = _of_id(row["place_id"], known)
    else:
        found = Answer(
            status="resolved", shape="point", latitude=lat, longitude=lon, precision="site",
            uncertainty_km=_OWN_DOUBT_KM, name=row["place"],
            place_id=row["place_id"] or f"point:{lat:.4f},{lon:.4f}",
        )  # fmt: skip
    reach = _number(row["uncertainty_km"])
    if math.isfinite(reach) and found.found:
        found.uncertainty_km = reach
    found.method, found.confidence, found.candidates = "override", 1.0, 1
    found.reason, found.args = "override", {"note": row["note"] or "–"}
    found.rules = ("a person decided",)
    return found


def _of_id(place_id: str, known: Atlas) -> Answer:
    """Return the answer that a place_id stands for; unresolved if there is no such place."""
    kind, _, rest = place_id.partition(":")
    if kind == "border" and rest in world.pairs():
        return answer.line(rest, reason="override")
    place = known.by_id(place_id)
    if place is None:
        return Answer(status="unresolved")
    return choose.best(place, method="override", text=place.name, confidence=1.0)


def _number(text: str) -> float:
    """Return a number written with a decimal point or comma; NaN if it is none."""
    try:
        return float(text.replace(",", ".")) if text else NAN
    except ValueError:
        return NAN
