"""The command line: the only place that prints and exits.

One module a group of verbs; what they share is in `shared`. Heavy libraries are loaded inside the
verbs, so that `mapper --help` stays light.
"""

import signal
import sys
from types import FrameType
from typing import NoReturn

import click

import mapper
from mapper.cli.changes import diff
from mapper.cli.figures import embed, figure
from mapper.cli.gazetteers import gazetteer
from mapper.cli.known import schema
from mapper.cli.maps import check, map_
from mapper.cli.places import explain, geocode
from mapper.cli.proofs import doctor, verify
from mapper.cli.shared import DONE, UNUSABLE, USAGE
from mapper.cli.tables import table
from mapper.cli.watch import watch
from mapper.errors import MapperError, UnusableError

__all__ = ["cli", "main"]

EPILOG = "Exit codes: 0 done · 1 done, but look at something · 2 usage · 3 could not be used."


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.version_option(
    mapper.__version__, "--version", prog_name="mapper", message="%(prog)s %(version)s"
)
def cli() -> None:
    """Any table of border incidents in, one trustworthy offline map out."""


for _verb in (
    *(map_, check, table, figure, embed, diff, geocode, explain),
    *(verify, watch, gazetteer, doctor, schema),
):
    cli.add_command(_verb)


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
