"""The verbs about plugged-in gazetteers: add, list, remove."""

import click

from mapper.cli.shared import print_json

__all__ = ["gazetteer"]


@click.group()
def gazetteer() -> None:
    """Plug in gazetteers that know more places; --gazetteer NAME uses one."""


@gazetteer.command("add")
@click.argument("source", metavar="FILE|geonames:CC")
@click.option("--name", default="", help="What --gazetteer calls it. Default: the file's stem.")
@click.option("--licence", default="", help="As its source states it.")
@click.option("--replace", is_flag=True, help="Put it in the place of one of that name.")
@click.option("--url", default="", help="Address of GeoNames' dumps, for a mirror.")
@click.option("--json", "as_json", is_flag=True, help="What was added, as JSON.")
def add(
    source: str, *, name: str, licence: str, replace: bool, url: str, as_json: bool
) -> None:  # fmt: skip
    """Add a gazetteer from a file, or load one from GeoNames.

    FILE is a GeoNames dump (VE.txt, allCountries.zip), an admin boundary layer of OCHA (COD-AB), or
    a CSV or layer with names and coordinates. geonames:VE loads that country's dump.
    """
    from mapper.gazetteer import plug
    from mapper.messages import text

    found = plug.add(source, name, licence=licence, replace=replace, base=url)
    if as_json:
        print_json(found.to_dict())
        return
    click.echo(found.sentence(code="added"))
    if found.others:
        click.echo(text("gazetteer", "others", n=f"{found.others:,}"))
    if found.left_out:
        click.echo(text("gazetteer", "left_out", n=f"{found.left_out:,}"))
    click.echo(text("gazetteer", "use", name=found.name))


@gazetteer.command("list")
@click.option("--json", "as_json", is_flag=True, help="All that is known of them, as JSON.")
def list_(*, as_json: bool) -> None:
    """List the gazetteers added: name, places, countries, source, licence, checksum."""
    from mapper.gazetteer import store
    from mapper.messages import text

    found = store.known()
    if as_json:
        print_json([about.to_dict() for about in found])
    elif found:
        click.echo("\n".join(about.sentence() for about in found))
    else:
        click.echo(text("gazetteer", "none"))


@gazetteer.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the gazetteer NAME."""
    from mapper.gazetteer import store
    from mapper.messages import text

    store.remove(name)
    click.echo(text("gazetteer", "removed", name=name))
