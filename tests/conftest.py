import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEWEST = ROOT / "seeds" / "incidents_2019-03-31.csv"


@pytest.fixture(autouse=True, scope="session")
def _cache_of_the_tests(tmp_path_factory):
    """Tests neither use nor fill the cache of whoever runs them."""
    import os

    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture
def newest():
    """The newest seed edition."""
    return NEWEST


@pytest.fixture
def run_mapper():
    """Run the command line as a program of its own, as a user does."""

    def run(*arguments, cwd=None, stdin=None, env=None):
        return subprocess.run(
            [sys.executable, "-m", "mapper", *map(str, arguments)],
            capture_output=True,
            cwd=cwd,
            input=stdin,
            env=env,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def seed_map(tmp_path_factory):
    """The map of the newest seed edition with its report, made once."""
    import json

    folder = tmp_path_factory.mktemp("seed-map")
    output = folder / "seeds.html"
    done = subprocess.run(
        [sys.executable, "-m", "mapper", "map", NEWEST, "-o", output, "--json"],
        capture_output=True,
        check=True,
    )
    return output, json.loads(done.stdout)
