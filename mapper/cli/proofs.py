"""The verbs that look whether all is well: verify (a map) and doctor (the installation)."""

import sys
from pathlib import Path

import click

from mapper.cli.shared import LOOK, print_json

__all__ = ["doctor", "verify"]


class _Several(click.Command):
    """Lets `--inputs` take every name that follows it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--inputs" in args:
            at = args.index("--inputs")
            names = [i for i, arg in enumerate(args) if i > at and not arg.startswith("-")]
            # each name after the first gets the option of its own
            for i in reversed(names[1:]):
                if all(not arg.startswith("-") for arg in args[at + 1 : i]):
                    args.insert(i, "--inputs")
        return super().parse_args(ctx, args)


@click.command(cls=_Several)
@click.argument("page", metavar="OUT.html", type=click.Path(path_type=Path))
@click.option(
    "--inputs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE...",
    help="The files it was made from.",
)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def verify(page: Path, *, inputs: tuple[Path, ...], as_json: bool, quiet: bool) -> None:
    """Say whether a map, the files beside it and its inputs are what they were.

    Exit code 0: all agrees; 1: something does not; 3: it is no map.
    """
    from mapper import proof
    from mapper.messages import text

    found = proof.verify(page, inputs)
    agrees = all(one.agrees is not False for one in found)
    if as_json:
        told = [{"file": one.file, "agrees": one.agrees, "said": one.said} for one in found]
        print_json({"agrees": agrees, "findings": told})
    elif not quiet:
        words = {True: "agrees", False: "differs", None: "note"}
        for one in found:
            word = text("proof", f"words.{words[one.agrees]}")
            click.echo(f"{word:<8} {one.file} {one.said}".replace("  ", " "))
        click.echo(text("proof", "words.all" if agrees else "words.some"))
    if not agrees:
        sys.exit(LOOK)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="What was found, as JSON.")
def doctor(*, as_json: bool) -> None:
    """Say whether this installation is whole: versions, data files, browser code, fonts, cache.

    Exit code 0: it is; 1: something is missing or damaged.
    """
    from mapper import checkup

    found = checkup.checkup()
    well = all(one.well is not False for one in found)
    if as_json:
        print_json(
            {"well": well, "checks": [{"well": one.well, "said": one.said} for one in found]}
        )
    else:
        signs = {True: "ok", False: "FAULT", None: "note"}
        click.echo("\n".join(f"{signs[one.well]:<6}{one.said}" for one in found))
    if not well:
        sys.exit(LOOK)
