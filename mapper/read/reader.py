"""Read files into one RAW table."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from mapper.columns import PROBLEM, empty
from mapper.messages import text
from mapper.read.arrow import frame_of
from mapper.read.decode import decode
from mapper.read.report import FileReport, Limits, Raw
from mapper.read.sniff import kind_of
from mapper.read.sources import Source, expand, fail, load

__all__ = ["read", "read_table"]


def read(
    inputs: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Raw:
    """Read all `inputs` (files, folders, `-`) into one table of text.

    Raises:
        InputError: a file cannot be used; one clear line says which and why.
    """
    limits = limits or Limits()
    frames, reports, problems = [], [], []
    for source in expand(inputs):
        frame, report, found = _read_one(source, limits)
        frame["source_file"] = pd.array([source.name] * len(frame), dtype="str")
        frame["source_row"] = np.arange(1, len(frame) + 1)
        frames.append(frame)
        reports.append(report)
        problems += found
    if len(frames) == 1:
        whole = frames[0]
    else:
        whole = pd.concat(frames, ignore_index=True)
        whole = whole.fillna(dict.fromkeys(set(whole.columns) - {"source_row"}, ""))
    table = pd.DataFrame(problems, columns=list(PROBLEM.names)) if problems else empty(PROBLEM)
    return Raw(whole, reports, table)


def read_table(path: str | Path, *, limits: Limits | None = None) -> pd.DataFrame:
    """Read one table of any kind as text, under its own column names."""
    return _read_one(expand([path])[0], limits or Limits())[0]


def _read_one(source: Source, limits: Limits) -> tuple[pd.DataFrame, FileReport, list[dict]]:
    data = load(source, limits)
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        raise fail("empty", file=source.name)
    kind = kind_of(data)
    if kind == "html":
        raise fail("html", file=source.name)
    if kind == "json":
        raise fail("json_in_csv", file=source.name)
    if kind != "text":
        raise fail("binary", file=source.name, what=kind)
    decoded = decode(data)
    report = FileReport(source.name, encoding=decoded.encoding)
    head = decoded.data[: 1 << 16].decode("utf-8", "ignore")
    report.delimiter = max(",;\t|", key=lambda d: head.split("\n", 1)[0].count(d))
    rows = csv.reader(
        io.StringIO(decoded.data.decode("utf-8"), newline=""), delimiter=report.delimiter
    )
    header = [name.strip() for name in next(rows)]
    body = [row for row in rows if row]
    if not body:
        raise fail("header_only", file=source.name, columns=", ".join(header)[:80])
    problems = []
    n = len(header)
    for number, row in enumerate(body, 1):
        if len(row) != n:
            if any(row[n:]):
                problems.append(_problem(source.name, number, "row_too_long", len(row), n))
            elif len(row) < n:
                problems.append(_problem(source.name, number, "row_too_short", len(row), n))
            body[number - 1] = (row + [""] * n)[:n]
    report.rows = len(body)
    report.columns = header
    cells = list(zip(*body, strict=True))
    return frame_of(dict(zip(header, cells, strict=True))), report, problems


def _problem(file: str, row: int, code: str, found: int, expected: int) -> dict:
    return {
        "source_file": file,
        "source_row": row,
        "column": "",
        "value": str(found),
        "problem_code": code,
        "problem": text("read", f"{code}.problem", found=found, expected=expected),
        "remedy": text("read", f"{code}.remedy"),
        "severity": "doubt" if code == "row_too_long" else "note",
    }
