"""The last stage: located reports become a page."""

from typing import Any

import geopandas as gpd
import pandas as pd

from mapper import join, render
from mapper.columns import PLACE_KEY
from mapper.config import Options
from mapper.pipeline import fixes
from mapper.pipeline.doubts import rivals
from mapper.pipeline.own import Own, own
from mapper.pipeline.reading import Understood
from mapper.pipeline.views import in_view

__all__ = ["draw"]


@in_view
def draw(
    located: gpd.GeoDataFrame,
    options: Options,
    safe: str = "",
    terms: Understood | None = None,
    ground: Own | None = None,
    changes: dict[str, Any] | None = None,
) -> str:
    """Render the page.

    Args:
        located: LOCATED rows.
        options: title, language and what is left out.
        safe: what was withheld or coarsened, in words; such a page has no review view, because
            the candidates for a place would tell more than the place.
        terms: whose sources' terms hold; else those of the table itself (`.attrs`, as
            `mapper.read` leaves them).
        ground: the crossings and status the reports were joined with, read anew if left out.
        changes: what differs from the edition before, as `editions.for_page` tells it.
    """
    ground = ground or own(options)
    restricted = terms.restricted if terms else bool(located.attrs.get("restricted"))
    attributions = terms.attributions if terms else located.attrs.get("attributions", ())
    review = None
    if not safe and not set(options.hide) & {*PLACE_KEY, "latitude", "longitude", "matched_name"}:
        digest = str(located.attrs.get("places", ""))
        others = rivals(located, crossings=ground.crossings, gazetteers=options.gazetteers)
        review = render.Review(fixes.fixes_name(located), digest, others)
    return render.render(
        located,
        title=options.title,
        lang=options.lang,
        texts=options.carried(restricted=restricted),
        hide=options.hide,
        safety=safe,
        marking=options.marking,
        attributions=attributions,
        restricted=restricted and options.texts != "full",
        crossings=ground.crossings,
        intervals=ground.intervals,
        changes=changes,
        review=review,
        admin2=_admin2(located["place_id"]),
        decided_by="" if safe else str(located.attrs.get("decided_by", "")),
        tiles=options.tiles,
        pmtiles=options.pmtiles,
        pmtiles_budget_mb=options.pmtiles_budget,
    )


def _admin2(place_id: pd.Series) -> dict[str, str]:
    """Return the second-level area of each place that lies in one that is known."""
    distinct = pd.Series(sorted(set(place_id)), dtype="str")
    names = join.admin2_names(distinct)
    return {one: name for one, name in zip(distinct, names, strict=True) if name}
