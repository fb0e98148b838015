"""The review loop: what a person corrects by hand is kept, and the next run takes it.

A decision lives in `<first file's stem>.fixes.csv`, an overrides table, beside the map or beside
the input; both are loaded, the one beside the map counts more, `--overrides` most. Who corrects
`OUT.places.csv` itself finds the corrections moved there: a page holds the digest of the table
written with it and what that table said, so a table that was changed since is known, and its
changed rows too. What cannot be read as a decision is a problem, and the edited table is kept
whole as `OUT.places.edited.csv`.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.columns import PLACE_KEY, PROBLEM, empty
from mapper.config import Options
from mapper.errors import InputError
from mapper.geocode import overrides
from mapper.geocode.decisions import known_id_form, number
from mapper.messages import text
from mapper.pipeline.paths import beside
from mapper.pipeline.unread import unread
from mapper.publish import csv_bytes
from mapper.read import read_table
from mapper.render import decode
from mapper.render.unpack import directory

__all__ = ["Fixes", "digest", "fixes_name", "load", "with_edits"]

_NUMBERS = {"latitude": 1e-5, "longitude": 1e-5, "uncertainty_km": 0.006}
_WORDS = ("place_id", "shape")
_TOLD = ("matched_name", "status", "precision", "method")
_OURS = {*PLACE_KEY, *_NUMBERS, *_WORDS, "note"}

Row = dict[str, str]
Places = dict[str, Any]


@dataclass(slots=True)
class Fixes:
    """What earlier reviews decided.

    Attributes:
        tables: usable overrides, the weightier later.
        problems: PROBLEM rows of what could not be used.
        said: file name → how many decisions were taken from it.
        files: what must be written with the map so that no decision is lost.
        beside: the table beside the map.
        whole: whether that table could be read, or there is none.
        read: the tables that were taken in.
        places: how to read the place_ids they name: `crossings` and `gazetteers` of the run.
    """

    beside: Path
    tables: list[pd.DataFrame] = field(default_factory=list)
    problems: pd.DataFrame = field(default_factory=lambda: empty(PROBLEM))
    said: dict[str, int] = field(default_factory=dict)
    files: dict[Path, bytes | None] = field(default_factory=dict)
    whole: bool = True
    read: list[Path] = field(default_factory=list)
    places: Places = field(default_factory=dict)

    def tell(self, problems: pd.DataFrame) -> None:
        """Add problems."""
        if len(problems):
            self.problems = pd.concat([self.problems, problems], ignore_index=True)

    @property
    def refused(self) -> int:
        """How many decisions or files of decisions could not be used."""
        return int((self.problems["severity"] == "rejected").sum())


def digest(content: bytes) -> str:
    """Return what tells whether a table of places is still as it was written."""
    return hashlib.sha256(content).hexdigest()


def fixes_name(incidents: pd.DataFrame) -> str:
    """Return the name of the table of decisions about reports: `x.fixes.csv` for x.csv.gz.

    Of several files the first names it.
    """
    source = str(incidents["source_file"].iloc[0]) if len(incidents) else "reports"
    return f"{source.split('.')[0]}.fixes.csv"


def load(options: Options, output: Path, name: str, crossings: pd.DataFrame | None = None) -> Fixes:
    """Read the tables of decisions of that name beside the input and beside the map.

    `crossings`: the user's with ours, whose ids a decision may name.
    """
    found = Fixes(output.with_name(name))
    found.places = {"gazetteers": options.gazetteers, "crossings": crossings}
    paths = [found.beside]
    if options.inputs[0] != "-":
        given = Path(options.inputs[0])
        near = given / name if given.is_dir() else given.with_name(name)
        if near.resolve() != found.beside.resolve():
            paths.insert(0, near)
    for path in paths:
        if not path.is_file():
            continue
        try:
            rows = read_table(path)
            table, problems = overrides.parse(rows, path.name, options.lang, **found.places)
            problems = pd.concat(
                [unread(rows, path.name, options.lang, "geocode"), problems], ignore_index=True
            )
        except InputError as error:
            found.whole = path != found.beside
            found.tell(_problem("unreadable", path.name, why=str(error)))
            continue
        found.tables.append(table)
        found.read.append(path)
        found.tell(problems)
        found.said[path.name] = found.said.get(path.name, 0) + len(table)
    return found


def with_edits(fixes: Fixes, output: Path, places: pd.DataFrame, *, safe: bool) -> bool:
    """Take the corrections that a person wrote into the table of places of the last run.

    Args:
        fixes: gets the decisions, the problems and the files to be written.
        output: the map; its table of places lies beside it.
        places: the table of places of this run without those corrections.
        safe: the run makes a publishable map: decisions are kept, but not taken into files that
            may be published.

    Returns:
        Whether there is anything new to be placed.
    """
    path = beside(output, "places.csv")
    try:
        content = path.read_bytes()
    except OSError:
        return False
    if _places_of(output) == digest(content):
        return False
    page = _page(output)
    kept = beside(output, "places.edited.csv")
    if page is None or safe or page.meta.get("safety"):
        if csv_bytes(places) != content:
            _keep(fixes, kept, content, "edits_unknown", path.name)
        return False
    if not fixes.whole:
        _keep(fixes, kept, content, "edits_homeless", path.name, home=fixes.beside.name)
        return False
    try:
        table = read_table(path).fillna("").astype(str)
    except InputError as error:
        _keep(fixes, kept, content, "unreadable", path.name, why=str(error))
        return False
    if not set(PLACE_KEY[:1]) <= set(table.columns):
        _keep(fixes, kept, content, "edits_no_place", path.name)
        return False
    rows, strange = _edits(table, page.reports, places)
    good, problems = overrides.parse(
        pd.DataFrame(list(rows.values())).astype("str"), path.name, **fixes.places
    )
    problems["source_row"] = [list(rows)[at - 1] for at in problems["source_row"]]
    fixes.tell(problems)
    if strange or len(problems):
        _keep(fixes, kept, content, "edits_strange", path.name)
    if good.empty:
        return False
    good["source_row"] = [str(list(rows)[int(at) - 1]) for at in good["source_row"]]
    fixes.files[fixes.beside] = csv_bytes(_merged(fixes.beside, good))
    fixes.tables = [*fixes.tables, good]
    fixes.said[path.name] = len(good)
    return True


def _places_of(output: Path) -> str:
    """Return the digest of the table of places that a map was written with, "" if it has none."""
    try:
        meta = directory(decode.page_text(output)).get("meta", {})
    except InputError:
        return ""
    return str(meta.get("places", ""))


def _page(output: Path) -> decode.Page | None:
    try:
        return decode.located(decode.page_text(output))
    except InputError:
        return None


def _keep(fixes: Fixes, kept: Path, content: bytes, code: str, file: str, **args: object) -> None:
    """Have the edited table kept whole, under a name that is free."""
    number_ = 1
    while kept.exists() and kept.read_bytes() != content:
        number_ += 1
        kept = kept.with_name(
            f"{kept.name.removesuffix('.csv').rstrip('0123456789-')}-{number_}.csv"
        )
    fixes.files[kept] = content
    fixes.tell(_problem(code, file, kept=kept.name, **args))


def _edits(
    table: pd.DataFrame, reports: pd.DataFrame, places: pd.DataFrame
) -> tuple[dict[int, Row], bool]:
    """Return what the changed rows decide, by row number, and whether more was changed than that.

    A row is unchanged if the page, or this run, says the same of its place.
    """
    before: dict[tuple[str, ...], list[Row]] = {}
    columns = [*PLACE_KEY, *_NUMBERS, *_WORDS, *_TOLD]
    for source in (reports[reports["method"] != "given"], places):
        for row in _texts(source[columns].drop_duplicates()):
            before.setdefault(overrides.place_key(row), []).append(row)
    strange = bool(set(table.columns) - {*places.columns, "note"})
    rows: dict[int, Row] = {}
    for at, row in enumerate(_texts(table.reindex(columns=[*columns, "note"], fill_value="")), 1):
        known = before.get(overrides.place_key(row), [])
        if any(not _changed(row, old) for old in known):
            strange |= all(any(row[c] != old[c] for c in _TOLD) for old in known)
            continue
        fix = _decided(row, known[0] if known else None)
        if fix:
            rows[at] = fix
        elif any(row[c] for c in (*_NUMBERS, "place_id")) or known:
            strange = True
    return rows, strange


def _texts(frame: pd.DataFrame) -> list[Row]:
    plain = frame.astype(object).where(frame.notna(), "").to_dict("records")
    return [{str(k): str(v) for k, v in row.items()} for row in plain]


def _changed(row: Row, old: Row) -> set[str]:
    """Return the columns of a decision in which two rows differ."""
    words = {column for column in _WORDS if row[column].strip() != old[column]}
    return words | {c for c, step in _NUMBERS.items() if not _same(row[c], old[c], step)}


def _same(one: str, other: str, step: float) -> bool:
    if not one.strip() or not other.strip():
        return one.strip() == other.strip()
    return abs(number(one.strip()) - number(other)) <= step


def _decided(row: Row, old: Row | None) -> Row:
    """Return the override that a changed row is; empty where it decides nothing.

    Typed coordinates make a point, even of what was an area, unless the shape was typed as well.
    """
    blank = dict.fromkeys(_OURS | {"incident_id"}, "")
    changed = _changed(row, old) if old else {c for c in (*_NUMBERS, *_WORDS) if row[c]}
    fix = {**blank, **{c: row[c].strip() for c in (*PLACE_KEY, "note")}}
    at = {c: row[c].strip() for c in ("latitude", "longitude")}
    moved = changed & {"latitude", "longitude"}
    if "uncertainty_km" in changed:
        fix["uncertainty_km"] = row["uncertainty_km"].strip()
    if "shape" in changed:
        fix["shape"] = row["shape"].strip()
    named = row["place_id"].strip() if "place_id" in changed else ""
    if fix["shape"] == "none" or (moved and not any(at.values()) and not named):
        return {**fix, "shape": "none", "uncertainty_km": ""}
    if moved and any(at.values()):
        return {**fix, **at}
    if named:
        return {**fix, "place_id": named}
    if "place_id" in changed:
        return {}
    if "shape" in changed or not known_id_form(row["place_id"]):
        reach = fix["uncertainty_km"] or (row["uncertainty_km"] if fix["shape"] == "area" else "")
        shape = fix["shape"] or ("area" if row["shape"] == "area" else "")
        return {**fix, **at, "uncertainty_km": reach, "shape": shape}
    return {**fix, "place_id": row["place_id"].strip()} if changed else {}


def _merged(path: Path, new: pd.DataFrame) -> pd.DataFrame:
    """Return the table of decisions with new ones in place of older ones about the same place."""
    rows = new.drop(columns=["source_file", "source_row"])
    if path.is_file():
        old = read_table(path).fillna("").astype(str)
        mine = {overrides.place_key(row) for row in _texts(rows)}
        keys = _texts(old.reindex(columns=[*PLACE_KEY, "incident_id"], fill_value=""))
        free = [bool(k["incident_id"]) or overrides.place_key(k) not in mine for k in keys]
        rows = pd.concat([old[free], rows], ignore_index=True).fillna("")
    for column in _NUMBERS:
        values = rows[column].map(number)
        if ((rows[column] == "") | values.map(math.isfinite)).all():
            rows[column] = values.astype("float64")
    return rows


def _problem(code: str, file: str, **args: object) -> pd.DataFrame:
    table = empty(PROBLEM, 1)
    values: Mapping[str, str] = {
        "source_file": file,
        "problem_code": f"fixes_{code}",
        "problem": text("fixes", f"{code}.problem", file=file, **args),
        "remedy": text("fixes", f"{code}.remedy", file=file, **args),
        "severity": "rejected",
    }
    for column, value in values.items():
        table[column] = pd.array([value], dtype="str")
    return table
