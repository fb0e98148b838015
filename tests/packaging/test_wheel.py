"""The wheel and the sdist hold everything, and work where nothing of the checkout is."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A wheel and an sdist built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    for kind in ("wheel", "sdist"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
            cwd=ROOT,
            check=True,
        )
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def test_wheel_and_sdist_contain_page_code_and_geodata(built):
    wheel, sdist = built
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("page.js", "page.css", "streets.js"):
        assert f"mapper/web/dist/{name}" in names
    assert "mapper/py.typed" in names
    shipped = {
        str(p.relative_to(ROOT / "geodata")) for p in (ROOT / "geodata").rglob("*") if p.is_file()
    }
    assert {f"mapper/_geodata/{name}" for name in shipped} <= names
    assert not [name for name in names if "node_modules" in name]
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"mapper/web/dist/page.js", "mapper/web/src/main.js", "geodata/crossings.csv"} <= inside
    assert not [name for name in inside if "node_modules" in name]


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_install_works_in_an_empty_folder(built, tmp_path, newest, kind):
    package = built[0] if kind == "wheel" else built[1]
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    bin_ = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    empty = tmp_path / "empty"
    empty.mkdir()
    # an sdist has the page's code in it: no node may be asked for
    path = os.pathsep.join(["/usr/bin", "/bin"]) if kind == "wheel" else str(bin_)
    environment = {"PATH": path, "HOME": str(tmp_path)} | {
        k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_", "REQUESTS_"))
    }
    config = Path.home() / ".config" / "pip" / "pip.conf"
    if config.is_file():
        environment["PIP_CONFIG_FILE"] = str(config)
    subprocess.run(
        [bin_ / "python", "-m", "pip", "install", "--quiet", package],
        cwd=empty, env=environment, check=True,
    )  # fmt: skip
    done = subprocess.run(
        [bin_ / "mapper", "map", newest],
        cwd=empty,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (empty / "output" / "incidents_2019-03-31.html").stat().st_size > 100_000
