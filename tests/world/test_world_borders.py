"""The ground: which country, how far to which border, and that the shipped map is planar."""

import numpy as np
import pyproj
import pytest
import shapely

from mapper import world
from mapper.world.arcs import read_arcs, read_faces
from mapper.world.distance import SegmentIndex

GEOD = pyproj.Geod(ellps="WGS84")


def country(lon, lat):
    return str(world.country_at(np.array([lon]), np.array([lat]))[0])


@pytest.mark.parametrize(
    ("name", "lon", "lat", "expected"),
    [
        ("Cúcuta", -72.5078, 7.8939, "CO"),
        ("Santa Elena de Uairén", -61.11025, 4.60226, "VE"),
        ("Lake Maracaibo", -71.5, 9.8, "VE"),
        ("Hanoi, in Bangkok's time zone", 105.85, 21.03, "VN"),
        ("Bach Long Vi", 107.72, 20.13, "VN"),
        ("Pristina, in Belgrade's time zone", 21.16, 42.66, "XK"),
        ("Leposavić, at its northern end", 20.80, 43.10, "XK"),
        ("Novi Pazar, beyond it", 20.51, 43.14, "RS"),
        ("Guantanamo Bay", -75.13, 19.93, "CU"),
        ("Sevastopol", 33.52, 44.6, "UA"),
        ("Sukhumi", 41.02, 43.0, "GE"),
        ("Old City of Jerusalem", 35.2342, 31.7767, "PS"),
        ("West Jerusalem", 35.2133, 31.769, "IL"),
        ("Baarle-Nassau, the town hall", 4.9296, 51.4447, "NL"),
        ("Baarle-Hertog, an enclave", 4.93, 51.44, "BE"),
        ("Dahagram–Angarpota", 88.95, 26.3, "BD"),
        ("Büsingen", 8.69, 47.697, "DE"),
        ("Taveuni, at 180°", 180.0, -16.85, "FJ"),
        ("Taveuni, at -180°", -180.0, -16.85, "FJ"),
        ("the same beyond 180°", 180.01, -16.85, "FJ"),
        ("the South Pole", 0.0, -90.0, "AQ"),
        ("Svalbard", 15.6, 78.2, "SJ"),
        ("the North Pole", 0.0, 90.0, ""),
        ("the Atlantic", -30.0, 30.0, ""),
    ],
)
def test_country_at(name, lon, lat, expected):
    assert country(lon, lat) == expected, name


def test_nonsense_has_no_country_and_no_border():
    lon, lat = np.array([np.nan, 10.0, np.inf]), np.array([1.0, 95.0, 2.0])
    assert world.country_at(lon, lat).tolist() == ["", "", ""]
    pair, km = world.nearest_border(lon, lat)
    assert pair.tolist() == ["", "", ""]
    assert np.isnan(km).all()


def test_empty_arrays():
    none = np.array([])
    assert len(world.country_at(none, none)) == 0
    assert len(world.nearest_border(none, none)[0]) == 0
    assert len(world.countries_near(none, none, none)) == 0
    assert len(world.admin1_at(none, none)) == 0


def test_both_countries_where_the_radius_reaches_over_the_line():
    lon, lat = np.full(3, -72.5078), np.full(3, 7.8939)  # 4.85 km from the line
    near = world.countries_near(lon, lat, np.array([np.nan, 4.0, 5.0]))
    assert near.tolist() == ["CO", "CO", "CO|VE"]


def test_the_amazon_tripoint_is_on_a_line():
    near = world.countries_near(np.array([-69.9436]), np.array([-4.2260]), np.array([1.0]))
    assert "|" in near[0]


def test_border_km_is_geodesic():
    """Against densified geodesics to the shipped line, 300 points up to 70° and 100 km away."""
    random = np.random.default_rng(5)
    checked = 0
    pairs = world.pairs()
    for pair in random.choice(pairs, 60, replace=False):
        line = world.border_line(str(pair))
        xy = shapely.get_coordinates(line.segmentize(0.0005))
        at = xy[random.integers(len(xy), size=5)]
        lon, lat, _ = GEOD.fwd(
            at[:, 0], at[:, 1], random.uniform(0, 360, 5), random.uniform(0, 100_000, 5)
        )
        found, km = world.nearest_border(np.array(lon), np.array(lat))
        for i in np.flatnonzero((found == pair) & (np.abs(lat) < 70)):
            close = xy[np.argsort(np.hypot((xy[:, 0] - lon[i]) * np.cos(np.radians(lat[i])),
                                           xy[:, 1] - lat[i]))[:2000]]  # fmt: skip
            n = len(close)
            _, _, metres = GEOD.inv(
                np.full(n, lon[i]), np.full(n, lat[i]), close[:, 0], close[:, 1]
            )
            assert km[i] * 1000 == pytest.approx(min(metres), abs=max(10, 0.001 * min(metres)))
            checked += 1
    assert checked > 100


def test_segments_are_cut_and_the_nearest_is_found():
    index = SegmentIndex.of(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]), np.array([7]))
    assert len(index.owner) > 200
    owner, km = index.nearest(np.array([0.5, 2.0]), np.array([0.1, 0.0]))
    assert owner.tolist() == [7, 7]
    assert km == pytest.approx([11.0574, 111.3195], abs=0.001)


def test_pairs():
    pairs = world.pairs()
    assert pairs == sorted(pairs)
    assert {"CO-VE", "BR-VE", "CO-EC", "RS-XK", "LA-VN", "MY-SG", "EH-MA", "IL-PS"} <= set(pairs)
    # these meet at sea only
    assert not {"BH-QA", "CU-US", "DK-SE", "RU-US", "AQ-ZA", "AQ-CL"} & set(pairs)
    assert all(pair == "-".join(sorted(pair.split("-"))) for pair in pairs)


def test_a_pair_line_is_the_edge_of_both_countries():
    line = world.border_line("CO-VE")
    assert 2100 < GEOD.geometry_length(line) / 1000 < 2500
    middle = line.segmentize(0.01)
    lon, lat = shapely.get_coordinates(middle)[1::50].T
    seen = set()
    for dx, dy in ((0.002, 0), (-0.002, 0), (0, 0.002), (0, -0.002)):
        seen |= set(world.country_at(lon + dx, lat + dy).tolist())
    assert seen <= {"CO", "VE", "BR"}
    assert {"CO", "VE"} <= seen


def test_the_shipped_map_is_planar():
    """Every face valid, and each arc an edge of exactly the regions on its two sides."""
    faces = read_faces("border")
    polygons = faces.polygons(range(len(faces.regions)))
    assert shapely.is_valid(polygons).all()
    arcs = read_arcs("borders.parquet")
    used = {}
    for number, region in enumerate(faces.regions):
        members = faces.flat[faces.start[number] : faces.start[number + 1]]
        for member in members[members != 0].tolist():
            assert (member,) not in used, "a side of an arc belongs to two faces"
            used[member,] = region
    for i in range(len(arcs)):
        assert used.get((i + 1,), "") == arcs.left[i]
        assert used.get((-(i + 1),), "") == arcs.right[i]


def test_extents_hold_their_shape():
    lat, lon, radius = world.country_extent("CO")
    assert country(lon, lat) == "CO"
    xy = world.outline(world.country_shape("CO"))
    _, _, metres = GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), xy[:, 0], xy[:, 1])
    assert max(metres) / 1000 <= radius + 1e-6
    lat, lon, radius = world.border_extent("CO-VE")
    assert world.nearest_border(np.array([lon]), np.array([lat]))[1][0] < 0.01
    assert 500 < radius < 1500


def test_unknown_shapes_are_empty():
    assert world.border_line("CO-XX").is_empty
    assert world.admin1_shape("CO-NOPE").is_empty
    assert world.country_shape("XX").is_empty


@pytest.mark.parametrize("iso2", ["VE", "CO", "RU", "FJ", "CN", "VA", "XX"])
def test_near_a_country_is_what_countries_near_says(iso2):
    random = np.random.default_rng(4)
    lon, lat = random.uniform(-180, 180, 4000), random.uniform(-88, 88, 4000)
    line = read_arcs("borders.parquet").xy
    beside = line[random.integers(0, len(line), 4000)] + random.normal(0, 0.1, (4000, 2))
    lon, lat = np.append(lon, beside[:, 0]), np.append(lat, beside[:, 1])
    lon[0], lat[1] = np.nan, np.nan
    named = world.countries_near(lon, lat, np.full(len(lon), 5.0))
    expected = np.array([iso2 in name.split("|") for name in named])
    assert (world.near_country(iso2, lon, lat, 5.0) == expected).all()
    assert expected.any() == (iso2 not in ("VA", "XX"))
