"""What a policy lets be published of a placed table, and the refusal of files that tell more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from mapper import editions, join, publish, safety
from mapper.config import Options
from mapper.errors import InputError, LeakError
from mapper.figure import Figure
from mapper.messages import text
from mapper.pipeline.own import Own
from mapper.pipeline.paths import output_of, stem
from mapper.pipeline.previous import edition_of
from mapper.render.decode import Page, page_text, readable
from mapper.render.decode import located as located_of
from mapper.report import Report
from mapper.text import fold

__all__ = ["Safe", "publishable", "refuse", "refuse_figure", "refuse_table", "told_since"]

_WITH_OUTLINES = (".geojson", ".gpkg", ".parquet")

# places on paper, in mm: where something stands on the sheet, not in the world
_SVG_PLACES = re.compile(rb'\s(?:d|x|y|points|transform|viewBox)="[^"]*"')
_PDF_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Safe:
    """What may be published.

    Attributes:
        table: LOCATED; positions, border and crossings are found anew from what is published.
        done: what the policy made, and what must not be found in any output.
        said: the policy and what was done, in words, for the person at the terminal.
        before: the edition published before, as it was published; None where none is named.
    """

    table: gpd.GeoDataFrame
    done: safety.Published
    said: list[str]
    before: editions.Edition | None


def publishable(located: gpd.GeoDataFrame, ground: Own, options: Options) -> Safe:
    """Return what a policy lets be published; nothing after this sees the exact table.

    The policy's threshold holds against the edition named with `--previous` too, or else against
    the published map that the run replaces.

    Raises:
        InputError: the edition before was published with another key.
    """
    ready = options.publish_safe == "ready"
    policy = safety.ready() if ready else safety.read_policy(Path(options.publish_safe))
    key = safety.read_key(policy.key_file)
    before = _named(options, policy, key, ground) or _replaced(options)
    places = None if before is None else safety.places_of(before.incidents)
    done = safety.apply(located, policy, key, before=places, lang=options.lang)
    said = [*policy.sentences(), *done.sentences]
    if places and done.ids and not set(places) & done.ids:
        if options.previous:
            raise InputError(text("safety", "other_key", file=Path(options.previous).name))
        said.append(text("safety", "other_key_replaced"))
    return Safe(_joined(done, ground), done, said, before if options.previous else None)


def _joined(done: safety.Published, ground: Own) -> gpd.GeoDataFrame:
    table, _ = join.locate(
        done.incidents,
        done.matches,
        done.codes,
        crossings=ground.crossings,
        status=ground.intervals,
    )
    return table


def _named(
    options: Options, policy: safety.Policy, key: safety.Key, ground: Own
) -> editions.Edition | None:
    """Return the edition of `--previous` as it was published, or as this policy publishes it."""
    if not options.previous:
        return None
    page = published_page(Path(options.previous))
    if page is not None:
        return editions.Edition(page.reports, located=page.reports)
    exact = edition_of(options.previous, options)
    known = exact.incidents if exact.located is None else exact.located
    return _edition(_joined(safety.apply(known, policy, key, lang=options.lang), ground))


def _edition(table: gpd.GeoDataFrame) -> editions.Edition:
    """Return a published table as an edition to be compared."""
    rows = pd.DataFrame(table.drop(columns="geometry"))
    return editions.Edition(rows, located=rows)


def _replaced(options: Options) -> editions.Edition | None:
    """Return the published map that the run will replace; None where there is none."""
    page = published_page(output_of(options))
    return None if page is None else editions.Edition(page.reports)


def published_page(path: Path) -> Page | None:
    """Return a map if it was made to be published; None if it was not, or is no map."""
    if path.suffix.lower() not in (".html", ".htm") or not path.is_file():
        return None
    try:
        page = located_of(page_text(path), path.name)
    except InputError:
        return None
    return page if page.meta.get("safety") else None


def told_since(safe: Safe, options: Options, report: Report) -> dict[str, Any] | None:
    """Return what changed since the edition published before: numbers alone, for the page."""
    if safe.before is None:
        return None
    found = editions.diff(safe.before, _edition(safe.table))
    report.since, report.changes = stem(options.previous), found.counts()
    return editions.for_page(found, safe.before, options.lang, counts_only=True)


def refuse(found: Sequence[safety.Leak]) -> None:
    """Let nothing be written where something withheld was found.

    Raises:
        LeakError: `found` is not empty.
    """
    if found:
        raise LeakError(text("safety", "leaks", n=len(found), first=found[0].sentence()))


def refuse_figure(
    drawn: Figure,
    files: Mapping[str, bytes],
    published: safety.Published,
    paths: Sequence[str],
) -> None:
    """Look for what is withheld in a finished figure and in the files beside it.

    Pixels and outlines of letters cannot be read, so the words that were drawn are looked
    through in their place. Towns and crossings of the ground stand on every figure of a region
    and tell nothing; in the files beside it their names would.

    Args:
        drawn: the figure.
        files: name → bytes of everything that is to be written.
        published: what the policy made.
        paths: of the inputs.

    Raises:
        LeakError: something withheld is found; nothing may be written.
    """
    facts = published.withheld
    ground = frozenset(fold(name) for name in drawn.ground)
    on_paper = {name: _readable(one) for name, one in files.items() if _is_figure(name)}
    on_paper["words of the figure"] = drawn.told.encode()
    beside = {name: one for name, one in files.items() if not _is_figure(name)}
    widened = replace(facts, allowed=facts.allowed | ground)
    found = safety.leaks(on_paper, widened, readable, paths=paths)
    found += safety.leaks(beside, facts, readable, paths=paths)
    refuse(found)


def refuse_table(
    table: pd.DataFrame,
    files: Mapping[Path, bytes | None],
    published: safety.Published,
    paths: Sequence[str],
) -> None:
    """Look for what is withheld in a finished table and in its schema.

    Every format is looked through as the rows it was made of, and the file too where it can be
    read. Outlines of areas are the ground's own, their `place_id` says which; points are looked at.

    Args:
        table: the rows of the file.
        files: path → bytes of everything that is to be written.
        published: what the policy made.
        paths: of the inputs.

    Raises:
        LeakError: something withheld is found; nothing may be written.
    """
    rows = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    if "geometry" in table.columns:
        points = table.geometry[table.geometry.geom_type == "Point"]
        rows = rows.assign(point=points.to_wkt().reindex(table.index).fillna(""))
    looked_at = {"rows of the table": publish.csv_bytes(rows)}
    for path, content in files.items():
        if content is not None and path.suffix.lower() not in _WITH_OUTLINES:
            looked_at[path.name] = content
    refuse(safety.leaks(looked_at, published.withheld, readable, paths=paths))


def _is_figure(name: str) -> bool:
    return name.lower().endswith((".png", ".svg", ".pdf", ".docx"))


def _readable(content: bytes) -> bytes:
    """Return a figure without its drawing: numbers of mm would be taken for degrees."""
    if content.startswith(b"<?xml"):
        return _SVG_PLACES.sub(b"", content)
    return _PDF_STREAM.sub(b"", content) if content.startswith(b"%PDF") else content
