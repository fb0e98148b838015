"""The words of figures: none is missing in any language, none is never said."""

import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale

from mapper.messages import LANGUAGES, _flat, catalogue

ROOT = Path(__file__).parents[2] / "mapper"
ENGLISH = catalogue("figure", "en")


def own(lang):
    """The messages of a language itself, without what English would fill."""
    return _flat(tomllib.loads((ROOT / f"messages/{lang}/figure.toml").read_text("utf-8")))


def fields(message):
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_everything(lang):
    messages = own(lang)
    assert set(messages) == set(ENGLISH)
    for key, message in messages.items():
        assert isinstance(message, dict) == isinstance(ENGLISH[key], dict), key
        assert fields(message) - {"n"} == fields(ENGLISH[key]) - {"n"}, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_forms_are_those_of_the_language(lang):
    known = set(Locale(lang).plural_form.rules) | {"other"}
    needed = known if lang == "ar" else known - {"many"}
    for key, message in own(lang).items():
        if isinstance(message, dict):
            assert needed <= set(message) <= known, key


def test_every_word_is_used():
    source = "".join(p.read_text("utf-8") for p in (ROOT / "figure").glob("*.py"))
    for key in ENGLISH:
        group, _, name = key.partition(".")
        said = f'"{key}"' in source
        built = f'f"{group}.{{' in source and f'"{name}"' in source
        assert said or built, key
