"""The verb that compares two editions: diff."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.shared import READ_OPTIONS, Progress, options_of, print_json, together

__all__ = ["diff"]


@click.command()
@click.argument("old")
@click.argument("new")
@together(READ_OPTIONS)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="OUT.md for a change log, OUT.csv for a row a change, OUT.json for programs.",
)
@click.option("--lang", default="en", help="Language of the sentences.")
@click.option("--json", "as_json", is_flag=True, help="The differences as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def diff(
    old: str,
    new: str,
    *,
    output: Path | None,
    as_json: bool,
    quiet: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Say what changed from OLD to NEW: each a table of incidents or a map made earlier."""
    options = options_of((new,), output=output, **shared)
    from mapper.pipeline import revisions

    with Progress(quiet=quiet) as progress:
        found = revisions.compare(old, options, progress)
        if output:
            revisions.write(found, output, options.lang)
    if as_json:
        print_json(found.to_dict(options.lang))
    elif not quiet:
        click.echo("\n".join(found.sentences(options.lang)))
