"""Loads a dump from GeoNames, when the user asks for it by name: `geonames:VE`."""

import os
import re
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import mapper
from mapper.errors import ServiceError, UsageError
from mapper.messages import text

__all__ = ["BASE", "LICENCE", "fetch"]

BASE = "https://download.geonames.org/export/dump/"
LICENCE = "CC BY 4.0, GeoNames (geonames.org)"
VARIABLE = "MAPPER_GEONAMES_URL"
"""The environment variable that names another base than `BASE`: a mirror."""

_CODE = re.compile(r"[A-Z]{2}|allCountries|cities(?:500|1000|5000|15000)")
_MOST_BYTES = 1 << 30
_SECONDS, _PATIENCE = 1800.0, 30.0  # for the whole file, for one answer
_PIECE = 1 << 18


def fetch(
    code: str, folder: Path, *, base: str = "", most: int = _MOST_BYTES, seconds: float = _SECONDS
) -> Path:
    """Load one dump into `folder`; return its file.

    Args:
        code: `VE`, `allCountries` or `cities500`.
        folder: where to.
        base: address instead of `MAPPER_GEONAMES_URL` and `BASE`.
        most: most bytes taken.
        seconds: most time taken.

    Raises:
        UsageError: there is no such dump, or the address is not https.
        ServiceError: the server is away, refuses, breaks off or answers nonsense.
    """
    if not _CODE.fullmatch(code):
        raise UsageError(text("gazetteer", "bad_country", code=code))
    base = base or os.environ.get(VARIABLE, "") or BASE
    url = f"{base.rstrip('/')}/{code}.zip"
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not local:
        raise UsageError(text("gazetteer", "bad_url", url=url))
    target = folder / f"{code}.zip"
    try:
        _load(url, target, most, time.monotonic() + seconds, seconds)
    except urllib.error.HTTPError as error:
        raise ServiceError(text("gazetteer", "status", url=url, status=error.code)) from error
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise ServiceError(text("gazetteer", "no_answer", url=url, why=why)) from error
    return target


def _load(url: str, target: Path, most: int, until: float, seconds: float) -> None:
    agent = {"User-Agent": f"border-incident-mapper/{mapper.__version__}"}
    request = urllib.request.Request(url, headers=agent)  # noqa: S310 - https, or this machine
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer, target.open("wb") as file:  # noqa: S310
        size = int(answer.headers.get("Content-Length") or -1)
        got, head = 0, b""
        while piece := answer.read1(_PIECE):
            got += len(piece)
            head = (head + piece)[:256] if len(head) < 256 else head
            if got > most or size > most:
                message = text("gazetteer", "too_large", url=url, most=f"{most >> 20} MB")
                raise ServiceError(message)
            if time.monotonic() > until:
                message = text("gazetteer", "too_slow", url=url, seconds=f"{seconds:g}")
                raise ServiceError(message)
            file.write(piece)
    if 0 <= got < size:
        raise ServiceError(text("gazetteer", "cut_off", url=url, got=got, size=size))
    if head.lstrip()[:1] == b"<":
        raise ServiceError(text("gazetteer", "html", url=url))
