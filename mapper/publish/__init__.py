"""Bytes to files: whole or not at all."""

from mapper.publish.atomic import write_files
from mapper.publish.embed import Snippet, embed, title_of
from mapper.publish.export import export, schema
from mapper.publish.summaries import summarise, summary_columns
from mapper.publish.tables import csv_bytes

__all__ = [
    "Snippet",
    "csv_bytes",
    "embed",
    "export",
    "schema",
    "summarise",
    "summary_columns",
    "title_of",
    "write_files",
]
