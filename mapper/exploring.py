"""Any GeoDataFrame as a map: points as points, lines and polygons as the areas they lie in."""

import tempfile
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper import pipeline
from mapper.config import Options
from mapper.errors import UsageError
from mapper.world.distance import geodesic_km

__all__ = ["explore"]

_NAME = "GeoDataFrame.csv"
_FIELDS = {
    "geometry_latitude": "given_latitude",
    "geometry_longitude": "given_longitude",
    "geometry_uncertainty_km": "given_uncertainty_km",
    "geometry_shape": "given_shape",
}

Shown = bool | str | Collection[str] | None


def explore(
    frame: gpd.GeoDataFrame,
    column: str | None,
    tooltip: Shown,
    popup: Shown,
    title: str,
    lang: str,
) -> str:
    """Return the page of any GeoDataFrame; see `mapper.api.explore`.

    Raises:
        UsageError: there is no reference system, or no such column.
    """
    if frame.crs is None:
        message = "explore: the table has no reference system; name it with set_crs."
        raise UsageError(message)
    attributes = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    attributes.columns = attributes.columns.astype(str)
    wanted = _wanted(attributes.columns, tooltip, popup)
    named = [name for name in (column, *wanted) if name is not None]
    if missing := [name for name in named if name not in attributes]:
        known = ", ".join(map(str, attributes))
        message = f"explore: there is no column {missing[0]}; there are {known}."
        raise UsageError(message)
    # what is not to be shown is not read at all
    shown = attributes.loc[:, list(dict.fromkeys(named))]
    table = pd.concat([shown, _placed(frame.geometry.to_crs("EPSG:4326"))], axis=1)
    columns = _FIELDS | ({column: "event_type"} if column else {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        table.to_csv(path, index=False)
        options = Options(inputs=(str(path),), columns=columns, title=title, lang=lang)
        understood = pipeline.understand(options)
    located = pipeline.place(understood.incidents, options).located
    return pipeline.draw(located, options, terms=understood)


def _wanted(names: pd.Index, *said: Shown) -> list[str]:
    """Return the columns to be shown: those named, all where nothing is said or one is True."""
    if all(one is None for one in said) or any(one is True for one in said):
        return [str(name) for name in names]
    wanted: list[str] = []
    for one in said:
        if isinstance(one, str):
            wanted.append(one)
        elif one and not isinstance(one, bool):
            wanted += one
    return list(dict.fromkeys(wanted))


def _placed(shapes: gpd.GeoSeries) -> pd.DataFrame:
    """Return where each geometry is: a point, or the circle around all of a line or area."""
    rows = [_circle(shape) for shape in shapes]
    return pd.DataFrame(rows, columns=list(_FIELDS), index=shapes.index)


def _circle(shape: shapely.Geometry | None) -> tuple[object, object, object, str]:
    if shape is None or shape.is_empty:
        return "", "", "", ""
    if shape.geom_type == "Point":
        return f"{shape.y:.7f}", f"{shape.x:.7f}", "", "point"
    west, south, east, north = shape.bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    corners = shapely.get_coordinates(shape)
    n = len(corners)
    km = geodesic_km(np.full(n, lon), np.full(n, lat), corners[:, 0], corners[:, 1]).max()
    return f"{lat:.7f}", f"{lon:.7f}", f"{max(float(km), 0.001):.3f}", "area"
