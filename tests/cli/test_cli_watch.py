"""`mapper watch`: rebuilds on change, keeps the last good map, serves this machine only."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

HEAD = "incident_id,date_start,event_type,place,place_country\n"
FIRST = HEAD + "A,2019-02-23,clash,Ureña,VE\n"
PATIENCE_S = 120


class Watch:
    """A running `mapper watch` and its preview."""

    def __init__(self, folder, *arguments):
        self.log = folder / "stderr.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mapper", "watch", *map(str, arguments)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                # a shell that starts the tests in the background would have it ignored
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
            )
        first = self.process.stdout.readline()
        assert first.startswith("Preview"), (first, self.log.read_text())
        self.url = next(word for word in first.split() if word.startswith("http"))

    def get(self, path, host=None):
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def state(self):
        return json.loads(self.get("/state")[1])

    def until(self, holds):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            state = self.state()
            if holds(state):
                return state
            time.sleep(0.2)
        raise AssertionError((self.state(), self.log.read_text()))


@pytest.fixture
def watching(tmp_path):
    source, output = tmp_path / "rows.csv", tmp_path / "map.html"
    source.write_text(FIRST, encoding="utf-8")
    watch = Watch(tmp_path, source, "-o", output)
    yield watch, source, output
    watch.process.kill()
    watch.process.wait()
    watch.process.stdout.close()


def test_rebuilds_keeps_the_last_good_map_and_ends_clean(watching):
    watch, source, output = watching
    watch.until(lambda state: state["version"] == 1)
    first = output.read_bytes()

    # the page served is the file, byte for byte; nothing else is served, and to nobody else
    assert watch.get("/map.html")[1] == first
    answer, around = watch.get("/")
    assert b'sandbox="allow-scripts' in around
    assert b"default-src 'none'" in around
    assert answer.headers["Cache-Control"] == "no-store"
    for path in ("/rows.csv", "/map.places.csv", "/../rows.csv", "//etc/passwd"):
        assert watch.get(path)[0].status == 404, path
    assert watch.get("/map.html", host="evil.example")[0].status == 403

    source.write_bytes(b"\x89PNG\r\n\x1a\n" * 20)
    broken = watch.until(lambda state: state["error"])
    assert "rows.csv" in broken["error"]
    assert broken["version"] == 1
    assert output.read_bytes() == first
    assert watch.get("/map.html")[1] == first
    assert "Kept" in watch.log.read_text()

    # as an editor does: a new file under the old name
    other = source.with_name("rows.csv~")
    other.write_text(FIRST + "B,2019-02-24,clash,Arauca,CO\n", encoding="utf-8")
    other.replace(source)
    fixed = watch.until(lambda state: state["version"] == 2)
    assert fixed["error"] == ""
    assert output.read_bytes() != first

    # its own outputs, temporaries and strangers in the folder ask for nothing
    (source.parent / "stranger.csv").write_text("x")
    time.sleep(2)
    assert watch.state()["version"] == 2

    watch.process.send_signal(signal.SIGINT)
    rest = watch.process.stdout.read()
    assert watch.process.wait(30) == 0
    assert rest.splitlines()[-1] == "Stopped."
    assert "Traceback" not in watch.log.read_text()
    assert "KeyboardInterrupt" not in watch.log.read_text()


def test_standard_input_and_missing_files_cannot_be_watched(tmp_path, run_mapper):
    for name in ("-", tmp_path / "none.csv"):
        done = run_mapper("watch", name, "-o", tmp_path / "x.html")
        assert done.returncode == 2
        assert len(done.stderr.decode().splitlines()) == 1


def test_without_watchfiles_it_prints_the_install_line(tmp_path, newest):
    program = "import sys\nsys.modules['watchfiles'] = None\nfrom mapper.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", program, "watch", newest, "-o", tmp_path / "x.html"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert b"border-incident-mapper[watch]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "x.html").exists()
