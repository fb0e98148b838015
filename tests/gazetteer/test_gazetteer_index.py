import pandas as pd
import pytest

from mapper import gazetteer, geodata, world
from mapper.errors import GeodataError
from mapper.gazetteer.countries import demonym
from mapper.gazetteer.index import PlaceIndex, write
from mapper.gazetteer.keys import key


@pytest.fixture
def toy(tmp_path):
    places = pd.DataFrame(
        {
            "ref": [1, 2, 3],
            "name": ["Alta", "Bajo", "Norte"],
            "latitude": [1.0, 2.0, 1.5],
            "longitude": [3.0, 4.0, 3.5],
            "population": [10, 2000, 0],
            "country": ["XA", "XA", "XA"],
            "admin1": ["XA-N", "XA-N", "XA-N"],
            "admin2": [2, -1, -1],
            "kind": ["settlement", "settlement", "admin2"],
            "radius_km": [0.0, 0.0, 20.0],
        }
    )
    write(places, [["alta"], ["bajo", "san juan del bajo"], ["norte"]], tmp_path, prefix="toy")
    return PlaceIndex(tmp_path)


def test_written_index_answers_and_keeps_its_links(toy):
    which, rows = toy.lookup(["nothing", key("san juan de bajo"), key("alta")])
    places = toy.place_of(rows)
    assert which.tolist() == [1, 2]
    assert [toy.name(p) for p in places] == ["Bajo", "Alta"]
    alta = places[1]
    assert toy.name(int(toy.admin2[alta])) == "Norte"
    assert toy.place_id(alta) == "toy:1"
    assert toy.of_country("XA").stop - toy.of_country("XA").start == 2


def test_damaged_index_is_one_clear_error(tmp_path):
    (tmp_path / "places.arrow").write_bytes(b"not arrow")
    with pytest.raises(GeodataError, match="missing or damaged"):
        PlaceIndex(tmp_path)


@pytest.mark.parametrize(
    "text", ["CO", "col", "Colombia", "Kolombia", "Колумбія", "كولومبيا", "哥倫比亞", "Colômbia"]
)
def test_country_code_takes_codes_and_names(text):
    assert gazetteer.country_code(text) == "CO"


@pytest.mark.parametrize(
    ("word", "country"),
    [("venezolanische", "VE"), ("kolumbiiskom", "CO"), ("braziliaanse", "BR"),
     ("elena", ""), ("francisco", ""), ("paraguachon", "")],
)  # fmt: skip
def test_adjectives_of_countries(word, country):
    assert demonym(word) == country


def test_towns_of_a_box_come_by_importance():
    towns = gazetteer.towns((-72.7, 7.6, -72.3, 8.1), 5)
    assert towns["name"].iloc[0] == "Cúcuta"
    assert towns["population"].is_monotonic_decreasing
    assert towns["longitude"].between(-72.7, -72.3).all()


def test_shipped_index_is_small():
    files = list(geodata.built("places").iterdir())
    assert sum(f.stat().st_size for f in files) <= 40_000_000


def test_kept_places_lie_on_the_side_they_claim():
    places = pd.read_csv(geodata.path("places.csv"), dtype=str, keep_default_na=False)
    assert places["id"].is_unique
    assert (places["source"] != "").all()
    assert (places["verified"] != "").all()
    at = places[(places["shape"] == "point") & (places["country"].str.len() == 2)]
    lon, lat = at["longitude"].astype(float).to_numpy(), at["latitude"].astype(float).to_numpy()
    country = world.country_at(lon, lat)
    assert at["name"][country != at["country"].to_numpy(dtype=str)].tolist() == []
    pair, km = world.nearest_border(lon, lat)
    home = at["pair"].isin(["CO-VE", "BR-VE"]).to_numpy() & (at["kind"] != "region").to_numpy()
    assert at["name"][home & (pair == at["pair"].to_numpy(dtype=str)) & (km > 60)].tolist() == []
    assert int(((km <= 60) & (at["pair"] != "").to_numpy()).sum()) >= 150

    _, km = world.nearest_border(lon, lat)
    assert int(((km <= 60) & (at["pair"] != "").to_numpy()).sum()) >= 60


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("West Bank and Gaza Strip", "PS"),
        ("Democratic Republic of the Congo", "CD"),
        ("Republic of the Congo", "CG"),
        ("United States of America", "US"),
        ("Zaire", "CD"),
        ("Syrian Arab Republic", "SY"),
    ],
)
def test_country_code_takes_official_and_former_names(text, code):
    assert gazetteer.country_code(text) == code
