"""Coordinates of withheld places found again, in whatever notation and however rounded."""

import math
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from mapper.safety.grids import Squares

__all__ = ["Found", "Pair", "Secrets", "boxes_in", "columns_in", "pairs_in", "pairs_of"]

Floats = npt.NDArray[np.float64]
Pair = tuple[float, float, int]  # two numbers side by side and the decimals both are given to
Found = tuple[float, float]

_NUMBER = re.compile(r"(?<![\w.])[-+−]?\d{1,9}(?:\.\d+)?(?![\w.]*\d)")
_COMMA = re.compile(r"(?<![\d.,])([-+−]?\d{1,3}),(\d{2,8})(?![\d,])")
_DMS = re.compile(
    r"(?<!\d)(\d{1,3})\s*[°ºd]\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’m]?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[\"″”s]?)?"
)
_METRES_EAST = re.compile(r"(?<![\w.])\d{6,8}(?:\.\d+)?(?![\w.]*\d)")
_NEAR_M = 200.0
_GAP = 40  # characters between the two numbers of a pair
_METRES = 111_319.49
_MOST_DECIMALS = 7
_KM = 111.2


class Secrets:
    """Withheld positions, and the positions that are published and so may be found.

    Args:
        points: `latitude`, `longitude`, `promised_km` of withheld positions.
        shown: `latitude`, `longitude` of positions that are published.
        numbers: other numbers that are published of places.
    """

    def __init__(
        self,
        points: pd.DataFrame,
        shown: pd.DataFrame,
        numbers: Collection[float] = (),
    ) -> None:
        self._numbers = frozenset(numbers)
        self._points = points[["latitude", "longitude"]].to_numpy(dtype=np.float64)
        self._promised = points["promised_km"].to_numpy(dtype=np.float64)
        self._tree = cKDTree(np.abs(self._points)) if len(points) else None
        self._shown = np.abs(shown[["latitude", "longitude"]].to_numpy(dtype=np.float64))
        self._open = cKDTree(self._shown) if len(shown) else None
        self._squares = Squares(self._points, self._promised)

    def search(self, pairs: Iterable[Pair]) -> list[Found]:
        """Return the pairs that tell a withheld position more exactly than promised."""
        if self._tree is None:
            return []
        rows = list(dict.fromkeys(pairs))
        found: list[Found] = []
        for decimals in range(1, _MOST_DECIMALS + 1):
            some = np.array([row[:2] for row in rows if row[2] == decimals], dtype=np.float64)
            if len(some):
                found += self._at(some, decimals)
        return found

    def _at(self, pairs: Floats, decimals: int) -> list[Found]:
        """Return those of the pairs, all given to so many decimals, that are a rounded secret."""
        step = 10.0**-decimals
        exact = max(step, 2e-6)
        km = step * _KM
        found = []
        assert self._tree is not None  # noqa: S101 - `search` sees to it
        for turned in (np.abs(pairs), np.abs(pairs[:, ::-1])):
            near: Any = self._tree.query_ball_point(turned, exact, p=np.inf)
            for (a, b), hits in zip(turned, near, strict=True):
                # one decimal is a claim only against a promise as coarse as a province
                told = [h for h in hits if self._promised[h] > (3 * km if decimals == 1 else km)]
                if decimals == 1 and not self._numbers.isdisjoint((a, b)):
                    continue
                if told and not self._is_shown(a, b, step):
                    found.append((float(a), float(b)))
        return found

    def _is_shown(self, a: float, b: float, step: float) -> bool:
        """Whether two numbers are a published point, or two numbers of published ones."""
        if self._open is None:
            return False
        if self._open.query_ball_point((a, b), max(0.51 * step, 2e-6), p=np.inf):
            return True
        # squares are told by their edges and by their middle to two decimals
        known = np.concatenate([self._shown.ravel(), self._shown.round(2).ravel()])
        return all(bool((np.abs(known - x) < 2e-6).any()) for x in (a, b))

    def single(self, text: str) -> list[str]:
        """Return numbers of five decimals and more that alone are half a withheld position."""
        told = []
        for found in _NUMBER.finditer(text):
            _, point, digits = found[0].partition(".")
            if point and len(digits) >= 5 and len(self._points):
                value = abs(float(found[0].replace("−", "-")))
                step = 10.0 ** -min(len(digits), _MOST_DECIMALS)
                secret = (np.abs(np.abs(self._points) - value) < step).any()
                shown = len(self._shown) and (np.abs(self._shown - value) < 2e-5).any()
                if secret and not shown:
                    told.append(found[0])
        return told

    def squares(self, text: str) -> list[str]:
        """Return what in a text is a square of a grid around a withheld position."""
        told = self._squares.found_in(text)
        numbers = [(found.end(), float(found[0])) for found in _METRES_EAST.finditer(text)]
        for (end, a), (after, b) in pairwise(numbers):
            if after - end <= _GAP and self._squares.is_utm(a, b, _NEAR_M):
                told.append(f"{a:g}, {b:g}")
        return told


def pairs_in(text: str) -> Iterator[Pair]:
    """Yield numbers that stand side by side in a text: decimal, with commas, in degrees, metres."""
    for plain in {text, _COMMA.sub(r"\1.\2", text)}:
        last: tuple[int, float, int] | None = None
        for found in _NUMBER.finditer(plain):
            value = float(found[0].replace("−", "-"))
            decimals = len(found[0].partition(".")[2])
            if last is not None and found.start() - last[0] <= _GAP:
                yield from pairs_of(last[1], value, min(last[2], decimals))
            last = (found.end(), value, decimals)
    degrees = []
    for found in _DMS.finditer(text):
        whole, minutes, seconds = (
            float((part or "0").replace(",", ".")) for part in found.groups()
        )
        exact = found[3] is not None
        fine = "." in found[2] or "," in found[2]
        degrees.append((whole + minutes / 60 + seconds / 3600, 3 if exact or fine else 2))
    for (a, fine_a), (b, fine_b) in pairwise(degrees):
        yield a, b, min(fine_a, fine_b)


def pairs_of(a: float, b: float, decimals: int) -> Iterator[Pair]:
    """Yield what two numbers may mean: degrees, millionths of a degree, metres of a web map."""
    if decimals and abs(a) <= 180 and abs(b) <= 180:
        yield a, b, min(decimals, _MOST_DECIMALS)
    if decimals <= 3 and max(abs(a), abs(b)) > 20_000:
        for x, y in ((a, b), (b, a)):
            if abs(x) < 2.01e7 and abs(y) < 2.01e7:
                lat = math.degrees(math.atan(math.sinh(math.radians(y / _METRES))))
                yield lat, x / _METRES, 3
        if not decimals:
            for scale in (1e5, 1e6, 1e7):
                if abs(a) <= 180 * scale and abs(b) <= 180 * scale:
                    yield a / scale, b / scale, 4


def columns_in(table: pd.DataFrame) -> Iterator[Pair]:
    """Yield numbers of one row that stand in different columns of text, however far apart."""
    numbers = []
    for name in table.columns:
        texts = table[name].astype(str).str.strip().str.replace(",", ".", regex=False)
        fits = texts.str.fullmatch(r"[-+−]?\d{1,3}\.\d{2,}")
        if fits.any():
            values = pd.to_numeric(texts.where(fits).str.replace("−", "-"), errors="coerce")
            decimals = texts.str.len() - texts.str.find(".") - 1
            numbers.append((values, decimals))
    for at, (a, fine_a) in enumerate(numbers):
        for b, fine_b in numbers[at + 1 :]:
            pairs = pd.DataFrame({"a": a, "b": b, "n": np.minimum(fine_a, fine_b)}).dropna()
            for x, y, n in pairs.drop_duplicates().itertuples(index=False):
                yield from pairs_of(float(x), float(y), int(n))


def boxes_in(value: Any) -> Iterator[tuple[float, float, float, float]]:  # noqa: ANN401
    """Yield all fours of numbers inside what JSON held, in a list, in corners or by name."""
    if not isinstance(value, dict | list | tuple):
        return
    inner = list(value.values()) if isinstance(value, dict) else list(value)
    corners = inner
    if len(inner) == 2 and all(isinstance(one, list | tuple) and len(one) == 2 for one in inner):
        corners = [*inner[0], *inner[1]]
    if len(corners) == 4 and all(_is_number(x) for x in corners):
        yield float(corners[0]), float(corners[1]), float(corners[2]), float(corners[3])
        return
    for one in inner:
        yield from boxes_in(one)


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)
