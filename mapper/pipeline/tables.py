"""The verbs that write tables: LOCATED or a summary of it, and MATCH beside a table's places."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from mapper import geocode, join, normalise, publish
from mapper.columns import ADMIN2, MATCH, PLACE_KEY, TABLE
from mapper.config import Options
from mapper.pipeline import publishing
from mapper.pipeline.accounts import count, how_read, written
from mapper.pipeline.files import Files, make_files, spare_inputs
from mapper.pipeline.own import own
from mapper.pipeline.paths import beside, stem
from mapper.pipeline.placing import Placed, ask_online, distinct_places, overrides_of, resolved
from mapper.pipeline.reading import Progress, Understood, raw_of, silent
from mapper.report import Report

__all__ = ["geocode_table", "make_table"]


def make_table(options: Options, progress: Progress = silent) -> Report:
    """Read and place as `make_map` does; write LOCATED, or a summary of it, and its schema.

    With a policy it is the LOCATED that may be published, and no table of problems.

    Raises:
        UsageError: the output's format is unknown, or the output is one of the inputs.
        LeakError: with a policy, the finished files hold something withheld.
    """
    output, named = options.output or Path("table.csv"), options.schema
    how = publish.format_of(output)
    spare_inputs(options, *filter(None, (output, named)))

    said: list[str] = []

    def files_of(_: Understood, placed: Placed, problems: pd.DataFrame) -> Files:
        located, published = placed.located, None
        if options.publish_safe:
            safe = publishing.publishable(located, placed.own, options)
            located, published = safe.table, safe.done
            said.extend(safe.said)
            problems = problems.iloc[:0]
        table, declared = _with_admin2(located), TABLE
        table = table.drop(columns=list(options.hide), errors="ignore")
        if options.by:
            table = publish.summarise(located, options.by, placed.own.crossings)
            declared = publish.summary_columns(options.by)
        files: Files = {output: publish.export(table, how)}
        if named is not None:
            files[named] = publish.json_bytes(publish.table_schema(table, declared, how))
        if published is not None:
            publishing.refuse_table(table, files, published, options.inputs)
        told = publish.csv_bytes(problems) if len(problems) else None
        return {**files, beside(output, "problems.csv"): told}

    report = make_files(replace(options, output=output), progress, files_of, hide=options.hide)
    report.safety = said
    return report


def _with_admin2(located: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return LOCATED with the name of the second-level area; the file's own such column renamed."""
    table = located.rename(columns={ADMIN2.name: f"file_{ADMIN2.name}"})
    at = table.columns.get_loc("admin1")
    table.insert(int(at) + 1, ADMIN2.name, join.admin2_names(table["place_id"]))
    return table


def geocode_table(options: Options, progress: Progress = silent) -> Report:
    """Append MATCH to a table of places, row by row; other columns stay as they are."""
    progress("reading", 0.05)
    raw = raw_of(options)
    profile = normalise.profile(raw, columns=options.columns, date_order=options.date_order)
    incidents, problems = normalise.apply(raw.frame, profile)
    progress("placing", 0.3)
    # a row the reader rejects keeps its line here, with nothing to find
    asked = incidents.set_index("source_row")[list(PLACE_KEY)]
    asked = asked.reindex(raw.frame["source_row"]).fillna("").reset_index(drop=True)
    keys, codes = distinct_places(asked)
    ground = own(options)
    known, faults = overrides_of(options, ground)
    offline = resolved(keys, options, known, crossings=ground.crossings)
    where = raw.frame[["source_file", "source_row"]]
    matches, problems_online, credits_due = ask_online(keys, offline, where, codes, options, ground)
    theirs = raw.frame.drop(columns=["source_file", "source_row"])
    theirs = theirs.rename(columns={c: f"file_{c}" for c in theirs.columns if c in MATCH})
    found = matches.iloc[codes].reset_index(drop=True)
    of_row = incidents.set_index("source_row")["incident_id"]
    ids = of_row.reindex(raw.frame["source_row"]).fillna("").tolist()
    at, answers = geocode.overridden(
        ids, known, crossings=ground.crossings, lang=options.lang, gazetteers=options.gazetteers
    )
    found.iloc[at] = answers
    idle = geocode.overrides.unused(known, keys, ids, options.lang)
    table = pd.concat([theirs.reset_index(drop=True), found], axis=1)
    report = Report(rows_read=raw.rows_read, incidents=len(incidents))
    report.rejected = report.rows_read - report.incidents
    report.files = how_read(raw)
    told = [problems, ground.problems, faults, idle, problems_online]
    report.problem_rows = pd.concat(told, ignore_index=True)
    report.attributions = credits_due
    count(report, found)
    output = options.output or Path("output") / f"{stem(options.inputs[0])}.places.csv"
    return written({output: publish.csv_bytes(table)}, report, progress)
