"""Border places as thirteen languages write them: the scores may not fall."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = {"es", "en", "pt", "id", "ar", "fr", "nl", "zh", "ru", "it", "de", "uk", "tr"}


@pytest.fixture(scope="module")
def bench():
    file = ROOT / "benchmarks" / "border_names.py"
    spec = importlib.util.spec_from_file_location("border_names", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def judged(bench):
    return bench.judge(bench.read_gold())


def test_the_table_is_wide(judged):
    assert len(judged) >= 1000
    assert set(judged["language"]) == LANGUAGES
    assert judged["language"].value_counts().min() >= 25
    assert (judged["part"] == "held").sum() >= 300
    assert not judged.duplicated(["text", "place_country"]).any()


@pytest.mark.parametrize("part", ["dev", "held", "second", "third"])
def test_points_are_right_and_nothing_wide_is_a_bare_point(bench, judged, part):
    found = bench.score(judged[judged["part"] == part])
    assert found["point_right"] >= 0.95
    assert found["wide_right"] >= 0.95
    assert found["none_right"] == 1
    assert found["far"] <= 0.005
    assert found["bare"] <= 0.02


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_language_is_left_behind(bench, judged, language):
    found = bench.score(judged[judged["language"] == language])
    assert found["point_right"] >= 0.88


def test_the_company_of_a_border_file_stands_in_for_a_country(bench, judged):
    points = judged[(judged["kind"] == "point")].drop_duplicates("text")
    found = bench.score(bench.judge(points[points.columns[:9]].assign(place_country="")))
    assert found["point_right"] >= 0.95
    assert found["far"] <= 0.01
