"""A layer of admin areas that the user supplies: COD-AB, or any polygons with names and codes."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from mapper.errors import InputError
from mapper.messages import text

__all__ = ["admin_layer"]

# COD-AB of two generations: `ADM2_ES`, `ADM2_PCODE`; `adm2_name`, `adm2_pcode`; HXL: `#adm2+code`.
_LEVEL = re.compile(
    r"#?adm(?:in)?(?P<level>[0-5])[_+ ]?(?P<what>name|pcode|p_code|code|[a-z]{2})1?", re.IGNORECASE
)
_CODES = ("pcode", "p_code", "code")


def admin_layer(path: Path) -> gpd.GeoDataFrame:
    """Return the areas of a layer, EPSG:4326, and what it says of each.

    Columns: `admin2_name`, `admin2_pcode` and so on for every level it has, from the highest; text.
    Of names in several languages the first is taken. A layer without a reference system is taken to
    be in degrees.

    Raises:
        InputError: it cannot be read, has no polygons, or no columns of names or P-codes.
    """
    try:
        layer = pyogrio.read_dataframe(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise InputError(text("supplied", "admin_unreadable", file=path.name)) from error
    if not isinstance(layer, gpd.GeoDataFrame):
        raise InputError(text("supplied", "admin_no_polygons", file=path.name))
    layer = layer[layer.geometry.geom_type.isin(("Polygon", "MultiPolygon"))]
    if layer.empty:
        raise InputError(text("supplied", "admin_no_polygons", file=path.name))
    named = _columns([str(name) for name in layer.columns])
    if not named:
        shown = ", ".join(str(name) for name in layer.columns[:8])
        raise InputError(text("supplied", "admin_no_names", file=path.name, columns=shown))
    layer = layer.set_crs(4326) if layer.crs is None else layer.to_crs(4326)
    cells = {
        ours: pd.array(layer[theirs].fillna("").astype(str).str.strip(), dtype="str")
        for ours, theirs in named.items()
    }
    shapes = layer.geometry.make_valid().to_numpy()
    return gpd.GeoDataFrame(cells, geometry=shapes, crs="EPSG:4326")


def _columns(names: list[str]) -> dict[str, str]:
    """Return our column name → theirs, by level, the name before the code."""
    found: dict[str, str] = {}
    for name in names:
        met = _LEVEL.fullmatch(name.strip())
        if met:
            kind = "pcode" if met["what"].lower() in _CODES else "name"
            found.setdefault(f"admin{met['level']}_{kind}", name)
    return dict(sorted(found.items()))
