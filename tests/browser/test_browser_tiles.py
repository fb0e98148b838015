"""Online tiles over the embedded map, from a tile server of this machine."""

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from located_rows import sample

from mapper.render import render

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
# one green pixel
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwGAgnCWpwAAAABJRU5ErkJggg=="
)


class Tile(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PNG)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def tile_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tile)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def open_tiled(chromium, path, *, offline, until):
    context = chromium.new_context(viewport={"width": 1000, "height": 700}, offline=offline)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.wait_for_function("() => document.documentElement.dataset.mapper !== 'building'")
    page.wait_for_selector(until, state="attached")
    return context, page, [url for url in asked if url.startswith("http")], said


def test_tiles_come_from_one_host_and_lie_under_the_reports(chromium, tmp_path, tile_server):
    origin = f"http://127.0.0.1:{tile_server.server_port}"
    path = tmp_path / "tiled.html"
    path.write_text(render(sample(), tiles=f"{origin}/{{z}}/{{x}}/{{y}}.png"), encoding="utf-8")
    context, page, asked, said = open_tiled(
        chromium, path, offline=False, until=".leaflet-tile-loaded"
    )
    assert page.evaluate("document.documentElement.dataset.mapper") == "ready"
    assert asked, "the tiles were asked for"
    assert all(url.startswith(f"{origin}/") for url in asked)
    assert tile_server.asked
    assert page.locator(".leaflet-tile-loaded").count() > 0
    assert page.locator(".mapper-offline").is_hidden()
    assert (
        f"127.0.0.1:{tile_server.server_port}" in page.locator(".mapper-attribution").inner_text()
    )
    assert said == []
    refused = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener('securitypolicyviolation', (e) => done(e.violatedDirective));
          new Image().src = 'http://127.0.0.2:9/x.png';
          setTimeout(() => done('loaded'), 3000);
        })"""
    )
    assert refused == "img-src"
    context.close()


def test_where_tiles_fail_the_embedded_map_stays_and_says_so(chromium, tmp_path):
    path = tmp_path / "tiled.html"
    path.write_text(render(sample(), tiles="http://127.0.0.1:9/{z}/{x}/{y}.png"), encoding="utf-8")
    context, page, _, _ = open_tiled(
        chromium, path, offline=True, until=".mapper-offline:not([hidden])"
    )
    assert page.evaluate("document.documentElement.dataset.mapper") == "ready"
    notice = page.locator(".mapper-offline")
    assert notice.inner_text() == (
        "Online tiles of 127.0.0.1:9 did not load: this is the embedded map."
    )
    assert page.evaluate("mapper.labels().length") > 0
    page.locator("[data-mapper=language] select").select_option("es")
    assert "mapa incluido" in notice.inner_text()
    context.close()
