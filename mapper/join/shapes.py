"""The geometry of each distinct place: a point, an area, a line or a collection."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from mapper import recall, world
from mapper.columns import parts_of
from mapper.join.areas import circle

__all__ = ["geometries"]

_OF_GROUND = ("admin1:", "country:", "border:")


def geometries(table: pd.DataFrame) -> NDArray[np.object_]:
    """Return the geometry of each row of a MATCH table (EPSG:4326), `None` without a place."""
    out = np.full(len(table), None, dtype=object)
    shape = table["shape"].to_numpy(dtype=object)
    lon = table["longitude"].to_numpy(dtype=float)
    lat = table["latitude"].to_numpy(dtype=float)
    on_map = np.isfinite(lon) & np.isfinite(lat)
    points = np.flatnonzero((shape == "point") & on_map)
    out[points] = shapely.points(lon[points], lat[points])
    ids = table["place_id"].to_numpy(dtype=object)
    drawn_whole = np.flatnonzero(np.isin(shape, ("area", "line"))).tolist()
    known = _outlines(sorted({str(ids[i]) for i in drawn_whole}))
    for i in drawn_whole:
        drawn = known[str(ids[i])]
        out[i] = drawn if drawn is not None else _point(lon[i], lat[i])
    for i in np.flatnonzero(shape == "list").tolist():
        out[i] = _of_list(parts_of(str(table["parts"].iat[i])))
    return out


def _point(lon: float, lat: float) -> shapely.Point | None:
    return shapely.Point(lon, lat) if np.isfinite(lon) and np.isfinite(lat) else None


def _outlines(place_ids: list[str]) -> dict[str, shapely.Geometry | None]:
    """Return the outlines that place_ids name; those of the ground may have been drawn before."""
    ground = pd.DataFrame({"place_id": [one for one in place_ids if one.startswith(_OF_GROUND)]})
    drawn = recall.by_row(
        "outlines",
        recall.evidence(world.view()),
        ground,
        lambda rows: pd.DataFrame({"wkb": [_wkb(_of_id(one)) for one in rows["place_id"]]}),
    )
    shapes = dict(
        zip(ground["place_id"], shapely.from_wkb(drawn["wkb"].to_numpy(dtype=object)), strict=True)
    )
    return {one: shapes[one] if one in shapes else _of_id(one) for one in place_ids}


def _wkb(shape: shapely.Geometry | None) -> bytes | None:
    return None if shape is None else shapely.to_wkb(shape)


def _of_id(place_id: str) -> shapely.Geometry | None:
    """Return the outline that a place_id names, `None` where we have none."""
    kind, _, name = place_id.partition(":")
    found: shapely.Geometry
    if kind == "admin1":
        found = world.admin1_shape(name)
    elif kind == "country":
        found = world.country_shape(name)
    elif kind == "border":
        found = world.border_line(name)
    elif kind == "cell":  # a square that a place was coarsened to: south, west, north, east
        south, west, north, east = (float(edge) for edge in name.split(","))
        found = shapely.box(west, south, east, north)
    elif kind == "circle":  # given coordinates that stand for their surroundings
        found = circle(*(float(number) for number in name.split(",")))
    else:
        return None
    return None if found.is_empty else found


def _of_list(parts: list[dict[str, object]]) -> shapely.Geometry | None:
    """Return the parts of a list together: points as a multipoint, else a collection."""
    shapes: list[shapely.Geometry] = []
    for part in parts:
        drawn = _of_id(str(part.get("place_id", "")))
        lat, lon = part.get("latitude"), part.get("longitude")
        if drawn is None and isinstance(lat, int | float) and isinstance(lon, int | float):
            drawn = _point(float(lon), float(lat))
        if drawn is not None:
            shapes.append(drawn)
    if not shapes:
        return None
    if all(s.geom_type == "Point" for s in shapes):
        return shapely.MultiPoint(shapes)
    return shapely.GeometryCollection(shapes)
