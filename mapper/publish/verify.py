"""Recompute what a map, its sidecars and its manifest say of themselves."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapper.errors import InputError
from mapper.messages import text
from mapper.publish.manifest import manifest_of, manifest_path
from mapper.seal import MANIFEST, PAGE, SHORT, computed, file_sha256, stated

__all__ = ["Finding", "verify"]

_CORE = b'id="mapper-core"'
_SIDECARS = ("places.csv", "problems.csv")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: which file, whether it agrees (None: cannot tell), and a sentence."""

    file: str
    agrees: bool | None
    said: str


def _finding(name: str, code: str, *, agrees: bool | None, **args: object) -> Finding:
    return Finding(name, agrees, text("proof", code, **args))


def verify(
    page: Path, inputs: Sequence[Path] = (), versions: Mapping[str, str] | None = None
) -> list[Finding]:
    """Return what agrees and what does not.

    Args:
        page: the map.
        inputs: files that are said to be its inputs.
        versions: the `tool` and `geodata` of this installation, to be held against the manifest's.

    Raises:
        InputError: the file cannot be read or is no map of mapper, or an input cannot be read.
    """
    content = _read(page)
    mine = stated(content, PAGE)
    if not mine and PAGE.encode() not in content and _CORE not in content:
        raise InputError(text("proof", "no_map", file=page.name))
    found = [_sealed(page.name, content, mine)]
    beside = manifest_path(page)
    if not beside.exists():
        return [*found, *_without_manifest(page, inputs)]
    raw = _read(beside)
    stamp = stated(raw, MANIFEST)
    agrees = bool(stamp) and stamp == computed(raw, MANIFEST)
    found.append(_finding(beside.name, "own_same" if agrees else "own_other", agrees=agrees,
                          short=stamp[:SHORT] or "–"))  # fmt: skip
    try:
        told = manifest_of(raw, beside.name)
        found += _outputs(page, content, told["outputs"])
        found += _inputs(told["inputs"], inputs)
        found += _versions(told, versions or {})
    except (InputError, KeyError, TypeError, AttributeError):
        found.append(_finding(beside.name, "no_manifest_format", agrees=False, file=beside.name))
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(text("proof", "unreadable", file=path, why=why)) from error


def _sealed(name: str, content: bytes, mine: str) -> Finding:
    if not mine:
        return _finding(name, "own_none", agrees=False)
    same = mine == computed(content, PAGE)
    return _finding(name, "own_same" if same else "own_other", agrees=same, short=mine[:SHORT])


def _without_manifest(page: Path, inputs: Sequence[Path]) -> list[Finding]:
    """Say what cannot be told; an input that was named is one, and so does not agree."""
    left = [page.with_name(f"{page.stem}.{suffix}") for suffix in _SIDECARS]
    found = [
        _finding(path.name, "cannot_tell", agrees=None, manifest=manifest_path(page).name)
        for path in left
        if path.exists()
    ]
    return found + [
        _finding(path.name, "cannot_tell", agrees=False, manifest=manifest_path(page).name)
        for path in inputs
    ]


def _outputs(page: Path, content: bytes, told: Sequence[dict[str, Any]]) -> list[Finding]:
    """Compare the files that were written: the first is the page, under whatever name it has."""
    found = []
    for number, one in enumerate(told):
        path = page if number == 0 else page.with_name(Path(str(one["name"])).name)
        if not path.exists():
            found.append(_finding(path.name, "missing", agrees=False))
            continue
        data = content if number == 0 else _read(path)
        digest = hashlib.sha256(data).hexdigest()
        same = digest == one["sha256"]
        found.append(_finding(path.name, "same" if same else "other", agrees=same,
                              short=digest[:SHORT]))  # fmt: skip
    known = {Path(str(one["name"])).name for one in told}
    for suffix in _SIDECARS:
        path = page.with_name(f"{page.stem}.{suffix}")
        if path.name not in known and path.exists():
            found.append(_finding(path.name, "foreign", agrees=False))
    return found


def _inputs(told: Sequence[dict[str, Any]], inputs: Sequence[Path]) -> list[Finding]:
    """Compare the inputs that are given with those that were read; name those not given."""
    if any(not one.get("sha256") for one in told):
        agrees = False if inputs else None
        return [_finding("", "withheld", agrees=agrees)]
    hashes = {str(one["sha256"]): one for one in told}
    seen: set[str] = set()
    found = []
    for path in _files(inputs):
        try:
            digest = file_sha256(path)
        except OSError as error:
            why = error.strerror or str(error)
            raise InputError(text("proof", "unreadable", file=path, why=why)) from error
        seen.add(digest)
        if digest in hashes:
            one = hashes[digest]
            code = "input_same" if one.get("rows") is not None else "same"
            found.append(_finding(path.name, code, agrees=True, short=digest[:SHORT],
                                  n=one.get("rows", 0)))  # fmt: skip
        else:
            named = any(one["name"] == path.name for one in told)
            code = "other" if named else "no_input"
            found.append(_finding(path.name, code, agrees=False, short=digest[:SHORT]))
            seen |= {d for d, one in hashes.items() if one["name"] == path.name}
    return found + [
        _finding(str(one["name"]), "not_given", agrees=None)
        for digest, one in hashes.items()
        if digest not in seen
    ]


def _files(inputs: Sequence[Path]) -> list[Path]:
    """Return the files named; a folder stands for those in it."""
    found: list[Path] = []
    for path in inputs:
        found += sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    return found


def _versions(told: dict[str, Any], versions: Mapping[str, str]) -> list[Finding]:
    """Say where this installation differs from the one that made the map: no fault of the map."""
    found = []
    for name, here in versions.items():
        then = str(told[name]["version" if name == "tool" else "sha256"])
        if then != here:
            found.append(
                _finding("", f"{name}_other", agrees=None, then=then[:SHORT], here=here[:SHORT])
            )
    return found
