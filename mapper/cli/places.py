"""The verbs about place names alone: geocode and explain."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.shared import (
    CROSSINGS,
    GAZETTEERS,
    ONLINE_OPTIONS,
    carry_out,
    options_of,
    print_json,
    together,
)
from mapper.config import Options, pairs

__all__ = ["explain", "geocode"]


@click.command()
@click.argument("places", metavar="PLACES.csv")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--country", multiple=True, metavar="CC", help="Country the places are about.")
@click.option("--border", multiple=True, metavar="CC-CC", help="Border they are about.")
@click.option("--overrides", type=click.Path(path_type=Path), help="CSV of places you know.")
@CROSSINGS
@GAZETTEERS
@click.option("--lang", default="en", help="Language of the reasons.")
@together(ONLINE_OPTIONS)
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
    options = options_of((places,), output=output, lang=lang, **shared)
    from mapper import pipeline

    carry_out(pipeline.geocode_table, options, as_json=as_json, quiet=quiet)


@click.command()
@click.argument("place")
@click.option("--country", default="", metavar="CC", help="Country the source names.")
@click.option("--admin1", default="", help="First-level area the source names.")
@click.option("--admin2", default="", help="Second-level area the source names.")
@click.option("--border", multiple=True, metavar="CC-CC", help="Border the file is about.")
@CROSSINGS
@GAZETTEERS
@click.option("--json", "as_json", is_flag=True, help="The trace as JSON.")
def explain(
    place: str,
    country: str,
    admin1: str,
    admin2: str,
    border: tuple[str, ...],
    *,
    crossings: Path | None,
    gazetteers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show how PLACE is found: candidates, scores and the rule that chose."""
    from mapper import pipeline

    options = Options(borders=pairs(border), crossings=crossings, gazetteers=gazetteers)
    trace = pipeline.explain(place, country, admin1, admin2, options)
    if as_json:
        print_json(trace.to_dict())
    else:
        click.echo("\n".join(trace.lines()))
