"""The verb that rebuilds a map whenever its inputs change: watch."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mapper.cli.maps import MAP_OPTIONS, map_options_of
from mapper.cli.project import ProjectCommand
from mapper.cli.shared import together
from mapper.config import Options
from mapper.errors import MapperError
from mapper.messages import text

__all__ = ["watch"]


@click.command(cls=ProjectCommand)
@together(MAP_OPTIONS)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the preview; 0: any.")
@click.option("--no-preview", is_flag=True, help="Serve nothing, only rebuild.")
def watch(
    incidents: tuple[str, ...],
    *,
    port: int,
    no_preview: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **shared: Any,  # noqa: ANN401 - click hands the shared options by name
) -> None:
    """Make the map, and again whenever an input changes; a broken input leaves the last good map.

    The map is shown live on 127.0.0.1 only. INCIDENTS are files or folders.
    """
    del as_json, verbose
    from mapper import pipeline, watching

    options = map_options_of(incidents, **shared)
    output = options.output or Path("output") / f"{pipeline.stem(options.inputs[0])}.html"
    options = replace(options, output=output)
    what = watching.watched(options, pipeline.map_files(output))
    changes = watching.changed(what)
    with contextlib.ExitStack() as stack:
        preview = None if no_preview else stack.enter_context(watching.Preview(output, port))
        if preview and not quiet:
            click.echo(text("watch", "serving", url=preview.url))
        for names in changes:
            _build(options, output, preview, names, quiet=quiet)
    if not quiet:
        click.echo(text("watch", "stopped"))


def _build(options: Options, output: Path, preview: Any, names: list[str], *, quiet: bool) -> None:  # noqa: ANN401
    """Make the map; where it cannot be made say why and go on."""
    from mapper import pipeline

    try:
        report = pipeline.make_map(options)
    except MapperError as error:
        click.echo(text("watch", "failed", output=output, why=error), err=True)
        if preview:
            preview.failed(str(error))
        return
    if preview:
        preview.built()
    if not quiet:
        made = {"output": output, "mapped": report.mapped, "incidents": report.incidents}
        click.echo(text("watch", "built", files=", ".join(names) or "–", **made))
