"""Outlines of countries on land, and where shapes are and how far they reach."""

from functools import cache

import numpy as np
import pyarrow.parquet as pq
import shapely

from mapper import geodata
from mapper.world.admin1 import admin1_extents, admin1_shape
from mapper.world.arcs import Floats
from mapper.world.basemap import land_polygons
from mapper.world.borders import border_line
from mapper.world.countries import country_polygons
from mapper.world.distance import geodesic_km
from mapper.world.viewpoint import view

__all__ = [
    "admin1_extent",
    "border_extent",
    "country_extent",
    "country_shape",
    "measured",
    "outline",
]

Extent = tuple[float, float, float]


def outline(shape: shapely.Geometry) -> Floats:
    """Return all vertices of a shape in degrees (n × 2)."""
    return np.asarray(shapely.get_coordinates(shape), dtype=float)


def country_shape(iso2: str) -> shapely.MultiPolygon:
    """Return the land of a country: its arcs inland, Natural Earth's coast; empty if unknown.

    Where Natural Earth has no land at all (atolls) the territorial sea stands in.
    """
    return _country_shape(iso2, view())


@cache
def _country_shape(iso2: str, _seen: str) -> shapely.MultiPolygon:
    whole = country_polygons(iso2)
    shapely.prepare(whole)
    land = land_polygons()
    near = land[shapely.STRtree(land).query(whole, predicate="intersects")]
    parts = shapely.get_parts(
        shapely.intersection(whole, shapely.clip_by_rect(near, *whole.bounds))
    )
    ashore = [p for p in parts if p.geom_type == "Polygon" and not p.is_empty]
    return shapely.MultiPolygon(ashore) if ashore else whole


def _extent(middle: shapely.Point, shape: shapely.Geometry) -> Extent:
    """Return latitude, longitude of `middle` and the radius about it that holds `shape`."""
    xy = outline(shape)
    x, y = np.full(len(xy), middle.x), np.full(len(xy), middle.y)
    return middle.y, middle.x, float(geodesic_km(x, y, xy[:, 0], xy[:, 1]).max())


def _nearest_to_middle(shape: shapely.Geometry) -> shapely.Point:
    """Return the point of `shape` nearest to its centroid: in the middle, and on it."""
    place = shapely.shortest_line(shape, shapely.centroid(shape))
    return shapely.Point(shapely.get_coordinates(place)[0])


def measured(shape: shapely.Geometry) -> Extent:
    """Return latitude, longitude of a point in a shape and a radius in km that holds it."""
    return _extent(_nearest_to_middle(shape), shape)


@cache
def _country_extents() -> dict[str, Extent]:
    table = pq.read_table(geodata.built("country_extents.parquet"))
    columns = (table[name].to_pylist() for name in ("iso2", "latitude", "longitude", "radius_km"))
    return {iso2: (lat, lon, reach) for iso2, lat, lon, reach in zip(*columns, strict=True)}


def country_extent(iso2: str) -> Extent:
    """Return latitude, longitude of a point in the country and a radius in km that holds it.

    Of the default drawing it was measured when the ground was built: it takes the whole outline.
    """
    return _country_extent(iso2, view())


@cache
def _country_extent(iso2: str, seen: str) -> Extent:
    shipped = None if seen else _country_extents().get(iso2)
    return shipped or measured(country_shape(iso2))


@cache
def admin1_extent(code: str) -> Extent:
    """Return latitude, longitude of a point in the area and a radius in km that holds it."""
    return admin1_extents().get(code) or measured(admin1_shape(code))


def border_extent(pair: str) -> Extent:
    """Return latitude, longitude of a point ON the border and a radius in km that holds it."""
    return _border_extent(pair, view())


@cache
def _border_extent(pair: str, _seen: str) -> Extent:
    line = border_line(pair)
    longest = max(line.geoms, key=lambda part: part.length)
    return _extent(longest.interpolate(0.5, normalized=True), line)
