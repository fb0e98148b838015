"""Reading: any table file becomes RAW, all text, nothing lost, nothing guessed in silence."""

from mapper.read.reader import read, read_rows, read_table
from mapper.read.report import FileReport, Limits, Raw, Told

__all__ = ["FileReport", "Limits", "Raw", "Told", "read", "read_rows", "read_table"]
