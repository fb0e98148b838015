"""The leak check: nothing withheld may be found in the finished files, in any form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from mapper.messages import text
from mapper.safety.numbers import Pair, Secrets, boxes_in, columns_in, pairs_in, pairs_of
from mapper.safety.pieces import OpenPage, Pieces, take_apart
from mapper.safety.public import private_meta, told_labels
from mapper.safety.shown import crowd, links, middles
from mapper.safety.withheld import Withheld
from mapper.safety.words import Haystack, everyday, telling, tokens

__all__ = ["Leak", "leaks"]

_PATH = re.compile(
    r"(?:file://|(?<![\w/])/(?:home|Users|root|tmp|var|mnt|media|srv)/|[A-Za-z]:\\)[^\s\"'<>]*"
)
_EDGE = r"(-?\d{1,3}\.\d{1,8})"
_FOUR = re.compile(rf"(?<![\d.]){_EDGE}" + rf"[,;\s\[\]]{{1,4}}{_EDGE}" * 3 + r"(?![\d.])")
# the order of south, west, north, east in a box, as people write them
_ORDERS = ((0, 1, 2, 3), (1, 0, 3, 2), (0, 2, 1, 3), (2, 0, 3, 1))
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing found that was to be withheld.

    Attributes:
        code: what kind: coordinate, name, text, id, column, path, metadata, box, label, threshold,
            difference, link, displacement, key.
        where: the file, and the part of it.
        what: what was found.
    """

    code: str
    where: str
    what: str

    def sentence(self, lang: str = "en") -> str:
        """Return the leak in words, for the person at the terminal and nobody else."""
        return text("safety", f"leak_{self.code}", lang, where=self.where, what=self.what)


def leaks(
    files: Mapping[str, bytes],
    facts: Withheld,
    open_page: OpenPage,
    *,
    paths: Sequence[str] = (),
) -> list[Leak]:
    """Return what is found of the withheld facts in finished files.

    Args:
        files: name → bytes of everything that is to be written.
        facts: what is withheld; `Published.withheld`.
        open_page: the decoder of a page, `mapper.render.decode.readable`.
        paths: paths of inputs and folders that must not be found either.

    Raises:
        InputError: an .html file is no page of mapper: what cannot be read cannot be checked.
    """
    pieces = take_apart(dict(files), open_page)
    found: list[Leak] = []
    labels: set[str] = set()
    for name, page in pieces.pages.items():
        told, public = told_labels(page, facts)
        found += [Leak("label", name, label) for label in told]
        labels |= public
        pieces.add_value(f"{name} (data)", private_meta(page.meta))
    found += _words(pieces, facts, labels)
    found += _numbers(pieces, facts)
    found += _views(pieces, facts)
    found += _raw(pieces, facts, paths)
    for name, page in pieces.pages.items():
        found += [Leak(code, name, what) for code, what in crowd(page.reports, facts)]
        found += [Leak("link", name, what) for what in links(page.reports, facts)]
        found += [Leak("displacement", name, what) for what in middles(page.reports, facts)]
    found += [Leak("metadata", where, what) for where, what in pieces.metadata]
    return list(dict.fromkeys(found))


def _words(pieces: Pieces, facts: Withheld, labels: set[str]) -> Iterator[Leak]:
    """Yield names, texts, ids and columns that are found again."""
    # a town's name in the picture is no leak where it stands on every map of this region
    drawn = [(where, t) for where, t in pieces.drawn if " ".join(tokens(t)) not in labels]
    everything = [*pieces.texts, *drawn]
    hay = Haystack(t for _, t in everything)
    common = everyday() | {word for name in facts.allowed for word in name.split()}
    for code, needles in (
        ("name", facts.names),
        ("text", facts.texts),
        ("id", facts.ids),
        ("column", facts.columns),
        ("path", facts.files),
    ):
        for needle in needles:
            words = tokens(needle)
            if " ".join(words) in facts.allowed or not telling(words, common):
                continue
            if hay.holds(words):
                where = next((at for at, t in everything if Haystack([t]).holds(words)), "")
                yield Leak(code, where, _short(needle))


def _numbers(pieces: Pieces, facts: Withheld) -> Iterator[Leak]:
    """Yield coordinates of withheld places."""
    secrets = Secrets(facts.points, facts.shown, facts.numbers)
    for where, told in (*pieces.texts, *pieces.drawn):
        for word in (*secrets.single(told), *secrets.squares(told)):
            yield Leak("coordinate", where, word)
    for where, pairs in _pairs(pieces):
        for a, b in secrets.search(pairs):
            yield Leak("coordinate", where, f"{a}, {b}")


def _pairs(pieces: Pieces) -> Iterator[tuple[str, Iterator[Pair]]]:
    """Yield where numbers stand side by side, and the pairs."""
    yield from ((where, pairs_in(told)) for where, told in (*pieces.texts, *pieces.drawn))
    yield from ((where, columns_in(table)) for where, table in pieces.tables)
    yield from ((where, _adjacent(value)) for where, value in pieces.values)
    for name, page in pieces.pages.items():
        places = page.reports[["latitude", "longitude"]].dropna().drop_duplicates()
        rows = places.itertuples(index=False)
        yield f"{name} (data)", ((float(lat), float(lon), 6) for lat, lon in rows)


def _views(pieces: Pieces, facts: Withheld) -> Iterator[Leak]:
    """Yield views that are fitted to a withheld place."""
    for where, told in pieces.texts:
        for found in _FOUR.finditer(told):
            south, west, north, east = (float(edge) for edge in found.groups())
            if _fitted((south, west, north, east), facts):
                yield Leak("box", where, _short(found[0]))
    for name, page in pieces.pages.items():
        for part, value in (("data", private_meta(page.meta)), ("basemap", _boxes(page.basemap))):
            for box in boxes_in(value):
                if _fitted(box, facts):
                    what = ", ".join(f"{edge:g}" for edge in box)
                    yield Leak("box", f"{name} ({part})", what)


def _boxes(basemap: dict[str, Any]) -> list[Any]:
    return [basemap.get("box"), *(part.get("box") for part in basemap.get("details", []))]


def _adjacent(value: Any) -> Iterator[tuple[float, float, int]]:  # noqa: ANN401 - what JSON holds
    """Yield numbers that stand side by side in JSON, `{"lat": …, "lon": …}` too."""
    if isinstance(value, dict):
        yield from _adjacent(list(value.values()))
    elif isinstance(value, list | tuple):
        numbers = [
            (float(x), len(repr(x).partition(".")[2])) if isinstance(x, int | float) else None
            for x in value
        ]
        for first, second in pairwise(numbers):
            if first and second:
                yield from pairs_of(first[0], second[0], min(first[1], second[1]))
        for inner in value:
            if isinstance(inner, dict | list | tuple):
                yield from _adjacent(inner)


def _fitted(box: tuple[float, float, float, float], facts: Withheld) -> bool:
    """Whether the middle of a box is a withheld place and not that of what the box shows.

    An honest view is drawn around published positions, so its middle is theirs.
    """
    points = facts.points[["latitude", "longitude"]].to_numpy(dtype=np.float64)
    shown = facts.shown[["latitude", "longitude"]].to_numpy(dtype=np.float64)
    for order in _ORDERS:
        south, west, north, east = (box[k] for k in order)
        if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
            continue
        middle = np.array([(south + north) / 2, (west + east) / 2])
        tall, wide = north - south, east - west
        reach = min(0.003, 0.02 * max(tall, wide) + 1e-4)
        near = np.abs(points - middle).max(axis=1) < reach
        coarse = facts.points["promised_km"].to_numpy() > 1
        if not (near & coarse).any():
            continue
        inside = shown[
            (shown[:, 0] >= south) & (shown[:, 0] <= north)
            & (shown[:, 1] >= west) & (shown[:, 1] <= east)
        ]  # fmt: skip
        if not len(inside):
            return True
        own = (inside.min(axis=0) + inside.max(axis=0)) / 2
        if np.abs(own - middle).max() > 1e-3:
            return True
    return False


def _raw(pieces: Pieces, facts: Withheld, paths: Sequence[str]) -> Iterator[Leak]:
    """Yield paths, and the key itself."""
    for where, told in (*pieces.texts, *pieces.drawn):
        for found in _PATH.finditer(told):
            yield Leak("path", where, _short(found[0]))
        for path in paths:
            if len(path) > 3 and path in told:
                yield Leak("path", where, _short(path))
    for name, data in pieces.raw.items():
        if any(trace in data for trace in facts.traces):
            yield Leak("key", name, "")


def _short(told: str) -> str:
    return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"
