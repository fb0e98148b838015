"""The builders, on a toy map, and one small shipped part made again."""

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from mapper import geodata, world
from mapper.world import build_extents, build_grid
from mapper.world.build_borders import face_rows
from mapper.world.build_simplify import GRID, simplify_arcs
from mapper.world.build_topology import UNIT, arcs_of_faces, faces_of_lines, unique_lines
from mapper.world.shapes import measured


def toy():
    """Two countries that share a wiggly line, and an enclave of one in the other."""
    x = np.linspace(0, 1, 201)
    line = np.column_stack((1 + 0.02 * np.sin(40 * x), x))
    line[[0, -1], 0] = 1
    west = shapely.Polygon([(0, 0), *line.tolist(), (0, 1)])
    hole = shapely.box(0.4, 0.4, 0.6, 0.6)
    east = shapely.Polygon([(2, 0), (2, 1), *line[::-1].tolist()])
    return [shapely.difference(west, hole), hole, east], ["AA", "BB", "BB"]


def test_a_line_between_two_is_one_arc():
    polygons, names = toy()
    faces = faces_of_lines(unique_lines(polygons))
    inside = [names[[p.covers(f.representative_point()) for p in polygons].index(True)]
              for f in faces]  # fmt: skip
    arcs = arcs_of_faces(faces, inside)
    shared = [a for a in arcs if {a.left, a.right} == {"AA", "BB"}]
    assert sorted(len(a.xy) for a in shared) == [5, 201]
    assert all(a.left != a.right for a in arcs)


def test_simplified_arcs_stay_near_and_make_the_same_faces():
    polygons, _ = toy()
    polygons = [shapely.set_precision(p, UNIT) for p in polygons]
    arcs = arcs_of_faces(polygons, ["AA", "BB", "BB"])
    thin, source, _ = simplify_arcs(arcs, [100.0] * len(arcs))
    assert sum(len(a.xy) for a in thin) < 0.7 * sum(len(a.xy) for a in arcs)
    for arc, number in zip(thin, source, strict=True):
        before = shapely.LineString(arcs[number].xy * UNIT)
        after = shapely.LineString(arc.xy * UNIT)
        assert shapely.hausdorff_distance(before, after) < 110 / 111_000
        assert (arc.xy % GRID == 0).all()
    assert sorted(region for region, _ in face_rows(thin)) == ["AA", "BB", "BB"]


def test_the_shipped_grid_is_what_the_build_makes(tmp_path):
    build_grid.build(tmp_path)
    name = "country_grid.parquet"
    assert (tmp_path / name).read_bytes() == geodata.built(name).read_bytes()


def test_the_shipped_extents_are_what_the_build_measures():
    codes = ["CO", "FJ", "LI", "NR", "TV", "VA"]
    for row in build_extents.rows(codes):
        shipped = world.country_extent(row["iso2"])
        assert shipped == pytest.approx((row["latitude"], row["longitude"], row["radius_km"]))
    for code in ("CO-NSA", "VE-S", "AE-X02", "FJ-N"):
        assert world.admin1_extent(code) == pytest.approx(measured(world.admin1_shape(code)))


def test_every_country_has_its_extent():
    table = pq.read_table(geodata.built("country_extents.parquet"))
    assert table["iso2"].to_pylist() == sorted(world.country_codes())
