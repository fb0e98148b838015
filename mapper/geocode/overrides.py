"""What a person decided: a table that wins over everything.

Columns (any case, others are left alone): `place`, `place_country`, `place_admin1` and
`place_admin2` say which mentions are meant, or `incident_id` one report alone, which beats place
text. `latitude` and `longitude` (with a decimal comma too), `uncertainty_km`, or `place_id` say
where it is; `note` says why. `place_id` takes the forms that MATCH writes (`geonames:3685533`,
`crossing:co-ve-simon-bolivar`, `admin1:CO-NSA`, `border:CO-VE`, `country:CO`). `shape` is empty or
`point`; `area`: the place has extent, so it is drawn with its radius; `none` (or the place_id
`unknown`): it is not to be drawn.
"""

import math
from collections.abc import Sequence

import pandas as pd

from mapper import messages
from mapper.columns import PLACE_KEY, PROBLEM, empty
from mapper.gazetteer import country_code
from mapper.geocode.atlas import Atlas, atlas
from mapper.geocode.decisions import known_id, number
from mapper.text import fold

__all__ = ["COLUMNS", "by_ids", "by_rows", "layered", "parse", "place_key", "unused"]

COLUMNS = (
    "incident_id", *PLACE_KEY, "latitude", "longitude", "uncertainty_km", "place_id", "shape",
    "note",
)  # fmt: skip
_FROM = ("source_file", "source_row")
_SHAPES = ("", "point", "area", "none")
_DECIDES = ("latitude", "longitude", "uncertainty_km", "place_id", "shape")

Row = dict[str, str]
Key = tuple[str, str, str, str]


def parse(
    frame: pd.DataFrame,
    file: str = "",
    lang: str = "en",
    *,
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the overrides of a table of texts, and a PROBLEM row for each that cannot be used.

    Args:
        frame: text columns as a file has them.
        file: its name, for the problems.
        lang: language of the problems.
        crossings: the user's crossings with ours, whose ids a row may name.
        gazetteers: names of plugged-in gazetteers, whose ids a row may name.

    Returns:
        The usable rows: `COLUMNS`, `source_file` and `source_row`, all text; and PROBLEM.
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
    unknown = table["place_id"] == "unknown"
    table.loc[unknown, ["place_id", "shape"]] = ["", "none"]
    table["shape"] = table["shape"].str.lower()
    table["source_file"] = file
    table["source_row"] = [str(at) for at in range(1, len(table) + 1)]
    told: list[dict[str, object]] = []
    good: list[bool] = []
    known = atlas(crossings, gazetteers)
    meant: dict[object, Row] = {}
    for row in _rows(table):
        fault = _fault(row, known)
        good.append(not fault)
        if fault and any(row[c] for c in COLUMNS):
            told.append(_told(row, fault, lang))
        elif not fault:
            who = row["incident_id"] or place_key(row)
            before = meant.get(who)
            if before and any(before[c] != row[c] for c in _DECIDES):
                told.append(_told(before, ("twice", "place", ""), lang))
            meant[who] = row
    return table[good].reset_index(drop=True), _problems(told)


def _fault(row: Row, known: Atlas) -> tuple[str, str, str] | None:
    """Return what is wrong with an override: code, column and value; None for nothing."""
    if not row["place"] and not row["incident_id"]:
        return "names_nothing", "place", ""
    for column in ("latitude", "longitude", "uncertainty_km"):
        value = number(row[column])
        below = column == "uncertainty_km" and value <= 0
        if row[column] and (not math.isfinite(value) or below):
            return "bad_number", column, row[column]
    if row["shape"] not in _SHAPES:
        return "bad_shape", "shape", row["shape"]
    if row["shape"] == "none":
        return None
    lat, lon = number(row["latitude"]), number(row["longitude"])
    if row["place_id"] and not math.isfinite(lat + lon):
        found = known_id(row["place_id"], known)
        return None if found else ("unknown_id", "place_id", row["place_id"])
    if not math.isfinite(lat + lon):
        return "says_nowhere", "latitude", row["latitude"] or row["longitude"]
    if abs(lat) <= 90 and abs(lon) <= 180:
        return None
    return "off_the_earth", "latitude", f"{row['latitude']}, {row['longitude']}"


def _told(row: Row, fault: tuple[str, str, str], lang: str) -> dict[str, object]:
    code, column, value = fault
    args = {"place": row["place"] or row["incident_id"], "column": column, "value": value}
    remedy = {c: f"override_remedy_{c}" for c in ("twice", "unused")}
    return {
        "source_file": row["source_file"],
        "source_row": int(row["source_row"]),
        "column": column,
        "value": value or args["place"],
        "problem_code": f"override_{code}",
        "problem": messages.text("geocode", f"override_{code}", lang, **args),
        "remedy": messages.text("geocode", remedy.get(code, "override_remedy"), lang),
        "severity": {"twice": "doubt", "unused": "note"}.get(code, "rejected"),
    }


def _problems(told: list[dict[str, object]]) -> pd.DataFrame:
    report = empty(PROBLEM, len(told))
    for column in told[0] if told else ():
        report[column] = pd.Series([p[column] for p in told]).astype(report[column].dtype)
    return report


def layered(tables: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Return several parsed tables as one; what a later table decides, earlier ones do not.

    A row of an earlier table is dropped where a later one has its `incident_id`, or its place with
    no more hints than it has itself.
    """
    kept: list[pd.DataFrame] = []
    above: list[Row] = []
    for table in reversed(tables):
        rows = _rows(table)
        free = [not any(_covers(over, row) for over in above) for row in rows]
        kept.insert(0, table[free])
        above += rows
    return pd.concat(kept, ignore_index=True) if kept else None


def _covers(over: Row, row: Row) -> bool:
    if over["incident_id"]:
        return over["incident_id"] == row["incident_id"]
    return bool(row["place"]) and _meets(place_key(over), place_key(row))


def unused(
    overrides: pd.DataFrame | None, keys: pd.DataFrame, ids: Sequence[str], lang: str = "en"
) -> pd.DataFrame:
    """Return a PROBLEM row for each override that meets neither a place key nor a report."""
    if overrides is None or overrides.empty:
        return empty(PROBLEM)
    known = set(ids)
    asked: dict[str, list[Key]] = {}
    for values in keys[list(PLACE_KEY)].astype(str).itertuples(index=False):
        key = place_key(dict(zip(PLACE_KEY, values, strict=True)))
        asked.setdefault(key[0], []).append(key)
    told = []
    for row in _rows(overrides):
        mine = place_key(row)
        met = any(_meets(mine, key) for key in asked.get(mine[0], ()))
        if row["incident_id"] not in known if row["incident_id"] else not met:
            told.append(_told(row, ("unused", "place", ""), lang))
    return _problems(told)


def by_rows(keys: pd.DataFrame, overrides: pd.DataFrame | None) -> dict[int, Row]:
    """Return, by the position of the place key, the override that is meant for it.

    An override without a country or admin area is good for every row of that text; of several the
    one with most hints is taken, of equal ones the last.
    """
    if overrides is None or overrides.empty:
        return {}
    by_place: dict[str, list[tuple[Key, Row]]] = {}
    for row in _rows(overrides):
        if row["place"] and not row["incident_id"]:
            key = place_key(row)
            by_place.setdefault(key[0], []).append((key, row))
    found: dict[int, Row] = {}
    columns = [keys[c].tolist() for c in PLACE_KEY]
    for at, values in enumerate(zip(*columns, strict=True)):
        candidates = by_place.get(fold(values[0]))
        if not candidates:
            continue
        asked = place_key(dict(zip(PLACE_KEY, values, strict=True)))
        meant = [(key, row) for key, row in candidates if _meets(key, asked)]
        if meant:
            found[at] = max(enumerate(meant), key=lambda m: (_hints(m[1][0]), m[0]))[1][1]
    return found


def by_ids(ids: Sequence[str], overrides: pd.DataFrame | None) -> dict[int, Row]:
    """Return, by their position in `ids`, the overrides meant for single reports."""
    if overrides is None or overrides.empty:
        return {}
    rows = {row["incident_id"]: row for row in _rows(overrides) if row["incident_id"]}
    return {at: rows[i] for at, i in enumerate(ids) if i in rows}


def _meets(override: Key, asked: Key) -> bool:
    """Whether an override's key is the asked one, blank hints aside."""
    hints = zip(override[1:], asked[1:], strict=True)
    return override[0] == asked[0] and all(not mine or mine == theirs for mine, theirs in hints)


def _hints(key: Key) -> int:
    return sum(bool(part) for part in key[1:])


def _rows(table: pd.DataFrame) -> list[Row]:
    records = table.reindex(columns=[*COLUMNS, *_FROM], fill_value="").to_dict("records")
    return [{str(k): str(v) for k, v in row.items()} for row in records]


def place_key(row: Row) -> Key:
    """Return what tells a place key from others: folded, the country as ISO2 where it is one."""
    place, country, admin1, admin2 = (row.get(c, "") for c in PLACE_KEY)
    return fold(place), country_code(country) or fold(country), fold(admin1), fold(admin2)
