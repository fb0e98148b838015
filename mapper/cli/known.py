"""The verb that says what mapper knows: schema."""

import click

from mapper.cli.shared import print_json

__all__ = ["schema"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON.")
def schema(*, as_json: bool) -> None:
    """Print the fields, the names understood for them, and the families of files known."""
    from mapper import pipeline

    known = pipeline.schema()
    if as_json:
        print_json(known)
    else:
        click.echo("\n".join(known["lines"]))
