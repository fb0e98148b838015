"""Fetches one page of a service within a total deadline and a cap on its size.

The time-outs of urllib count from byte to byte: a server that drips holds them for ever. Here a
thread does the work and is left behind when the time is over. Redirects are refused: what the
user agreed to ask is one server.
"""

import json
import socket
import threading
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import IO, Any
from urllib.error import HTTPError, URLError

__all__ = ["MOST_BYTES", "Failed", "Page", "fetch", "parse"]

MOST_BYTES = 1 << 20
"""Longest body that is read."""


class Failed(Exception):  # noqa: N818 - it is the outcome of a request
    """A request without a usable answer. `code` is a key `failed.…` of the message catalogue.

    `pause_s` is the pause that the server asks for, 0 if none.
    """

    def __init__(self, code: str, *, pause_s: float = 0.0, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_of_text = args
        self.pause_s = pause_s


Page = tuple[int, Mapping[str, str], bytes]
"""Status, headers in lower case, body."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message,
        newurl: str,
    ) -> None:  # fmt: skip
        del req, fp, code, msg, headers, newurl


class _Work:
    """One request under way: its socket, to be shut when the time is over, and its outcome."""

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        self.request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - checked
        self.timeout = timeout
        self.sockets: list[socket.socket] = []
        self.page: Page | None = None
        self.error: BaseException | None = None

    def opener(self, proxies: Mapping[str, str] | None, ssl_context: Any) -> Any:  # noqa: ANN401
        work = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                work.sockets.append(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                work.sockets.append(self.sock)

        class PlainHandler(urllib.request.HTTPHandler):
            def http_open(self, req: urllib.request.Request) -> HTTPResponse:
                return self.do_open(Plain, req)

        class SecureHandler(urllib.request.HTTPSHandler):
            def https_open(self, req: urllib.request.Request) -> HTTPResponse:
                return self.do_open(Secure, req, context=ssl_context)

        through = urllib.request.ProxyHandler(None if proxies is None else dict(proxies))
        return urllib.request.build_opener(PlainHandler, SecureHandler, _NoRedirect, through)

    def run(self, opened: Callable[..., Any]) -> None:
        try:
            try:
                answer = opened(self.request, timeout=self.timeout)
            except HTTPError as error:
                answer = error
            with answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                self.page = (int(answer.status), headers, answer.read(MOST_BYTES + 1))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self.error = error

    def abandon(self) -> None:
        for left in self.sockets:
            with suppress(OSError):
                # not SSLSocket's own, which forgets the session that the thread still reads
                socket.socket.shutdown(left, socket.SHUT_RDWR)


def fetch(
    url: str, headers: Mapping[str, str], *, deadline_s: float,
    proxies: Mapping[str, str] | None = None, ssl_context: Any = None,  # noqa: ANN401
) -> Page:  # fmt: skip
    """Return the page at `url`, whatever its status, redirects too.

    Raises:
        Failed: no server, no answer in time, or more than `MOST_BYTES`.
    """
    work = _Work(url, headers, deadline_s)
    opened = work.opener(proxies, ssl_context).open
    thread = threading.Thread(target=work.run, args=(opened,), daemon=True)
    thread.start()
    thread.join(deadline_s)
    if thread.is_alive():
        work.abandon()
        thread.join(0.5)
        raise Failed(code="slow", seconds=f"{deadline_s:g}")
    if work.error is not None:
        raise _failure(work.error, deadline_s) from work.error
    if work.page is None:
        raise Failed(code="broken", why="no answer")
    if len(work.page[2]) > MOST_BYTES:
        raise Failed(code="long", most=MOST_BYTES >> 20)
    return work.page


def _failure(error: BaseException, deadline_s: float) -> BaseException:
    """Return what an error of the request means; what is none of the network's stays itself."""
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, TimeoutError):
        return Failed(code="slow", seconds=f"{deadline_s:g}")
    if isinstance(inner, ConnectionRefusedError | socket.gaierror):
        return Failed(code="unreachable", why=inner.strerror or str(inner))
    if isinstance(inner, OSError):
        return Failed(code="broken", why=inner.strerror or str(inner))
    if isinstance(error, HTTPException | URLError | ValueError):
        return Failed(code="broken", why=str(error) or type(error).__name__)
    return error


def parse(body: bytes) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Return the JSON of a body; NaN and Infinity are no JSON.

    Raises:
        Failed: it is none.
    """

    def refuse(constant: str) -> float:
        raise ValueError(constant)

    try:
        return json.loads(body.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Failed(code="garbage", start=_start(body)) from error


def _start(body: bytes) -> str:
    text = body[:40].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)
