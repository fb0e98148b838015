"""Headline, dek and credits of a table of reports, for what is drawn outside the page."""

import geopandas as gpd
import numpy as np

from mapper.render import ground
from mapper.render.meta import headline
from mapper.render.story import dek, story

__all__ = ["ground_credits", "headings"]


def headings(located: gpd.GeoDataFrame, *, title: str = "", lang: str = "en") -> tuple[str, str]:
    """Return the headline and the line under it, as the page has them.

    Args:
        located: LOCATED rows.
        title: headline instead of the one from the data.
        lang: en, es, pt, fr, id or ar.
    """
    facts = story(located)
    return headline(located, np.ones(len(located)), title, lang, facts.opening), dek(facts, lang)


def ground_credits() -> list[str]:
    """Return who must be named for the ground a map is drawn on."""
    return [source["text"] for source in ground.attribution() if source["url"]]
