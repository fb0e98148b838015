"""What of this installation is there and whole: `mapper doctor`."""

import importlib.metadata
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import mapper
from mapper import geodata, recall
from mapper.errors import MapperError
from mapper.messages import text
from mapper.proof import geodata_hash
from mapper.render.page import program, stylesheet

__all__ = ["Check", "checkup"]

NAME = "border-incident-mapper"
EXTRAS = ("excel", "figures", "watch")
_EXTRA = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well (None: only told), and a sentence."""

    well: bool | None
    said: str


def _check(code: str, *, well: bool | None, **args: object) -> Check:
    return Check(well, text("doctor", code, **args))


def checkup() -> list[Check]:
    """Return what was looked at: versions, data files, browser code, extras, fonts, cache."""
    python = sys.version.split()[0]
    found = [_check("version", well=None, version=mapper.__version__, python=python)]
    return [*found, *_libraries(), *_geodata(), *_browser(), _fonts(), _cache()]


def _libraries() -> list[Check]:
    """Say of each library which version is there; of an extra that is not, how to get it."""
    try:
        needs = importlib.metadata.requires(NAME) or []
    except importlib.metadata.PackageNotFoundError:
        return [_check("not_installed", well=None)]
    there: list[str] = []
    missing: list[str] = []
    extras: dict[str, list[str]] = {name: [] for name in EXTRAS}
    for need in needs:
        name = re.split(r"[\s<>=!~;\[]", need, maxsplit=1)[0]
        extra = _EXTRA.search(need)
        version = _version(name)
        if extra is None:
            (there if version else missing).append(f"{name} {version}".strip())
        elif extra[1] in extras and not version:
            extras[extra[1]].append(name)
    found = [_check("libraries", well=True, names=", ".join(there))]
    if missing:
        found.append(_check("missing", well=False, names=", ".join(missing)))
    for extra_name, names in extras.items():
        if names:
            found.append(_check("extra", well=None, extra=extra_name, names=", ".join(names)))
    return found


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _geodata() -> list[Check]:
    """Open every data file as what it is, and say the one hash that a manifest names too."""
    try:
        sums = geodata.checksums()
        digest = geodata_hash(sums)
    except MapperError as error:
        return [Check(well=False, said=str(error))]
    broken = []
    for name in sums:
        path = geodata.folder() / name
        try:
            if path.suffix == ".parquet":
                pq.read_table(path)
            elif path.suffix == ".arrow":
                with pa.memory_map(str(path)) as file:
                    pa.ipc.open_file(file).read_all()
        except (pa.ArrowException, OSError) as error:
            broken.append(_check("broken", well=False, file=name, why=str(error).splitlines()[0]))
    whole = _check("geodata", well=True, n=len(sums) - len(broken), sha256=digest)
    return [whole, *broken] if sums else [_check("no_geodata", well=False)]


def _browser() -> list[Check]:
    try:
        size = len(program()) + len(stylesheet())
    except MapperError as error:
        return [Check(well=False, said=str(error))]
    return [_check("browser", well=True, kilobytes=round(size / 1000))]


def _fonts() -> Check:
    """Say whether the figures' own font is there; the page takes the reader's."""
    try:
        import matplotlib as mpl
    except ImportError:
        return _check("no_figures", well=None)
    font = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return _check("font" if font.is_file() else "no_font", well=font.is_file(), font=font.name)


def _cache() -> Check:
    """Say where answers of online services are kept, and whether that place can be written."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "mapper"
    if not folder.exists():
        return _check("no_cache", well=None, folder=folder)
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    memory = recall.default_folder()
    of_rebuilds = sum(p.stat().st_size for p in memory.rglob("*") if p.is_file())
    well = os.access(folder, os.W_OK)
    return _check("cache" if well else "cache_read_only", well=well, folder=folder,
                  kilobytes=round(size / 1000), rebuilds=round(of_rebuilds / 1000))  # fmt: skip
