"""GeoJSON as RFC 7946 has it: WGS 84, no `crs`, outer rings counterclockwise."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

__all__ = ["geojson", "json_cells"]

_PLACES = 6  # decimals of a degree: 0.1 m


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Return a table as a FeatureCollection, one feature a line.

    Missing numbers and days are null, missing text is `""`, as in the table; a report without a
    place has a null geometry.
    """
    names = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    cells = [json_cells(frame[name]) for name in names]
    lines = []
    for shape, *values in zip(frame.geometry, *cells, strict=True):
        properties = dict(zip(map(str, names), values, strict=True))
        feature = {
            "type": "Feature",
            "id": properties.get("incident_id", ""),
            "geometry": _geometry(shape),
            "properties": properties,
        }
        lines.append(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    body = ",\n".join(lines)
    written = f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'
    return written.encode("utf-8", errors="replace")


def json_cells(column: pd.Series) -> list[Any]:
    """Return the cells of a column as JSON can hold them: whole numbers whole, days as ISO text."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]
    if pd.api.types.is_float_dtype(column.dtype):
        return [
            None if not np.isfinite(x) else int(x) if x.is_integer() else x
            for x in column.to_numpy(dtype=float).tolist()
        ]
    if pd.api.types.is_integer_dtype(column.dtype):
        return [int(x) for x in column]
    return ["" if pd.isna(x) else str(x) for x in column]


def _geometry(shape: shapely.Geometry | None) -> dict[str, Any] | None:
    if shape is None or shape.is_empty:
        return None
    return _rounded_shape(shapely.geometry.mapping(shapely.orient_polygons(shape)))


def _rounded_shape(mapping: dict[str, Any]) -> dict[str, Any]:
    if "geometries" in mapping:
        parts = [_rounded_shape(part) for part in mapping["geometries"]]
        return {"type": mapping["type"], "geometries": parts}
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(values: Any) -> Any:  # noqa: ANN401 - nested tuples of coordinates
    if isinstance(values, (list, tuple)):
        return [_rounded(value) for value in values]
    return round(float(values), _PLACES)
