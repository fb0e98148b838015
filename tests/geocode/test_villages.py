"""Villages of the second list: asked last, only inside a hinted area, only where one fits."""

import pandas as pd

from mapper import geocode
from mapper.columns import PLACE_KEY
from mapper.geocode.atlas import atlas
from mapper.geocode.villages import village_by_id, villages_of


def ask(*key):
    keys = pd.DataFrame([key], columns=list(PLACE_KEY)).astype("str")
    return geocode.resolve(keys).iloc[0]


def test_a_village_that_the_index_lacks_is_found_in_its_municipality():
    found = ask("Ejido Mi Ranchito village", "MX", "Baja California", "Tecate")
    other = ask("Los Zapotes village", "MX", "Zacatecas", "Valparaíso")
    assert "village:" in found["place_id"] + other["place_id"]
    assert other["shape"] == "point"
    assert other["method"] == "name"


def test_without_an_area_a_village_is_not_taken():
    assert not ask("Los Zapotes village", "MX", "", "")["place_id"].startswith("village:")


def test_a_village_of_another_district_is_not_taken():
    found = ask("Islamapa town", "MX", "Chiapas", "Tuzantán")
    assert not found["place_id"].startswith("village:")


def test_a_village_has_an_id_that_leads_back_to_it():
    (first, *_) = [h.place for h in villages_of("los zapotes", "MX")]
    assert village_by_id(first.place_id) == first
    assert atlas().by_id(first.place_id) == first
    assert village_by_id("village:1") is None
