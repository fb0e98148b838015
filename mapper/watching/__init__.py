"""Rebuild when an input changes, and show the last good map on this machine only."""

from mapper.watching.changes import Watched, changed, watched
from mapper.watching.preview import Preview

__all__ = ["Preview", "Watched", "changed", "watched"]
