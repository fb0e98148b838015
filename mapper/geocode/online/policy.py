"""What each service asks of those who use it: the table `services.toml`."""

import os
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import mapper
from mapper.errors import UsageError

__all__ = ["Service", "service", "services"]


@dataclass(frozen=True, slots=True)
class Service:
    """One service as `services.toml` describes it; `code` is its name on the command line."""

    code: str
    name: str
    url: str
    user_agent: str
    requests_per_second: float
    key_needed: bool
    attribution: str
    licence: str
    terms: str
    deadline_s: float
    retry_after_most_s: float
    give_up_after: int
    countries: bool
    parameters: dict[str, Any]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "services.toml").read_text(encoding="utf-8"))


def services() -> tuple[str, ...]:
    """Return the codes of the services there are."""
    return tuple(code for code, value in _table().items() if isinstance(value, dict))


def service(code: str, url: str = "", rate: float = 0.0) -> Service:
    """Return a service, at the user's own server where `url` names one.

    Args:
        code: its name in `services.toml`.
        url: `http://` or `https://` address of a server that speaks the same language.
        rate: requests per second that this server may be asked; 0: what the service's terms allow.

    Raises:
        UsageError: there is no such service, the address is none, or the rate is not the user's
            to choose.
    """
    if code not in services():
        message = f"--online {code}: expected one of {', '.join(services())}."
        raise UsageError(message)
    agent = _table()["user_agent"].format(version=mapper.__version__) + _contact()
    found = Service(code=code, user_agent=agent, **_table()[code])
    if rate and not url:
        message = "--online-rate is for a server of your own: name it with --online-url."
        raise UsageError(message)
    if url:
        parts = _address(url)
        found = replace(found, url=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}")
    return replace(found, requests_per_second=rate) if rate else found


def _contact() -> str:
    """Return whom the service may write to (`MAPPER_CONTACT`), as an addition to our name.

    Raises:
        UsageError: it cannot stand in a header.
    """
    said = os.environ.get("MAPPER_CONTACT", "").strip()
    if not said:
        return ""
    if not (said.isascii() and said.isprintable()) or len(said) > 100 or set(said) & set("()\\"):
        message = "MAPPER_CONTACT: expected an e-mail or web address in plain letters."
        raise UsageError(message)
    return f" ({said})"


def _address(url: str) -> Any:  # noqa: ANN401 - a private type of urllib
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or parts.username:
        message = f"--online-url {url}: expected an address such as http://localhost:8080."
        raise UsageError(message)
    return parts
