"""Coordinates that are told as a square of a grid: UTM, MGRS, plus codes, geohashes."""

import math
import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

__all__ = ["Squares", "geohash", "mgrs_in", "plus_code", "utm_of"]

Floats = npt.NDArray[np.float64]

_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_PLUS = "23456789CFGHJMPQRVWX"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_NORTH = 2_000_000.0  # metres after which the rows of MGRS begin anew

# ids that are made of the key look like one
_HASH = re.compile(r"(?<![0-9a-z])(?<![pe]-)[0-9b-hjkmnp-z]{6,12}(?![0-9a-z])")
_CODE = re.compile(
    rf"(?<![0-9A-Z])((?:[{_PLUS}]{{4}})?[{_PLUS}]{{4}})\+([{_PLUS}]{{2,3}})?(?![0-9A-Z])"
)
_MGRS = re.compile(
    rf"(?<![0-9A-Z])(\d{{1,2}})\s?([{_BANDS}])\s?([A-HJ-NP-Z])([{_ROWS}])\s?(\d{{2,5}})\s?(\d{{2,5}})(?!\d)"
)
_LEAST_KM = 1.5  # what is promised more exactly than this has no square to hide in


class Squares:
    """Withheld positions as squares of grids.

    Args:
        points: latitude, longitude of each, in degrees.
        promised_km: how coarse each is published.
    """

    def __init__(self, points: Floats, promised_km: Floats) -> None:
        told = points[promised_km > _LEAST_KM]
        hashes = [geohash(lat, lon) for lat, lon in told]
        self._hashes = {name[:length] for name in hashes for length in range(6, 10)}
        codes = [plus_code(lat, lon) for lat, lon in told]
        # without its first four signs a code is told beside the name of a town
        self._codes = {code[:8] for code in codes} | {code[4:11] for code in codes}
        self._utm = np.array([utm_of(lat, lon) for lat, lon in told]).reshape(-1, 3)

    def found_in(self, text: str) -> list[str]:
        """Return what in a text is one of the squares."""
        told = [word for word in _HASH.findall(text.lower()) if word[:6] in self._hashes]
        for found in _CODE.finditer(text):
            code, rest = found[1], found[2] or ""
            known = code[:8] if len(code) == 8 else f"{code}+{rest[:2]}"
            if known in self._codes:
                told.append(found[0])
        for words, zone, east, north, metres in mgrs_in(text):
            near = (self._utm[:, 0] == zone) & (np.abs(self._utm[:, 1] - east) <= metres)
            if (near & (np.abs(self._utm[:, 2] % _NORTH - north) <= metres)).any():
                told.append(words)
        return told

    def is_utm(self, a: float, b: float, metres: float) -> bool:
        """Whether two numbers are metres east and north, in either order, of a position."""
        if max(abs(a), abs(b)) < 100_000:
            return False
        east, north = self._utm[:, 1], self._utm[:, 2]
        return any(
            bool(((np.abs(east - x) <= metres) & (np.abs(north - y) <= metres)).any())
            for x, y in ((a, b), (b, a))
        )


def utm_of(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Return zone, metres east and metres north of the universal transverse Mercator grid."""
    zone = int((longitude + 180) // 6) % 60 + 1
    project = _projection(zone, south=latitude < 0)
    east, north = project.transform(longitude, latitude)
    return float(zone), float(east), float(north)


def _projection(zone: int, *, south: bool) -> Transformer:
    name = f"EPSG:{32700 + zone if south else 32600 + zone}"
    if name not in _PROJECTIONS:
        _PROJECTIONS[name] = Transformer.from_crs("EPSG:4326", name, always_xy=True)
    return _PROJECTIONS[name]


_PROJECTIONS: dict[str, Transformer] = {}


def mgrs_in(text: str) -> Iterator[tuple[str, int, float, float, float]]:
    """Yield squares of the military grid: as written, zone, metres east and north, their size.

    Metres north are those since the rows last began anew, every two million metres.
    """
    for found in _MGRS.finditer(text):
        zone, digits = int(found[1]), found[5] + found[6]
        columns = _COLUMNS[zone % 3]
        if not 1 <= zone <= 60 or len(digits) % 2 or found[3] not in columns:
            continue
        half = len(digits) // 2
        metres = 10.0 ** (5 - half)
        east = (columns.index(found[3]) + 1) * 100_000 + int(digits[:half]) * metres
        row = (_ROWS.index(found[4]) - (0 if zone % 2 else 5)) % 20
        yield found[0], zone, east, row * 100_000 + int(digits[half:]) * metres, metres


def plus_code(latitude: float, longitude: float) -> str:
    """Return the plus code (open location code) of a point, ten signs."""
    lat = min(max(latitude + 90, 0.0), 180 - 1e-6)
    lon = (longitude + 180) % 360
    code, size = "", 20.0
    for pair in range(5):
        code += _PLUS[int(lat // size)] + _PLUS[int(lon // size)]
        lat, lon, size = math.fmod(lat, size), math.fmod(lon, size), size / 20
        code += "+" if pair == 3 else ""
    return code


def geohash(latitude: float, longitude: float, length: int = 9) -> str:
    """Return the geohash of a point."""
    low, high = [-90.0, -180.0], [90.0, 180.0]
    name, number, bits, axis = "", 0, 0, 1
    while len(name) < length:
        middle = (low[axis] + high[axis]) / 2
        above = (latitude, longitude)[axis] >= middle
        (low if above else high)[axis] = middle
        number, bits, axis = number * 2 + above, bits + 1, 1 - axis
        if bits == 5:
            name, number, bits = name + _GEOHASH[number], 0, 0
    return name
