"""What a run reports: what became of the rows, and what is worth a look."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mapper import publish, render
from mapper.columns import LOCATED
from mapper.errors import InputError
from mapper.pipeline.doubts import doubts
from mapper.pipeline.placing import Placed
from mapper.pipeline.reading import Progress, Understood
from mapper.read import Raw
from mapper.render.decode import page_text
from mapper.report import Report

__all__ = ["columns_new", "count", "how_read", "report_of", "written"]


def report_of(
    understood: Understood, placed: Placed, problems: pd.DataFrame, hide: tuple[str, ...] = ()
) -> Report:
    """Count what became of the rows and what is worth a look."""
    located = placed.located
    report = Report(rows_read=understood.raw.rows_read, incidents=len(located))
    report.rejected = report.rows_read - report.incidents
    report.files = how_read(understood.raw)
    report.problem_rows = problems
    count(report, located)
    report.attributions = understood.attributions
    for known in understood.profile.files.values():
        report.fields |= known.fields
    report.period = render.period(located)
    report.not_added = render.not_added(located)
    report.columns_kept = [str(c) for c in located.columns if c not in LOCATED and c not in hide]
    report.doubts = doubts(located)
    return report


def how_read(raw: Raw) -> list[str]:
    """Say of each input how it was read."""
    return [
        f"{file.name} ({', '.join(filter(None, [file.encoding, *file.notes]))})"
        for file in raw.files
    ]


def count(report: Report, table: pd.DataFrame) -> None:
    """Fill in the numbers by status, shape and precision."""
    drawn = table["shape"] != "none"
    report.mapped = int(drawn.sum())
    for name in ("status", "shape", "precision"):
        values = table.loc[drawn, name] if name == "precision" else table[name]
        counts = values.value_counts(sort=False)
        setattr(report, f"by_{name}", {str(k): int(counts[k]) for k in sorted(counts.index)})


def columns_new(columns: list[str], output: Path) -> list[str]:
    """Return those of `columns` that the last map at this path did not hold.

    Where there was no map, or none that can be read, nothing is new.
    """
    try:
        before = set(render.own_columns(page_text(output)))
    except InputError:
        return []
    return [name for name in columns if name not in before]


def written(files: Mapping[Path, bytes | None], report: Report, progress: Progress) -> Report:
    """Write the files of a run, all or none, and note in its report which and how large."""
    progress("writing", 0.95)
    report.outputs = publish.write_files(files)
    report.sizes = [len(files[path] or b"") for path in report.outputs]
    progress("done", 1.0)
    return report
