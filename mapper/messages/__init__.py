"""The message catalogues: one folder a language, one TOML file a stage, used by Python and page.

A message is text with `{name}` fields. A message that depends on a number `n` is a table of CLDR
plural categories (`one`, `other`, …) of which the language's own is chosen.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "catalogue", "plural_category", "text"]

LANGUAGES = ("en", "es", "pt", "fr", "id", "ar")

Message = str | dict[str, str]


@cache
def catalogue(stage: str, lang: str = "en") -> dict[str, Message]:
    """Return the messages of one stage (`page`, `geocode`, `read`, `report` …) in one language.

    What a language lacks is filled from English, so a new message never breaks a run; a test
    holds that nothing is missing in a released language.
    """
    messages: dict[str, Message] = {}
    for language in dict.fromkeys(("en", lang)):
        file = files("mapper.messages") / language / f"{stage}.toml"
        if file.is_file():
            messages |= _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return messages


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Message]:
    """Join nested keys with dots; a table of plural categories is one message."""
    flat: dict[str, Message] = {}
    for key, value in table.items():
        if isinstance(value, dict) and "other" not in value:
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def text(stage: str, code: str, lang: str = "en", /, **args: object) -> str:
    """Return the message `code` with its fields filled; values are text, never patterns.

    Raises:
        KeyError: there is no such message, or an argument is missing.
    """
    message = catalogue(stage, lang)[code]
    if isinstance(message, dict):
        category = plural_category(float(str(args["n"])), lang)
        message = message.get(category, message["other"])
    return message.format_map(args)


def plural_category(n: float, lang: str) -> str:
    """Return the CLDR plural category of `n` for the languages we speak."""
    if lang == "id":
        return "other"
    if lang == "ar":
        return _arabic(n)
    one = 0 <= n < 2 if lang in ("fr", "pt") else n == 1
    return "one" if one else "other"


def _arabic(n: float) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[int(n)]
    if n != int(n):
        return "other"
    last = int(n) % 100
    if 3 <= last <= 10:
        return "few"
    return "many" if 11 <= last <= 99 else "other"
