"""The manifest of a map: what it was made from, with what, and what came out."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mapper.errors import InputError
from mapper.messages import text
from mapper.seal import MANIFEST, ZEROS, seal

__all__ = ["FORMAT", "manifest_bytes", "manifest_of", "manifest_path", "outputs_of"]

FORMAT = "mapper-manifest/1"


def manifest_path(page: Path) -> Path:
    """Return the path of a map's manifest: `OUT.manifest.json` beside `OUT.html`."""
    return page.with_name(f"{page.stem}.manifest.json")


def outputs_of(files: Mapping[Path, bytes | None]) -> list[dict[str, Any]]:
    """Return name, SHA-256 and size of the files that are to be written."""
    return [
        {"name": path.name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for path, content in files.items()
        if content is not None
    ]


def manifest_bytes(told: Mapping[str, Any]) -> bytes:
    """Return a manifest as JSON, a line a fact, sealed with its own hash."""
    head = {"manifest_sha256": ZEROS, "format": FORMAT}
    facts = [f"{json.dumps(key)}: {_value(value)}" for key, value in {**head, **told}.items()]
    return seal("{\n" + ",\n".join(facts) + "\n}\n", MANIFEST).encode("utf-8")


def _value(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Return JSON with a line for each item of a list, and of a dict of lists of them."""

    def flat(one: Any) -> str:  # noqa: ANN401
        return json.dumps(one, ensure_ascii=False, allow_nan=False)

    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(map(flat, value)) + "\n]"
    if isinstance(value, dict) and any(isinstance(v, list | dict) for v in value.values()):
        inner = ",\n ".join(f"{json.dumps(str(k))}: {flat(v)}" for k, v in value.items())
        return "{\n " + inner + "\n}"
    return flat(value)


def manifest_of(content: bytes, name: str) -> dict[str, Any]:
    """Return what a manifest holds.

    Args:
        content: the file.
        name: what to call it in an error.

    Raises:
        InputError: it is no manifest of mapper.
    """
    try:
        found = json.loads(content)
    except ValueError as error:
        raise InputError(text("proof", "no_manifest_format", file=name)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputError(text("proof", "no_manifest_format", file=name))
    return found
