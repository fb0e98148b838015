"""Which files a run depends on, and when one of them changes."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapper.config import Options
from mapper.errors import UnusableError, UsageError
from mapper.messages import text

__all__ = ["Watched", "changed", "watched"]

# an editor writes in several steps: a change counts when nothing has followed for this long
QUIET_MS = 200
LONGEST_MS = 1500
BEGIN_MS = 300
_OURS = ".mapper-tmp"
_FIXES = ".fixes.csv"  # decisions of a review, loaded by themselves


@dataclass(frozen=True, slots=True)
class Watched:
    """What is looked at: single files, folders whose every table counts, and our own outputs."""

    files: frozenset[Path]
    folders: frozenset[Path]
    outputs: frozenset[Path]

    def counts(self, path: Path) -> bool:
        """Whether a change of this path asks for a new map."""
        if path in self.outputs or path.name.endswith(_OURS):
            return False
        if path.name.endswith(_FIXES):
            return True
        return path in self.files or (path.parent in self.folders and path.name[0] != ".")

    @property
    def roots(self) -> list[Path]:
        """The folders to be watched: an editor replaces a file, it does not write into it."""
        near = {path.parent for path in (*self.files, *self.outputs)}
        return sorted(path for path in near | self.folders if path.is_dir())


def watched(options: Options, outputs: list[Path]) -> Watched:
    """Return what a run with these options depends on.

    Raises:
        UsageError: an input is standard input, or is not there.
    """
    if "-" in options.inputs:
        raise UsageError(text("watch", "stdin"))
    beside = (options.overrides, options.crossings, options.status, options.admin)
    named = [*options.inputs, *(str(one) for one in beside if one), options.previous]
    if options.publish_safe not in ("", "ready"):
        named.append(options.publish_safe)
    paths = [Path(one).resolve() for one in named if one]
    for path in paths:
        if not path.exists():
            raise UsageError(text("watch", "missing", file=path.name))
    return Watched(
        files=frozenset(p for p in paths if not p.is_dir()),
        folders=frozenset(p for p in paths if p.is_dir()),
        outputs=frozenset(p.resolve() for p in outputs),
    )


def changed(what: Watched) -> Iterator[list[str]]:
    """Yield at once, and each time something changed and then rested, the names of what did.

    The first list is empty: from then on nothing is missed, however long a build takes. Ends at an
    interrupt.

    Raises:
        UnusableError: the extra `watch` is not installed.
    """
    try:
        from watchfiles import Change, watch
    except ImportError as error:
        raise UnusableError(text("watch", "extra_missing")) from error

    # the end is told by whoever watches
    logging.getLogger("watchfiles").addHandler(logging.NullHandler())

    def counts(_change: Change, path: str) -> bool:
        return what.counts(Path(path))

    begun = False
    for found in watch(
        *what.roots,
        watch_filter=counts,
        debounce=LONGEST_MS,
        step=QUIET_MS,
        rust_timeout=BEGIN_MS,
        yield_on_timeout=True,
        recursive=False,
        raise_interrupt=False,
    ):
        if found or not begun:
            yield sorted({Path(path).name for _, path in found})
        begun = True
