"""What a layer of admin areas says of each place, by polygon."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from mapper.join.areas import circle

__all__ = ["layer_columns"]


def layer_columns(table: pd.DataFrame, layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the columns of `layer` for each row of a MATCH table, all text.

    A point has the area it lies in; where its uncertainty reaches into others, theirs follow,
    joined by `|`: it cannot be told. Areas, lines and lists have none.

    Args:
        table: MATCH, one row a place.
        layer: areas with text columns, EPSG:4326.
    """
    names = [str(name) for name in layer.columns if name != layer.geometry.name]
    cells = {name: np.full(len(table), "", dtype=object) for name in names}
    points = np.flatnonzero((table["shape"] == "point").to_numpy() & _on_map(table))
    lon = table["longitude"].to_numpy(dtype=float)
    lat = table["latitude"].to_numpy(dtype=float)
    km = np.nan_to_num(table["uncertainty_km"].to_numpy(dtype=float))
    tree = shapely.STRtree(layer.geometry.to_numpy())
    values = {name: layer[name].to_numpy(dtype=object) for name in names}
    for i in points.tolist():
        at = _areas(tree, lon[i], lat[i], km[i])
        for name in names:
            cells[name][i] = "|".join(dict.fromkeys(v for v in values[name][at] if v))
    return pd.DataFrame({name: pd.array(said, dtype="str") for name, said in cells.items()})


def _on_map(table: pd.DataFrame) -> NDArray[np.bool_]:
    return np.asarray(table[["latitude", "longitude"]].notna().all(axis=1))


def _areas(tree: shapely.STRtree, lon: float, lat: float, km: float) -> NDArray[np.intp]:
    """Return the areas a place may lie in, the one of its point first."""
    inside = tree.query(shapely.Point(lon, lat), predicate="intersects")
    if km <= 0:
        return np.asarray(inside[:1])
    around = tree.query(circle(lat, lon, km), predicate="intersects")
    every = dict.fromkeys([*inside.tolist(), *sorted(around.tolist())])
    return np.array(list(every), dtype=np.intp)
