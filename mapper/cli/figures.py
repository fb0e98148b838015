"""The verbs that put a map into a text: figure (for print), embed (a map made earlier)."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.shared import (
    BEFORE,
    INPUT_OPTIONS,
    MARKING,
    PUBLISH_SAFE,
    carry_out,
    options_of,
    together,
)

__all__ = ["embed", "figure"]


@click.command()
@together(INPUT_OPTIONS)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="OUT.png, .svg, .pdf or .docx; OUT.alt.txt and OUT.csv stand beside it.",
)
@click.option(
    "--size", default="page", metavar="SIZE", help="column, page, slide, or such as 120x90mm."
)
@click.option("--dpi", type=int, default=300, show_default=True, help="Of PNG, and in DOCX.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="KEY=VALUE",
    help="types, from, to, border, near, bbox …: near=simon-bolivar:10, from=2019-02-20.",
)
@click.option("--hide", multiple=True, metavar="COLUMN", help="Leave a column out.")
@PUBLISH_SAFE
@BEFORE
@MARKING
@click.option("--lang", default="en", help="Language: en, es, pt, fr, id or ar.")
@click.option("--title", default="", help="Headline instead of the one from the data.")
def figure(
    incidents: tuple[str, ...],
    *,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Draw a figure for print or a slide: the map's symbols, key, scale and sources, no browser."""
    options = options_of(incidents, **shared)
    from mapper.pipeline import figures

    carry_out(figures.make_figure, options, as_json=as_json, quiet=quiet, verbose=verbose)


@click.command()
@click.argument("page", metavar="OUT.html", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(("iframe", "markdown", "docx")),
    required=True,
    help="For a web page, a Markdown text, or a Word document.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Default: OUT.embed.html, OUT.md or OUT.docx; the picture lies beside it.",
)
@click.option(
    "--address", default="", metavar="URL", help="Where readers find the map, if not beside it."
)
@click.option("--picture", default="", metavar="URL", help="Where they find the picture.")
@click.option("--size", default="", metavar="SIZE", help="Of the picture; default 160x120mm.")
@click.option("--dpi", type=int, default=0, help="Of the picture; default 150, in DOCX 300.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def embed(page: Path, *, kind: str, quiet: bool, **how: Any) -> None:  # noqa: ANN401
    """Write what puts a finished map into a web page, a Markdown text or a Word document."""
    from mapper import embedding
    from mapper.messages import text

    written = embedding.embed(page, kind, **how)
    if not quiet:
        click.echo(text("embed", "wrote", files=", ".join(str(path) for path in written)))
