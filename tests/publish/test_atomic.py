import os
import subprocess
import sys

import pytest

from mapper.errors import OutputError
from mapper.publish import write_files


def test_writes_all_and_makes_folders(tmp_path):
    a, b = tmp_path / "new" / "a.html", tmp_path / "new" / "a.csv"
    assert write_files({a: b"A", b: b"B"}) == [a, b]
    assert (a.read_bytes(), b.read_bytes()) == (b"A", b"B")
    assert sorted(p.name for p in a.parent.iterdir()) == ["a.csv", "a.html"]


def test_none_removes_the_stale_file(tmp_path):
    stale = tmp_path / "a.problems.csv"
    stale.write_text("old")
    assert write_files({tmp_path / "a": b"A", stale: None}) == [tmp_path / "a"]
    assert not stale.exists()


def test_failure_leaves_the_old_files(tmp_path):
    good, blocked = tmp_path / "a", tmp_path / "folder"
    good.write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="could not be written"):
        write_files({good: b"new", tmp_path / "file" / "b": b"x"})
    assert good.read_bytes() == b"old"
    blocked.mkdir()
    with pytest.raises(OutputError, match="folder"):
        write_files({good: b"new", blocked: b"x"})
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".mapper-tmp"]


def test_full_disk_leaves_the_old_file(tmp_path):
    target = tmp_path / "a"
    target.write_bytes(b"old")
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from mapper.publish import write_files\n"
        "from mapper.errors import OutputError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_files({Path(sys.argv[1]): b'x' * 5000})\n"
        "except OutputError as error:\n    sys.exit(str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_temporaries_of_killed_runs_are_removed_and_of_living_ones_kept(tmp_path):
    gone = 999_999_999  # above any largest process number
    dead = tmp_path / f".a.{gone}-abc.mapper-tmp"
    alive = tmp_path / f".a.{os.getpid()}-abc.mapper-tmp"
    dead.write_bytes(b"")
    alive.write_bytes(b"")
    write_files({tmp_path / "a": b"A"})
    assert not dead.exists()
    assert alive.exists()


def test_keeps_the_mode_of_the_file_replaced(tmp_path):
    target = tmp_path / "a"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_files({target: b"new"})
    assert target.stat().st_mode & 0o777 == 0o640
