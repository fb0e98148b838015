"""What reading gives: the raw table, and how each file was understood."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mapper.columns import PROBLEM, empty

__all__ = ["FileReport", "Limits", "Progress", "Raw", "Told"]

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps against hostile or mistaken files. Sizes are in bytes.

    A file beyond one of them is refused with a message that names the cap; nothing is cut off in
    silence.
    """

    max_bytes: int = 4 << 30
    max_ratio: int = 200
    max_columns: int = 20_000
    max_field: int = 16 << 20
    max_rows: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """The user's word on how files are read; empty means: find out.

    `encoding` is a name Python knows, `delimiter` one or two characters, `sheet` a sheet's name.
    `columns` are column names (lower case) that the user named: they help to find the header.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    columns: frozenset[str] = frozenset()


@dataclass(slots=True)
class FileReport:
    """How one input file was understood.

    `header_line` is the physical line (1 is the first) of the column names, 0 where there are
    none. `lines[i]` is the physical line where data row i+1 starts; None means one line a row.
    `notes` are sentences for a person. `tags` are the HXL hashtags under the header, by column.
    `sha256` is that of the file as it lies on the disk. `sheet` is the sheet of a workbook; where
    several are read each has a report and a `name` that says so, `file_name` is that of the file.
    """

    name: str
    kind: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    header_line: int = 1
    rows: int = 0
    columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    lines: np.ndarray | None = None
    sha256: str = ""
    sheet: str = ""
    file_name: str = ""

    def line_of(self, row: int) -> int:
        """Return the physical line of data row `row` (from 1), 0 where the format has no lines."""
        if self.kind != "csv" or row < 1:
            return 0
        if self.lines is None or row > len(self.lines):
            return self.header_line + row
        return int(self.lines[row - 1])


@dataclass(slots=True)
class Raw:
    """The text of all input files as one table.

    `frame` has the files' own columns (all text, `""` where a file lacks one) and `source_file`,
    `source_row`. `problems` are rows of PROBLEM found while reading (ragged rows and the like).
    """

    frame: pd.DataFrame
    files: list[FileReport]
    problems: pd.DataFrame = field(default_factory=lambda: empty(PROBLEM))

    @property
    def rows_read(self) -> int:
        """The number of data rows read, of all files."""
        return len(self.frame)

    def file(self, name: str) -> FileReport:
        """Return the report of the file called `name`."""
        return next(report for report in self.files if report.name == name)
