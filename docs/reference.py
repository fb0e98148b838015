"""Write the reference from the code: `python docs/reference.py`.

The verbs and options, the columns and the families of files stand in the code once; these pages
print them. A test fails where a page is not what this script writes.
"""

import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from mapper import columns, dialects
from mapper.cli import cli
from mapper.figure.filters import KEYS
from mapper.geocode.overrides import COLUMNS as OVERRIDES
from mapper.messages import LANGUAGES
from mapper.safety.policy import LEVELS, ready
from mapper.world.crossings import CROSSING_COLUMNS, MODES, STATUS_COLUMNS, STATUSES

FOLDER = Path(__file__).parent / "reference"
MADE = "*Written by `docs/reference.py` from the code; do not edit.*"
CODES = (
    (0, "Done."),
    (1, ("Done, but something is to be looked at: with `--strict` a row was rejected or has no "
     "place; `verify` found a difference, `doctor` a fault; the leak check found a leak "
     "(nothing was written).")),
    (2, "The command line or `mapper.toml` is wrong."),
    (3, ("A file or service could not be used, or no row could: one line on standard error says "
     "why, old outputs stay as they were.")),
    (130, "Stopped by Ctrl-C; old outputs are whole."),
    (143, "Stopped by SIGTERM; old outputs are whole."),
)  # fmt: skip
TABLES = (
    (columns.INCIDENT, "One row a report, as read."),
    (columns.MATCH, ("One row a distinct place: what it was taken for (`….places.csv`, "
     "`mapper geocode`).")),
    (columns.LOCATED, ("One row a report, placed and joined to the border: all columns of INCIDENT "
     "and MATCH, and these.")),
    (columns.PROBLEM, "One row a thing that was wrong (`….problems.csv`)."),
)  # fmt: skip


def pages() -> dict[str, str]:
    """Return file name → text of every page of the reference."""
    return {
        "command-line.md": command_line(),
        "columns.md": column_tables(),
        "files.md": files(),
    }


def command_line() -> str:
    """Return the page of the verbs with their help, and of the exit codes."""
    parts = ["# Command line", MADE, "## Exit codes", "| code | meaning |\n|--:|---|"]
    parts[-1] += "".join(f"\n| {code} | {meaning} |" for code, meaning in CODES)
    parts += [_help(name, verb) for name, verb in _verbs(cli, "mapper")]
    filters = ", ".join(f"`{key}`" for key in KEYS)
    parts += [f"## Filters\n\nThe keys of `--filter`: {filters}."]
    parts += [f"## Languages\n\nThe values of `--lang`: {_listed(LANGUAGES)}."]
    return _page(parts)


def column_tables() -> str:
    """Return the page of the tables, and of the words that are known in their cells."""
    parts = ["# Columns", MADE]
    seen: set[str] = set()
    for table, meaning in TABLES:
        rows = [column for column in table.columns if column.name not in seen]
        if table is not columns.PROBLEM:
            seen |= {column.name for column in table.columns}
        else:
            rows = list(table.columns)
        parts += [f"## {table.name}", meaning, _rows(rows)]
    parts += [
        "## Words of closed columns",
        "\n".join(
            f"- `{name}`: {_listed(known)}"
            for name, known in (
                ("event_type", columns.EVENT_TYPES),
                ("date_precision", columns.DATE_PRECISIONS),
                ("fatalities_kind`, `injured_kind`, `people_kind", columns.COUNT_KINDS),
                ("shape", columns.SHAPES),
                ("precision", columns.PRECISIONS),
                ("crossing_status", (*STATUSES, "unknown")),
            )
        ),
        "## Tables of your own",
        f"- `--overrides` and `….fixes.csv`: {_listed(OVERRIDES)}",
        (
            f"- `--crossings`: {_listed(CROSSING_COLUMNS)}; `mode` is one or more of "
            f"{_listed(MODES)}, joined by `|`"
        ),
        f"- `--status`: {_listed(STATUS_COLUMNS)}; `status` is one of {_listed(STATUSES)}",
        f"- `--publish-safe`: a policy in TOML; `publish` is one of {_listed(LEVELS)}",
        "## The ready policy of `--publish-safe`",
        "\n".join(f"- {sentence}" for sentence in ready().sentences()),
    ]
    return _page(parts)


def files() -> str:
    """Return the page of the families of files, and of the column names understood."""
    parts = ["# Files that are understood", MADE, "## Families"]
    parts.append("A file is of a family where it has all columns of one of the sets.")
    for path in sorted(Path(dialects.__file__).parent.glob("*.toml")):
        known = tomllib.loads(path.read_text(encoding="utf-8"))
        if "terms" in known:
            parts += _family(path.stem, known)
    parts += ["## Column names", "Case, accents, blanks and underscores do not count."]
    parts.append(_synonyms())
    return _page(parts)


def _family(name: str, known: dict[str, object]) -> list[str]:
    parts = [f"### {known.get('title', name)}"]
    recognise, terms = known.get("recognise", {}), known["terms"]
    assert isinstance(recognise, dict)  # noqa: S101 - our own data files
    assert isinstance(terms, dict)  # noqa: S101 - our own data files
    sets = [f"- {_listed(names)}" for names in recognise.get("sets", [])]
    parts += ["\n".join(sets)] if sets else []
    headerless = known.get("headerless")
    if isinstance(headerless, dict):
        n = len(headerless["columns"])
        parts.append(f"Also without column names, by the form of its {n} columns.")
    fields = known.get("fields")
    if isinstance(fields, dict):
        rows = [f"| `{ours}` | {_listed(theirs)} |" for ours, theirs in fields.items()]
        parts.append("| field | from, the first that is there |\n|---|---|\n" + "\n".join(rows))
    if terms["attribution"]:
        parts.append(f"Credit: {terms['attribution']}")
    if terms["restricted"]:
        parts.append(
            "Its terms restrict passing texts on: long ones are cut, and the page saves no files."
        )
    return parts


def _synonyms() -> str:
    known = dialects.load("synonyms")["columns"]
    rows = [
        f"| `{field}` | {', '.join(_cell(n) for n in names)} |" for field, names in known.items()
    ]
    return "| field | understood names |\n|---|---|\n" + "\n".join(rows)


def _verbs(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, verb in group.commands.items():
        yield f"{path} {name}", verb
        if isinstance(verb, click.Group):
            yield from _verbs(verb, f"{path} {name}")


def _help(name: str, verb: click.Command) -> str:
    """Return a verb as Markdown: not click's own layout, which changes with its version."""
    arguments = [_argument(one) for one in verb.params if isinstance(one, click.Argument)]
    options = [one for one in verb.params if isinstance(one, click.Option)]
    group = ["COMMAND"] if isinstance(verb, click.Group) else []
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *group, *arguments])
    parts = [f"## {name}", f"```text\n{usage}\n```", inspect.cleandoc(verb.help or "")]
    if options:
        rows = [f"| {_option(one)} | {_cell(one.help or '')}{_default(one)} |" for one in options]
        parts.append("| option | meaning |\n|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _argument(one: click.Argument) -> str:
    name = one.metavar or str(one.name).upper()
    return f"[{name}]" if one.nargs == -1 else name


def _option(one: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    if one.is_flag:
        return names
    if isinstance(one.type, click.Choice):
        value = "\\|".join(str(choice) for choice in one.type.choices)
    else:
        value = _cell(one.metavar or one.type.name.upper().split(" ", maxsplit=1)[0])
    more = ", repeatable" if one.multiple and "(repeatable)" not in (one.help or "") else ""
    return f"{names} `{value}`{', required' if one.required else more}"


def _default(one: click.Option) -> str:
    return f" Default: {one.default}." if one.show_default else ""


def _rows(told: list[columns.Column]) -> str:
    lines = ["| column | kind | unit | meaning |", "|---|---|---|---|"]
    lines += [f"| `{one.name}` | {one.kind} | {one.unit} | {_cell(one.meaning)} |" for one in told]
    return "\n".join(lines)


def _listed(words: object) -> str:
    assert isinstance(words, (list, tuple, set, frozenset))  # noqa: S101 - our own constants
    return ", ".join(f"`{word}`" for word in words)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
