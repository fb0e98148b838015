"""JSON: lists of records, objects that hold one, JSON lines, GeoJSON; nested keys are joined."""

import json
from collections.abc import Iterable
from typing import Any

from mapper.read.sources import fail

__all__ = ["json_rows"]

DEPTH = 6


def json_rows(text: str, name: str, max_columns: int) -> tuple[list[str], list[list[str]], str]:
    """Return (column names, rows, kind: json, jsonl or geojson).

    Raises:
        InputError: it is damaged, nested too deep, or holds no list of records.
    """
    value, kind = _loaded(text, name)
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = [f for f in value.get("features") or [] if isinstance(f, dict)]
        records: Iterable[dict[str, Any]] = [_feature(f) for f in features]
        kind = "geojson"
    elif isinstance(value, dict) and value.get("type") == "Feature":
        records, kind = [_feature(value)], "geojson"
    else:
        found = _by_columns(value) or _best_list(value)
        if found is None:
            raise fail(code="json_in_csv", file=name)
        if all(isinstance(row, list) for row in found):
            return _from_lists(found, kind)
        records = [row for row in found if isinstance(row, dict)]
    flat = [_flat(record) for record in records]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    if not flat or not columns:
        raise fail(code="json_in_csv", file=name)
    if len(columns) > max_columns:
        raise fail(code="too_many_columns", file=name, n=len(columns), cap=max_columns)
    return columns, [[row.get(c, "") for c in columns] for row in flat], kind


def _loaded(text: str, name: str) -> tuple[object, str]:
    try:
        return _parsed(text), "json"
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            rows = [_parsed(line) for line in lines]
        except (json.JSONDecodeError, RecursionError):
            rows = []
        if len(rows) > 1 and all(isinstance(row, dict) for row in rows):
            return rows, "jsonl"
        raise fail(code="broken_json", file=name, at=error.pos, why=error.msg) from error
    except (RecursionError, ValueError) as error:
        raise fail(code="broken_json", file=name, at=0, why="nested too deep") from error


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Parse JSON with numbers as they are written; NaN and infinity are missing."""
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)


def _by_columns(value: object) -> list[Any] | None:
    """Return the rows of a table that is stored column by column, or apart from its names."""
    if not isinstance(value, dict) or not value:
        return None
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list):
        return [dict(zip(map(_text, names), row, strict=False)) for row in data
                if isinstance(row, list)]  # fmt: skip
    columns = list(value.values())
    if all(isinstance(column, list) for column in columns):
        n = len(columns[0])
        plain = not any(isinstance(v, dict | list) for column in columns for v in column)
        if n and len(columns) > 1 and plain and all(len(column) == n for column in columns):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    if all(isinstance(column, dict) for column in columns):
        keys = list(columns[0])
        counted = keys == [str(i) for i in range(len(keys))]
        if keys and counted and all(list(column) == keys for column in columns):
            return [{name: column[key] for name, column in value.items()} for key in keys]
    return None


def _best_list(value: object, depth: int = 0) -> list[Any] | None:
    """Return the longest list of records (or of rows) in a JSON value."""
    if isinstance(value, list):
        sound = sum(isinstance(row, dict) for row in value)
        if value and sound >= 0.5 * len(value):
            return value
        if len(value) > 1 and all(isinstance(row, list) for row in value):
            return value
        inner = [_best_list(item, depth + 1) for item in value[:50]] if depth < DEPTH else []
    elif isinstance(value, dict) and depth < DEPTH:
        inner = [_best_list(item, depth + 1) for item in value.values()]
        if (
            depth == 0
            and not any(inner)
            and value
            and not any(isinstance(v, dict | list) for v in value.values())
        ):
            return [value]
        if not any(inner) and len(value) > 1 and all(isinstance(v, dict) for v in value.values()):
            return list(value.values())
    else:
        return None
    return max((found for found in inner if found), key=len, default=None)


def _from_lists(rows: list[list[object]], kind: str) -> tuple[list[str], list[list[str]], str]:
    texts = [[_text(cell) for cell in row] for row in rows]
    width = max(map(len, texts))
    padded = [row + [""] * (width - len(row)) for row in texts]
    return padded[0], padded[1:], kind


def _feature(feature: dict[str, Any]) -> dict[str, Any]:
    row = dict(feature.get("properties") or {})
    if "id" in feature and "id" not in row:
        row["id"] = feature["id"]
    geometry = feature.get("geometry")
    point = _point(geometry) if isinstance(geometry, dict) else None
    if point:
        row["longitude" if "longitude" not in row else "geometry_longitude"] = point[0]
        row["latitude" if "latitude" not in row else "geometry_latitude"] = point[1]
    elif geometry:
        row["geometry"] = json.dumps(geometry, ensure_ascii=False)
    return row


def _point(geometry: dict[str, Any]) -> tuple[str, str] | None:
    place = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(place, list) and len(place) == 1:
        place = place[0]
    elif geometry.get("type") != "Point":
        return None
    if isinstance(place, list) and len(place) >= 2 and not isinstance(place[0], list):
        return _text(place[0]), _text(place[1])
    return None


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    row: dict[str, str] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < DEPTH:
            if value.get("type") == "Point" and isinstance(value.get("coordinates"), list):
                point = _point(value)
                if point:
                    row[f"{name}.longitude"], row[f"{name}.latitude"] = point
                    continue
            row |= _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list) and all(not isinstance(v, dict | list) for v in value):
            row[name] = "; ".join(_text(v) for v in value)
        else:
            row[name] = _text(value)
    return row


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
