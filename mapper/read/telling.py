"""What is told of a table that was read: how it was understood, what is wrong with its rows."""

from mapper.messages import text
from mapper.read.build import Table
from mapper.read.report import FileReport

__all__ = ["fill", "problems_of"]

SEVERITY = {
    "row_too_long": "rejected",
    "row_garbled": "rejected",
    "other_table": "rejected",
    "row_too_short": "doubt",
    "row_realigned": "repaired",
    "quotes_mended": "repaired",
    "sheets_alike": "doubt",
    "columns_hidden": "doubt",
}


def fill(report: FileReport, table: Table) -> None:
    """Write down how a table was found: its lines, columns, and what was passed over."""
    report.header_line = table.header_line
    report.rows = len(table.frame)
    report.columns = [str(c) for c in table.frame.columns]
    report.tags = table.tags
    report.lines = table.lines
    report.notes += table.notes
    for why in ("preamble", "units", "footer", "total", "comment", "repeated_header"):
        lines = [(line, words) for line, reason, words in table.dropped if reason == why]
        if lines:
            line, words = lines[0]
            report.notes.append(
                text("read", f"dropped.{why}", n=len(lines), line=line, words=words)
            )
    if table.other_table_line:
        report.notes.append(text("read", "second_table", line=table.other_table_line))


def problems_of(table: Table, report: FileReport) -> list[dict[str, object]]:
    """Return what is wrong with single rows of a table, as rows of PROBLEM."""
    rows = []
    for found in table.found:
        args = {"found": found.value, "expected": found.expected}
        line = report.line_of(found.row)
        rows.append(
            {
                "source_file": report.name,
                "source_row": found.row,
                "column": "",
                "value": found.value,
                "problem_code": found.code,
                "problem": text("read", f"{found.code}.problem", line=line, **args),
                "remedy": text("read", f"{found.code}.remedy"),
                "severity": SEVERITY[found.code],
            }
        )
    return rows
