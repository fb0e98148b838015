"""The verbs that read incidents: map and check."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.project import ProjectCommand
from mapper.cli.shared import (
    INPUT_OPTIONS,
    MARKING,
    ONLINE_OPTIONS,
    PUBLISH_SAFE,
    carry_out,
    options_of,
    together,
)
from mapper.config import Options

__all__ = ["MAP_OPTIONS", "check", "map_", "map_options_of"]


# of the verbs that make a map
MAP_OPTIONS = (
    *INPUT_OPTIONS,
    *ONLINE_OPTIONS,
    click.option(
        "-o", "--output", type=click.Path(path_type=Path), help="Default: output/<first file>.html."
    ),
    click.option("--hide", multiple=True, metavar="COLUMN", help="Leave a column out of the page."),
    click.option("--lang", default="en", help="Language of the page: en, es, pt, fr, id or ar."),
    click.option("--title", default="", help="Headline instead of the one from the data."),
    click.option("--texts", default="", metavar="HOW", help="Reports' texts: full, short or none."),
    click.option(
        "--previous",
        default="",
        metavar="OLD",
        help="Show what changed since OLD: a table or a map.",
    ),
    click.option(
        "--tiles",
        default="",
        metavar="PROVIDER",
        help="Online tiles of this xyzservices provider over the map; readers ask its server.",
    ),
    click.option(
        "--pmtiles",
        type=click.Path(path_type=Path),
        help="Embed the streets around the reports from this file of vector tiles.",
    ),
    click.option(
        "--pmtiles-budget",
        type=click.FloatRange(0.01, 500),
        default=8.0,
        show_default=True,
        metavar="MB",
        help="What they may take.",
    ),
    click.option(
        "--manifest", is_flag=True, help="Write OUT.manifest.json: inputs, versions, fates, hashes."
    ),
    click.option(
        "--manifest-with",
        multiple=True,
        metavar="WHAT",
        help="Add what differs between runs: time, paths, versions.",
    ),
    PUBLISH_SAFE,
    MARKING,
)


def map_options_of(
    incidents: tuple[str, ...],
    *,
    manifest: bool,
    manifest_with: tuple[str, ...],
    **shared: Any,  # noqa: ANN401 - fields of Options by name
) -> Options:
    """Return the options of a map as the command line or `mapper.toml` gives them.

    Raises:
        click.UsageError: there is no input.
        UsageError: a value is not what it must be.
    """
    return options_of(
        incidents,
        manifest=manifest or bool(manifest_with),
        manifest_with=manifest_with,
        **shared,
    )


@click.command("map", cls=ProjectCommand)
@together(MAP_OPTIONS)
def map_(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Make the map: one HTML file that opens from disk with the network off.

    INCIDENTS are CSV files, folders of them, or - for standard input. Without any, mapper.toml of
    this folder says which, and with which options.
    """
    options = map_options_of(incidents, **shared)
    from mapper import pipeline

    carry_out(pipeline.make_map, options, as_json=as_json, quiet=quiet, verbose=verbose)


@click.command(cls=ProjectCommand)
@together(INPUT_OPTIONS)
def check(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Say what was understood and what is wrong; write nothing."""
    options = options_of(incidents, **shared)
    from mapper import pipeline

    carry_out(pipeline.check, options, as_json=as_json, quiet=quiet, verbose=verbose)
