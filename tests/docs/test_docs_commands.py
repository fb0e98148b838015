"""Every command and example of the pages does what the page says, in a clean folder."""

import shutil

import pytest
from pages import PAGES, ROOT, RUN, blocks_of, commands_of, differs, parses, program, run

ELSEWHERE = {"elsewhere", "network"}
WITH_BLOCKS = [page for page in PAGES if any(b.language in RUN for b in blocks_of(page))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A clean folder with the seeds in it, in which the commands run, with a home of its own."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    program(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / ".home"))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / ".home" / name))
    return tmp_path


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_does_what_it_says(page, folder):
    for block in blocks_of(page):
        where = f"{page.relative_to(ROOT)}, line {block.line}"
        if name := block.value("file"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "python" and not ELSEWHERE & set(block.words):
            exec(compile(block.text, where, "exec"), {})  # noqa: S102 - our own pages
        elif block.language in {"sh", "console"}:
            follow(block, folder, where)


def follow(block, folder, where):
    commands = commands_of(block)
    assert commands, f"{where}: a block without a command"
    expected = int(block.value("exit") or 0)
    for command, shown in commands:
        if "network" in block.words:
            assert parses(command), f"{where}: {command}"
        elif "elsewhere" not in block.words:
            code, printed = run(command, folder)
            last = command == commands[-1][0]
            assert code == (expected if last else 0), f"{where}: {command}\n{printed}"
            if shown is not None:
                wrong = differs(shown, printed)
                assert not wrong, f"{where}: {command}\nshown: {wrong}\nprinted:\n{printed}"


def test_what_is_shown_and_not_printed_is_found():
    printed = "one\ntwo\nthree\n"
    assert differs("one\ntwo\nthree", printed) == ""
    assert differs("one\n…", printed) == ""
    assert differs("…\nthree", printed) == ""
    assert differs("o…\ntwo\nthree", printed) == ""
    assert differs("one\nthree", printed) == "three"
    assert differs("two\n…", printed) == "two"
    assert differs("one\ntwo", printed) == "(nothing after it) three"
