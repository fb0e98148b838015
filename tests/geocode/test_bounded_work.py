"""However long and mixed a text is, the work it makes is bounded: by counts, not by a clock."""

import gc

import numpy as np
import pandas as pd
import pytest
import shapely

from mapper import world
from mapper.columns import PLACE_KEY
from mapper.geocode import borders, fuzzy, unborne
from mapper.geocode.answer import km
from mapper.geocode.atlas import atlas
from mapper.geocode.block import Block
from mapper.geocode.borders import pairs_of
from mapper.geocode.choose import fits
from mapper.geocode.clues import Clues, Profile
from mapper.geocode.names import spans_of
from mapper.geocode.pause import collection_paused
from mapper.geocode.resolve import answer_one, questions
from mapper.geocode.tokens import MOST_TOKENS, tokenise

COMMON = ("San Antonio", "San José", "Santa Rosa", "San Pedro", "La Esperanza", "Buenavista")
MOST_CHOICES = 60  # 37 were the most that 10,000 such texts made
MOST_SIMILAR = 40
MOST_SPANS = 7 * MOST_TOKENS

TEXTS = {
    "every letter a word": " ".join("abcdefghij" * 20),
    "connectives and generic words": "桥 entre frontera near Perbatasan bridge and puente y " * 9,
    "characters of many scripts": "".join(chr(0x3400 + 97 * n % 0x6000) for n in range(240)),
    "syllables of many scripts": " ".join(chr(0x0E00 + 83 * n % 0xC000) * 2 for n in range(99)),
    "brackets in brackets": "near (between " * 40 + "Arauca",
    "lists of common names": ", ".join(COMMON * 4),
    "common names joined": " y ".join(COMMON * 4),
    "bridges between": "puente " + " y puente ".join(COMMON * 4),
    "unknown words": ", ".join(["Xxqzt Perbatasan", "Qrra Vbnm"] * 12),
    "damaged letters": ", ".join(["San?Cr?st?b?l", "a?b?c?d?????e", "???xyz???"] * 6),
}


def question(text, country):
    keys = pd.DataFrame([[text, country, "", ""]], columns=list(PLACE_KEY)).astype("str")
    return questions(keys, atlas())[0]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("country", ["", "VE", "CN"])
def test_work_of_a_text_is_bounded(monkeypatch, text, country):
    searched = []
    similar = unborne.similar
    monkeypatch.setattr(unborne, "similar", lambda *a: searched.append(a[0]) or similar(*a))
    tokens = tokenise(text)
    assert len(tokens) <= MOST_TOKENS
    assert len(spans_of(tokens)) <= MOST_SPANS
    choices = []
    answer_one(question(text, country), atlas(), Profile(), log=choices)
    assert len(choices) <= MOST_CHOICES
    assert len(searched) <= MOST_SIMILAR


def test_words_past_the_last_say_nothing():
    text = " ".join(["wxy"] * MOST_TOKENS)
    assert len(tokenise(text)) == MOST_TOKENS
    assert tokenise(text + " Bogota") == tokenise(text)


@pytest.mark.parametrize(
    ("written", "finds"),
    [("Ure?a", ["urena"]), ("San Crist??al", ["san cristobal"]), ("?rena", ["urena"]),
     ("San?Cristobal", []), ("Uren?", ["urena"]), ("Ur??a", ["urena"])],
)  # fmt: skip
def test_a_damaged_name_stands_for_any_letters(written, finds):
    names = ["urena", "san cristobal", "arauca", "san antonio"]
    block = Block(names, list(range(len(names))))
    found = [names[row] for row in block.matching(fuzzy.damaged(written))]
    assert found == finds


def test_damaged_letters_in_a_row_are_tried_once():
    # apart, each of one or two letters, they could fill a name in thousands of ways
    assert fuzzy.damaged("x" + "?" * 30 + "abq") == "x[a-z]{30,60}abq"


def test_names_in_one_text_are_told_apart():
    block = Block(["santa rosa", "rosa", "santa rosa sur"], [30, 10, 20])
    assert block.holding("rosa") == [30, 20]
    assert block.holding("santa rosa") == [20]


@pytest.mark.parametrize("running", [True, False])
def test_collection_goes_on_as_before(running):
    @collection_paused()
    def fails():
        assert not gc.isenabled()
        raise KeyError

    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(KeyError):
            fails()
        assert gc.isenabled() == running
    finally:
        gc.enable()


@pytest.mark.parametrize("country", ["VE", "CO", "FR"])
def test_kept_places_are_compared_inside_their_country(country):
    clues = Clues((country,))
    fitting = [k for k in atlas().kept_keys if fits(k[0], clues)]
    assert [k for k in atlas().kept_keys_of(country) if fits(k[0], clues)] == fitting
    assert len(atlas().kept_keys_of(country)) < len(atlas().kept_keys)


@pytest.mark.parametrize("code", ["CL-LL", "CO-NSA", "VE-S", "ID-PA"])
def test_the_stretch_of_a_border_is_that_of_the_whole_area_widened(code):
    area = world.admin1_shape(code)
    for pair in pairs_of(code[:2]):
        line = world.border_line(pair)
        whole = shapely.intersection(line, shapely.buffer(area, 0.05))
        quick = borders.within(line, area, 0.05)
        assert quick.length == pytest.approx(whole.length, abs=1e-9)
        assert quick.is_empty or shapely.hausdorff_distance(quick, whole) < 1e-9


def test_an_area_said_to_be_out_of_reach_is():
    rng = np.random.default_rng(2)
    for code in ("CO-NSA", "VE-S", "ID-PA", "CN-SC"):
        outline = world.admin1_shape(code)
        lat, lon, radius = world.admin1_extent(code)
        for _ in range(60):
            x = lon + rng.uniform(-1.5, 1.5) * radius / 100
            y = lat + rng.uniform(-1.5, 1.5) * radius / 100
            spot = shapely.shortest_line(outline, shapely.Point(x, y))
            (ends,) = shapely.get_coordinates(spot)[:1]
            away = km(ends[1], ends[0], y, x)
            assert away > 12 or world.admin1_may_reach(code, x, y, 12)
            assert away < 60 or not world.admin1_may_reach(code, x, y, 12)
