"""Tables to bytes, and bytes to files: whole or not at all."""

from mapper.publish.atomic import write_files
from mapper.publish.export import export, format_of
from mapper.publish.fates import fates
from mapper.publish.manifest import manifest_bytes, manifest_path, outputs_of
from mapper.publish.schema import table_schema
from mapper.publish.summaries import BY, summarise, summary_columns
from mapper.publish.tables import csv_bytes, json_bytes
from mapper.publish.verify import Finding, verify

__all__ = [
    "BY",
    "Finding",
    "csv_bytes",
    "export",
    "fates",
    "format_of",
    "json_bytes",
    "manifest_bytes",
    "manifest_path",
    "outputs_of",
    "summarise",
    "summary_columns",
    "table_schema",
    "verify",
    "write_files",
]
