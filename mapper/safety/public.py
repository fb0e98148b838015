"""What stands on every map of a region, whatever the data: it tells nothing of them."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from mapper import gazetteer, world
from mapper.messages import LANGUAGES, catalogue
from mapper.safety.withheld import Withheld
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.safety.pieces import Readable

__all__ = ["private_meta", "private_values", "told_labels"]

_OURS = ("families", "themes", "attribution", "columns", "version", "texts", "lang")


def told_labels(page: "Readable", facts: Withheld) -> tuple[list[str], set[str]]:
    """Return labels that only the data can have put on the map, and the folded names of the rest.

    A withheld village may be named where every town of its size is: among the most populous towns
    of a box that is drawn, and with the weight of its population alone.
    """
    rows = page.basemap.get("labels", [])
    boxes = [page.basemap.get("box"), *(d.get("box") for d in page.basemap.get("details", []))]
    ordinary: dict[str, int] = {}
    for box in boxes:
        if not box:
            continue
        west, south, east, north = box
        n = sum(south <= row[1] <= north and west <= row[2] <= east for row in rows)
        towns = gazetteer.towns((west, south, east, north), n)
        ordinary |= dict(zip(towns["place_id"], towns["population"].astype(int), strict=True))
    withheld = {fold(name) for name in facts.names} - facts.allowed
    told = [
        str(row[0])
        for row in rows
        if fold(str(row[0])) in withheld and ordinary.get(row[5], -1) != int(row[4])
    ]
    public = {fold(str(row[0])) for row in rows} - {fold(name) for name in told}
    return told, public | _public_names(page)


def private_values(column: str, values: Iterable[str]) -> Iterator[str]:
    """Yield the cells of a column of the page that are not our own facts about crossings."""
    ours = set(world.crossings()["id"]) if column == "nearest_crossing" else set()
    said = _said_of_crossings() if column == "crossing_status_detail" else frozenset()
    for value in values:
        if column == "crossing_status_detail":
            yield from (told for told in _texts_of(value) if told not in said)
        elif value not in ours:
            yield value


@cache
def _said_of_crossings() -> frozenset[str]:
    """Return every text in our own table of openings and closures."""
    told = {
        text
        for intervals in world.intervals().values()
        for one in intervals
        for text in (one.side, one.mode, one.status, one.source, one.detail)
    }
    return frozenset(told)


def _texts_of(value: str) -> list[str]:
    """Return the texts of a list of records in JSON; the whole where it is none."""
    try:
        parsed = json.loads(value) if value else []
    except ValueError:
        return [value]
    if not isinstance(parsed, list) or not all(isinstance(one, dict) for one in parsed):
        return [value]
    return [str(text) for one in parsed for text in one.values() if text is not None]


def _public_names(page: "Readable") -> set[str]:
    """Return the folded names of our crossings, and of the countries and areas drawn."""
    names = set(page.meta.get("admin1", {}).values())
    for crossing in page.meta.get("crossings", []):
        if _is_ours(crossing):
            names.update([crossing["name"], *crossing["names"].values()])
    for of_country in page.meta.get("countries", {}).values():
        names.update(of_country.values())
    return {fold(str(name)) for name in names}


def private_meta(meta: dict[str, Any]) -> dict[str, Any]:
    """Return what a page knows besides its reports, without what is the same on every map."""
    private = {key: value for key, value in meta.items() if key not in _OURS}
    if _is_catalogue(meta.get("messages")):
        private.pop("messages", None)
    private["crossings"] = [c for c in meta.get("crossings", []) if not _is_ours(c)]
    areas = dict(zip(*(world.admin1_table()[n] for n in ("code", "name")), strict=True))
    private["admin1"] = {
        code: name for code, name in meta.get("admin1", {}).items() if areas.get(code) != name
    }
    private["countries"] = {
        code: names
        for code, names in meta.get("countries", {}).items()
        if any(gazetteer.country_name(code, lang) not in (name, "") for lang, name in names.items())
    }
    columns = [c.get("name", "") for c in meta.get("columns", []) if c.get("own")]
    return private | {"columns": columns}


def _is_ours(crossing: dict[str, Any]) -> bool:
    """Whether a crossing is one of those we ship, where we ship it."""
    table = world.crossings()
    row = table[table["id"] == crossing.get("id")]
    if not len(row):
        return False
    near = max(
        abs(float(row[name].iloc[0]) - float(crossing[key]))
        for name, key in (("latitude", "lat"), ("longitude", "lon"))
    )
    return near < 1e-5 and str(row["name"].iloc[0]) == crossing.get("name")


def _is_catalogue(messages: Any) -> bool:  # noqa: ANN401 - what JSON holds
    """Whether the words of the page are our own catalogues, unchanged."""
    if not isinstance(messages, dict) or not set(messages) <= set(LANGUAGES):
        return False
    return all(
        catalogue(stage, lang).get(key) == message
        for lang, stages in messages.items()
        for stage, said in stages.items()
        for key, message in said.items()
    )
