"""The filter words of figures: each chooses what it says, a wrong one is refused."""

import numpy as np
import pandas as pd
import pytest

from mapper.errors import UsageError
from mapper.figure import parse, select


def test_words_are_parsed():
    assert parse(["types=clash,attack; from=2019-02-20", "type=defection"]) == {
        "types": ["clash", "attack", "defection"],
        "from": "2019-02-20",
    }


@pytest.mark.parametrize("word", ["clash", "colour=red", "from=yesterday", "bbox=1,2", "max_km=x"])
def test_a_wrong_word_is_refused(seeds, word):
    with pytest.raises(UsageError):
        select(seeds, [word])


def test_types_and_families(seeds):
    assert set(seeds[select(seeds, ["types=defection"])]["event_type"]) == {"defection"}
    assert set(seeds[select(seeds, ["types=violence"])]["event_type"]) <= {
        "clash", "attack", "killing",
    }  # fmt: skip


def test_dates_are_of_the_span_of_a_report(seeds):
    inside = seeds[select(seeds, ["from=2019-02-23", "to=2019-02-23"])]
    day = pd.Timestamp("2019-02-23")
    assert len(inside) > 10
    assert ((inside["date_start"] <= day) & (inside["date_end"] >= day)).all()
    month = select(seeds, ["from=2019-02", "to=2019-02"])
    assert month.sum() > len(inside)


def test_border_near_and_box(seeds):
    assert set(seeds[select(seeds, ["border=VE-CO"])]["border"]) == {"CO-VE"}
    near = seeds[select(seeds, ["near=simon-bolivar:10"])]
    assert len(near) > 20
    assert (near["crossing_km"] <= 10).all()
    assert near["nearest_crossing"].str.endswith("simon-bolivar").all()
    box = seeds[select(seeds, ["bbox=-73,7,-72,8.5"])]
    assert box["longitude"].between(-73, -72).all()
    assert box["latitude"].between(7, 8.5).all()


def test_distance_from_a_border(seeds):
    beside = select(seeds, ["border_km=5"])
    assert (beside == (seeds["border_km"] <= 5).to_numpy()).all()
    assert 0 < beside.sum() < select(seeds, ["border_km=25"]).sum()


def test_filters_cut_each_other(seeds):
    both = select(seeds, ["types=defection", "countries=CO"])
    each = [select(seeds, [word]) for word in ("types=defection", "countries=CO")]
    assert (both == np.logical_and(*each)).all()
    assert 0 < both.sum() < each[0].sum()
