"""The hash of folded names that the index is sorted by."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

__all__ = ["hash_key", "hash_keys"]


def hash_key(key: str) -> int:
    """Return a stable 64-bit hash of a folded name; at our sizes two names never share one."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def hash_keys(keys: Sequence[str]) -> NDArray[np.uint64]:
    """Return `hash_key` of each key as one array."""
    data = b"".join(blake2b(key.encode(), digest_size=8).digest() for key in keys)
    return np.frombuffer(data, dtype="<u8").astype(np.uint64)
