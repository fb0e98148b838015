"""The Markdown pages of the project as a reader follows them: their blocks, run in order.

What the word after the language of a block means stands in CONTRIBUTING.md.
"""

import contextlib
import io
import os
import re
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from mapper.cli import cli, main

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*data/*.md"),
                 *ROOT.glob("seeds/*.md"))
)  # fmt: skip
LEFT_OUT = "…"
RUN = ("sh", "console", "python")
_BLOCK = re.compile(r"^```(\w+)([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"[|<>&;*$`]")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the words after it, its text and its line in the page."""

    language: str
    words: tuple[str, ...]
    text: str
    line: int

    def value(self, key: str) -> str:
        """Return what a word `key=value` says, else an empty text."""
        return next((w.split("=", 1)[1] for w in self.words if w.startswith(f"{key}=")), "")


def blocks_of(page):
    """Return the fenced blocks of a page that have a language, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(m[1], tuple(m[2].split()), m[3], text.count("\n", 0, m.start()) + 1)
        for m in _BLOCK.finditer(text)
    ]


def commands_of(block):
    """Return (command, output shown after it) of a block; output is None where none is shown."""
    if block.language == "sh":
        joined = block.text.replace("\\\n", " ")
        lines = [line.split("  # ")[0].strip() for line in joined.splitlines()]
        return [(line, None) for line in lines if line and not line.startswith("#")]
    commands = []
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        commands.append((command, shown.rstrip("\n")))
    return commands


def run(command, folder):
    """Run a command line in a folder; return (exit code, what it printed).

    mapper itself runs in this process, unless a shell has work to do: that saves its start.
    """
    if command.startswith("mapper ") and not _SHELL.search(_unquoted(command)):
        return _in_process(shlex.split(command)[1:])
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{folder}/.bin:{os.environ['PATH']}"},
    )
    return done.returncode, done.stdout + done.stderr


def parses(command):
    """Whether mapper knows the verb, every option and the form of every value of a command."""
    words = shlex.split(command)[1:]
    verb, context = cli, None
    while isinstance(verb, click.Group):
        name, verb, words = verb.resolve_command(
            click.Context(verb), [word for word in words if word]
        )
    context = verb.make_context(name, words)
    return context is not None


def program(folder):
    """Put a `mapper` into the folder, for commands that a shell runs."""
    path = folder / ".bin" / "mapper"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m mapper "$@"\n')
    path.chmod(0o755)


def differs(shown, printed):
    """Return the first shown line that was not printed where it should be, else an empty text.

    A line of three dots alone stands for any lines, one at the end of a line for its rest.
    """
    rest, anywhere = printed.rstrip("\n").split("\n"), False
    for line in shown.split("\n"):
        if line.strip() == LEFT_OUT:
            anywhere = True
            continue
        at = next((i for i, one in enumerate(rest) if _alike(line, one)), None)
        if at is None or (at and not anywhere):
            return line
        rest, anywhere = rest[at + 1 :], False
    return "" if anywhere or not "".join(rest).strip() else f"(nothing after it) {rest[0]}"


def _alike(shown, printed):
    if shown.endswith(LEFT_OUT):
        return printed.startswith(shown.removesuffix(LEFT_OUT))
    return shown.rstrip() == printed.rstrip()


def _unquoted(command):
    return re.sub(r"'[^']*'|\"[^\"$`]*\"", "", command)


def _in_process(arguments):
    said, code = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), 0
    kept, argv = signal.getsignal(signal.SIGTERM), sys.argv
    sys.argv = ["mapper", *arguments]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main()
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        sys.argv = argv
        signal.signal(signal.SIGTERM, kept)
    said.flush()
    return code, said.buffer.getvalue().decode("utf-8")
