"""A real Nominatim for the tests: PostgreSQL with PostGIS, osm2pgsql and nominatim's own packages.

Everything lies in one temporary folder, on a free port, without systemd, and is stopped again.
PostgreSQL refuses to run as root, so it runs as the user postgres, as Debian's own does.
"""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

EXTRACT = Path(__file__).with_name("tachira.osm")
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PACKAGES = ("nominatim-db==5.3.*", "nominatim-api==5.3.*", "psycopg[binary]", "uvicorn", "falcon")
WAIT_S = 60


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nominatim:
    """One database server and one API server; `url` is where the API listens."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = POSTGRES[-1]
        self.port, self.database_port = _free_port(), _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = None
        self.venv = folder / "venv"
        self.environment = os.environ | {
            "PATH": f"{self.bin}:{self.venv / 'bin'}:{os.environ['PATH']}",
            "NOMINATIM_DATABASE_DSN": f"pgsql:host=127.0.0.1;port={self.database_port};"
            "user=postgres;dbname=nominatim",
            "NOMINATIM_DATABASE_WEBUSER": "www-data",
            "NOMINATIM_TOKENIZER": "icu",
            "NOMINATIM_IMPORT_STYLE": "full",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.database_port),
            "PGUSER": "postgres",
        }

    def run(self, *command, user=None, **options):
        log = self.folder / "log"
        with log.open("ab") as out:
            done = subprocess.run(
                list(map(str, command)),
                stdout=out,
                stderr=out,
                env=self.environment,
                user=user,
                cwd=self.folder,
                check=False,
                timeout=170,
                **options,
            )
        assert done.returncode == 0, f"{command}:\n{log.read_text(errors='replace')[-3000:]}"

    def as_postgres(self, program, *arguments):
        user = "postgres" if getpass.getuser() == "root" else None
        self.run(self.bin / program, *arguments, user=user)

    def start(self):
        data = self.folder / "data"
        data.mkdir()
        self.folder.chmod(0o755)
        if getpass.getuser() == "root":
            shutil.chown(data, "postgres")
        self.run(sys.executable, "-m", "venv", self.venv)
        self.run(self.venv / "bin/pip", "install", "--quiet", *PACKAGES)
        self.as_postgres("initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "-N")
        self.as_postgres(
            "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o",
            f"-p {self.database_port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off",
            "start",
        )  # fmt: skip
        self.run(self.bin / "psql", "-d", "postgres", "-c", 'CREATE ROLE "www-data" LOGIN')
        project = self.folder / "project"
        project.mkdir()
        nominatim = (self.venv / "bin/nominatim", "--project-dir", project)
        self.run(
            *nominatim[:1],
            "import",
            *nominatim[1:],
            "--osm-file",
            EXTRACT,
            "-j",
            "1",
            "--no-updates",
        )
        with (self.folder / "api.log").open("ab") as out:
            self.server = subprocess.Popen(
                [*map(str, nominatim[:1]), "serve", *map(str, nominatim[1:]),
                 "--server", f"127.0.0.1:{self.port}"],
                stdout=out, stderr=out, env=self.environment, cwd=self.folder,
            )  # fmt: skip
        self._until_it_answers()

    def _until_it_answers(self):
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            with (
                suppress(OSError),
                urllib.request.urlopen(f"{self.url}/status", timeout=5) as page,  # noqa: S310
            ):
                if page.read().strip() == b"OK":
                    return
            time.sleep(0.5)
        raise AssertionError((self.folder / "api.log").read_text(errors="replace")[-3000:])

    def stop(self):
        if self.server is not None:
            self.server.terminate()
            self.server.wait(20)
        if (self.folder / "data/postmaster.pid").exists():
            self.as_postgres("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def nominatim():
    assert POSTGRES, "PostgreSQL is missing: make test-peers installs it"
    assert shutil.which("osm2pgsql"), "osm2pgsql is missing: make test-peers installs it"
    # not pytest's own folder, which only its owner may enter: the database runs as postgres
    with tempfile.TemporaryDirectory(prefix="nominatim-", ignore_cleanup_errors=True) as folder:
        server = Nominatim(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()
