"""Columns of one file → typed columns of INCIDENT."""

import numpy as np
import pandas as pd

from mapper.columns import COUNT_KINDS, EVENT_TYPES, INCIDENT, empty
from mapper.dialects import load
from mapper.normalise.counts import Count, parse_count
from mapper.normalise.distinct import each, filled, is_nothing, mapped, trimmed
from mapper.normalise.failed import drop_cell_errors
from mapper.normalise.identity import IDENTIFYING, Repeats, made_ids, report_duplicates, tell_apart
from mapper.normalise.lexicon import event_type_of, kind_of_count
from mapper.normalise.nations import nation
from mapper.normalise.problems import Problems
from mapper.normalise.profile import FileProfile
from mapper.normalise.when import fill_dates
from mapper.normalise.where import fill_coordinates, fill_place_precision

__all__ = ["incidents_of"]

# Subject → (section of the lexicon, lowest, best, highest, kind).
COUNTS = {
    "fatalities": ("dead", "fatalities_low", "fatalities_best", "fatalities_high"),
    "injured": ("injured", "injured_low", "injured", "injured_high"),
    "people": ("people", "people_low", "people", "people_high"),
}
COUNTED = [name for _, *names in COUNTS.values() for name in names]
# Texts of which a report has at least one.
SAYING = (
    "place", "place_country", "place_admin1", "place_admin2", "date_text", "event_type",
    "event_label", "actor1", "actor2", "description", "source_name", "source_url",
)  # fmt: skip
TRIMMED = ("incident_id", "event_id", "relates_to", "place", "place_admin1", "place_admin2")
FAMILIES_WITH_TABLES = ("acled", "ucdp", "gdelt")


def incidents_of(part: pd.DataFrame, known: FileProfile, problems: Problems) -> pd.DataFrame:
    """Return the INCIDENT columns of one file's rows, then its other columns as they are."""
    part = part.reset_index(drop=True)
    out = empty(INCIDENT, len(part))
    for name in INCIDENT.of_kind("text"):
        if name in known.fields:
            out[name] = part[known.fields[name]]
    for name in TRIMMED:
        if name in known.fields:
            out[name] = trimmed(out[name])
    out["source_file"] = part["source_file"]
    out["source_row"] = part["source_row"].to_numpy()
    if known.guessed:
        guessed = ", ".join(f"{theirs} as {ours}" for ours, theirs in known.guessed.items())
        problems.add("columns_guessed", "doubt", rows=[0], values=guessed)
    drop_cell_errors(out, TRIMMED, known, problems)
    _fill_place(out, known)
    fill_dates(out, part, known, problems)
    _fill_events(out, known, problems)
    _fill_country(out, known, problems)
    _fill_counts(out, part, known, problems)
    fill_coordinates(out, part, known, problems)
    fill_place_precision(out, part, known)
    said = _says_something(out)
    if not said.all():
        problems.add(
            "empty_report",
            "rejected",
            rows=out["source_row"].to_numpy()[~said],
            values=part[~said].iloc[:, :-2].apply(_words, axis=1).to_numpy(dtype=object),
        )
        out, part = out[said].reset_index(drop=True), part[said].reset_index(drop=True)
    _fill_ids(out, part, problems)
    kept = part[list(known.kept)].rename(columns=known.kept)
    return pd.concat([out, kept], axis=1)


def _says_something(out: pd.DataFrame) -> np.ndarray:
    """Return which rows say when, where, what or how many; a heading within a table does not."""
    said = out[["date_start", "given_latitude", *COUNTED]].notna().any(axis=1).to_numpy(copy=True)
    for name in SAYING:
        said |= (out[name] != "").to_numpy(dtype=bool)
    return np.asarray(said)


def _words(row: pd.Series) -> str:
    """Return what a row holds, as one text."""
    return " ".join(cell.strip() for cell in row if cell.strip())[:200]


def _fill_place(out: pd.DataFrame, known: FileProfile) -> None:
    """Where a file has no column for the place, the finest area it names is the place."""
    if "place" in known.fields:
        return
    for name in ("place_admin2", "place_admin1"):
        if name in known.fields:
            out["place"] = out["place"].where(out["place"] != "", out[name])


def _fill_events(out: pd.DataFrame, known: FileProfile, problems: Problems) -> None:
    label = out["event_label"].where(filled(out["event_label"]), out["event_type"])
    written = trimmed(out["event_type"].where(filled(out["event_type"]), label))
    family = known.family if known.family in FAMILIES_WITH_TABLES else ""
    labels: dict[str, str] = load(family).get("labels", {}) if family else {}
    out["event_label"] = each(trimmed(label), lambda t: labels.get(t, t))
    out["event_type"] = each(written, lambda t: event_type_of(t, family) or t)
    strange = (~out["event_type"].isin(EVENT_TYPES) & (out["event_type"] != "")).to_numpy(
        dtype=bool
    )
    _say_distinct(problems, out, "event_type", strange, "unknown_event_type")


def _say_distinct(
    problems: Problems, out: pd.DataFrame, column: str, where: np.ndarray, code: str
) -> None:
    """Note each distinct strange value once, at its first row, with the number of rows."""
    found = out.loc[where, [column, "source_row"]]
    if found.empty:
        return
    grouped = found.groupby(column, sort=False)["source_row"].agg(["first", "size"])
    problems.add(
        code,
        "note",
        rows=grouped["first"].to_numpy(),
        column=column,
        values=grouped.index.to_numpy(dtype=object),
        n=grouped["size"].to_numpy(),
    )


def _fill_country(out: pd.DataFrame, known: FileProfile, problems: Problems) -> None:
    written = trimmed(out["place_country"])
    scheme = (
        load(known.family).get("country", {}).get("scheme")
        if known.family in FAMILIES_WITH_TABLES
        else ""
    )
    fips: dict[str, str] = load("fips")["iso2"] if scheme == "fips" else {}

    def code(name: str) -> str:
        if is_nothing(name):
            return ""
        if fips:
            return fips.get(name, "")
        return nation(name)

    out["place_country"] = each(written, code)
    codes, missing = mapped(written, is_nothing)
    lost = (out["place_country"] == "").to_numpy() & ~np.asarray(missing, dtype=bool)[codes]
    rows = out["source_row"].to_numpy()[lost]
    doubtful = (written == "NA").to_numpy(dtype=bool)
    problems.add(
        "na_country",
        "doubt",
        rows=out["source_row"].to_numpy()[doubtful],
        column=known.fields.get("place_country", ""),
        values="NA",
    )
    problems.add(
        "unknown_country",
        "doubt",
        rows=rows,
        column="place_country",
        values=written[lost].to_numpy(),
    )


def _fill_counts(
    out: pd.DataFrame, part: pd.DataFrame, known: FileProfile, problems: Problems
) -> None:
    table = load(known.family) if known.family in FAMILIES_WITH_TABLES else {}
    kinds: dict[str, str] = table.get("counts", {})
    for subject, (_, low, best, high) in COUNTS.items():
        given = [name for name in (low, best, high) if name in known.fields]
        for name in given:
            _fill_count(out, part, known, problems, name=name)
        if len(given) > 1:
            _order_counts(out, (low, best, high), problems)
        _fill_kind(out, subject, kinds, known, problems)


def _fill_count(
    out: pd.DataFrame,
    part: pd.DataFrame,
    known: FileProfile,
    problems: Problems,
    *,
    name: str,
) -> None:
    """Fill one count; a range or "at least" in a best count fills the lowest and highest too."""
    rows = out["source_row"].to_numpy()
    column = known.fields[name]
    section, *names = next(count for count in COUNTS.values() if name in count)
    cells = trimmed(part[column])
    codes, answers = mapped(cells, lambda c: parse_count(c, section) or Count())
    low, best, high = (
        np.asarray([getattr(a, side) for a in answers], dtype=float)[codes]
        for side in ("low", "best", "high")
    )
    if name == names[1]:
        out[name] = best
        for other, values in ((names[0], low), (names[2], high)):
            if other not in known.fields:
                out[other] = values
            else:
                before = out[other].to_numpy()
                out[other] = np.where(np.isnan(before), values, before)
    else:
        wanted = np.where(np.isnan(best), low if name == names[0] else high, best)
        before = out[name].to_numpy()
        out[name] = np.where(np.isnan(wanted), before, wanted)
    understood = ~(np.isnan(low) & np.isnan(best) & np.isnan(high))
    nothing = np.asarray([is_nothing(str(c)) for c in pd.unique(cells)], dtype=bool)[codes]
    wrong = ~understood & ~nothing
    problems.add(
        "bad_number", "doubt", rows=rows[wrong], column=column, values=cells[wrong].to_numpy()
    )
    vague = np.asarray([a.vague for a in answers], dtype=bool)[codes]
    problems.add(
        "vague_number", "note", rows=rows[vague], column=column, values=cells[vague].to_numpy()
    )


def _order_counts(out: pd.DataFrame, names: tuple[str, str, str], problems: Problems) -> None:
    """Set lowest and highest right where the three are out of order: the best count stays."""
    low, best, high = (out[name].to_numpy() for name in names)
    low_of = np.fmin(low, high)
    high_of = np.fmax(low, high)
    both = ~np.isnan(low) & ~np.isnan(high)
    new_low, new_high = np.where(both, low_of, low), np.where(both, high_of, high)
    new_low = np.where(new_low > best, best, new_low)
    new_high = np.where(new_high < best, best, new_high)
    wrong = ((new_low != low) & ~np.isnan(low)) | ((new_high != high) & ~np.isnan(high))
    if not wrong.any():
        return
    words = [
        f"{a:g} / {b:g} / {c:g}"
        for a, b, c in zip(low[wrong], best[wrong], high[wrong], strict=True)
    ]
    problems.add(
        "order_of_counts",
        "repaired",
        rows=out["source_row"].to_numpy()[wrong],
        column=names[1],
        values=np.asarray(words, dtype=object),
    )
    out[names[0]] = np.where(wrong, new_low, low)
    out[names[2]] = np.where(wrong, new_high, high)


def _fill_kind(
    out: pd.DataFrame,
    subject: str,
    kinds: dict[str, str],
    known: FileProfile,
    problems: Problems,
) -> None:
    name = f"{subject}_kind"
    if name not in known.fields:
        counted = out[list(COUNTS[subject][1:])].notna().any(axis=1)
        said = kinds.get(name, "unknown")
        out[name] = pd.Series(np.where(counted, said, "unknown"), dtype="str")
        return
    written = trimmed(out[name])
    out[name] = each(written, lambda t: kind_of_count(t) or "unknown")
    wrong = (~each(written, kind_of_count).isin(COUNT_KINDS) & (written != "")).to_numpy(dtype=bool)
    rows = out["source_row"].to_numpy()[wrong]
    problems.add(
        "unknown_kind",
        "doubt",
        rows=rows,
        column=known.fields[name],
        values=written[wrong].to_numpy(),
    )


def _fill_ids(out: pd.DataFrame, part: pd.DataFrame, problems: Problems) -> None:
    ids = out["incident_id"]
    missing = np.flatnonzero((ids == "").to_numpy())
    if len(missing):
        values = ids.to_numpy(dtype=object).copy()
        values[missing] = made_ids([out[name] for name in IDENTIFYING], missing)
        ids = pd.Series(values, dtype="str")
        problems.add("id_made", "note", rows=[0], column="incident_id", n=len(missing))
    distinct, positions, first = tell_apart(ids)
    if len(positions):
        same = np.ones(len(positions), dtype=bool)
        for name in part.columns.drop("source_row"):
            cells = part[name].array
            same &= np.asarray(cells.take(positions) == cells.take(first), dtype=bool)
        rows = out["source_row"].to_numpy()
        repeats = Repeats(ids, distinct, positions, first, same)
        report_duplicates(problems, repeats, rows)
    out["incident_id"] = distinct
