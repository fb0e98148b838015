"""The answers that services gave before: one SQLite file in the user's cache folder.

Each answer is committed when it comes, so a run that is killed loses the request under way at most.
"""

import json
import os
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mapper.errors import ServiceError
from mapper.geocode.online.policy import Service

__all__ = ["Cache", "default_path"]

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, url TEXT NOT NULL, parameters TEXT NOT NULL,
    answer TEXT NOT NULL, asked_at TEXT NOT NULL, licence TEXT NOT NULL,
    PRIMARY KEY (service, url, parameters))
"""
_BUSY_S = 10.0


def default_path() -> Path:
    """Return where the cache lies: `$XDG_CACHE_HOME/mapper/online.sqlite`."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mapper" / "online.sqlite"


class Cache:
    """Answers by service, URL and parameters.

    Args:
        path: the file; made with its folder where it is missing.

    Raises:
        ServiceError: the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # without an isolation level every statement commits itself
            self._file = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
            self._file.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def get(self, service: Service, parameters: Mapping[str, Any]) -> list[Any] | None:
        """Return the answer to the same question before, `None` if it was never answered."""
        query = "SELECT answer FROM answers WHERE service = ? AND url = ? AND parameters = ?"
        try:
            row = self._file.execute(query, _key(service, parameters)).fetchone()
            answer = json.loads(row[0]) if row else None
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        except ValueError:
            return None
        return answer if isinstance(answer, list) else None

    def put(self, service: Service, parameters: Mapping[str, Any], answer: list[Any]) -> None:
        """Keep an answer for good, with the time and the licence."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        row = (*_key(service, parameters), json.dumps(answer), now, service.licence)
        try:
            self._file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ServiceError:
        return ServiceError(
            f"{self.path}: the cache of online answers cannot be used ({error}). "
            "Delete the file, or name another folder in XDG_CACHE_HOME."
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Close the file."""
        self._file.close()


def _key(service: Service, parameters: Mapping[str, Any]) -> tuple[str, str, str]:
    sent = json.dumps(parameters, sort_keys=True, ensure_ascii=False)
    return service.code, service.url, sent
