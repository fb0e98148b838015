"""What a policy lets be published of a placed table, and the refusal of files that tell more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from mapper import join, publish, safety
from mapper.config import Options
from mapper.errors import LeakError
from mapper.figure import Figure
from mapper.messages import text
from mapper.pipeline.own import Own
from mapper.render.decode import readable
from mapper.text import fold

__all__ = ["publishable", "refuse", "refuse_figure", "refuse_table"]

_WITH_OUTLINES = (".geojson", ".gpkg", ".parquet")

# places on paper, in mm: where something stands on the sheet, not in the world
_SVG_PLACES = re.compile(rb'\s(?:d|x|y|points|transform|viewBox)="[^"]*"')
_PDF_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


def publishable(
    located: gpd.GeoDataFrame, ground: Own, options: Options
) -> tuple[gpd.GeoDataFrame, safety.Published]:
    """Return the LOCATED table that a policy lets be published, and what was done.

    Nothing after this sees the exact table: positions, border and crossings are found anew from
    what is published.
    """
    ready = options.publish_safe == "ready"
    policy = safety.ready() if ready else safety.read_policy(Path(options.publish_safe))
    key = safety.read_key(policy.key_file)
    published = safety.apply(located, policy, key, lang=options.lang)
    table, _ = join.locate(
        published.incidents,
        published.matches,
        published.codes,
        crossings=ground.crossings,
        status=ground.intervals,
    )
    return table, published


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
