"""The command line: the only place that prints and exits.

Heavy libraries are loaded inside the verbs, so that `mapper --help` stays light.
"""

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, Self

import click

import mapper
from mapper.config import CAPS, Options, cap, country_codes, encoding_name, pairs, renames, sign
from mapper.errors import MapperError, UnusableError

__all__ = ["main"]

DONE, LOOK, USAGE, UNUSABLE = 0, 1, 2, 3
EPILOG = "Exit codes: 0 done · 1 done, but look at something · 2 usage · 3 could not be used."

Command = Callable[..., Any]

_INPUT_OPTIONS = (
    click.argument("incidents", nargs=-1, metavar="INCIDENTS..."),
    click.option("--country", multiple=True, metavar="CC", help="Country the reports are about."),
    click.option("--border", multiple=True, metavar="CC-CC", help="Border they are about."),
    click.option("--overrides", type=click.Path(path_type=Path), help="CSV of places you know."),
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
    click.option("--strict", is_flag=True, help="Exit 1 if anything was rejected or unresolved."),
    click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="List every problem."),
)


def _with(options: tuple[Command, ...]) -> Command:
    """Return a decorator that applies several click decorators in the order listed."""

    def decorate(function: Command) -> Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.version_option(
    mapper.__version__, "--version", prog_name="mapper", message="%(prog)s %(version)s"
)
def cli() -> None:
    """Any table of border incidents in, one trustworthy offline map out."""


@cli.command("map")
@_with(_INPUT_OPTIONS)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Default: output/<first file>.html."
)
@click.option("--hide", multiple=True, metavar="COLUMN", help="Leave a column out of the page.")
@click.option("--lang", default="en", help="Language of the page: en, es, pt, fr, id or ar.")
@click.option("--title", default="", help="Headline instead of the one from the data.")
@click.option("--texts", default="", metavar="HOW", help="Reports' texts: full, short or none.")
@click.option(
    "--publish-safe",
    is_flag=False,
    flag_value="ready",
    default="",
    metavar="[POLICY.toml]",
    help="Coarsen and withhold by a policy (the ready one if none is named), then check for leaks.",
)
def map_(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    output: Path | None,
    hide: tuple[str, ...],
    lang: str,
    title: str,
    texts: str,
    publish_safe: str,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Make the map: one HTML file that opens from disk with the network off.

    INCIDENTS are CSV files, folders of them, or - for standard input.
    """
    options = _options(
        incidents,
        output=output,
        hide=hide,
        lang=lang,
        title=title,
        texts=texts,
        publish_safe=publish_safe,
        **shared,
    )
    from mapper import pipeline

    with _Progress(quiet=quiet) as progress:
        report = pipeline.make_map(options, progress)
    _finish(report, options, as_json=as_json, quiet=quiet, verbose=verbose)


@cli.command()
@_with(_INPUT_OPTIONS)
def check(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Say what was understood and what is wrong; write nothing."""
    options = _options(incidents, **shared)
    from mapper import pipeline

    with _Progress(quiet=quiet) as progress:
        report = pipeline.check(options, progress)
    _finish(report, options, as_json=as_json, quiet=quiet, verbose=verbose)


@cli.command()
@click.argument("places", metavar="PLACES.csv")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--country", multiple=True, metavar="CC", help="Country the places are about.")
@click.option("--border", multiple=True, metavar="CC-CC", help="Border they are about.")
@click.option("--overrides", type=click.Path(path_type=Path), help="CSV of places you know.")
@click.option("--lang", default="en", help="Language of the reasons.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def geocode(
    places: str,
    *,
    output: Path,
    as_json: bool,
    quiet: bool,
    lang: str,
    **shared: Any,  # noqa: ANN401
) -> None:
    """Place a table of names: columns place[,place_country,place_admin1,place_admin2]."""
    options = _options((places,), output=output, lang=lang, **shared)
    from mapper import pipeline

    with _Progress(quiet=quiet) as progress:
        report = pipeline.geocode_table(options, progress)
    _finish(report, options, as_json=as_json, quiet=quiet, verbose=False)


@cli.command()
@click.argument("place")
@click.option("--country", default="", metavar="CC", help="Country the source names.")
@click.option("--admin1", default="", help="First-level area the source names.")
@click.option("--admin2", default="", help="Second-level area the source names.")
@click.option("--border", multiple=True, metavar="CC-CC", help="Border the file is about.")
@click.option("--json", "as_json", is_flag=True, help="The trace as JSON.")
def explain(
    place: str, country: str, admin1: str, admin2: str, border: tuple[str, ...], *, as_json: bool
) -> None:
    """Show how PLACE is found: candidates, scores and the rule that chose."""
    from mapper import pipeline

    trace = pipeline.explain(place, country, admin1, admin2, pairs(border))
    if as_json:
        _print_json(trace.to_dict())
    else:
        click.echo("\n".join(trace.lines()))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON.")
def schema(*, as_json: bool) -> None:
    """Print the fields, the names understood for them, and the families of files known."""
    from mapper import pipeline

    known = pipeline.schema()
    if as_json:
        _print_json(known)
    else:
        click.echo("\n".join(known["lines"]))


def _options(
    incidents: tuple[str, ...],
    *,
    country: tuple[str, ...] = (),
    border: tuple[str, ...] = (),
    column: tuple[str, ...] = (),
    delimiter: str = "",
    encoding: str = "",
    **others: Any,  # noqa: ANN401 - fields of Options by name
) -> Options:
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
        columns=renames(column),
        **others,
    )


def _finish(report: Any, options: Options, *, as_json: bool, quiet: bool, verbose: bool) -> None:  # noqa: ANN401
    """Print the report and exit with 0, or 1 where `--strict` finds something to look at."""
    if as_json:
        _print_json(report.to_dict())
    elif not quiet:
        click.echo("\n".join(report.lines(verbose=verbose)))
    if options.strict and report.wants_a_look():
        sys.exit(LOOK)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


class _Progress:
    """A progress line on a terminal, nothing in a pipe. Called with (stage, share done)."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, share: float) -> None:
        if self.shown:
            done = round(share * 24)
            bar = "█" * done + "░" * (24 - done)
            click.echo(f"\r\x1b[2K{bar} {stage}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[2K", nl=False, err=True)


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Turn SIGTERM into an ordinary exit, so that temporary files are cleaned."""
    sys.exit(128 + signal.SIGTERM)


def main() -> None:
    """Run the command line; one clear line and an exit code instead of a traceback."""
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("mapper: stopped; nothing was written.", err=True)
        sys.exit(130)
    except MapperError as error:
        click.echo(f"mapper: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except MemoryError:
        click.echo(
            f"mapper: {UnusableError('there is not enough memory for this input.')}", err=True
        )
        sys.exit(UNUSABLE)
