"""Reads what a service gives: one feature, checked, in our own terms."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mapper.geocode.answer import km
from mapper.geocode.online.adapter import Failed

__all__ = ["AREAS", "Feature", "features"]

AREAS = ("country", "admin1", "admin2", "near")
_OSM = {"n": "node", "w": "way", "r": "relation"}


@dataclass(frozen=True, slots=True)
class Feature:
    """One place as a service knows it.

    `names`: all it is called; `address`: its full name with what it lies in; `weight`: how well
    known it is, 0 to 1 (0 where the service does not say).
    """

    name: str
    names: tuple[str, ...]
    address: str
    place_id: str
    precision: str
    latitude: float
    longitude: float
    radius_km: float
    weight: float


def features(service: str, answer: Sequence[Any]) -> list[Feature]:
    """Return the features of an answer in its order.

    Raises:
        Failed: one is not what it should be, above all has no coordinates on the earth.
    """
    read = _photon if service == "photon" else _nominatim
    try:
        return [read(raw) for raw in answer]
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise Failed(code="nonsense") from error


def _nominatim(raw: Mapping[str, Any]) -> Feature:
    lat, lon = _coordinates(raw.get("lat"), raw.get("lon"))
    key, value = str(raw.get("class") or raw.get("category") or ""), str(raw.get("type") or "")
    if key == "boundary":
        value = str(raw.get("addresstype") or value)
    box = raw.get("boundingbox")
    south, north, west, east = box or (None,) * 4
    address = str(raw["display_name"])
    others = raw.get("namedetails") or {}
    name = str(raw.get("name") or address.split(",", maxsplit=1)[0])
    return _feature(
        raw, key, value, (lat, lon), (south, west, north, east),
        name=name, names=[name, *(str(v) for v in others.values())], address=address,
        weight=raw.get("importance"),
    )  # fmt: skip


def _photon(raw: Mapping[str, Any]) -> Feature:
    lon, lat = raw["geometry"]["coordinates"][:2]
    lat, lon = _coordinates(lat, lon)
    about = raw["properties"]
    key, value = str(about.get("osm_key") or ""), str(about.get("osm_value") or "")
    if key in ("place", "boundary") and about.get("type") in ("country", "state", "county"):
        key, value = "place", str(about["type"])
    box = about.get("extent")
    west, north, east, south = box or (None,) * 4
    name = str(about.get("name") or "")
    parts = [about.get(k) for k in ("name", "city", "county", "state", "country")]
    address = ", ".join(str(part) for part in parts if part)
    return _feature(
        about, key, value, (lat, lon), (south, west, north, east),
        name=name, names=[name], address=address, weight=None,
    )  # fmt: skip


def _feature(
    raw: Mapping[str, Any], key: str, value: str, at: tuple[float, float],
    box: tuple[Any, Any, Any, Any], *, name: str, names: Sequence[str], address: str,
    weight: Any,  # noqa: ANN401 - whatever the JSON holds
) -> Feature:  # fmt: skip
    kinds = _kinds()
    precision = str(kinds.get(f"{key}/{value}") or kinds.get(key) or "site")
    kind = _OSM.get(str(raw.get("osm_type") or "")[:1].lower(), "")
    number = raw.get("osm_id")
    place_id = f"osm:{kind}/{int(number)}" if kind and number is not None else ""
    known = float(weight) if weight is not None else 0.0
    return Feature(
        name=_plain(name), names=tuple(dict.fromkeys(names)), address=_plain(address),
        place_id=place_id or f"point:{at[0]:.4f},{at[1]:.4f}", precision=precision,
        latitude=at[0], longitude=at[1], radius_km=_radius(at, box, precision),
        weight=known if math.isfinite(known) else 0.0,
    )  # fmt: skip


def _coordinates(lat: Any, lon: Any) -> tuple[float, float]:  # noqa: ANN401
    """Return latitude and longitude as numbers; what is missing is an error, never 0."""
    if lat is None or lon is None or isinstance(lat, bool) or isinstance(lon, bool):
        message = "no coordinates"
        raise ValueError(message)
    found = float(lat), float(lon)
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):  # NaN too
        message = "coordinates off the earth"
        raise ValueError(message)
    return found


def _radius(at: tuple[float, float], box: Sequence[Any], precision: str) -> float:
    """Return the distance in km from the point to the farthest corner of the bounding box."""
    usual, least = _kinds()["radius_km"][precision]
    if any(edge is None for edge in box):
        return float(usual)
    south, west, north, east = (float(edge) for edge in box)
    corners = [km(*at, lat, lon) for lat in (south, north) for lon in (west, east)]
    reach = max(corners)
    on_earth = max(abs(south), abs(north)) <= 90 and max(abs(west), abs(east)) <= 180
    return max(reach, least) if on_earth and math.isfinite(reach) else float(usual)


@cache
def _kinds() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "kinds.toml").read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    """Return text in one line of a length that a cell can hold."""
    return " ".join(text.split())[:200]
