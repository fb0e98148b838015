"""The seal: a file that carries the SHA-256 of itself, computed with the slot filled with zeros."""

import hashlib
from pathlib import Path

__all__ = ["MANIFEST", "PAGE", "SHORT", "ZEROS", "computed", "file_sha256", "seal", "stated"]

# what stands before the 64 hex digits, once in the file
PAGE = '<meta name="mapper-sha256" content="'
MANIFEST = '"manifest_sha256": "'
ZEROS = "0" * 64
SHORT = 12  # digits shown to people
_DIGITS = frozenset(b"0123456789abcdef")


def seal(content: str, mark: str) -> str:
    """Return `content` with its own hash in the slot after `mark`.

    Raises:
        ValueError: there is no empty slot.
    """
    start = content.find(mark + ZEROS)
    if start < 0:
        message = f"there is no empty slot after {mark!r}."
        raise ValueError(message)
    start += len(mark)
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    return content[:start] + digest + content[start + len(ZEROS) :]


def stated(content: bytes, mark: str) -> str:
    """Return the hash that a sealed file says it has; "" where it carries none."""
    start = content.find(mark.encode("ascii"))
    found = content[start + len(mark) : start + len(mark) + len(ZEROS)]
    whole = start >= 0 and len(found) == len(ZEROS) and set(found) <= _DIGITS
    return found.decode("ascii") if whole else ""


def computed(content: bytes, mark: str) -> str:
    """Return the hash that a sealed file has, its slot filled with zeros."""
    start = content.find(mark.encode("ascii")) + len(mark)
    digest = hashlib.sha256(content[:start])
    digest.update(ZEROS.encode("ascii"))
    digest.update(memoryview(content)[start + len(ZEROS) :])
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
