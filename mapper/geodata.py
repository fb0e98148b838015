"""Where the data files of mapper lie: the only module that knows.

In an installed wheel they are inside the package (`mapper/_geodata`), in a checkout they are the
folder `geodata/` beside it.
"""

from functools import cache
from pathlib import Path

from mapper.errors import GeodataError

__all__ = ["built", "folder", "path"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder() -> Path:
    """Return the folder of the data files.

    Raises:
        GeodataError: neither the wheel's nor the checkout's folder is there.
    """
    for candidate in (_PACKAGE / "_geodata", _PACKAGE.parent / "geodata"):
        if candidate.is_dir():
            return candidate
    message = "mapper's own data files (geodata/) are missing: reinstall border-incident-mapper."
    raise GeodataError(message)


def path(name: str) -> Path:
    """Return the path of one hand-kept data file, such as `crossings.csv`.

    Raises:
        GeodataError: the file is missing.
    """
    found = folder() / name
    if not found.exists():
        message = f"mapper's own data file {name} is missing: reinstall border-incident-mapper."
        raise GeodataError(message)
    return found


def built(name: str) -> Path:
    """Return the path of one built data file under `geodata/built`.

    Raises:
        GeodataError: the file is missing; a checkout makes it with
            `python -m mapper.gazetteer.build`.
    """
    return path(f"built/{name}")
