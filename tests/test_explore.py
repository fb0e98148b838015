"""`mapper.explore`: any GeoDataFrame, in any reference system; areas are never pins."""

import geopandas as gpd
import pytest
import shapely

import mapper
from mapper.errors import UsageError
from mapper.render.decode import located


@pytest.fixture
def frame():
    shapes = [
        shapely.Point(-72.45, 7.82),
        shapely.LineString([(-72.5, 7.0), (-72.5, 8.0)]),
        shapely.box(-72.6, 7.6, -72.2, 7.9),
        None,
    ]
    columns = {
        "kind": ["clash", "protest", "arrest", "other"],
        "beaufort": ["a", "b", "{{7*7}}", "d"],
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


@pytest.mark.parametrize("crs", [4326, 3857, 3116])
def test_points_are_points_and_the_rest_areas(frame, crs):
    page = mapper.explore(frame.to_crs(crs), "kind").to_html()
    held = located(page).reports.sort_values("beaufort").set_index("event_type")
    assert held["shape"].to_dict() == {
        "clash": "point", "protest": "area", "arrest": "area", "other": "none"
    }  # fmt: skip
    assert held.loc["clash", "latitude"] == pytest.approx(7.82, abs=1e-4)
    # half of one degree of latitude: the circle holds the whole line
    assert held.loc["protest", "uncertainty_km"] == pytest.approx(55.3, abs=0.3)


def test_only_the_columns_asked_for_are_shown(frame):
    held = located(mapper.explore(frame, "kind", tooltip=False).to_html())
    assert "beaufort" not in held.reports
    assert (
        "beaufort" in located(mapper.explore(frame, "kind", popup=["beaufort"]).to_html()).reports
    )


def test_what_cannot_be_used_is_said(frame):
    with pytest.raises(UsageError, match="cmap, legend cannot be used"):
        mapper.explore(frame, "kind", cmap="viridis", legend=True)
    with pytest.raises(UsageError, match="no column nothing; there are kind, beaufort"):
        mapper.explore(frame, "nothing")
    with pytest.raises(UsageError, match="no reference system"):
        mapper.explore(frame.set_crs(None, allow_override=True))
