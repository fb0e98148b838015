"""The verb that writes the located table or a summary of it: table."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.shared import BEFORE, INPUT_OPTIONS, PUBLISH_SAFE, carry_out, options_of, together

__all__ = ["table"]


@click.command()
@together(INPUT_OPTIONS)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="OUT.csv, .parquet, .geojson, .gpkg or .xlsx.",
)
@click.option(
    "--by", default="", metavar="WHAT", help="A summary by crossing, border, admin1 or month."
)
@click.option("--schema", type=click.Path(path_type=Path), help="JSON: what the columns mean.")
@PUBLISH_SAFE
@BEFORE
@click.option("--hide", multiple=True, metavar="COLUMN", help="Leave a column out.")
@click.option("--lang", default="en", help="Language of the reasons.")
def table(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Write the located table, or a summary of it, for other programs."""
    options = options_of(incidents, **shared)
    from mapper import pipeline

    carry_out(pipeline.make_table, options, as_json=as_json, quiet=quiet, verbose=verbose)
