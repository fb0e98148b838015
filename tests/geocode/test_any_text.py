"""Any text at all as a place: nothing raises, nothing leaves a strict hint."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper import geocode, world
from mapper.columns import PLACE_KEY, SHAPES
from mapper.world import geodesic_km

WORDS = (
    "San", "Santa", "Antonio", "Cúcuta", "Mosul", "Francia", "Colombia", "Papun", "Georgia",
    "puente", "frontera", "road", "border", "between", "and", "y", "near", "north of", "5 km", "of",
    "village", "district", "state", "province", "(", ")", ",", "-", "/", "de", "la", "río", "area",
    "جسر", "مدينة", "мост", "город", "桥", "国境", "{{7*7}}", "\u2028", "Bogotá", "Kobani",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
ACROSS_KM = 6.0  # a place just over the line of the hinted country is taken, and said so


def ask(texts, country="", admin1="", admin2=""):
    keys = pd.DataFrame([[t, country, admin1, admin2] for t in texts], columns=list(PLACE_KEY))
    return geocode.resolve(keys.astype("str"))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), TEXTS, TEXTS, TEXTS)
def test_no_text_raises(texts, country, admin1, admin2):
    found = ask(texts, country, admin1, admin2)
    assert set(found["shape"]) <= set(SHAPES)
    placed = found["shape"] != "none"
    assert (found["uncertainty_km"][placed] > 0).all()
    assert found["latitude"][placed].between(-90, 90).all()
    assert (found["reason"].str.len() > 0).all()


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from(["CO", "MX", "IQ", "CF", "CN"]))
def test_no_text_leaves_the_country(texts, country):
    found = ask(texts, country)
    points = found[found["shape"] == "point"]
    # what the radius of a relative answer reaches over is not in another country by its name
    points = points[points["precision"].isin(("settlement", "site", "crossing"))]
    if points.empty:
        return
    at = (points["longitude"].to_numpy(), points["latitude"].to_numpy())
    near = world.countries_near(*at, np.full(len(points), ACROSS_KM))
    assert all(country in codes.split("|") for codes in near), points.to_dict("records")
    areas = found[found["precision"] == "country"]
    assert set(areas["place_id"]) <= {f"country:{country}"}


AREAS = [("MX", "Guanajuato", "MX-GUA"), ("CO", "Arauca", "CO-ARA"), ("SY", "Aleppo", "SY-HL")]


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from(AREAS))
def test_no_text_leaves_the_area(texts, area):
    country, admin1, code = area
    found = ask(texts, country, admin1)
    assert (found["precision"] != "country").all()
    lat, lon, reach = world.admin1_extent(code)
    assert math.isfinite(reach)
    points = found[(found["shape"] == "point") & (found["precision"] == "settlement")]
    n = len(points)
    away = geodesic_km(
        np.full(n, lon), np.full(n, lat), points["longitude"].to_numpy(),
        points["latitude"].to_numpy(),
    )  # fmt: skip
    assert (away <= reach + 15).all(), points.to_dict("records")


@pytest.mark.parametrize("country", ["CO", "MX", "SY"])
def test_a_country_is_no_answer_under_an_area(country):
    found = ask(["Colombia", "Mexico", "Syria", "Syrian border", "the country"], country, "Aleppo")
    hinted = ask(["Syria", "Syrian", "Syrian Arab Republic"], "SY", "Aleppo")
    assert (hinted["precision"] != "country").all()
    assert set(found["place_id"][found["precision"] == "country"]) <= {f"country:{country}"}
