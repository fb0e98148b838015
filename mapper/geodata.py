"""Where the data files of mapper lie: the only module that knows.

In an installed wheel they are inside the package (`mapper/_geodata`), in a checkout they are the
folder `geodata/` beside it.
"""

import os
import tomllib
from functools import cache
from pathlib import Path

from mapper.errors import GeodataError
from mapper.seal import file_sha256

__all__ = ["built", "checksums", "folder", "path", "sources", "user_data"]

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


def checksums() -> dict[str, str]:
    """Return the SHA-256 of every data file, by its name in the folder (`built/land.parquet`).

    Raises:
        GeodataError: the folder is missing, or a file cannot be read.
    """
    top = folder()
    tables = [*top.glob("*.csv"), *(p for p in (top / "built").rglob("*") if p.is_file())]
    try:
        return {p.relative_to(top).as_posix(): file_sha256(p) for p in sorted(tables)}
    except OSError as error:
        message = f"mapper's own data files cannot be read: {error.strerror or error}."
        raise GeodataError(message) from error


def sources() -> list[dict[str, str]]:
    """Return where the built files come from: name, version, licence and package SHA-256 of each.

    Raises:
        GeodataError: the list is missing.
    """
    pins = tomllib.loads(path("sources.toml").read_text(encoding="utf-8"))["source"]
    return [
        {key: str(pin[key]) for key in ("name", "package", "version", "licence", "sha256")}
        for pin in pins
    ]


def user_data() -> Path:
    """Return the folder of what the user adds: `mapper` in the XDG data folder."""
    home = os.environ.get("XDG_DATA_HOME", "")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".local" / "share"
    return base / "mapper"
