"""What the verbs share: the options of every run, the progress line, the report and exit code."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import click

from mapper.config import (
    CAPS,
    Options,
    cap,
    country_codes,
    encoding_name,
    pairs,
    renames,
    sign,
    view_code,
)

__all__ = [
    "BEFORE",
    "CROSSINGS",
    "DONE",
    "GAZETTEERS",
    "INPUT_OPTIONS",
    "LOOK",
    "MARKING",
    "ONLINE_OPTIONS",
    "PUBLISH_SAFE",
    "READ_OPTIONS",
    "UNUSABLE",
    "USAGE",
    "Progress",
    "carry_out",
    "options_of",
    "print_json",
    "together",
]

DONE, LOOK, USAGE, UNUSABLE = 0, 1, 2, 3

Command = Callable[..., Any]

CROSSINGS = click.option(
    "--crossings", type=click.Path(path_type=Path), help="Your own crossings: CSV, or OSM GeoJSON."
)
GAZETTEERS = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="NAME",
    help="Ask a gazetteer you added too (repeatable).",
)
PUBLISH_SAFE = click.option(
    "--publish-safe",
    is_flag=False,
    flag_value="ready",
    default="",
    metavar="[POLICY.toml]",
    help="Coarsen and withhold by a policy (the ready one if none is named); look for leaks.",
)
BEFORE = click.option(
    "--previous",
    default="",
    metavar="OLD",
    help="With --publish-safe: the edition published before; the threshold holds against it too.",
)
MARKING = click.option(
    "--marking", default="", metavar="TEXT", help="Handling mark at its head, such as TLP:AMBER."
)

ONLINE_OPTIONS = (
    click.option(
        "--online",
        default="",
        metavar="SERVICE",
        help="Ask nominatim or photon for places not found offline; sends their texts there.",
    ),
    click.option(
        "--online-url",
        default="",
        metavar="URL",
        envvar="MAPPER_ONLINE_URL",
        help="Your own server of that service (or MAPPER_ONLINE_URL).",
    ),
    click.option(
        "--online-rate",
        type=click.FloatRange(0.01, 1000),
        default=None,
        metavar="N",
        help="Requests a second to your own server.",
    ),
)

# how the inputs are to be read and placed
READ_OPTIONS = (
    click.option("--country", multiple=True, metavar="CC", help="Country the reports are about."),
    click.option("--border", multiple=True, metavar="CC-CC", help="Border they are about."),
    click.option("--overrides", type=click.Path(path_type=Path), help="CSV of places you know."),
    CROSSINGS,
    GAZETTEERS,
    click.option(
        "--status", type=click.Path(path_type=Path), help="CSV: when crossings were open."
    ),
    click.option(
        "--admin", type=click.Path(path_type=Path), help="Your own admin areas (COD-AB): P-codes."
    ),
    click.option(
        "--view", metavar="CC", default="", help="Draw disputed ground as this country does."
    ),
    click.option("--date-order", metavar="ORDER", default="", help="dmy, mdy or ymd."),
    click.option(
        "--column",
        "--map",
        "column",
        multiple=True,
        metavar='"THEIRS=field"',
        help="Name a column.",
    ),
    click.option("--encoding", metavar="NAME", default="", help="Of the file, if not found out."),
    click.option("--delimiter", metavar="SIGN", default="", help="Of cells; tab for a tab."),
    click.option("--sheet", metavar="NAME", default="", help="Of a spreadsheet."),
    *(
        click.option(f"--max-{name}", metavar="N", default="", help=words)
        for name, words in CAPS.items()
    ),
)
INPUT_OPTIONS = (
    click.argument("incidents", nargs=-1, metavar="INCIDENTS..."),
    *READ_OPTIONS,
    click.option(
        "--cache/--no-cache",
        default=True,
        help="Reuse and keep what was found for places; never with --publish-safe.",
    ),
    click.option("--strict", is_flag=True, help="Exit 1 if anything was rejected or unresolved."),
    click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="List every problem."),
)


def together(options: tuple[Command, ...]) -> Command:
    """Return a decorator that applies several click decorators in the order listed."""

    def decorate(function: Command) -> Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def options_of(
    incidents: tuple[str, ...],
    *,
    country: tuple[str, ...] = (),
    border: tuple[str, ...] = (),
    column: tuple[str, ...] = (),
    view: str = "",
    delimiter: str = "",
    encoding: str = "",
    online_rate: float | None = None,
    **others: Any,  # noqa: ANN401 - fields of Options by name
) -> Options:
    """Return the options of a run as the command line gives them.

    Raises:
        click.UsageError: there is no input.
        UsageError: a value is not what it must be.
    """
    if not incidents:
        message = "no input: name a CSV file, a folder, or - for standard input."
        raise click.UsageError(message)
    told = {f"max_{name}": others.pop(f"max_{name}", "") for name in CAPS}
    return Options(
        inputs=incidents,
        delimiter=sign(delimiter),
        encoding=encoding_name(encoding),
        caps={name: cap(name, value) for name, value in told.items() if value},
        countries=country_codes(country),
        borders=pairs(border),
        view=view_code(view),
        columns=renames(column),
        online_rate=online_rate or 0.0,
        **others,
    )


def carry_out(
    verb: Callable[[Options, "Progress"], Any],
    options: Options,
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool = False,
) -> None:
    """Do what a verb does under a progress line, print its report and leave with its exit code.

    That is 0, or 1 where `--strict` finds something to look at.
    """
    with Progress(quiet=quiet) as progress:
        report = verb(options, progress)
    if as_json:
        print_json(report.to_dict())
    elif not quiet:
        click.echo("\n".join(report.lines(verbose=verbose)))
    if options.strict and report.wants_a_look():
        sys.exit(LOOK)


def print_json(value: object) -> None:
    """Print a value as JSON; NaN is a mistake, never printed."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


class Progress:
    """A progress line on a terminal, nothing in a pipe. Called with (stage, share done)."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Show nothing yet."""
        return self

    def __call__(self, stage: str, share: float) -> None:
        """Draw the bar anew."""
        if self.shown:
            done = round(share * 24)
            bar = "█" * done + "░" * (24 - done)
            click.echo(f"\r\x1b[2K{bar} {stage}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        if self.shown:
            click.echo("\r\x1b[2K", nl=False, err=True)
