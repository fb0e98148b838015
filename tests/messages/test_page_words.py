"""The page's words: none is missing in any language, none is asked for that is not there."""

import re
from pathlib import Path

import pytest
from babel import Locale

from mapper.messages import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
SOURCES = [p for room in ("ui", "state") for p in (ROOT / f"mapper/web/src/{room}").glob("*.js")]
ENGLISH = catalogue("page", "en")


def own(lang):
    """The messages of a language itself, without what English would fill."""
    import tomllib

    path = ROOT / f"mapper/messages/{lang}/page.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


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
    # "many" of es, fr and pt is for millions only and falls back to "other"
    needed = known if lang == "ar" else known - {"many"}
    for key, message in own(lang).items():
        if isinstance(message, dict):
            assert needed <= set(message) <= known, key


def test_the_page_asks_for_nothing_that_is_not_there():
    asked = set()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\bwords\.(?:t|parts)\(\s*"(\w+)"', text))
    assert asked - set(ENGLISH) == set()
    assert len(asked) > 60


def test_every_kind_and_type_has_a_word():
    from mapper.columns import COUNT_KINDS, EVENT_TYPES, PRECISIONS

    needed = {f"type_{name}" for name in EVENT_TYPES}
    needed |= {f"kind_{name}" for name in COUNT_KINDS if name != "event"}
    needed |= {f"precision_{name}" for name in PRECISIONS}
    assert needed <= set(ENGLISH)
