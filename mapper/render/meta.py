"""What the page must know besides its rows: style, words, crossings, names, attribution."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

import mapper
from mapper.messages import LANGUAGES, catalogue, text
from mapper.messages.days import months_text
from mapper.render import ground
from mapper.render.hot import Hot

__all__ = ["headline", "metadata", "style"]

_STAGES = ("page", "map", "geocode", "join")


@cache
def style() -> dict[str, Any]:
    """Return the event families in order, and the colours of both themes."""
    source = (files("mapper") / "style.toml").read_text(encoding="utf-8")
    parsed = tomllib.loads(source)
    return {"families": parsed["family"], "themes": parsed["theme"]}


def headline(
    places: pd.DataFrame,
    counts: Any,  # noqa: ANN401
    title: str,
    lang: str,
    opening: tuple[int, int] | None = None,
) -> str:
    """Return the title: the one given, or the border most reports are near and its months.

    Args:
        places: the table of places.
        counts: reports of each.
        title: the one given, "" for none.
        lang: language of our words.
        opening: first and last day of the span that opens.
    """
    if title:
        return title
    sums = pd.Series(np.asarray(counts)).groupby(places["border"].to_numpy()).sum()
    sums = sums.drop("", errors="ignore")
    subject = text("map", "title.plain", lang)
    if len(sums) and sums.max() * 2 >= sums.sum():
        a, b = (ground.country_name(code, lang) for code in str(sums.idxmax()).split("-"))
        subject = text("map", "title.border", lang, a=a, b=b)
    if opening is None:
        return subject
    return text("map", "title.when", lang, subject=subject, period=months_text(*opening, lang))


def metadata(
    places: pd.DataFrame,
    *,
    title: str,
    lang: str,
    texts: str,
    columns: list[dict[str, Any]],
    hot: list[Hot],
    grids: list[dict[str, Any]],
    safety: str,
    crossings: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what `Meta` of `mapper/web/src/data/store.js` describes."""
    styling = style()
    return {
        "version": mapper.__version__,
        "title": title,
        "lang": lang,
        "messages": _messages(),
        "families": styling["families"],
        "themes": styling["themes"],
        "crossings": crossings,
        "hot": [_hot(group, lang) for group in hot],
        "countries": _countries(places, grids),
        "admin1": ground.admin1_names(places, grids),
        "columns": columns,
        "attribution": ground.attribution(),
        "texts": texts,
        "safety": safety,
    }


def _messages() -> dict[str, dict[str, Any]]:
    """Return all catalogues; a language holds only what differs from English."""
    english = {stage: catalogue(stage, "en") for stage in _STAGES}
    said: dict[str, dict[str, Any]] = {"en": english}
    for lang in LANGUAGES[1:]:
        said[lang] = {
            stage: {
                key: message
                for key, message in catalogue(stage, lang).items()
                if english[stage].get(key) != message
            }
            for stage in _STAGES
        }
    return said


def _hot(group: Hot, lang: str) -> dict[str, Any]:
    return {
        "name": text("map", f"hot.{group.kind}", lang, area=group.area),
        "area": group.area,
        "kind": group.kind,
        "count": group.count,
        "bounds": [round(x, 6) for x in group.bounds],
        "places": list(group.members),
    }


def _countries(places: pd.DataFrame, grids: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the names, in every language of the page, of the countries that occur."""
    codes = {str(code) for grid in grids for code in grid["country"]} - {""}
    for name, separator in (("country", "|"), ("place_country", "|"), ("border", "-")):
        for value in places[name].unique():
            codes.update(code for code in str(value).split(separator) if len(code) == 2)
    return {
        code: {lang: ground.country_name(code, lang) for lang in LANGUAGES}
        for code in sorted(codes)
    }
