"""Whatever ends a run, a reader finds the old file whole or the new file whole."""

import fcntl
import os
import random
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from mapper.errors import OutputError
from mapper.publish import write_files

KILLS = 50
OLD, NEW = b"old " * 200_000, b"new " * 300_000


def forked(work):
    """Run `work` in a child process; return its number. 0 where it ends well, 7 for OutputError."""
    child = os.fork()
    if child:
        return child
    code = 9
    try:
        work()
        code = 0
    except OutputError:
        code = 7
    finally:
        os._exit(code)


def ended(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def folder_locked(folder):
    """Hold what a writer holds while it renames."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def temporaries(folder):
    return [p for p in folder.iterdir() if p.name.endswith(".mapper-tmp")]


def test_writers_killed_at_random_moments(tmp_path):
    """Killed while they write and rename, again and again; the next run cleans what they left."""
    page, beside = tmp_path / "a.html", tmp_path / "a.places.csv"
    write_files({page: OLD, beside: OLD})
    sets = ({page: OLD, beside: OLD}, {page: NEW, beside: NEW})

    def write_for_ever():
        while True:
            for files in sets:
                write_files(files)

    rng = random.Random(1)  # noqa: S311
    left = 0
    for _ in range(KILLS):
        child = forked(write_for_ever)
        time.sleep(rng.uniform(0.001, 0.06))
        os.kill(child, signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL
        assert page.read_bytes() in (OLD, NEW)
        assert beside.read_bytes() in (OLD, NEW)
        left += bool(temporaries(tmp_path))
    assert left > 0, "no kill fell into a write: the test shows nothing"
    write_files(sets[1])
    assert temporaries(tmp_path) == []
    assert page.read_bytes() == beside.read_bytes() == NEW


def test_two_writers_at_once_never_mix(tmp_path):
    page, beside = tmp_path / "a.html", tmp_path / "a.places.csv"
    gone = tmp_path / "a.problems.csv"

    def write(content):
        for _ in range(30):
            write_files({page: content, beside: content, gone: content if content == OLD else None})

    mixed = 0
    children = [forked(lambda: write(OLD)), forked(lambda: write(NEW))]
    while children:
        with folder_locked(tmp_path):
            if page.exists():
                mixed += page.read_bytes() != beside.read_bytes()
        children = [c for c in children if os.waitpid(c, os.WNOHANG) == (0, 0)]
    assert mixed == 0
    assert page.read_bytes() == beside.read_bytes()
    assert gone.exists() == (page.read_bytes() == OLD)
    assert temporaries(tmp_path) == []


def test_a_folder_that_may_not_be_written(tmp_path):
    """A user without the right to write; root, whom no right holds back, becomes one."""
    page = tmp_path / "a.html"
    page.write_bytes(OLD)

    def write():
        os.chdir(tmp_path)
        tmp_path.chmod(0o555)
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        write_files({Path("a.html"): NEW})

    assert ended(forked(write)) == 7
    tmp_path.chmod(0o755)
    assert page.read_bytes() == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def start(source, output, **how):
    return subprocess.Popen(
        [sys.executable, "-m", "mapper", "map", source, "-o", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **how,
    )


def exit_code(run):
    """Wait for the end of a run and close its pipes; its exit code."""
    run.communicate()
    return run.returncode


def test_a_full_disk_is_one_line_and_the_old_map_stays(small, tmp_path):
    output = tmp_path / "out" / "map.html"
    write_files({output: OLD})
    run = start(
        small,
        output,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    _, error = run.communicate()
    assert run.returncode == 3, error.decode()
    assert len(error.splitlines()) == 1
    assert b"could not be written" in error
    assert output.read_bytes() == OLD
    assert [p.name for p in output.parent.iterdir()] == ["map.html"]


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_the_run_clean(small, tmp_path, how, code):
    output = tmp_path / "out" / "map.html"
    write_files({output: OLD})
    # a shell that starts the tests in the background would have SIGINT ignored
    run = start(small, output, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    # well after the start, when it reads or places
    while "pyogrio" not in Path(f"/proc/{run.pid}/maps").read_text() and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(how)
    _, error = run.communicate()
    assert run.returncode == code, error.decode()
    assert b"Traceback" not in error
    assert output.read_bytes() == OLD
    assert [p.name for p in output.parent.iterdir()] == ["map.html"]


@pytest.mark.peers
def test_a_map_killed_at_random_moments(newest, tmp_path):
    """The whole program over an existing map of another edition: old or new, never between."""
    older = newest.with_name("incidents_2019-02-26.csv")
    output = tmp_path / "out" / "map.html"
    pages = []
    for source in (newest, older):
        begun = time.monotonic()
        assert exit_code(start(source, output)) == 0
        took = time.monotonic() - begun
        pages.append(output.read_bytes())
    rng = random.Random(2)  # noqa: S311
    written = 0
    for _ in range(KILLS):
        run = start(newest, output)
        time.sleep(rng.uniform(0, 1.1 * took))
        run.kill()
        run.communicate()
        found = output.read_bytes()
        assert found in pages
        if found == pages[0]:
            written += 1
            write_files({output: pages[1]})
    assert written < KILLS
    assert exit_code(start(newest, output)) == 0
    assert temporaries(output.parent) == []
