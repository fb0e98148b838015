"""GIS files (GeoPackage, Shapefile, FlatGeobuf, KML/KMZ) and Parquet as tables of text."""

import io
import json
import math
import re
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.read.arrow import series
from mapper.read.parquet import parquet_table
from mapper.read.report import Limits
from mapper.read.sources import fail

__all__ = ["layer_frame", "parquet_frame"]

_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# A number of KML may be an id with leading zeros: all fields are read as text.
_TYPED_FIELD = re.compile(rb"""(<SimpleField\b[^>]{0,400}?\btype=["'])\w{1,12}(["'])""")
# Columns that GDAL's KML driver makes for every layer.
KML_NOISE = (
    "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder",
    "icon", "snippet",
)  # fmt: skip
FOLDER = "folder"
"""Column of the folder a placemark lies in."""
SUFFIX = {"gpkg": ".gpkg", "fgb": ".fgb", "kml": ".kml", "shp": ".shp", "shp.zip": ".zip"}


def parquet_frame(data: bytes, name: str, limits: Limits) -> pd.DataFrame:
    """Return a Parquet table as text; a WKB geometry of points becomes two columns.

    Raises:
        InputError: it is damaged or beyond a cap.
    """
    try:
        table = _geo_parquet(parquet_table(data, name, limits))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise fail(code="broken_file", file=name, what="Parquet", why=str(error)[:120]) from error
    return _texts(table, name, limits)


def _geo_parquet(table: pa.Table) -> pa.Table:
    """Return a GeoParquet table with its WKB points as two columns; another one as it is."""
    about = (table.schema.metadata or {}).get(b"geo")
    if not about:
        return table
    geo = json.loads(about)
    column = geo.get("primary_column", "geometry")
    described = geo.get("columns", {}).get(column, {})
    if described.get("encoding") != "WKB":
        return table
    crs = described.get("crs")
    return _with_points(table, {"geometry_name": column, "crs": json.dumps(crs) if crs else ""})


def layer_frame(
    data: bytes, kind: str, name: str, limits: Limits, path: Path | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """Return (the layer with most rows as text, names of the other layers).

    Folders of a KML file are the headings of one table: all are read, each row with its folder.

    Raises:
        InputError: it is damaged, empty, or declares XML entities.
    """
    import pyogrio

    if kind == "kmz":
        data, kind = _kml_of(data, name, limits), "kml"
    if kind == "kml" and _ENTITY.search(data[:65536]):
        raise fail(code="xml_entities", file=name)
    if kind == "kml":
        data = _TYPED_FIELD.sub(rb"\1string\2", data)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        place = path if kind == "shp" and path else Path(folder) / f"layer{SUFFIX[kind]}"
        if place != path:
            place.write_bytes(data)
        inner = f"/{_shape_in(data, name)}" if kind == "shp.zip" else ""
        source = f"/vsizip/{place}{inner}" if inner else str(place)
        try:
            warnings.simplefilter("ignore")  # GDAL's doubts; what matters comes as an error
            layers = [str(row[0]) for row in pyogrio.list_layers(source)]
            tables = {n: pyogrio.read_arrow(source, layer=n) for n in layers[:50]}
        except Exception as error:  # GDAL's errors have no common class below Exception
            why = str(error).replace(str(place), name)[:120]
            raise fail(code="broken_file", file=name, what=kind.upper(), why=why) from error
    if not any(table.num_rows for _, table in tables.values()):
        raise fail(code="empty", file=name)
    if kind == "kml":
        filled = {n: _with_points(t, meta) for n, (meta, t) in tables.items() if t.num_rows}
        return _texts(_tidy_kml(_one_table(filled)), name, limits), []
    best = max(tables, key=lambda n: tables[n][1].num_rows)
    meta, table = tables[best]
    frame = _texts(_with_points(table, meta), name, limits)
    return frame, [n for n in layers if n != best]


def _one_table(folders: dict[str, pa.Table]) -> pa.Table:
    """Return the rows of all folders in their order, with the folder's name if there are more."""
    if len(folders) == 1:
        return next(iter(folders.values()))
    names = {column for table in folders.values() for column in table.column_names}
    label = FOLDER if FOLDER not in names else f"kml_{FOLDER}"
    told = [
        table.append_column(label, pa.array([name] * table.num_rows, pa.large_string()))
        for name, table in folders.items()
    ]
    return pa.concat_tables(told, promote_options="permissive")


def _shape_in(data: bytes, name: str) -> str:
    """Return the path of the one Shapefile in a zip, which may lie in a folder of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = [n for n in archive.namelist() if n.lower().endswith(".shp")]
    except zipfile.BadZipFile as error:
        raise fail(code="broken_zip", file=name) from error
    inner = [n for n in inner if not n.startswith("__MACOSX")]
    if len(inner) != 1:
        raise fail(code="zip_not_one", file=name, n=len(inner))
    return inner[0]


def _kml_of(data: bytes, name: str, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = next(n for n in archive.namelist() if n.lower().endswith(".kml"))
            if archive.getinfo(inner).file_size > max(len(data) * limits.max_ratio, 32 << 20):
                raise fail(code="bomb", file=name, cap=f"{limits.max_ratio} times its size")
            return archive.read(inner)
    except (zipfile.BadZipFile, StopIteration, RuntimeError) as error:
        raise fail(code="broken_zip", file=name) from error


def _with_points(table: pa.Table, meta: dict[str, Any]) -> pa.Table:
    """Replace the geometry by longitude and latitude (WGS 84) of points, else by WKT."""
    import shapely

    column = meta.get("geometry_name") or "wkb_geometry"
    if column not in table.column_names:
        return table
    shapes = shapely.from_wkb(table.column(column).to_numpy(zero_copy_only=False))
    table = table.drop_columns([column])
    shapes = _in_degrees(shapes, meta.get("crs"))
    points = [
        s if s is not None and s.geom_type == "Point" and not s.is_empty else None for s in shapes
    ]
    if any(points):
        taken = {n.lower() for n in table.column_names}
        for axis, label in (("x", "longitude"), ("y", "latitude")):
            values = [repr(float(getattr(p, axis))) if p is not None else "" for p in points]
            free = label if label not in taken else f"geometry_{label}"
            table = table.append_column(free, pa.array(values, pa.large_string()))
    if not all(p is not None or s is None for p, s in zip(points, shapes, strict=True)):
        words = [
            s.wkt if s is not None and p is None else ""
            for s, p in zip(shapes, points, strict=True)
        ]
        table = table.append_column("geometry", pa.array(words, pa.large_string()))
    return table


def _in_degrees(shapes: np.ndarray, crs: str | None) -> np.ndarray:
    """Return shapes in WGS 84 degrees, whatever reference system they are in."""
    if not crs:
        return shapes
    import geopandas as gpd
    from pyproj import CRS

    known = CRS.from_user_input(crs)
    if known.is_geographic and known.to_epsg() in (4326, 4979, None):
        return shapes
    return np.asarray(gpd.GeoSeries(shapes, crs=known).to_crs("EPSG:4326").to_numpy())


def _tidy_kml(table: pa.Table) -> pa.Table:
    """Drop what GDAL adds to every placemark; its name is the place, its own id is the id."""
    said = [n for n in table.column_names if n not in KML_NOISE or _says_something(table.column(n))]
    table = table.select(said)
    if "id2" in said and "id" in said:
        table = _filled_in(table, "id", "id2")
    names = {"id2": "id", "Name": "Name" if "place" in said else "place"}
    table = table.rename_columns([names.get(n, n) for n in table.column_names])
    for made, ours in (("timestamp", "date"), ("begin", "date_start"), ("end", "date_end")):
        table = _filled_in(table, made, ours)
    return table


def _filled_in(table: pa.Table, made: str, ours: str) -> pa.Table:
    """Let what GDAL makes of a placemark (its time, its id) stand where it says nothing else."""
    if made not in table.column_names:
        return table
    stamps = _text_column(table.column(made))
    if ours not in table.column_names:
        at = table.column_names.index(made)
        return table.set_column(at, ours, stamps)
    said = pc.fill_null(table.column(ours).cast(pa.large_string()), "")
    at = table.column_names.index(ours)
    merged = pc.if_else(pc.equal(said, ""), stamps, said)
    return table.set_column(at, ours, merged).drop_columns([made])


def _says_something(column: pa.ChunkedArray) -> bool:
    """Whether a column holds anything but nulls, -1, 0 and empty text."""
    return any(value not in (None, "", -1, 0) for value in column.unique().to_pylist())


def _texts(table: pa.Table, name: str, limits: Limits) -> pd.DataFrame:
    if table.num_columns > limits.max_columns:
        raise fail(code="too_many_columns", file=name, n=table.num_columns, cap=limits.max_columns)
    columns = {}
    for field in table.schema:
        columns[field.name] = series(_text_column(table.column(field.name)))
    return pd.DataFrame(columns, copy=False)


def _text_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        column = _stamps(column)
    elif pa.types.is_floating(kind):
        words = [_number(value) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(words, pa.large_string())])
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        words = ["" if v is None else str(v) for v in column.to_pylist()]
        return pa.chunked_array([pa.array(words, pa.large_string())])
    return pc.fill_null(column.cast(pa.large_string()), "")


def _number(value: float | None) -> str:
    """Return a number as text: whole ones without `.0`, a missing one as ``."""
    if value is None or math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _stamps(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return timestamps as ISO text, as a date where the time is midnight throughout."""
    plain = column.cast(pa.timestamp("s"), safe=False)
    days = plain.cast(pa.date32(), safe=False)
    midnight = pc.all(pc.equal(days.cast(pa.timestamp("s")), plain)).as_py()
    return days.cast(pa.large_string()) if midnight else pc.strftime(plain, "%Y-%m-%d %H:%M:%S")
