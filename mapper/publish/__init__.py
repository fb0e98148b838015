"""Tables to bytes, and bytes to files: whole or not at all."""

from mapper.publish.atomic import write_files
from mapper.publish.export import export, format_of
from mapper.publish.schema import table_schema
from mapper.publish.summaries import BY, summarise, summary_columns
from mapper.publish.tables import csv_bytes, json_bytes

__all__ = [
    "BY",
    "csv_bytes",
    "export",
    "format_of",
    "json_bytes",
    "summarise",
    "summary_columns",
    "table_schema",
    "write_files",
]
