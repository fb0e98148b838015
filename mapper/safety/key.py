"""The secret key of displacement and ids: made once, kept by the user, never in an output."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from mapper.errors import OutputError, UnusableError

__all__ = ["Key", "read_key"]

_BYTES = 32


class Key:
    """A secret that turns a name into numbers nobody can foretell, the same ones every time."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            message = "the safety key is shorter than 16 bytes: make a new one."
            raise UnusableError(message)
        self._secret = secret

    def __repr__(self) -> str:
        """Keep the secret out of logs."""
        return "<Key>"

    def digest(self, purpose: str, name: str) -> bytes:
        """Return 32 bytes that only this key makes of `name`."""
        return hmac.new(self._secret, f"{purpose}\x1f{name}".encode(), hashlib.sha256).digest()

    def unit(self, purpose: str, name: str) -> tuple[float, float]:
        """Return two numbers in [0, 1)."""
        digest = self.digest(purpose, name)
        a, b = (int.from_bytes(digest[k : k + 8], "big") >> 11 for k in (0, 8))
        return a / 2**53, b / 2**53

    def word(self, purpose: str, name: str) -> str:
        """Return ten characters for an id: lower-case letters and digits."""
        alphabet = "abcdefghjkmnpqrstvwxyz0123456789"
        return "".join(alphabet[byte % 32] for byte in self.digest(purpose, name)[:10])

    def traces(self) -> tuple[bytes, ...]:
        """Return what must not be found in any output: the key as bytes and as hexadecimal."""
        return (self._secret, self._secret.hex().encode())


def read_key(path: Path | None = None) -> Key:
    """Return the key of a file; made where there is none yet, readable by its owner only.

    Args:
        path: the file; None for the user's own, `mapper/safety.key` in the configuration folder.
            Editions that are to be comparable must use one key.

    Raises:
        UnusableError: the file is too short or cannot be read.
        OutputError: a new one could not be written.
    """
    file = path or _own()
    try:
        return Key(file.read_bytes().strip())
    except FileNotFoundError:
        pass
    except OSError as error:
        message = f"the safety key {file.name} could not be read: {error.strerror or error}."
        raise UnusableError(message) from error
    secret = secrets.token_hex(_BYTES).encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(secret + b"\n")
    except FileExistsError:
        return read_key(path)
    except OSError as error:
        message = f"the safety key {file.name} could not be written: {error.strerror or error}."
        raise OutputError(message) from error
    return Key(secret)


def _own() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "mapper" / "safety.key"
