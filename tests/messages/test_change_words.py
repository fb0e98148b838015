"""What the map says of changes and of safe publishing is said in the language of the map."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from babel import Locale

from mapper.columns import INCIDENT, empty
from mapper.editions import Edition, diff
from mapper.messages import LANGUAGES, _flat, catalogue

ROOT = Path(__file__).parents[2] / "mapper/messages"
OTHERS = LANGUAGES[1:]
# signs alone, which are the same in most languages
SIGNS = {"arrow", "list", "counts", "other", "source"}
ON_THE_MAP = {"done", "withheld", "delayed", "merged", "unplaced", "unlinked", "scrubbed", "cell",
              "displaced"}  # fmt: skip


def own(lang, stage):
    return _flat(tomllib.loads((ROOT / lang / f"{stage}.toml").read_text(encoding="utf-8")))


def fields(message):
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)} - {"n"}


@pytest.mark.parametrize("lang", OTHERS)
def test_nothing_is_missing(lang):
    english = catalogue("editions", "en")
    assert set(own(lang, "editions")) | SIGNS == set(english)
    safety = catalogue("safety", "en")
    reasons = {key for key in safety if key.startswith("reason_")}
    assert set(own(lang, "safety")) == ON_THE_MAP | reasons
    for stage, known in (("editions", english), ("safety", safety)):
        for key, message in own(lang, stage).items():
            assert fields(message) == fields(known[key]), (stage, key)


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("stage", ["editions", "safety"])
def test_plural_forms_are_those_of_the_language(lang, stage):
    known = set(Locale(lang).plural_form.rules) | {"other"}
    needed = known if lang == "ar" else known - {"many"}
    for key, message in own(lang, stage).items():
        if isinstance(message, dict):
            assert needed <= set(message) <= known, key


def table(*ids):
    rows = empty(INCIDENT, len(ids))
    rows["incident_id"] = pd.array(ids, dtype="str")
    return rows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("n", [1, 2, 3, 11, 1234])
def test_every_number_can_be_said(lang, n):
    many = [f"B{k}" for k in range(n)]
    found = diff(Edition(table("A")), Edition(table("A", *many)))
    back = diff(Edition(table("A", *many)), Edition(table("A")))
    for said in (*found.sentences(lang), *back.sentences(lang), *back.counts(lang)):
        assert said
        assert "{" not in said
