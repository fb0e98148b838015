"""First-level admin areas and the basemap."""

import numpy as np
import shapely

from mapper import world


def test_admin1_at():
    lon = np.array([-72.5078, -72.44437, -61.11025, -71.5, -30.0])
    lat = np.array([7.8939, 7.8112, 4.60226, 9.8, 30.0])
    assert world.admin1_at(lon, lat).tolist() == ["CO-NSA", "VE-S", "VE-F", "VE-V", ""]


def test_admin1_is_looked_for_in_the_given_country_only():
    lon, lat = np.full(3, -72.4508), np.full(3, 7.8179)
    where = np.array(["CO", "VE", ""])
    assert world.admin1_at(lon, lat, where).tolist() == ["CO-NSA", "VE-S", ""]


def test_shapes_end_at_our_own_border():
    near = world.admin1_shape("CO-NSA").intersection(world.admin1_shape("VE-S"))
    assert near.area < 1e-9
    line = world.border_line("CO-VE")
    shared = shapely.intersection(line, shapely.buffer(world.admin1_shape("VE-S"), 1e-6))
    assert shared.length > 1  # degrees: Táchira reaches the line all along its side


def test_table():
    table = world.admin1_table()
    assert not table.duplicated(["code", "country"]).any()
    assert table["code"].is_monotonic_increasing
    assert (table["name"] != "").all()
    assert table["radius_km"].gt(0).all()
    row = table.set_index("code").loc["VE-S"]
    assert row["name"] == "Táchira"
    assert "تاتشيرا" in row["names"] or "Tachira" in row["names"]
    assert row["geonames_admin1"] == "VE.20"
    # large areas that a faulty topology once lost
    assert {"AF-NAN", "BE-WLG", "ET-SO", "IT-GO"} <= set(table["code"])


def test_basemap():
    layers = world.basemap((-73.0, 7.5, -72.0, 8.5))
    assert list(layers) == ["land", "lake", "river", "admin1", "border", "disputed"]
    assert {key for key, _ in layers["border"]} == {"CO-VE"}
    assert {key for key, _ in layers["admin1"]} <= {"CO", "VE"}
    for shapes in layers.values():
        for _, shape in shapes:
            west, south, east, north = shape.bounds
            assert (west >= -73.001) & (south >= 7.499) & (east <= -71.999) & (north <= 8.501)
    at_sea = world.basemap((-31.0, 29.0, -30.0, 30.0))
    assert not any(at_sea.values())
