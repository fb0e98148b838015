"""The still map of the page without a script: inline SVG, the same symbols and colours."""

from typing import Any

import geopandas as gpd

from mapper.render.basemap import Layer
from mapper.render.hot import Hot
from mapper.render.story import Story

__all__ = ["still"]


def still(
    located: gpd.GeoDataFrame,
    layers: list[Layer],
    labels: list[list[Any]],
    hot: list[Hot],
    styling: dict[str, Any],
    *,
    facts: Story,
    lang: str,
) -> str:
    """Return the markup of the picture."""
    return ""
