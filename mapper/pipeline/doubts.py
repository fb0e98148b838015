"""Which places are most worth a look: for the report and for the review view of the page."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper import geocode, render
from mapper.columns import PLACE_KEY
from mapper.report import Doubt

__all__ = ["doubts", "rivals"]

# a place this far from sure (1 - confidence) is named in the report
LEAST_DOUBT = 0.3
# … and of one this far from sure the page holds the rivals, for so many places at most
LEAST_RIVALRY = 0.1
MOST_REVIEWED = 400


def doubts(located: pd.DataFrame) -> list[Doubt]:
    """Return the doubtful places most worth a look: a named place, least sure, most deaths."""
    doubtful = _weighed(located, LEAST_DOUBT, 5)
    return [
        Doubt(*(str(value) for value in row))
        for row in doubtful[["incident_id", "place", "matched_name", "reason"]].itertuples(
            index=False
        )
    ]


def _weighed(located: pd.DataFrame, least: float, most: int) -> gpd.GeoDataFrame:
    """Return the first report of each of the places that are at least so doubtful, by weight."""
    named = located["place"] != ""
    unsure = 1 - located["confidence"].fillna(0.0)
    deaths = located["fatalities_best"].fillna(0.0).clip(0, 100)
    weight = unsure * (1 + np.log1p(deaths))
    doubtful = named & (unsure >= least) & ~located["method"].isin(("given", "override"))
    order = weight[doubtful].sort_values(ascending=False, kind="stable").index
    first: gpd.GeoDataFrame = located.loc[order].drop_duplicates(list(PLACE_KEY)).head(most)
    return first


def rivals(
    located: pd.DataFrame,
    *,
    crossings: pd.DataFrame | None = None,
    gazetteers: Sequence[str] = (),
) -> list[render.Rivals]:
    """Return what else the doubtful places could be, the weightiest first.

    `crossings`: the user's with ours; `gazetteers`: names of those plugged in.
    """
    doubtful = _weighed(located, LEAST_RIVALRY, MOST_REVIEWED)
    borders = located.loc[located["border"] != "", "border"].value_counts(sort=True).index[:3]
    keys = doubtful[list(PLACE_KEY)].astype(str)
    found = geocode.candidates(
        keys,
        borders=tuple(str(b) for b in borders),
        crossings=crossings,
        gazetteers=gazetteers,
    )
    return [
        render.Rivals(tuple(key), places)
        for key, places in zip(keys.itertuples(index=False), found, strict=True)
        if places
    ]
