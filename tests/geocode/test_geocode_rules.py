import json

import pandas as pd
import pytest

from mapper import geocode
from mapper.columns import PLACE_KEY


def ask(place, country="", admin1="", admin2="", **options):
    keys = pd.DataFrame([[place, country, admin1, admin2]], columns=list(PLACE_KEY)).astype("str")
    return geocode.resolve(keys, **options).iloc[0]


@pytest.mark.parametrize(
    "place",
    ["frontera", "perbatasan", "fronteira", "frontière bloquée", "the border", "граница", "边境"],
)
def test_a_bare_border_needs_evidence(place):
    assert ask(place)["shape"] == "none"
    found = ask(place, borders=("CO-VE",))
    assert found["place_id"] == "border:CO-VE"
    assert found["shape"] == "line"


@pytest.mark.parametrize(
    ("place", "country", "pair"),
    [
        ("frontera colombo-venezolana", "", "CO-VE"),
        ("border between Sudan and South Sudan", "", "SD-SS"),
        ("frontera con Brasil", "VE", "BR-VE"),
        ("perbatasan Thailand dan Myanmar", "", "MM-TH"),
        ("Grenze zwischen Polen und Belarus", "", "BY-PL"),
        ("граница между Украиной и Молдавией", "", "MD-UA"),
        ("Spanish-Portuguese border", "", "ES-PT"),
    ],
)
def test_borders_of_the_world(place, country, pair):
    assert ask(place, country)["place_id"] == f"border:{pair}"


@pytest.mark.parametrize("place", ["bridge", "puente", "the village", "ciudad", "север", "桥"])
def test_generic_words_match_nothing(place):
    assert ask(place)["shape"] == "none"


def test_hints_are_strict():
    found = ask("Cúcuta", "VE")
    assert found["place_id"] != "geonames:3685533" or found["reason_code"] == "across_line"
    assert ask("Medellín", "VE")["shape"] == "none"


def test_unknown_village_falls_back_to_its_area():
    found = ask("Xqzwty village", "CO", "Norte de Santander")
    assert found["place_id"] == "admin1:CO-NSA"
    assert (found["shape"], found["method"]) == ("area", "admin")
    assert found["uncertainty_km"] > 30


def test_distance_and_direction():
    found = ask("5 km al norte de Arauca", "CO")
    assert (found["shape"], found["method"]) == ("point", "relative")
    assert found["latitude"] == pytest.approx(7.0847 + 5 / 111.2, abs=0.01)


def test_a_list_has_its_parts():
    found = ask("Valledupar, Medellín y Bogotá", "CO")
    assert found["shape"] == "list"
    assert [p["name"] for p in json.loads(found["parts"])] == ["Valledupar", "Medellín", "Bogotá"]


def test_overrides_win():
    table = pd.DataFrame({"Place": ["Cúcuta"], "latitude": ["7,5"], "longitude": ["-72,5"]})
    good, problems = geocode.overrides.parse(table)
    assert problems.empty
    found = ask("CÚCUTA", "CO", overrides=good)
    assert (found["method"], found["latitude"]) == ("override", 7.5)


def test_overrides_by_report():
    table = pd.DataFrame({"incident_id": ["A2"], "place_id": ["admin1:CO-NSA"]})
    good, _ = geocode.overrides.parse(table)
    positions, rows = geocode.overridden(["A1", "A2"], good)
    assert positions.tolist() == [1]
    assert rows["place_id"].tolist() == ["admin1:CO-NSA"]


def test_bad_overrides_are_told():
    table = pd.DataFrame({"place": ["X", "", "Y"], "latitude": ["", "1", "95"], "longitude": "1"})
    good, problems = geocode.overrides.parse(table, "fixes.csv")
    assert good.empty
    assert problems["source_row"].tolist() == [1, 2, 3]
    assert (problems["source_file"] == "fixes.csv").all()


def test_learned_from_the_same_input():
    points = pd.DataFrame(
        {
            "place": ["Vereda Nueva"], "place_country": ["CO"], "latitude": [8.0],
            "longitude": [-72.5], "uncertainty_km": [1.0],
        }
    )  # fmt: skip
    keys = pd.DataFrame([["Vereda Nueva", "CO", "", ""]], columns=list(PLACE_KEY)).astype("str")
    company = geocode.profile(keys, known_points=points)
    assert geocode.resolve(keys, profile=company)["method"].tolist() == ["learned"]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("puente Simón Bolívar", "VE"),
        ("Ureña", ""),
        ("San Antonio", ""),
        ("frontera con Brasil", ""),
    ],
)
def test_explain_tells(place, country):
    trace = geocode.explain(place, country)
    assert trace.lines()[0] == f'"{place}"'
    assert any(step == "because" for step, _ in trace.steps)
    assert json.dumps(trace.to_dict(), allow_nan=False)


def test_explain_names_what_it_read_and_weighed():
    trace = geocode.explain("5 km al norte de Arauca", "CO")
    told = "\n".join(trace.lines())
    assert "must lie in        Colombia" in told
    assert "5 km, to the north" in told
    assert "Arauca, town, Arauca, Colombia, 85,585 people: its own name" in told
    crowd = "\n".join(geocode.explain("San Antonio").lines())
    assert "with a lower score" in crowd
    assert "no country is given" in crowd
    bridges = geocode.explain("puentes Simón Bolívar y Santander")
    assert sum(head == "of these" for head, _ in bridges.steps) == 2


@pytest.mark.parametrize(
    "place",
    [
        "",
        " ",
        "((((",
        "a" * 5000,
        "\x00\u2028",
        "{{7*7}}",
        "${alert(1)}",
        "-",
        "5 km",
        "y y y y",
        "和和和",
    ],
)
def test_hostile_texts_never_raise(place):
    ask(place, "CO")
    ask(place)


@pytest.mark.parametrize(
    ("place", "admin1", "country"),
    [
        ("Between Baqubah and Tikrit", "Diyala", "IQ"),
        ("Kyauktaw - Ponnagyun border", "Rakhine state", "MM"),
        ("Between Monywa and Qqxz", "Sagaing region", "MM"),
        ("Obo - Djemah road (45 km north of Obo)", "Haut-Mbomou", "CF"),
        ("north of Mosul", "Nineveh", "IQ"),
    ],
)
def test_stretches_are_not_the_town_at_their_end(place, admin1, country):
    found = ask(place, country, admin1)
    assert (found["method"], found["precision"]) == ("relative", "near")
    assert 15 <= found["uncertainty_km"] <= 60


@pytest.mark.parametrize(
    ("place", "country", "admin1"),
    [("Papun town", "MM", "Kayin state"), ("Marroquín village", "MX", "Guanajuato")],
)
def test_a_town_called_like_another_country_is_the_town(place, country, admin1):
    found = ask(place, country, admin1)
    assert (found["precision"], found["shape"]) == ("settlement", "point")


@pytest.mark.parametrize("place", ["Papua New Guinea", "Papuan camp", "Colombia", "Brasil"])
def test_another_country_is_no_answer_where_the_row_names_one(place):
    assert ask(place, "VE", "Táchira")["precision"] != "country"


def test_a_bracket_that_repeats_the_area_is_not_another_name():
    found = ask("Bishri mountain (Deir Ezzor)", "SY", "Deir ez Zor Governorate", "Deir ez Zor")
    assert (found["shape"], found["method"]) == ("area", "admin")


@pytest.mark.parametrize(
    ("place", "country", "admin1", "admin2", "name"),
    [
        ("Kernaz town", "SY", "Hamah", "As Suqaylibiyah district", "Kurnāz"),
        ("Karama town", "SY", "Ar Raqqah", "Ar Raqqah district", "Al Karāmah"),
        ("Punta de Mita", "MX", "Nayarit", "Bahía de Banderas", "Corral del Risco (Punta de Mita)"),
        ("Ahuhuiyuco", "MX", "Guerrero", "Chilapa de Álvarez", "Ahuihuiyuco"),
    ],
)
def test_other_spellings_inside_the_hinted_district(place, country, admin1, admin2, name):
    found = ask(place, country, admin1, admin2)
    assert (found["method"], found["matched_name"]) == ("fuzzy", name)


@pytest.mark.parametrize("place", ["Kafr Safra", "Manzanillo"])
def test_a_likeness_without_the_district_is_not_enough(place):
    assert ask(place, "SY", "Aleppo Governorate")["method"] != "fuzzy"


def taught(*rows):
    columns = ["place", "place_country", "place_admin1", "latitude", "longitude", "uncertainty_km"]
    return pd.DataFrame(list(rows), columns=columns)


def test_learned_serves_the_same_area_only():
    points = taught(["Vereda Nueva", "CO", "Arauca", 7.0, -71.0, float("nan")])
    assert ask("vereda nueva", "CO", "Arauca", known_points=points)["method"] == "learned"
    assert ask("Vereda Nueva", "CO", "Cesar", known_points=points)["method"] == "admin"
    assert ask("Vereda Nueva", "CO", known_points=points)["method"] == "learned"


@pytest.mark.parametrize(
    "rows",
    [
        [["Vereda Nueva", "CO", "", 8.0, -72.5, 60.0]],  # the coordinates of an area
        [["Vereda Nueva", "CO", "", 8.0, -72.5, 1.0], ["Vereda Nueva", "CO", "", 4.0, -74.0, 1.0]],
        [["Vereda Nueva", "CO", "", 40.4, -3.7, 1.0]],  # in Spain
    ],
)
def test_nothing_is_learned_from_vague_or_contrary_coordinates(rows):
    found = ask("Vereda Nueva", "CO", "", known_points=taught(*rows))
    assert found["method"] != "learned"


def test_a_plain_name_is_not_learned_over():
    points = taught(["Cúcuta", "CO", "", 4.0, -74.0, 1.0])
    assert ask("Cúcuta", "CO", known_points=points)["method"] == "name"


@pytest.mark.parametrize(
    "place",
    [
        "from Cúcuta to Pamplona",
        "carretera de Cúcuta a Pamplona",
        "Straße von Cúcuta nach Pamplona",
    ],
)
def test_from_one_town_to_another_is_the_stretch_between(place):
    found = ask(place, "CO")
    assert (found["shape"], found["reason_code"]) == ("area", "between")
    assert abs(found["latitude"] - 7.64) < 0.1  # half the way


def test_a_square_is_not_in_a_town_that_is_called_so_for_short():
    alone = ask("Parque Santander", "CO")
    assert (alone["status"], alone["shape"]) == ("ambiguous", "none")
    assert "Santander de Quilichao" in alone["reason"]
    assert ask("calle Bolívar", "VE")["shape"] != "point"  # not Ciudad Bolívar
    inside = ask("Parque Santander, Cúcuta", "CO")
    assert inside["place_id"] == ask("Cúcuta", "CO")["place_id"]
    hinted = ask("Parque Santander", "CO", "Norte de Santander")
    assert hinted["place_id"] == "admin1:CO-NSA"
    assert ask("hospital de San Antonio", "VE", "Táchira")["shape"] == "point"


def test_a_border_with_one_country_lists_which_it_could_be():
    found = ask("frontera con Brasil")
    assert found["shape"] == "area"
    assert found["runner_up"].startswith("BR-VE")
    assert "BR-CO" in found["reason"]


def test_the_radius_of_a_town_follows_the_district_that_the_row_names():
    plain = ask("Ejutla", "MX", "Oaxaca")
    borne_out = ask("Ejutla de Crespo", "MX", "Oaxaca", "Heroica Ciudad de Ejutla de Crespo")
    doubted = ask("Loma Bonita town", "MX", "Oaxaca state", "Ejutla")
    assert plain["uncertainty_km"] >= 3
    assert borne_out["uncertainty_km"] < 2
    assert doubted["uncertainty_km"] >= 15 or doubted["method"] == "admin"


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [
        ("El Paso", "", "El Paso"),
        ("10 km south of El Paso", "", "El Paso"),
        ("Del Rio", "US", "Del Rio"),
        ("Del Rio", "", "Del Rio"),
        ("El Paso", "CO", "El Paso"),
    ],
)
def test_a_town_named_by_general_words_is_that_town(place, country, name):
    row = ask(place, country)
    assert row["matched_name"] == name
    assert "do not know" not in row["reason"]


@pytest.mark.parametrize("place", ["el paso", "El Puente", "La Frontera", "La Carretera"])
def test_general_words_that_are_no_known_town_are_nask(place):
    assert ask(place)["shape"] == "none"


@pytest.mark.parametrize(
    ("country", "name"), [("", "San Cristóbal"), ("MX", "San Cristóbal de las Casas")]
)
def test_a_town_called_so_goes_before_a_big_one_with_that_other_name(country, name):
    assert ask("San Cristóbal", country)["matched_name"] == name


@pytest.mark.parametrize("place", ["Brod na Kupi", "Springfield, Blorptown"])
def test_one_of_several_beside_an_unknown_name_is_not_guessed(place):
    found = ask(place)
    assert found["shape"] == "none"
    assert found["reason_code"] == "beside_unknown"


@pytest.mark.parametrize("place", ["Simon Bolivar brige", "Tienditas brigde", "puemte Tienditas"])
def test_a_misspelt_word_for_a_bridge_means_the_bridge(place):
    assert ask(place)["precision"] == "crossing"


def test_a_part_of_a_name_that_many_bear_is_not_guessed():
    assert ask("Simon Bolivar xyzzy")["shape"] == "none"
    assert ask("Monte Simon Bolivar")["precision"] != "crossing"


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [("Cucata", "CO", "Cúcuta"), ("Bogata", "CO", "Bogotá"), ("Cucaita", "CO", "Cucaita")],
)
def test_one_wrong_letter_means_the_well_known_town(place, country, name):
    assert ask(place, country)["matched_name"] == name


def test_an_unofficial_way_between_towns_is_no_official_crossing():
    found = ask("trochas entre San Antonio y Villa del Rosario")
    assert (found["shape"], found["precision"]) == ("area", "near")
    assert ask("puente entre Ureña y Cúcuta")["precision"] == "crossing"


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [("Горлівка", "UA", "Horlivka"), ("Рубежное", "UA", "Rubizhne"),
     ("Лисичанск", "UA", "Lysychansk")],
)  # fmt: skip
def test_a_name_that_begins_like_a_general_word_is_a_name(place, country, name):
    assert ask(place, country)["matched_name"] == name


@pytest.mark.parametrize("place", ["горы", "в лесу", "у границы", "селище"])
def test_general_words_in_any_case_name_nothing(place):
    assert ask(place)["shape"] == "none"


@pytest.mark.parametrize(
    ("place", "country", "latitude"),
    [("20 km северо-восточнее Маикао", "CO", 11.51),
     ("20 km ten zuidoosten van Maicao", "CO", 11.25),
     ("20 كم شمال شرق مايكاو", "CO", 11.51)],
)  # fmt: skip
def test_directions_between_the_four(place, country, latitude):
    found = ask(place, country)
    assert found["method"] == "relative"
    assert found["latitude"] == pytest.approx(latitude, abs=0.05)


@pytest.mark.parametrize(
    ("place", "country"),
    [("San Ysidro port of entry", "US"), ("puesto fronterizo de Medellín", "CO")],
)
def test_a_border_post_is_at_a_border(place, country):
    found = ask(place, country)
    assert (found["shape"], found["reason_code"]) == ("none", "no_border_there")
    assert ask("garita de Tijuana", "MX")["shape"] == "point"


def test_the_place_after_its_area_is_meant():
    assert ask("Táchira, San Antonio", "VE")["matched_name"] == "San Antonio del Táchira"
    assert ask("Táchira, Caracas", "VE")["place_id"] == "admin1:VE-S"


def test_towns_on_both_sides_of_a_stroke_are_a_list():
    assert ask("Ureña / San Antonio", "VE")["shape"] == "list"
    assert ask("Tienditas / Atanasio Girardot")["shape"] == "point"


@pytest.mark.parametrize("place", ["N/A", "n", "Bab al-Hawa", "río Bravo"])
def test_letters_halves_of_compounds_and_rivers_are_no_towns(place):
    assert (
        ask(place, "" if place[:1] in "Nn" else {"B": "SY", "r": "MX"}[place[0]])["shape"]
        != "point"
    )


def test_a_town_is_called_so_without_its_honours():
    assert ask("Matamoros", "MX")["matched_name"] == "Heroica Matamoros"


def test_general_words_and_a_misspelt_name_may_be_one_name():
    assert ask("Puerto Sntander", "CO")["matched_name"] == "Puerto Santander"
