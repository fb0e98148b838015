"""The proof of a run: what its manifest says, and whether a map made earlier still agrees."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

import mapper
from mapper import geodata, publish
from mapper.config import Options
from mapper.errors import InputError
from mapper.gazetteer import store
from mapper.messages import text
from mapper.publish import Finding
from mapper.read import Raw
from mapper.seal import file_sha256

__all__ = ["geodata_hash", "manifest", "verify"]

LIBRARIES = ("pandas", "geopandas", "pyarrow", "shapely", "pyproj", "folium", "rapidfuzz")
# what the manifest says in places of its own, or what does not change the map
_APART = frozenset(
    {"inputs", "output", "manifest", "manifest_with", "strict", "by", "schema", "cache"}
)
# what a page to be published shows anyhow; other options name columns, places and files
_PUBLIC = frozenset({"lang", "title", "texts"})
_FILES = ("overrides", "crossings", "status", "admin", "previous", "publish_safe", "pmtiles")


def manifest(
    options: Options,
    files: Mapping[Path, bytes | None],
    raw: Raw,
    located: pd.DataFrame,
    problems: pd.DataFrame,
    credits_: list[dict[str, Any]],
    safety: tuple[str, ...] = (),
    decisions: Sequence[Path] = (),
) -> bytes:
    """Return the manifest of a map.

    Args:
        options: of the run.
        files: what is to be written beside it, the page first.
        raw: what was read.
        located: the reports of the page.
        problems: PROBLEM of the run.
        credits_: who must be named: `said`, and `files` or `url`.
        safety: what was withheld, in words; of the inputs then only the number of reports is told.
        decisions: tables of an earlier review that were taken in and stay as they are.

    Raises:
        InputError: a file named by an option cannot be read again.
    """
    told: dict[str, Any] = {
        "tool": {"name": "border-incident-mapper", "version": mapper.__version__},
        "outputs": publish.outputs_of(files),
    }
    if safety:
        kinds = publish.fates(located, located, problems)["kinds"]
        told |= {
            "inputs": [{"name": "", "sha256": "", "reports": len(located)}],
            "options": _options(options, _PUBLIC),
            "safety": list(safety),
            "fates": {"kinds": kinds},
        }
    else:
        fates = publish.fates(raw.frame, located, problems)
        told |= {
            "inputs": _inputs(options, raw, decisions),
            "options": _options(options),
            "counts": {
                "rows_read": raw.rows_read,
                "incidents": len(located),
                "rejected": raw.rows_read - len(located),
            },
            "fates": fates,
        }
    ground = _geodata()
    if safety:
        # names of sources and files could be taken for what is withheld; the hash stands for them
        ground = {"sha256": ground["sha256"]}
    told |= {"attributions": credits_, "geodata": ground}
    if options.gazetteers:
        used = store.used(options.gazetteers)
        told["gazetteers"] = [{"sha256": g["sha256"]} for g in used] if safety else used
    told |= _asked(options)
    return publish.manifest_bytes(told)


def _inputs(options: Options, raw: Raw, decisions: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the inputs as they were read, then the files that options name, then decisions."""
    read: list[dict[str, Any]] = []
    for one in raw.files:
        if one.sheet and read and read[-1]["sha256"] == one.sha256:
            read[-1]["rows"] += one.rows  # a further sheet of the same workbook
        else:
            read.append(
                {
                    "name": one.file_name,
                    "role": "incidents",
                    "sha256": one.sha256,
                    "rows": one.rows,
                }
            )
    named = [(role, getattr(options, role)) for role in _FILES]
    for role, path in (
        *((role, Path(value)) for role, value in named if value and value != "ready"),
        *(("fixes", path) for path in decisions),
    ):
        try:
            read.append({"name": path.name, "role": role, "sha256": file_sha256(path)})
        except OSError as error:
            why = error.strerror or str(error)
            raise InputError(text("proof", "unreadable", file=path, why=why)) from error
    return read


def _options(options: Options, only: frozenset[str] | None = None) -> dict[str, Any]:
    """Return the options that differ from what they are by themselves; of paths, the name."""
    plain = Options()
    told: dict[str, Any] = {}
    for one in fields(options):
        value = getattr(options, one.name)
        if one.name in _APART or (only is not None and one.name not in only):
            continue
        if value == getattr(plain, one.name):
            continue
        if one.name in _FILES:
            value = Path(value).name
        told[one.name] = list(value) if isinstance(value, tuple) else value
    return told


def geodata_hash(checksums: Mapping[str, str]) -> str:
    """Return one hash over the names and hashes of all data files."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(checksums.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _geodata() -> dict[str, Any]:
    files = geodata.checksums()
    return {"sha256": geodata_hash(files), "sources": geodata.sources(), "files": files}


def _asked(options: Options) -> dict[str, Any]:
    """Return what makes a manifest differ between runs or machines: only what was asked for."""
    told: dict[str, Any] = {}
    if "time" in options.manifest_with:
        told["time"] = datetime.now(UTC).isoformat(timespec="seconds")
    if "paths" in options.manifest_with:
        told["paths"] = {
            "inputs": [p if p == "-" else str(Path(p).resolve()) for p in options.inputs],
            "output": str(options.output.resolve()) if options.output else "",
        }
    if "versions" in options.manifest_with:
        told["versions"] = {"python": sys.version.split()[0]} | {n: version(n) for n in LIBRARIES}
    return told


def verify(page: Path, inputs: tuple[Path, ...] = ()) -> list[Finding]:
    """Return what agrees of a map made earlier, its sidecars, its manifest and its inputs.

    Raises:
        InputError: it cannot be read or is no map.
    """
    here = {"tool": mapper.__version__, "geodata": geodata_hash(geodata.checksums())}
    return publish.verify(page, inputs, here)
