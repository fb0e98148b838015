"""Online tiles over the embedded map, only where they are asked for: from which one host, how."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import xyzservices

from mapper.errors import UsageError

__all__ = ["Tiles", "tiles_of"]

_PLACEHOLDERS = ("{z}", "{x}", "{y}")
_SAFE_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from.

    Attributes:
        name: of the provider.
        url: address of a tile with `{z}`, `{x}` and `{y}`.
        host: the one origin the page may load images from.
        attribution: plain text.
        max_zoom: the closest zoom with tiles.
    """

    name: str
    url: str
    host: str
    attribution: str
    max_zoom: int

    def as_meta(self) -> dict[str, Any]:
        """Return what the page needs to know of them."""
        host = urlsplit(self.host).netloc
        return {"url": self.url, "host": host, "name": self.name, "max_zoom": self.max_zoom}


def tiles_of(provider: str) -> Tiles:
    """Return the tiles of a provider of xyzservices, or of a server of the user's own.

    Args:
        provider: a name such as `OpenTopoMap`, or an address with `{z}`, `{x}` and `{y}`.

    Raises:
        UsageError: nobody has that name, the provider wants a key, or the address cannot be one.
    """
    if "{" in provider or "://" in provider:
        return _checked("", provider, "", 19)
    try:
        found = xyzservices.providers.query_name(provider)
    except ValueError:
        message = (
            f"--tiles {provider}: no provider of xyzservices has that name; expected one such as "
            "OpenTopoMap, or an address with {z}, {x} and {y}."
        )
        raise UsageError(message) from None
    if found.requires_token():
        message = (
            f"--tiles {provider}: this provider wants a key, which would stand in the page for all "
            "to read. Choose one without, or give the address of your own server."
        )
        raise UsageError(message)
    url = found.build_url(fill_subdomain=True)
    return _checked(
        str(found["name"]), url, str(found.get("attribution", "")), int(found.get("max_zoom", 19))
    )


def _checked(name: str, url: str, attribution: str, max_zoom: int) -> Tiles:
    """Return the tiles of an address whose one host can stand in the policy."""
    parts = urlsplit(url)
    whole = all(mark in parts.path or mark in parts.query for mark in _PLACEHOLDERS)
    plain = re.sub(r"\{[xyz]\}", "", url)
    if parts.scheme not in ("http", "https") or not whole or "{" in plain or "}" in plain:
        message = f"--tiles {url}: expected an http or https address with {{z}}, {{x}} and {{y}}."
        raise UsageError(message)
    if not _SAFE_HOST.fullmatch(parts.netloc):
        message = f"--tiles {url}: “{parts.netloc}” is no name of one host."
        raise UsageError(message)
    host = f"{parts.scheme}://{parts.netloc}"
    credit = attribution.replace("(C)", "©") or f"© {parts.netloc}"
    return Tiles(name or parts.netloc, url, host, credit, max_zoom)
