"""Online geocoding against a server on 127.0.0.1 that fails in every way a server can."""

import json
import os
import signal
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from pytest_socket import SocketBlockedError

import mapper
from mapper import pipeline
from mapper.config import Options
from mapper.errors import ServiceError, UsageError
from mapper.geocode import online
from mapper.geocode.online import adapter

local = pytest.mark.allow_hosts(["127.0.0.1"])


def feature(name="Qwertzal", lat="7.99", lon="-72.47", **changes):
    return {
        "lat": lat,
        "lon": lon,
        "display_name": f"{name}, Colombia",
        "name": name,
        "osm_type": "node",
        "osm_id": 7,
        "class": "place",
        "type": "village",
        "importance": 0.3,
        "boundingbox": ["7.97", "8.01", "-72.49", "-72.45"],
        **changes,
    }


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append((time.monotonic(), query, dict(self.headers)))
        self.server.answer(self, query["q"])

    def say(self, body, status=200, **headers):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def handle(self):
        try:
            super().handle()
        except OSError:  # the client left
            self.server.broken += 1

    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("MAPPER_ONLINE_URL", raising=False)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked, running.broken = [], 0
        running.url = f"http://127.0.0.1:{running.server_address[1]}"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def places(tmp_path, *rows):
    path = tmp_path / "in.csv"
    path.write_text("place,place_country\n" + "".join(f"{p},{c}\n" for p, c in rows), "utf-8")
    return path


def run(tmp_path, server, *rows, service="nominatim", rate=200.0, url=None):
    out = tmp_path / "out.csv"
    options = Options(
        inputs=(str(places(tmp_path, *rows)),),
        output=out,
        online=service,
        online_url=url or server.url,
        online_rate=rate,
    )
    report = pipeline.geocode_table(options)
    return pd.read_csv(out, keep_default_na=False), report


def codes(report):
    return [p["problem_code"] for p in report.problems if str(p["problem_code"]).startswith("on")]


@local
def test_an_answer_becomes_a_row_of_match(server, tmp_path):
    server.answer = lambda h, _q: h.say([feature()])
    table, report = run(tmp_path, server, ("Qwertzal", "CO"), ("frontera", ""), ("Cúcuta", "CO"))
    row = table.iloc[0]
    assert (row.status, row["shape"], row.precision) == ("resolved", "point", "settlement")
    assert (row.method, row.place_id) == ("service:nominatim", "osm:node/7")
    assert 2.5 < float(row.uncertainty_km) < 4
    assert "Nominatim" in row.reason
    assert [q["q"] for _, q, _ in server.asked] == ["Qwertzal"], "only what names an unknown place"
    assert server.asked[0][1]["countrycodes"] == "co"
    assert server.asked[0][2]["User-Agent"] == f"border-incident-mapper/{mapper.__version__}"
    assert "ODbL" in report.attributions[0]


@local
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"lat": None}, "online_nonsense"),
        ({"lon": None, "lat": None}, "online_nonsense"),
        ({"lat": "NaN"}, "online_nonsense"),
        ({"lat": "91"}, "online_nonsense"),
        ({"lon": "200"}, "online_nonsense"),
        ({"lon": "here"}, "online_nonsense"),
        ({"display_name": None}, "online_nonsense"),
    ],
)
def test_coordinates_that_are_none(server, tmp_path, body, code):
    server.answer = lambda h, q: h.say([feature(q, **(body if q == "Qwertzal" else {}))])
    table, report = run(tmp_path, server, ("Qwertzal", "CO"), ("Asdfgho", "CO"))
    assert table["status"].tolist() == ["unresolved", "resolved"]
    assert codes(report) == [code]
    assert table["latitude"].iloc[0] == ""


def drip(handler, _query):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        time.sleep(0.05)


def drip_headers(handler, _query):
    for byte in b"HTTP/1.0 200 OK\r\nX-Slow: " + b"x" * 200:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.05)


FAULTS = {
    "429": (lambda h, _q: h.say([], 429), "online_refused"),
    "500": (lambda h, _q: h.say([], 500), "online_refused"),
    "503": (lambda h, _q: h.say([], 503), "online_refused"),
    "403": (lambda h, _q: h.say([], 403), "online_refused"),
    "garbage": (lambda h, _q: h.say(b"<html>sorry"), "online_garbage"),
    "not utf-8": (lambda h, _q: h.say(b'["\xff"]'), "online_garbage"),
    "nested": (lambda h, _q: h.say(b"[" * 100_000), "online_garbage"),
    "another shape": (lambda h, _q: h.say({"error": "no"}), "online_nonsense"),
    "a number": (lambda h, _q: h.say(42), "online_nonsense"),
    "too long": (lambda h, _q: h.say(b" " * (adapter.MOST_BYTES + 1)), "online_long"),
    "redirect": (lambda h, _q: h.say([], 302, Location="http://127.0.0.2/"), "online_redirect"),
    "cut off": (lambda h, _q: h.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Le"), "online_"),
    "drip": (drip, "online_slow"),
    "drip of headers": (drip_headers, "online_slow"),
}


@local
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_one_row(server, tmp_path, monkeypatch, fault):
    answer, code = FAULTS[fault]
    server.answer = lambda h, q: answer(h, q) if q == "Qwertzal" else h.say([feature(q)])
    original = online.service

    def quick(*arguments):
        from dataclasses import replace

        return replace(original(*arguments), deadline_s=0.7)

    monkeypatch.setattr(online, "service", quick)
    began = time.monotonic()
    table, report = run(tmp_path, server, ("Qwertzal", "CO"), ("Asdfgho", "CO"))
    assert time.monotonic() - began < 20
    assert table["status"].tolist() == ["unresolved", "resolved"]
    assert len(codes(report)) == 1
    assert codes(report)[0].startswith(code)
    problem = next(p for p in report.problems if p["value"] == "Qwertzal")
    assert problem["source_row"] == 1
    assert len(server.asked) == 2


@local
def test_refused_connections_are_given_up(server, tmp_path):
    rows = [(f"Qwertz{c}al", "CO") for c in "abcdef"]
    table, report = run(tmp_path, server, *rows, url="http://127.0.0.1:9")
    assert set(table["status"]) == {"unresolved"}
    assert codes(report) == ["online_unreachable"] * 3 + ["online_given_up"]
    assert "3 places were not asked" in report.problems[-1]["problem"]


@local
def test_retry_after_is_kept_to_within_the_cap(server, tmp_path, monkeypatch):
    slept = []
    monkeypatch.setattr("mapper.geocode.online.client.time.sleep", slept.append)
    server.answer = lambda h, q: (
        h.say([], 429, Retry_After="3600") if q == "Qwertzal" else h.say([feature(q)])
    )
    run(tmp_path, server, ("Qwertzal", "CO"), ("Asdfgho", "CO"))
    assert 9 < sum(slept) <= 10


@local
def test_one_request_a_second_unless_the_server_is_told_otherwise(server, tmp_path):
    server.answer = lambda h, q: h.say([feature(q)])
    run(tmp_path, server, ("Qwertzal", "CO"), ("Asdfgho", "CO"), ("Yxcvbno", "CO"), rate=0.0)
    times = [at for at, *_ in server.asked]
    assert all(b - a >= 0.95 for a, b in pairwise(times))


@local
def test_answers_are_kept(server, tmp_path):
    server.answer = lambda h, q: h.say([feature(q)] if q == "Qwertzal" else [])
    rows = (("Qwertzal", "CO"), ("Asdfgho", "CO"))
    first, _ = run(tmp_path, server, *rows)
    second, report = run(tmp_path, server, *rows)
    assert len(server.asked) == 2, "an empty answer is an answer"
    assert first.equals(second)
    assert report.attributions
    with sqlite3.connect(tmp_path / "cache/mapper/online.sqlite") as file:
        kept = file.execute("SELECT service, url, asked_at, licence FROM answers").fetchall()
    file.close()
    assert kept[0][:2] == ("nominatim", server.url)
    assert kept[0][3] == "ODbL 1.0"


@local
def test_strict_hints_and_the_region(server, tmp_path):
    towns = [(t, "CO") for t in ("Cúcuta", "Los Patios", "Pamplona", "Ocaña", "Arauca")]
    server.answer = lambda h, q: h.say([feature(q, lat="48.2", lon="16.3")])
    table, _ = run(tmp_path, server, *towns, ("Qwertzal", "CO"), ("Asdfgho", ""))
    assert table["reason_code"].tolist()[-2:] == ["online_outside", "online_far"]
    assert set(table["status"].tolist()[-2:]) == {"ambiguous"}


@local
def test_what_bears_another_name_is_not_taken(server, tmp_path):
    server.answer = lambda h, _q: h.say([feature("Pamplona")])
    table, _ = run(tmp_path, server, ("Qwertzal", "CO"))
    assert table["reason_code"].tolist() == ["unknown_name"]


@local
def test_equals_far_apart_are_not_guessed(server, tmp_path):
    server.answer = lambda h, q: h.say(
        [feature(q), feature(q, lat="4.6", boundingbox=["4.5", "4.7", "-72.5", "-72.4"])]
    )
    table, _ = run(tmp_path, server, ("Qwertzal", "CO"))
    assert table["reason_code"].tolist() == ["online_several"]


@local
def test_photon(server, tmp_path):
    about = {"osm_type": "N", "osm_id": 7, "osm_key": "place", "osm_value": "village"}
    point = {"type": "Point", "coordinates": [-72.47, 7.99]}
    server.answer = lambda h, q: h.say(
        {"features": [{"geometry": point, "properties": about | {"name": q, "country": "CO"}}]}
    )
    table, _ = run(tmp_path, server, ("Qwertzal", "CO"), service="photon")
    assert table["method"].tolist() == ["service:photon"]
    assert table["uncertainty_km"].tolist() == [5.0]


@local
def test_a_damaged_cache_is_one_clear_line(server, tmp_path):
    path = tmp_path / "cache/mapper/online.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 100)
    with pytest.raises(ServiceError, match=r"online\.sqlite"):
        run(tmp_path, server, ("Qwertzal", "CO"))


@local
def test_a_killed_run_resumes(server, tmp_path):
    def slow(handler, query):
        time.sleep(0.3)
        handler.say([feature(query)])

    server.answer = slow
    path = places(tmp_path, *((f"Qwertz{c}al", "CO") for c in "abcdef"))
    command = [
        *(sys.executable, "-m", "mapper", "geocode", path, "-o", tmp_path / "o.csv"),
        *("--online", "nominatim", "--online-url", server.url, "--online-rate", "50"),
    ]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while len(server.asked) < 4 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert not (tmp_path / "o.csv").exists()
    before = len(server.asked)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert before == 4
    assert len(server.asked) <= 7, "six places and the one under way again"
    assert (pd.read_csv(tmp_path / "o.csv")["status"] == "resolved").all()


@local
def test_the_page_names_the_service(server, tmp_path):
    server.answer = lambda h, q: h.say([feature(q)])
    path = tmp_path / "in.csv"
    path.write_text("place,place_country,date\nQwertzal,CO,2019-02-23\n", encoding="utf-8")
    out = tmp_path / "map.html"
    options = Options(inputs=(str(path),), output=out, online="nominatim", online_url=server.url)
    pipeline.make_map(options)
    assert "Places found online with Nominatim" in out.read_text(encoding="utf-8")


def test_nothing_is_sent_unless_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("MAPPER_ONLINE_URL", "http://127.0.0.1:9")
    path = places(tmp_path, ("Qwertzal", "CO"))
    quiet = Options(inputs=(str(path),), output=tmp_path / "o.csv")
    pipeline.geocode_table(quiet)
    assert not (tmp_path / "cache").exists()
    asking = Options(inputs=(str(path),), output=tmp_path / "o.csv", online="nominatim")
    with pytest.raises(SocketBlockedError):
        pipeline.geocode_table(asking)


def test_geopy_is_not_loaded_unless_asked_for(tmp_path):
    path = places(tmp_path, ("Qwertzal", "CO"))
    code = (
        "import sys; from pathlib import Path; from mapper import pipeline;"
        "from mapper.config import Options;"
        f"path = {str(path)!r};"
        "pipeline.geocode_table(Options(inputs=(path,), output=Path(path + '.o')));"
        "sys.exit('geopy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "wrong",
    [("google",), ("nominatim", "ftp://x"), ("nominatim", "http://u:p@x"), ("nominatim", "", 5.0)],
)
def test_wrong_calls(wrong):
    with pytest.raises(UsageError):
        online.service(*wrong)


def test_every_service_says_what_it_asks_for():
    for code in online.services():
        known = online.service(code)
        assert known.url.startswith("https://")
        assert known.attribution
        assert known.terms
        assert 0 < known.requests_per_second <= 1


def test_the_service_is_told_whom_to_write_to_where_the_user_says_it(monkeypatch):
    plain = online.service("nominatim").user_agent
    assert plain == f"border-incident-mapper/{mapper.__version__}"
    monkeypatch.setenv("MAPPER_CONTACT", "desk@example.org")
    assert online.service("photon").user_agent == f"{plain} (desk@example.org)"
    monkeypatch.setenv("MAPPER_CONTACT", "a\r\nX-Evil: 1")
    with pytest.raises(UsageError, match="MAPPER_CONTACT"):
        online.service("nominatim")
