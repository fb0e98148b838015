"""Reasons in every language: none is missing, each has the arguments of the English one."""

import json
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from mapper import geocode
from mapper.columns import PLACE_KEY
from mapper.messages import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
STAGES = ("geocode", "join")


def own(stage, lang):
    """The messages of a language itself, flat, without what English would fill."""
    path = ROOT / f"mapper/messages/{lang}/{stage}.toml"
    said = {}
    for key, message in tomllib.loads(path.read_text(encoding="utf-8")).items():
        said |= {f"{key}.{k}": m for k, m in message.items()} if isinstance(message, dict) else {
            key: message
        }  # fmt: skip
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_every_language_gives_every_reason(stage, lang):
    english, said = own(stage, "en"), own(stage, lang)
    assert set(said) == set(english)
    for key, message in said.items():
        assert set(re.findall(r"\{(\w+)\}", message)) == set(
            re.findall(r"\{(\w+)\}", english[key])
        ), key
    if lang != "en":
        assert [key for key in said if said[key] == english[key]] == []


def test_every_reason_in_the_code_has_its_words():
    asked = set()
    for path in (ROOT / "mapper/geocode").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\breason(?: =|=)\s*"(\w+)"', source))
        asked |= set(re.findall(r'\bunresolved\(\s*"(\w+)"', source))
    assert len(asked) > 20
    assert asked - set(catalogue("geocode")) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_arguments_suffice_to_say_the_reason_anew(lang):
    """What the page does: the words of a language filled with reason_args and a few columns."""
    texts = ["Ureña", "frontera", "puente Simón Bolívar", "5 km al norte de Arauca", "Xqzwty",
             "Valledupar, Medellín y Bogotá", "San Antonio", "estado Táchira", "Cali"]  # fmt: skip
    rows = [[text, country, "", ""] for text in texts for country in ("", "VE", "CO")]
    keys = pd.DataFrame(rows, columns=list(PLACE_KEY)).astype("str")
    said = own("geocode", lang)
    for row in geocode.resolve(keys, lang=lang).itertuples(index=False):
        km = f"{row.uncertainty_km:.0f}"
        args = {"name": row.matched_name, "text": row.matched_name, "km": km}
        args |= json.loads(row.reason_args or "{}")
        if "{country}" not in said[row.reason_code]:
            assert said[row.reason_code].format_map(args) == row.reason
