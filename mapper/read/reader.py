"""Read files of any kind into one RAW table of text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from mapper.columns import PROBLEM, empty
from mapper.dialects import headerless, is_known
from mapper.messages import text
from mapper.read.arrow import frame_of
from mapper.read.build import Found, Table, column_names, table_of
from mapper.read.cells import looks
from mapper.read.decode import decode, wide_pattern
from mapper.read.hidden import hidden_parts
from mapper.read.layers import layer_frame, parquet_frame
from mapper.read.objects import json_rows
from mapper.read.parts import is_tag_row
from mapper.read.plain import Known, read_plain, records_of
from mapper.read.report import FileReport, Limits, Progress, Raw, Told
from mapper.read.scan import Dialect, FieldTooLongError
from mapper.read.sheets import workbook
from mapper.read.sniff import kind_of
from mapper.read.sources import Source, expand, fail, load
from mapper.read.telling import fill, problems_of

__all__ = ["read", "read_rows", "read_table"]

LOADED = 0.2  # of the time to read a file, what its bytes take
WIDEST = 200  # columns; families without a header have fewer
SHEETS = ("xlsx", "xls", "ods")
LAYERS = ("gpkg", "fgb", "kml", "kmz", "shp", "shp.zip")


def read(
    inputs: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    told: Told | None = None,
    progress: Progress | None = None,
) -> Raw:
    """Read all `inputs` (files, folders, `-` for standard input) into one table of text.

    Args:
        inputs: what the user named, in order.
        columns: the user's word on columns (their name → our field): these names help to find
            the header.
        limits: caps against hostile files.
        told: the user's word on encoding, delimiter and sheet.
        progress: called with the share done, 0 to 1.

    Raises:
        InputError: a file cannot be used; one clear line says which and why.
    """
    limits = limits or Limits()
    told = replace(told or Told(), columns=frozenset(n.strip().lower() for n in columns or {}))
    frames, reports, problems = [], [], []
    sources = expand(inputs)
    for number, source in enumerate(sources):
        at = number / len(sources)
        step = (lambda share, at=at: progress(at + share / len(sources))) if progress else None
        for table, report in _read_parts(source, limits, told, step):
            problems += problems_of(table, report)
            frames.append(_stamped(table.frame, report.name))
            reports.append(report)
        if progress:
            progress((number + 1) / len(sources))
    listed = pd.DataFrame(problems, columns=list(PROBLEM.names)) if problems else empty(PROBLEM)
    listed = listed.astype(empty(PROBLEM).dtypes.to_dict())
    return Raw(_joined(frames), reports, listed)


def read_table(path: str | Path, *, limits: Limits | None = None) -> pd.DataFrame:
    """Read one table of any kind as text under its own column names.

    For overrides, crossings, statuses, places to be geocoded. Rows that cannot be set right are
    left out; `.attrs["report"]` is the FileReport, `.attrs["problems"]` what was wrong, and
    `.attrs["left_out"]` the rows taken for a note or a total: number of the row, and its words.

    Raises:
        InputError: the file cannot be used.
    """
    table, report = _read_one(expand([path])[0], limits or Limits(), Told())
    problems = problems_of(table, report)
    bad = {int(str(p["source_row"])) for p in problems if p["severity"] == "rejected"}
    frame = table.frame.drop(index=[row - 1 for row in bad]).reset_index(drop=True)
    notes = [
        (line - table.header_line, words)
        for line, why, words in table.dropped
        if why in ("footer", "total", "comment")
    ]
    frame.attrs = {"report": report, "problems": problems, "left_out": notes}
    return frame


def read_rows(path: str | Path, *, limits: Limits | None = None) -> list[list[str]]:
    """Read one table as rows of text, the header (as written) first if the file has one.

    An empty file is an empty list, a file of nothing but a header one row.

    Raises:
        InputError: the file cannot be used.
    """
    limits = limits or Limits()
    source = expand([path])[0]
    data = load(source, limits)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"):
        return []
    if _kind(data) == "text":
        records, dialect = records_of(decode(data).data.decode("utf-8"), is_known, limits)
        try:
            table = table_of(records, source.name, limits, is_known, dialect)
        except Exception:
            filled = [r.cells for r in records if r.filled]
            if len(filled) == 1:
                return filled
            raise
    else:
        table, _ = _read_one(source, limits, Told())
    other = sum(found.code == "other_table" for found in table.found)
    rows = table.frame.iloc[: len(table.frame) - other].to_numpy(dtype=object).tolist()
    titles = table.titles or [str(name) for name in table.frame.columns]
    return [titles, *rows] if table.header_line else rows


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if len(frames) == 1:
        return frames[0]
    whole = pd.concat(frames, ignore_index=True)
    texts = [c for c in whole.columns if c != "source_row"]
    return whole.fillna(dict.fromkeys(texts, ""))


def _stamped(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.reset_index(drop=True)
    frame["source_file"] = pd.array([name], dtype="str").repeat(len(frame))
    frame["source_row"] = np.arange(1, len(frame) + 1)
    return frame


def _read_one(source: Source, limits: Limits, told: Told) -> tuple[Table, FileReport]:
    """Read the one table of a source; further sheets that carry it on are named as not read."""
    (table, report), *more = _read_parts(source, limits, told)
    if more:
        left = ", ".join(other.sheet for _, other in more)
        table.found.append(Found(0, "sheets_alike", left, report.sheet))
    return table, report


def _read_parts(
    source: Source, limits: Limits, told: Told, step: Progress | None = None
) -> list[tuple[Table, FileReport]]:
    """Read one source as what its bytes are; `step` hears the share done of this one.

    A workbook may hold several tables of one kind, each with a report of its own.
    """
    data = load(source, limits)
    if step:
        step(LOADED)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"):
        raise fail(code="empty", file=source.name)
    kind = _kind(data)
    report = FileReport(
        source.name,
        kind="csv" if kind == "text" else kind,
        sha256=source.sha256,
        file_name=source.name,
    )

    def known(name: str) -> bool:
        return is_known(name) or name.strip().lower() in told.columns

    if kind == "html":
        raise fail(code="html", file=source.name)
    if kind == "text":
        table = _text(data, source, report, limits, known, told)
    elif kind == "json":
        table = _json(data, source, report, limits, told)
    elif kind in SHEETS:
        return _sheets(data, source, report, limits, known, told)
    elif kind == "parquet":
        table = _typed(parquet_frame(data, source.name, limits), source)
    elif kind in LAYERS:
        table = _layer(data, source, report, limits)
    else:
        raise fail(code="binary", file=source.name, what=kind)
    fill(report, table)
    return [(table, report)]


def _kind(data: bytes) -> str:
    """Return what a file is; much of a binary one may look like text of two bytes a letter."""
    kind = kind_of(data)
    return kind if kind in (*SHEETS, *LAYERS, "parquet") or not wide_pattern(data) else "text"


def _sheets(
    data: bytes, source: Source, report: FileReport, limits: Limits, known: Known, told: Told
) -> list[tuple[Table, FileReport]]:
    """Read the sheets that hold the table; what is not read is said with the first of them."""
    book = workbook(data, source.name, known, told.sheet)
    several = len(book.sheets) > 1
    read: list[tuple[Table, FileReport]] = []
    for name, records in book.sheets.items():
        one = replace(
            report,
            name=text("read", "sheet_of", file=source.name, sheet=name) if several else source.name,
            sheet=name,
            notes=[] if several else [text("read", "sheet", sheet=name)],
            columns=[],
            tags={},
        )
        columns, rows = hidden_parts(data, name) if report.kind == "xlsx" else ([], 0)
        said: dict[str, dict[str, object]] = {
            "other_sheets": {"sheets": ", ".join(book.others)} if book.others and not read else {},
            "hidden_sheets": {"sheets": ", ".join(book.hidden)} if book.hidden and not read else {},
            "hidden_columns": {"columns": ", ".join(columns)} if columns else {},
            "hidden_rows": {"n": rows} if rows else {},
        }
        one.notes += [text("read", code, **args) for code, args in said.items() if args]
        table = table_of(records, one.name, limits, known, Dialect())
        if book.alike and not read:
            table.found.append(Found(0, "sheets_alike", ", ".join(book.alike), name))
        if columns:
            table.found.append(Found(0, "columns_hidden", ", ".join(columns)))
        fill(one, table)
        read.append((table, one))
    return read


def _layer(data: bytes, source: Source, report: FileReport, limits: Limits) -> Table:
    frame, others = layer_frame(data, report.kind, source.name, limits, source.path)
    if others:
        report.notes.append(text("read", "other_layers", layers=", ".join(others)))
    return _typed(frame, source)


def _plain(
    data: bytes, name: str, limits: Limits, known: Known, delimiter: str
) -> tuple[Table, Dialect]:
    try:
        return read_plain(data, name, limits, known, delimiter)
    except FieldTooLongError as error:
        (line,) = error.args
        raise fail(code="long_field", file=name, line=line, cap=limits.max_field) from error


def _text(
    data: bytes, source: Source, report: FileReport, limits: Limits, known: Known, told: Told
) -> Table:
    decoded = decode(data, told.encoding)
    report.encoding = decoded.encoding
    report.notes += [text("read", code, **args) for code, args in decoded.notes]
    table, dialect = _plain(decoded.data, source.name, limits, known, told.delimiter)
    report.delimiter, report.quote, report.escape = (
        dialect.delimiter,
        dialect.quote,
        dialect.escape,
    )
    if not table.header_line and not table.tags:
        known_width = len(table.frame.columns) <= WIDEST
        names = headerless(_forms(table.frame.head(200))) if known_width else []
        if names:
            table.frame.columns = pd.Index(names)
        else:
            report.notes.append(text("read", "no_header"))
    return table


def _forms(head: pd.DataFrame) -> list[set[str]]:
    """Return the forms that at least a few cells of each column show."""
    forms = []
    for name in head.columns:
        kinds = Counter(looks(str(cell)) for cell in head[name])
        forms.append({kind for kind, n in kinds.items() if n > 0.03 * len(head)})
    return forms


def _json(data: bytes, source: Source, report: FileReport, limits: Limits, told: Told) -> Table:
    decoded = decode(data, told.encoding)
    report.encoding = decoded.encoding
    names, rows, report.kind = json_rows(
        decoded.data.decode("utf-8"), source.name, limits.max_columns
    )
    # hashtags stand in the first row, as in a CSV, or are the very keys
    tagged = names if is_tag_row(names) else rows[0] if rows and is_tag_row(rows[0]) else []
    rows = rows[1:] if rows and rows[0] is tagged else rows
    if not rows:
        raise fail(code="header_only", file=source.name, columns=", ".join(names)[:120])
    names = column_names([names], len(names))
    tags = {n: tag.strip() for n, tag in zip(names, tagged, strict=False) if tag.strip()}
    return Table(frame_of(dict(zip(names, zip(*rows, strict=True), strict=True))), tags=tags)


def _typed(frame: pd.DataFrame, source: Source) -> Table:
    if not len(frame):
        raise fail(code="header_only", file=source.name, columns=", ".join(frame.columns)[:120])
    frame.columns = pd.Index(column_names([list(map(str, frame.columns))], len(frame.columns)))
    return Table(frame)
