"""Headline and dek of a table of reports, for what is drawn elsewhere in the page's own words."""

import geopandas as gpd
import numpy as np

from mapper.render.meta import headline
from mapper.render.story import dek, story

__all__ = ["headings"]


def headings(located: gpd.GeoDataFrame, *, title: str = "", lang: str = "en") -> tuple[str, str]:
    """Return the headline and the line under it, as the page has them.

    Args:
        located: LOCATED rows.
        title: headline instead of the one from the data.
        lang: en, es, pt, fr, id or ar.
    """
    return headline(located, np.ones(len(located)), title, lang), dek(story(located), lang)
