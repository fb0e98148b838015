"""Loading from GeoNames, against a server on this machine that gives files of the real format."""

import io
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mapper import gazetteer
from mapper.errors import InputError, ServiceError, UsageError
from mapper.gazetteer import fetch, plug, store

pytestmark = pytest.mark.usefixtures("socket_enabled")

ROW = (
    "91000001\tVereda del Zorro\tVereda del Zorro\t\t7.81\t-72.44\tP\tPPL\tVE\t\t20\t\t\t\t0\t\t"
    "300\tAmerica/Caracas\t2024-01-01\n"
)


def packed(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("readme.txt", "GeoNames data dump, see https://www.geonames.org")
        box.writestr("VE.txt", content)
    return buffer.getvalue()


class Server(BaseHTTPRequestHandler):
    content = packed(ROW)
    mode = "good"

    def do_GET(self):
        if self.path != "/dump/VE.zip":
            self.send_error(404)
            return
        body = b"<!DOCTYPE html><p>try later</p>" if self.mode == "html" else self.content
        self.send_response(200)
        if self.mode != "no length":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.mode == "drip":
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.05)
        half = self.mode in ("cut", "no length")
        self.wfile.write(body[: len(body) // 2] if half else body)

    def log_message(self, *_):
        pass


@pytest.fixture
def serve(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    servers = []

    def start(mode="good", content=Server.content):
        handler = type("Handler", (Server,), {"mode": mode, "content": content})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        monkeypatch.setenv("MAPPER_GEONAMES_URL", f"http://127.0.0.1:{server.server_port}/dump/")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_country_is_loaded_and_used(serve):
    serve()
    found = plug.add("geonames:VE")
    assert (found.name, found.source, found.rows) == ("geonames-VE", "VE.zip", 1)
    assert "CC BY" in found.licence
    assert gazetteer.places(["geonames-VE"]).find_id("geonames:91000001") >= 0


@pytest.mark.parametrize(
    ("mode", "content", "error", "words"),
    [
        ("cut", None, ServiceError, "broke off after"),
        ("no length", None, InputError, "no whole zip"),
        ("html", None, ServiceError, "web page instead of a zip"),
        ("good", packed(ROW * 400_000), InputError, "unpacks to more than"),
        ("good", b"PK\x03\x04garbage", InputError, "no whole zip"),
    ],
)
def test_what_a_server_does_wrong_is_one_line(serve, mode, content, error, words):
    serve(mode, content or Server.content)
    with pytest.raises(error, match=words):
        plug.add("geonames:VE")
    assert store.known() == []


def test_404_and_nobody_there(serve, monkeypatch):
    serve()
    with pytest.raises(ServiceError, match=r"CO\.zip answered 404"):
        plug.add("geonames:CO")
    monkeypatch.setenv("MAPPER_GEONAMES_URL", "http://127.0.0.1:9")
    with pytest.raises(ServiceError, match="cannot be reached"):
        plug.add("geonames:VE")


def test_size_and_time_have_an_end(serve, tmp_path):
    serve()
    with pytest.raises(ServiceError, match="larger than"):
        fetch.fetch("VE", tmp_path, most=100)
    serve("drip")
    with pytest.raises(ServiceError, match="longer than"):
        fetch.fetch("VE", tmp_path, seconds=0.3)


@pytest.mark.parametrize("base", ["http://example.org", "file:///etc", "ftp://example.org"])
def test_only_https_or_this_machine(tmp_path, base):
    with pytest.raises(UsageError, match="https"):
        fetch.fetch("VE", tmp_path, base=base)
    with pytest.raises(UsageError, match="expected geonames:VE"):
        fetch.fetch("../x", tmp_path)
