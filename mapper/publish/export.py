"""LOCATED and summaries as files: CSV, Parquet, GeoJSON, GeoPackage, XLSX.

Same table, same bytes: no clock and no path goes in. Text never becomes a formula.
"""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio

from mapper.errors import OutputError, UsageError
from mapper.messages import text
from mapper.publish.features import geojson
from mapper.publish.sheet import xlsx
from mapper.publish.tables import csv_bytes

__all__ = ["FORMATS", "export", "format_of"]

FORMATS = ("csv", "parquet", "geojson", "gpkg", "xlsx")
_MAPS = ("geojson", "gpkg")
_CLOCK = "2000-01-01T00:00:00.000Z"
_TAKEN = ("fid", "geom")  # names GeoPackage keeps for itself


def format_of(path: Path) -> str:
    """Return the format that a file's name asks for.

    Raises:
        UsageError: its ending is none of `FORMATS`.
    """
    how = path.suffix.lower().removeprefix(".")
    if how not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise UsageError(text("publish", "format", file=path.name, known=known))
    return how


def export(frame: pd.DataFrame, how: str) -> bytes:
    """Return a table as a file.

    Args:
        frame: LOCATED with its extra columns, or a summary.
        how: one of `FORMATS`. CSV and XLSX leave the geometry out (`place_id`, `latitude` and
            `longitude` stay); a table without geometry has no GeoJSON or GeoPackage.

    Raises:
        UsageError: a map format of a table without geometry.
        UnusableError: XLSX without the extra `[excel]`.
        OutputError: more rows than a sheet can hold.
    """
    if how in _MAPS and not isinstance(frame, gpd.GeoDataFrame):
        raise UsageError(text("publish", "no_geometry", how=how))
    makers: dict[str, Callable[[Any], bytes]] = {
        "csv": lambda table: csv_bytes(_flat(table)),
        "parquet": _parquet,
        "geojson": geojson,
        "gpkg": _gpkg,
        "xlsx": lambda table: xlsx(_flat(table)),
    }
    return makers[how](frame)


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without its geometry."""
    names = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    return pd.DataFrame(frame[names])


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with days as days, and nothing but its columns."""
    plain = frame.reset_index(drop=True)
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name].dtype):
            days = pa.array(plain[name].to_numpy().astype("datetime64[D]"))
            plain[name] = pd.Series(days, dtype=pd.ArrowDtype(pa.date32()), index=plain.index)
    plain.attrs = {}
    return plain


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    _plain(frame).to_parquet(buffer, index=False)
    return buffer.getvalue()


def _gpkg(frame: gpd.GeoDataFrame) -> bytes:
    plain = gpd.GeoDataFrame(_plain(frame), crs="EPSG:4326")
    plain.columns = _distinct([str(name) for name in plain.columns])
    # the driver stamps the layer with the time of writing, unless told a time
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _CLOCK})
    try:
        with tempfile.TemporaryDirectory(prefix="mapper-") as folder:
            path = Path(folder) / "table.gpkg"
            pyogrio.write_dataframe(
                plain, path, layer="reports", driver="GPKG", geometry_type="Unknown",
                promote_to_multi=False, use_arrow=True,
            )  # fmt: skip
            return path.read_bytes()
    except (OSError, pyogrio.errors.DataSourceError) as error:
        raise OutputError(text("publish", "gpkg", why=str(error))) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _distinct(names: list[str]) -> list[str]:
    """Return column names that differ in more than their case, as a database asks for."""
    met = set(_TAKEN)
    found = []
    for name in names:
        new, number = name, 2
        while new.lower() in met:
            new, number = f"{name}_{number}", number + 1
        met.add(new.lower())
        found.append(new)
    return found
