"""Bytes to files: whole or not at all."""

from mapper.publish.atomic import write_files

__all__ = ["write_files"]
