"""Columns of one file → typed columns of INCIDENT."""

from datetime import date

import numpy as np
import pandas as pd

from mapper.columns import COUNT_KINDS, DATE_PRECISIONS, EVENT_TYPES, INCIDENT, empty
from mapper.gazetteer import country_code
from mapper.normalise import dates
from mapper.normalise.distinct import BLANKS, each, filled, mapped
from mapper.normalise.identity import IDENTIFYING, made_ids, report_duplicates, tell_apart
from mapper.normalise.problems import Problems
from mapper.normalise.profile import FileProfile

__all__ = ["incidents_of"]

COUNTS = tuple(
    name
    for name in INCIDENT.of_kind("number")
    if name.startswith(("fatalities", "injured", "people"))
)
KINDS = ("fatalities_kind", "injured_kind", "people_kind")
TRIMMED = ("incident_id", "event_id", "relates_to", "place", "place_admin1", "place_admin2")
NOTHING = {"", "-", "--", "na", "n/a", "nan", "null", "none", "nil", ".", "?", "unknown"}


def incidents_of(part: pd.DataFrame, known: FileProfile, problems: Problems) -> pd.DataFrame:
    """Return the INCIDENT columns of one file's rows, then its other columns as they are."""
    part = part.reset_index(drop=True)
    out = empty(INCIDENT, len(part))
    rows = part["source_row"].to_numpy()
    for name in INCIDENT.of_kind("text"):
        if name in known.fields:
            out[name] = part[known.fields[name]]
    for name in TRIMMED:
        out[name] = out[name].str.strip(BLANKS)
    out["source_file"] = part["source_file"]
    out["source_row"] = rows
    _dates(out, part, known, problems)
    _events(out, problems)
    _countries(out, problems)
    _counts(out, part, known, problems)
    _coordinates(out, part, known, problems)
    _ids(out, part, problems)
    kept = part[list(known.kept)].rename(columns=known.kept)
    return pd.concat([out, kept], axis=1)


def _dates(out: pd.DataFrame, part: pd.DataFrame, known: FileProfile, problems: Problems) -> None:
    rows = out["source_row"].to_numpy()
    blank = pd.Series([""] * len(out), dtype="str")
    first, last, said, precision = (
        part[known.fields[name]] if name in known.fields else blank
        for name in ("date_start", "date_end", "date_text", "date_precision")
    )
    keys = pd.MultiIndex.from_arrays([first, last, said, precision])
    codes, distinct = pd.factorize(keys)
    answers = [_interval(*key) for key in distinct]
    for name, kind in (("start", "date_start"), ("end", "date_end")):
        values = [
            np.datetime64(getattr(i, name), "s") if i else np.datetime64("NaT", "s")
            for i, *_ in answers
        ]
        out[kind] = np.asarray(values, dtype="datetime64[s]")[codes]
    words = [(i.precision if i else "unknown", text) for i, text, *_ in answers]
    for position, name in enumerate(("date_precision", "date_text")):
        out[name] = pd.array([w[position] for w in words], dtype="str").take(codes)
    for code in ("bad_date", "end_before_start", "unknown_precision"):
        wrong = np.asarray([code in codes_found for *_, codes_found in answers], dtype=bool)[codes]
        column = "date_precision" if code == "unknown_precision" else "date_text"
        values = precision if code == "unknown_precision" else out["date_text"]
        severity = "repaired" if code == "end_before_start" else "doubt"
        problems.add(
            code, severity, rows=rows[wrong], column=column, values=values[wrong].to_numpy()
        )


def _interval(
    first: str, last: str, said: str, precision: str
) -> tuple[dates.Interval | None, str, tuple[str, ...]]:
    """Return (interval, the date as written, codes of what is wrong)."""
    first, last, said = (_present(t) for t in (first, last, said))
    precision = _present(precision).lower()
    found: list[str] = []
    written = said or (first if not last or first == last else f"{first}/{last}") or last
    if precision and precision not in DATE_PRECISIONS:
        found.append("unknown_precision")
        precision = ""
    start = dates.parse(first or said or last)
    end = dates.parse(last) if last and (first or said) else start
    if start is None:
        return None, written, (*found, "bad_date") if written else tuple(found)
    if end is None:
        found.append("bad_date")
        end = start
    if end.end < start.start:
        found.append("end_before_start")
        start, end = end, start
    whole = dates.Interval(start.start, end.end, start.precision)
    if precision and precision not in ("unknown", whole.precision):
        alone = whole.start == whole.end and not last
        whole = (
            dates.widen(whole, precision)
            if alone
            else dates.Interval(whole.start, whole.end, precision)
        )
    return whole, written, tuple(found)


def _present(text: str) -> str:
    stripped = text.strip(BLANKS)
    return "" if stripped.lower() in NOTHING else stripped


def _events(out: pd.DataFrame, problems: Problems) -> None:
    label = out["event_label"].where(filled(out["event_label"]), out["event_type"])
    out["event_label"] = label.str.strip(BLANKS)
    out["event_type"] = each(out["event_type"].where(filled(out["event_type"]), label), _event_type)
    _unknown_values(
        problems,
        out,
        "event_type",
        ~out["event_type"].isin(EVENT_TYPES) & (out["event_type"] != ""),
        "unknown_event_type",
        "note",
    )


def _event_type(written: str) -> str:
    name = "_".join(written.strip(BLANKS).lower().replace("-", " ").replace("_", " ").split())
    return name if name in EVENT_TYPES else written.strip(BLANKS)


def _unknown_values(
    problems: Problems, out: pd.DataFrame, column: str, where: pd.Series, code: str, severity: str
) -> None:
    """Note each distinct unknown value once, at its first row, with the number of rows."""
    found = out.loc[where, [column, "source_row"]]
    if found.empty:
        return
    grouped = found.groupby(column, sort=False)["source_row"].agg(["first", "size"])
    problems.add(
        code,
        severity,
        rows=grouped["first"].to_numpy(),
        column=column,
        values=grouped.index.to_numpy(dtype=object),
        n=grouped["size"].to_numpy(),
    )


def _countries(out: pd.DataFrame, problems: Problems) -> None:
    written = out["place_country"].str.strip(BLANKS)
    out["place_country"] = each(written, lambda t: country_code(t) if t else "")
    lost = ((out["place_country"] == "") & (written != "")).to_numpy()
    problems.add(
        "unknown_country",
        "doubt",
        rows=out["source_row"].to_numpy()[lost],
        column="place_country",
        values=written[lost].to_numpy(),
    )


def _counts(out: pd.DataFrame, part: pd.DataFrame, known: FileProfile, problems: Problems) -> None:
    rows = out["source_row"].to_numpy()
    for name in COUNTS:
        if name not in known.fields:
            continue
        column = part[known.fields[name]]
        codes, answers = mapped(column, _number)
        values = np.asarray(answers, dtype=float)[codes]
        out[name] = values
        wrong = np.isnan(values) & ~column.str.strip(BLANKS).str.lower().isin(NOTHING).to_numpy()
        problems.add(
            "bad_number", "doubt", rows=rows[wrong], column=name, values=column[wrong].to_numpy()
        )
    for name in KINDS:
        kinds = out[name].str.strip(BLANKS).str.lower()
        wrong = (~kinds.isin((*COUNT_KINDS, ""))).to_numpy()
        problems.add(
            "unknown_kind", "doubt", rows=rows[wrong], column=name, values=kinds[wrong].to_numpy()
        )
        out[name] = kinds.where(kinds.isin(COUNT_KINDS), "unknown")


def _number(written: str) -> float:
    try:
        value = float(written.strip(BLANKS))
    except ValueError:
        return np.nan
    return value if 0 <= value < 1e12 else np.nan


def _coordinates(
    out: pd.DataFrame, part: pd.DataFrame, known: FileProfile, problems: Problems
) -> None:
    rows = out["source_row"].to_numpy()
    names = ("given_latitude", "given_longitude")
    if not set(names) <= set(known.fields):
        return
    given = {}
    for name, most in zip(names, (90.0, 180.0), strict=True):
        column = part[known.fields[name]]
        text = column.str.strip(BLANKS)
        values = pd.to_numeric(text, errors="coerce").to_numpy(dtype=float)
        values = np.where(np.isinf(values), np.nan, values)
        wrong = np.isnan(values) & ~text.str.lower().isin(NOTHING).to_numpy()
        problems.add(
            "bad_coordinate", "doubt", rows=rows[wrong], column=name, values=text[wrong].to_numpy()
        )
        outside = np.abs(values) > most
        problems.add(
            "coordinate_out_of_range",
            "doubt",
            rows=rows[outside],
            column=name,
            values=text[outside].to_numpy(),
        )
        given[name] = np.where(outside, np.nan, values)
    lat, lon = (given[name] for name in names)
    half = np.isnan(lat) != np.isnan(lon)
    problems.add("half_coordinates", "doubt", rows=rows[half], column="given_latitude")
    zero = (lat == 0) & (lon == 0)
    problems.add(
        "zero_coordinates", "doubt", rows=rows[zero], column="given_latitude", values="0, 0"
    )
    bad = half | zero
    out["given_latitude"] = np.where(bad, np.nan, lat)
    out["given_longitude"] = np.where(bad, np.nan, lon)
    if "given_uncertainty_km" in known.fields:
        out["given_uncertainty_km"] = pd.to_numeric(
            part[known.fields["given_uncertainty_km"]], errors="coerce"
        ).to_numpy(dtype=float)


def _ids(out: pd.DataFrame, part: pd.DataFrame, problems: Problems) -> None:
    ids = out["incident_id"]
    missing = np.flatnonzero((ids == "").to_numpy())
    rows = out["source_row"].to_numpy()
    if len(missing):
        values = ids.to_numpy(dtype=object).copy()
        values[missing] = made_ids([out[name] for name in IDENTIFYING], missing)
        ids = pd.Series(values, dtype="str")
        problems.add("id_made", "note", rows=[0], column="incident_id", n=len(missing))
    distinct, positions, first = tell_apart(ids)
    if len(positions):
        cells = part.drop(columns=["source_row"])
        same = (cells.iloc[positions].to_numpy() == cells.iloc[first].to_numpy()).all(axis=1)
        report_duplicates(problems, ids, distinct, positions, first, same, rows)
    out["incident_id"] = distinct


def epoch(day: date) -> np.datetime64:
    """Return a day as numpy's datetime64[s]."""
    return np.datetime64(day, "s")
