"""Atomic writes: a reader of the path sees the old file whole or the new file whole.

Every file is written to a temporary file beside its target, flushed to the disk and renamed. Of
several files that belong together all are written before the first is renamed, so that a full
disk or a read-only folder leaves all the old ones. While they are renamed the folder is locked, so
that of two runs at once one set of files stays, never parts of both.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from mapper.errors import OutputError

__all__ = ["write_files"]

_TEMPORARY = re.compile(r"^\..+\.(?P<pid>[0-9]+)-[^.]+\.mapper-tmp$")


def write_files(files: Mapping[Path, bytes | None]) -> list[Path]:
    """Write `files` (path to bytes) atomically, in order; `None` removes a file.

    The first path is renamed last: it is the main output, and the files beside it are complete
    when it appears. Missing folders are made.

    Returns:
        The paths written, in the order given.

    Raises:
        OutputError: a file could not be written; every old file is as it was.
    """
    staged: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in files.items():
            if content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                _clean_stale(target)
                staged[target] = _stage(target, content)
        with _alone(next(iter(files), target).parent):
            for target in reversed(list(files)):
                if target in staged:
                    staged[target].replace(target)
                    del staged[target]
                    _sync_folder(target.parent)
                else:
                    target.unlink(missing_ok=True)
    except OSError as error:
        message = f"{target} could not be written: {error.strerror or error}. Old files are kept."
        raise OutputError(message) from error
    finally:
        for left in staged.values():
            with suppress(OSError):
                left.unlink()
    return [path for path, content in files.items() if content is not None]


def _stage(target: Path, content: bytes) -> Path:
    """Write `content` to a temporary file beside `target` and flush it to the disk."""
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name}.{os.getpid()}-", suffix=".mapper-tmp", dir=target.parent
    )
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(_mode(target))
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def _mode(target: Path) -> int:
    """Return the mode of the file replaced, else what the process's umask gives."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock where the system and the file system have one; no file is made."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system allows it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clean_stale(target: Path) -> None:
    """Remove temporaries of runs that were killed: their process is gone."""
    for path in target.parent.glob(f".{_glob_escape(target.name)}.*.mapper-tmp"):
        found = _TEMPORARY.match(path.name)
        if found and not _is_alive(int(found["pid"])):
            with suppress(OSError):
                path.unlink()


def _glob_escape(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _is_alive(pid: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
