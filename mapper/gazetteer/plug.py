"""Adds a gazetteer: a file in any known form becomes an index in the user's data folder."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mapper.errors import InputError
from mapper.gazetteer import fetch, plug_geonames, plug_table, store
from mapper.gazetteer.store import About
from mapper.gazetteer.stow import Stow
from mapper.messages import text

__all__ = ["add"]


def add(
    source: str, name: str = "", *, licence: str = "", replace: bool = False, base: str = ""
) -> About:
    """Add a gazetteer and return what is known of it.

    Args:
        source: a file (GeoNames dump, bare or zipped; CSV; GeoJSON, GeoPackage, Shapefile), or
            `geonames:VE` to load one from GeoNames.
        name: what `--gazetteer` calls it; else the stem of the file.
        licence: as the source states it.
        replace: whether one of that name may be there already.
        base: address of GeoNames' dumps, instead of its own.

    Raises:
        UsageError: the name is taken or cannot be used.
        InputError: the file cannot be used.
        ServiceError: GeoNames did not give the file.
        OutputError: the index could not be written.
    """
    online = source.startswith("geonames:")
    stem = source.replace(":", "-") if online else Path(source).name.split(".")[0]
    name = name or re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_") or "gazetteer"
    store.check_free(name, replace=replace)
    with _file(source, base) as file:
        try:
            sha256 = _sha256(file)
            dump = plug_geonames.looks_like_dump(file)
        except OSError as error:
            raise InputError(text("gazetteer", "missing", file=file.name)) from error
        with store.making(name) as (folder, told):
            with Stow(folder) as stow:
                stow_file = plug_geonames.stow_dump if dump else plug_table.stow_table
                left_out, others = stow_file(stow, file)
                if not stow.rows:
                    message = text("gazetteer", "no_rows", file=file.name, n=left_out + others)
                    raise InputError(message)
                stow.finish("geonames" if dump else name, numbered=dump)
            said = licence or (fetch.LICENCE if online else "")
            countries = tuple(sorted(stow.countries))
            told.append(
                About(name, stow.rows, countries, file.name, sha256, said, left_out, others)
            )
    return told[0]


@contextmanager
def _file(source: str, base: str) -> Iterator[Path]:
    """Give the file of a source, loaded if need be and gone afterwards."""
    if not source.startswith("geonames:"):
        yield Path(source)
        return
    with TemporaryDirectory(prefix="mapper-") as folder:
        yield fetch.fetch(source.removeprefix("geonames:"), Path(folder), base=base)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
