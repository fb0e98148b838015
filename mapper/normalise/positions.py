"""Coordinates as people write them → decimal degrees.

One part: decimal (point or comma), degrees-minutes-seconds, with a hemisphere letter in five
languages. Two parts in one cell: "7.8179, -72.4508", "7,8179; -72,4508", "7°49'N 72°27'W",
"POINT (-72.45 7.82)", a map link.
"""

import math
import re
from functools import lru_cache

from mapper.normalise.digits import plain_digits

__all__ = ["pair", "part"]

NAN = float("nan")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d{1,2})?")
_SIGNED = re.compile(r"([+-]?)\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|˚|deg|d|\*)?\s*")
_DMS = re.compile(
    r"([+-]?)\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|˚|o(?=\s*\d)|deg\.?|d|:|\s|-(?=\d))\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:'|’|´|`|min\.?|m|:|\s|-(?=\d))?\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|''|”|´´|sec\.?|seg\.?|s(?![a-z]))?\s*)?)?"
)
# North, south, east, west in en, es, pt, fr, id; the letter O is west (oeste, ouest).
_WORDS = {
    ("lat", 1): "n north norte nord lu",
    ("lat", -1): "s south sur sul sud ls",
    ("lon", 1): "e east este leste est bt l",
    ("lon", -1): "w west o oeste ouest bb",
}
_SIDES = {word: side for side, words in _WORDS.items() for word in words.split()}
_SIDE = "(" + "|".join(sorted(_SIDES, key=len, reverse=True)) + ")"
_WITH_SIDE = re.compile(rf"(?:{_SIDE}\.?\s*)?([-+\d][^a-z]*?(?:[dm°'\"]\s*)?)\s*(?:{_SIDE}\.?)?")
_POINT = re.compile(r"point\s*z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*(?:\)|$)")
_LINK = re.compile(
    r"(?:@|[?&](?:q|ll|query|mlat)=|geo:|!3d)(-?\d{1,2}\.\d+)(?:,|%2c|&mlon=|!4d)(-?\d{1,3}\.\d+)"
)
_GEOJSON = re.compile(r'"coordinates"\s*:\s*\[\s*(-?\d[\d.]*)\s*,\s*(-?\d[\d.]*)\s*[\],]')
_BARE = re.compile(r"[-+\d.,;|/\s]+")
_DASH = re.compile(r"(?<![\d.])[–—‒]\s*(?=[\d.])")  # a word processor's minus


@lru_cache(maxsize=1 << 16)
def part(written: str) -> tuple[float, str]:
    """Return (degrees, `lat` or `lon` where a hemisphere says so, else ``); NaN where it is none.

    >>> part("72°27' O")[1], round(part("7,8179")[0], 4)
    ('lon', 7.8179)
    """
    text = _plain(written)
    if not text or len(text) > 40:
        return NAN, ""
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", ".")), ""
    text = re.sub(
        r"^(?:lat|latitud|latitude|latitud:|lon|long|longitud|longitude|lintang|bujur)[.:\s]+",
        "",
        text,
    )
    found = _WITH_SIDE.fullmatch(text)
    if not found or (found[1] and found[3]):
        return NAN, ""
    side = found[1] or found[3] or ""
    axis, sign = _SIDES[side] if side else ("", 1)
    value = _degrees(found[2].strip())
    if value < 0 and side:
        if sign > 0:
            return NAN, ""
        sign = 1
    return value * sign, axis


def _plain(written: str) -> str:
    text = " ".join(plain_digits(written).split()).strip(" ;()[]")
    text = _DASH.sub("-", text)
    return text.replace("º", "°").replace("˚", "°")


def _degrees(text: str) -> float:
    """Return decimal degrees of `7.8`, `7°49'04.4"`, `7 49 04`, `7:49:04`."""
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    found = _DMS.fullmatch(text)
    if not found:
        return NAN
    degrees, minutes, seconds = (float((found[i] or "0").replace(",", ".")) for i in (2, 3, 4))
    if minutes >= 60 or seconds >= 60 or (found[3] and degrees % 1):
        return NAN
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found[1] == "-" else value


@lru_cache(maxsize=1 << 16)
def pair(written: str, lon_first: bool = False) -> tuple[float, float] | None:  # noqa: FBT001, FBT002 - a cached key
    """Return (latitude, longitude) of a cell that holds both; None where it does not.

    `lon_first` says that two bare numbers stand the other way round, as the column's name says.

    >>> pair("7,8179; -72,4508")
    (7.8179, -72.4508)
    """
    both = _both(written)
    if both and lon_first and _BARE.fullmatch(_plain(written)):
        return both[1], both[0]
    return both


def _both(written: str) -> tuple[float, float] | None:
    text = _plain(written)
    if not text or len(text) > 200 or not any(c.isdecimal() for c in text):
        return None
    if found := _POINT.search(text):
        return _two(found[2], found[1])
    if found := _LINK.search(text):
        return _two(found[1], found[2])
    if '"point"' in text and (found := _GEOJSON.search(text)):
        return _two(found[2], found[1])
    for sign in (";", "|", "/", " , ", ", ", ",", "\t", " y ", " - ", " "):
        halves = text.split(sign)
        if len(halves) == 2 and all(h.strip() for h in halves):
            both = _two(*halves)
            if both:
                return both
    if text.count(",") == 3:  # 7,8179,-72,4508
        a, b, c, d = (t.strip() for t in text.split(","))
        return _two(f"{a}.{b}", f"{c}.{d}")
    middle = re.fullmatch(rf"(.*?{_SIDE})[\s,;]*(\d.*)", text)
    return _two(middle[1], middle[3]) if middle else None


def _two(first: str, second: str) -> tuple[float, float] | None:
    a, side_a = part(first)
    b, side_b = part(second)
    if math.isnan(a) or math.isnan(b) or (side_a and side_a == side_b):
        return None
    return (b, a) if side_a == "lon" or side_b == "lat" else (a, b)
