"""What the columns of a written table mean: the Frictionless Table Schema, with units."""

from typing import Any

import pandas as pd

from mapper import columns
from mapper.columns import Column, Kind, Table

__all__ = ["table_schema"]

_TYPES: dict[Kind, str] = {
    "text": "string", "number": "number", "date": "date", "integer": "integer",
    "geometry": "geojson",
}  # fmt: skip
_CLOSED = {
    "date_precision": columns.DATE_PRECISIONS,
    "shape": columns.SHAPES,
    "precision": columns.PRECISIONS,
    "status": ("resolved", "ambiguous", "unresolved"),
}


def table_schema(frame: pd.DataFrame, table: Table, how: str = "csv") -> dict[str, Any]:
    """Return the Frictionless Table Schema of a table as `export` writes it.

    Every field has its name, type and description, and `unit` where it has one.

    Args:
        frame: the table.
        table: the declared columns; a column not among them is one of the user's own file.
        how: the format it is written in: CSV and XLSX have no geometry.
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
    field["description"] = column.meaning if column else "a column of the input, as written"
    if column and column.unit:
        field["unit"] = column.unit
    if column and name in _CLOSED:
        field["constraints"] = {"enum": ["", *_CLOSED[name]]}
    return field


def _kind_of(dtype: object) -> Kind:
    if str(dtype) == "geometry":
        return "geometry"
    if pd.api.types.is_datetime64_any_dtype(dtype):  # type: ignore[arg-type]
        return "date"
    if pd.api.types.is_integer_dtype(dtype):  # type: ignore[arg-type]
        return "integer"
    return "number" if pd.api.types.is_float_dtype(dtype) else "text"  # type: ignore[arg-type]
