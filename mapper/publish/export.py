"""LOCATED and summaries as files: CSV, Parquet, GeoJSON, GeoPackage, XLSX, and their schema.

Same table, same bytes: no clock and no path goes in. Text never becomes a formula.
"""

import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper import columns
from mapper.archive import without_clock
from mapper.columns import Column, Table
from mapper.errors import OutputError, UnusableError, UsageError
from mapper.publish.tables import csv_bytes

__all__ = ["FORMATS", "export", "schema"]

FORMATS = ("csv", "parquet", "geojson", "gpkg", "xlsx")
_PLACES = 6  # decimals of a degree: 0.1 m
_CELL = 32_767  # the most letters of a spreadsheet's cell
_ROWS = 1_048_575  # the most rows of a sheet under its header
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INSTALL = "XLSX needs openpyxl: pip install 'border-incident-mapper[excel]'"
_CLOSED = {
    "event_type": columns.EVENT_TYPES,
    "date_precision": columns.DATE_PRECISIONS,
    "shape": columns.SHAPES,
    "precision": columns.PRECISIONS,
}


def export(frame: pd.DataFrame, how: str) -> bytes:
    """Return a table as a file.

    Args:
        frame: LOCATED with its extra columns, or a summary.
        how: csv, parquet, geojson, gpkg or xlsx. CSV and XLSX leave the geometry out (`place_id`,
            `latitude` and `longitude` stay); a table without geometry has no GeoJSON or GeoPackage.

    Raises:
        UsageError: an unknown format, or a map format of a table without geometry.
        UnusableError: the extra `[excel]` is missing.
        OutputError: more rows than a sheet can hold.
    """
    if how not in FORMATS:
        message = f"table format {how}: expected one of {', '.join(FORMATS)}."
        raise UsageError(message)
    if how in ("geojson", "gpkg") and not isinstance(frame, gpd.GeoDataFrame):
        message = f"a summary has no places to draw: {how} is for the table of reports."
        raise UsageError(message)
    makers: dict[str, Callable[[Any], bytes]] = {
        "csv": lambda table: csv_bytes(_flat(table)),
        "parquet": _parquet,
        "geojson": _geojson,
        "gpkg": _gpkg,
        "xlsx": lambda table: _xlsx(_flat(table)),
    }
    return makers[how](frame)


def schema(frame: pd.DataFrame, table: Table, how: str = "csv") -> dict[str, Any]:
    """Return the Frictionless Table Schema of a table as `export` writes it.

    Every field has its name, type, description and, where it has one, `unit`.

    Args:
        frame: the table.
        table: the declared columns; a column not among them is one of the user's own file.
        how: the format it is written in: only map formats have the geometry.
    """
    declared = {column.name: column for column in table.columns}
    fields = [
        _field(str(name), declared.get(str(name)), frame[name].dtype)
        for name in frame.columns
        if how not in ("csv", "xlsx") or str(frame[name].dtype) != "geometry"
    ]
    described: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if "incident_id" in frame.columns and frame["incident_id"].is_unique:
        described["primaryKey"] = "incident_id"
    return described


def _field(name: str, column: Column | None, dtype: object) -> dict[str, Any]:
    kind = column.kind if column else _kind_of(dtype)
    field: dict[str, Any] = {"name": name, "type": _TYPES[kind]}
    if kind == "date":
        field["format"] = "default"
    field["description"] = column.meaning if column else "a column of the input, as written"
    if column and column.unit:
        field["unit"] = column.unit
    if column and name in _CLOSED and name != "event_type":
        field["constraints"] = {"enum": ["", *_CLOSED[name]]}
    return field


_TYPES = {
    "text": "string", "number": "number", "date": "date", "integer": "integer",
    "geometry": "geojson",
}  # fmt: skip


def _kind_of(dtype: object) -> str:
    if str(dtype) == "geometry":
        return "geometry"
    if pd.api.types.is_datetime64_any_dtype(dtype):  # type: ignore[arg-type]
        return "date"
    if pd.api.types.is_integer_dtype(dtype):  # type: ignore[arg-type]
        return "integer"
    return "number" if pd.api.types.is_float_dtype(dtype) else "text"  # type: ignore[arg-type]


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without its geometry."""
    names = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    return pd.DataFrame(frame[names])


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    plain = frame.reset_index(drop=True)
    plain.attrs = {}
    plain.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Return RFC 7946: WGS 84, outer rings counterclockwise, cut at ±180°, no `crs`."""
    names = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    cells = [_json_cells(frame[name]) for name in names]
    parts = []
    for shape, *values in zip(frame.geometry, *cells, strict=True):
        properties = dict(zip(names, values, strict=True))
        feature = {
            "type": "Feature",
            "id": properties.get("incident_id", ""),
            "geometry": _geometry(shape),
            "properties": properties,
        }
        parts.append(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    body = ",\n".join(parts)
    text = f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'
    return text.encode("utf-8", errors="replace")


def _json_cells(column: pd.Series) -> list[Any]:
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


def _geometry(shape: Any) -> dict[str, Any] | None:  # noqa: ANN401 - any shapely geometry or None
    if shape is None or shape.is_empty:
        return None
    west, _, east, _ = shape.bounds
    if west < -180 or east > 180:
        shape = _cut_at_180(shape)
    shape = shapely.orient_polygons(shape)
    mapping = shapely.geometry.mapping(shape)
    return _rounded_shape(mapping)


def _rounded_shape(mapping: dict[str, Any]) -> dict[str, Any]:
    if "geometries" in mapping:
        parts = [_rounded_shape(part) for part in mapping["geometries"]]
        return {"type": mapping["type"], "geometries": parts}
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(values: Any) -> Any:  # noqa: ANN401 - nested tuples of coordinates
    if isinstance(values, (list, tuple)):
        return [_rounded(value) for value in values]
    return round(float(values), _PLACES)


def _cut_at_180(shape: Any) -> Any:  # noqa: ANN401
    """Return a shape whose longitudes run over ±180° as parts that do not."""
    parts = []
    for turn in (-360, 0, 360):
        moved = shapely.transform(shape, lambda xy, t=turn: xy + (t, 0))
        part = shapely.clip_by_rect(moved, -180, -90, 180, 90)
        if not part.is_empty:
            parts.append(part)
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _gpkg(frame: gpd.GeoDataFrame) -> bytes:
    import pyogrio

    plain = gpd.GeoDataFrame(frame.reset_index(drop=True), crs="EPSG:4326")
    plain.attrs = {}
    # the driver stamps the layer with the time of writing, unless told a time
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        with tempfile.TemporaryDirectory(prefix="mapper-") as folder:
            path = Path(folder) / "table.gpkg"
            pyogrio.write_dataframe(
                plain, path, layer="reports", driver="GPKG", geometry_type="Unknown",
                promote_to_multi=False,
            )  # fmt: skip
            return path.read_bytes()
    except OSError as error:
        message = f"the GeoPackage could not be made: {error.strerror or error}."
        raise OutputError(message) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _xlsx(frame: pd.DataFrame) -> bytes:
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
    except ImportError as error:
        raise UnusableError(_INSTALL) from error
    if len(frame) > _ROWS:
        message = f"{len(frame):,} rows do not fit a sheet of {_ROWS:,}: write CSV or Parquet."
        raise OutputError(message)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("reports")
    sheet.freeze_panes = "A2"

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = _CONTROL.sub("\ufffd", value)[:_CELL]
        if not text.startswith(_FORMULA):
            return text or None
        # typed as text and marked so: neither opening nor editing makes a formula of it
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"
        made.quotePrefix = True
        made.style = "Normal"
        return made

    sheet.append([cell(str(name)) for name in frame.columns])
    for row in zip(*(_sheet_cells(frame[name]) for name in frame.columns), strict=True):
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _sheet_cells(column: pd.Series) -> list[object]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else dt.date(day.year, day.month, day.day) for day in column]
    return _json_cells(column)
