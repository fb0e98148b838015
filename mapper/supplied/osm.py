"""Border posts of an OpenStreetMap query (`barrier=border_control`) in our own columns."""

import json
from typing import Any

import pandas as pd
import shapely

from mapper.supplied.faults import column_of

__all__ = ["from_osm", "is_osm", "middle"]

_MODES = {
    "foot": ("foot",),
    "vehicle": ("motor_vehicle", "motorcar", "vehicle"),
    "cargo": ("hgv", "goods"),
    "river": ("boat", "ferry"),
}
_YES = ("yes", "designated", "permissive", "official")
_NAMES = ("alt_name", "official_name", "old_name", "short_name", "int_name", "loc_name")
_SHOWN = ("es", "en", "pt", "fr", "id")
_SOURCE = "OpenStreetMap {id} (ODbL)"


def is_osm(frame: pd.DataFrame) -> bool:
    """Whether a table has the tags of OpenStreetMap and not our columns."""
    names = {str(c) for c in frame.columns}
    return "pair" not in names and bool(names & {"barrier", "@id", "osm_id"})


def from_osm(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of OSM nodes and ways under our column names, all text.

    Other features than border posts are left out where `barrier` is there. The place of a way is
    its middle. Names in further languages become aliases.
    """
    barrier = column_of(frame, ("barrier",))
    if "border_control" in barrier:
        frame = frame[[value == "border_control" for value in barrier]]
    ids = column_of(frame, ("@id", "osm_id", "id"))
    made = pd.DataFrame({"id": [f"osm-{i.replace('/', '-')}" if i else "" for i in ids]})
    made["name"] = column_of(frame, ("name",))
    for lang in _SHOWN:
        made[f"name_{lang}"] = column_of(frame, (f"name:{lang}",))
    made["aliases"] = _aliases(frame)
    points = [middle(text) for text in column_of(frame, ("geometry",))]
    for k, axis in enumerate(("longitude", "latitude")):
        said = column_of(frame, (axis,))
        made[axis] = [
            text or (f"{point[k]:.6f}" if point else "")
            for text, point in zip(said, points, strict=True)
        ]
    made["mode"] = _modes(frame)
    made["quality"], made["uncertainty_km"] = "near", "0.3"
    made["source"] = [_SOURCE.format(id=i) for i in ids]
    return made.set_index(frame.index)


def _aliases(frame: pd.DataFrame) -> list[str]:
    others = [
        c for c in map(str, frame.columns)
        if c in _NAMES or (c.startswith("name:") and c.removeprefix("name:") not in _SHOWN)
    ]  # fmt: skip
    columns = [column_of(frame, (name.casefold(),)) for name in others]
    return [
        "|".join(dict.fromkeys(n.strip() for cell in row for n in cell.split(";") if n.strip()))
        for row in zip(*columns, strict=True)
    ] or [""] * len(frame)


def _modes(frame: pd.DataFrame) -> list[str]:
    said = {mode: [column_of(frame, (tag,)) for tag in tags] for mode, tags in _MODES.items()}
    return [
        "|".join(
            mode for mode, columns in said.items() if any(column[i] in _YES for column in columns)
        )
        for i in range(len(frame))
    ]


def middle(geometry: str) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of a GeoJSON geometry, or None."""
    try:
        told: dict[str, Any] = json.loads(geometry) if geometry else {}
        shape = shapely.geometry.shape({**told, "coordinates": _numbers(told["coordinates"])})
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        return None
    if shape.is_empty:
        return None
    line = shape.geom_type == "LineString" and not shape.is_closed
    point = shape.interpolate(0.5, normalized=True) if line else shape.envelope.centroid
    return point.x, point.y


def _numbers(values: object) -> object:
    """Return nested coordinates as numbers: the reader keeps them as they were written."""
    if isinstance(values, list):
        return [_numbers(value) for value in values]
    return float(str(values))
