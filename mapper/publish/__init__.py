"""Bytes to files: whole or not at all."""

from mapper.publish.atomic import write_files
from mapper.publish.tables import csv_bytes

__all__ = ["csv_bytes", "write_files"]
