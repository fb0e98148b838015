"""The live preview: three fixed addresses on 127.0.0.1, and a page around the map that polls.

The map itself is served as it was written, with its own policy, in a sandboxed frame.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Self

from mapper.errors import UnusableError
from mapper.messages import text
from mapper.render.security import sha256

__all__ = ["Preview"]

HOST = "127.0.0.1"


class Preview:
    """A server of one map on this machine only.

    It hands out `/` (the page around), `/map.html` (the file as it lies on the disk) and `/state`
    (JSON: `version`, how often it was built; `error`, why the last attempt failed); nothing else.
    """

    def __init__(self, page: Path, port: int = 0) -> None:
        # a map that was there before is shown until there is a newer one
        self._state: dict[str, int | str] = {"version": int(page.is_file()), "error": ""}
        handler = _handler(page, self._state)
        try:
            self._server = ThreadingHTTPServer((HOST, port), handler)
        except OSError as error:
            why = error.strerror or str(error)
            raise UnusableError(text("watch", "port", port=port, why=why)) from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The address of the preview."""
        return f"http://{HOST}:{self._server.server_address[1]}/"

    def built(self) -> None:
        """Say that there is a new map."""
        self._state |= {"version": int(self._state["version"]) + 1, "error": ""}

    def failed(self, why: str) -> None:
        """Say why there is none, and that the last good one stands."""
        self._state["error"] = why

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _handler(page: Path, state: dict[str, int | str]) -> type[BaseHTTPRequestHandler]:
    script, style = _source("preview.js"), _source("preview.css")
    words = json.dumps({"kept": text("watch", "kept")}, ensure_ascii=False)
    around = _source("preview.html").format(
        policy=_policy(script, style), script=script, style=style, words=words
    )

    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "mapper", ""

        def do_GET(self) -> None:
            """Answer for the three addresses; a foreign Host is another site's page asking."""
            host = self.headers.get("Host", "")
            port = self.connection.getsockname()[1]
            if host not in (f"{HOST}:{port}", f"localhost:{port}"):
                self._answer(403, "text/plain", b"")
            elif self.path == "/":
                self._answer(200, "text/html", around.encode("utf-8"))
            elif self.path.partition("?")[0] == "/map.html":
                try:
                    self._answer(200, "text/html", page.read_bytes())
                except OSError:
                    self._answer(404, "text/plain", b"")
            elif self.path == "/state":
                self._answer(200, "application/json", json.dumps(state).encode("utf-8"))
            else:
                self._answer(404, "text/plain", b"")

        def _answer(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Stay silent: the terminal tells of builds."""

    return Handler


def _policy(script: str, style: str) -> str:
    """Return the policy of the page around: its own script, its own state, the map in a frame."""
    own = f"script-src {sha256(script)}; style-src {sha256(style)}"
    mine = "connect-src 'self'; frame-src 'self'"
    return f"default-src 'none'; {own}; {mine}; base-uri 'none'; form-action 'none'"


def _source(name: str) -> str:
    return (files("mapper.watching") / name).read_text(encoding="utf-8").strip()
