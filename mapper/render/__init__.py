"""LOCATED rows in, one HTML page out: packed data, a map, no request, no code from the data."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper import world
from mapper.columns import LOCATED, require
from mapper.render import ground
from mapper.render.basemap import pack_basemap, region_of
from mapper.render.core import pack_core
from mapper.render.crossings import crossings as crossings_of
from mapper.render.digest import not_added, period
from mapper.render.fallback import fallback
from mapper.render.ground import attribution
from mapper.render.headings import ground_credits, headings
from mapper.render.hot import hot_groups
from mapper.render.meta import headline, metadata, style
from mapper.render.page import Parts, assemble
from mapper.render.review import Review, Rivals, pack_review
from mapper.render.rows import Layout, layout
from mapper.render.shapes import pack_shapes
from mapper.render.still import still
from mapper.render.story import story
from mapper.render.streets import BUDGET_MB, streets_of
from mapper.render.texts import BLOCK, pack_texts, text_columns
from mapper.render.tiles import tiles_of
from mapper.render.unpack import own_columns

__all__ = [
    "Review",
    "Rivals",
    "attribution",
    "ground_credits",
    "headings",
    "hidden",
    "not_added",
    "own_columns",
    "period",
    "render",
]


def render(
    located: gpd.GeoDataFrame,
    *,
    title: str = "",
    lang: str = "en",
    texts: str = "full",
    hide: Sequence[str] = (),
    safety: str = "",
    marking: str = "",
    attributions: Sequence[str] = (),
    changes: dict[str, Any] | None = None,
    tiles: str = "",
    pmtiles: Path | None = None,
    pmtiles_budget_mb: float = BUDGET_MB,
    restricted: bool = False,
    crossings: pd.DataFrame | None = None,
    intervals: dict[str, list[world.Interval]] | None = None,
    review: Review | None = None,
    admin2: Mapping[str, str] | None = None,
    decided_by: str = "",
) -> str:
    """Return the page of these reports.

    The same table gives the same bytes: nothing of the clock or the machine goes in.

    Args:
        located: LOCATED rows; further columns are kept and shown under their own names.
        title: headline; made from the borders in the data where empty.
        lang: the language the page opens in.
        texts: `full`, `short` (long texts cut) or `none` (only what the map itself needs).
        hide: columns that do not go into the page at all.
        safety: what was withheld or coarsened, in words, to be shown; empty for nothing.
        marking: handling mark that heads the page and every sheet of its print.
        attributions: sentences that the terms of the sources ask for.
        tiles: the provider of online tiles the reader's browser loads, empty for none.
        pmtiles: vector tiles of the user's own, of which those around the places are embedded.
        pmtiles_budget_mb: what these may take, in million bytes.
        changes: what differs from the edition before, as `editions.for_page` tells it.
        restricted: whether those terms forbid passing the data on: the page then saves no files.
        crossings: other crossings than ours, columns of `world.crossings()`.
        intervals: other status intervals than ours, as `world.intervals()` gives them.
        review: what the review view needs; without it the page has none.
        admin2: place_id → name of the second-level area it lies in, as far as known.
        decided_by: what tells the tool, data and options that placed the reports, for the next
            edition; "" for none.

    Raises:
        TypeError: `located` is no LOCATED table.
        InputError: the tiles cannot be used, or take too much.
    """
    require(located, LOCATED)
    shown = hidden(located, hide)
    arranged = layout(shown)
    places = shown[[c for c in shown.columns if c in LOCATED]].iloc[arranged.first]
    counts = np.bincount(arranged.place, minlength=len(places)).astype(np.float64)
    columns = text_columns(shown, texts, tuple(hide))
    facts = story(shown)
    heading = headline(places, counts, title, lang, facts.opening)
    styling = style()
    hot = hot_groups(places, counts, ground.admin1_name, ground.crossing_river(crossings))
    region = region_of(
        places["latitude"].to_numpy(dtype=np.float64),
        places["longitude"].to_numpy(dtype=np.float64),
        counts,
    )
    grids = ground.grids(region)
    meta = metadata(
        places,
        title=title,
        lang=lang,
        texts=texts,
        columns=columns,
        hot=hot,
        grids=grids,
        safety=safety,
        crossings=crossings_of(places, shown, crossings, intervals),
    )
    meta["headline"] = heading
    online = tiles_of(tiles) if tiles else None
    if online:
        meta["tiles"] = online.as_meta()
        meta["attribution"].append({"text": online.attribution, "url": ""})
    streets = streets_of(pmtiles, region.focus, pmtiles_budget_mb) if pmtiles else None
    if streets:
        meta["streets"] = streets.as_meta()
        meta["attribution"].append({"text": streets.credit, "url": streets.url})
    if decided_by:
        meta["decided_by"] = decided_by
    if marking:
        meta["marking"] = marking
    if changes:
        meta["changes"] = changes
    meta["attribution"] += [{"text": sentence, "url": ""} for sentence in attributions]
    meta["exports"] = not restricted
    if review is not None:
        meta["review"], meta["places"] = review.fixes, review.places
    meta["files"] = sorted(set(shown["source_file"]) - {""})
    layers = ground.layers(region)
    meta["disputes"], meta["view"] = ground.disputes(layers, region.near), world.view()
    meta["admin2"] = dict(admin2 or {})
    labels = ground.labels(region, places, counts)
    families = styling["families"]
    shares = shares_of(shown["event_type"], arranged, families)
    picture = still(
        places,
        shares,
        layers=layers,
        labels=labels,
        crossings=meta["crossings"],
        hot=hot,
        styling=styling,
        facts=facts,
        lang=lang,
    )
    return assemble(
        Parts(
            lang=lang,
            title=heading,
            marking=marking,
            image_hosts=(online.host,) if online else (),
            fallback=fallback(
                shown,
                facts,
                heading,
                lang,
                picture,
                hide=tuple(hide),
                terms=attributions,
                safety=safety,
            ),
            data={
                "mapper-basemap": pack_basemap(ground.levels(layers, region), labels, grids),
                "mapper-shapes": pack_shapes(places),
                "mapper-core": pack_core(
                    shown,
                    arranged,
                    families,
                    meta,
                    {"columns": [c["name"] for c in columns], "size": BLOCK},
                ),
            },
            streets=streets is not None,
            late=({} if streets is None else {"mapper-streets": streets.as_base64()})
            | ({} if review is None else {"mapper-review": pack_review(review.rivals)})
            | {
                f"mapper-texts-{k}": block
                for k, block in enumerate(pack_texts(shown, arranged, columns, texts))
            },
        )
    )


def shares_of(
    types: pd.Series, arranged: Layout, families: list[dict[str, Any]]
) -> npt.NDArray[np.int64]:
    """Return how many reports of each family (columns) each place (rows) has."""
    last = len(families) - 1
    family_of = {kind: k for k, family in enumerate(families) for kind in family["types"]}
    family = types.map(lambda kind: family_of.get(kind, last)).to_numpy(dtype=np.int64)
    shape = (len(arranged.first), len(families))
    cell = arranged.place * len(families) + family[arranged.order]
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)


def hidden(located: pd.DataFrame, hide: Sequence[str]) -> pd.DataFrame:
    """Return the table without the hidden columns: ours are blanked, the file's own dropped."""
    if not hide:
        return located
    shown = located.copy(deep=False)
    for name in hide:
        if name not in shown.columns or name in ("geometry", "incident_id"):
            continue
        if name not in LOCATED:
            shown = shown.drop(columns=name)
        elif name in LOCATED.of_kind("text"):
            shown[name] = pd.array([""] * len(shown), dtype="str")
        elif name in LOCATED.of_kind("number"):
            shown[name] = np.nan
    return shown
