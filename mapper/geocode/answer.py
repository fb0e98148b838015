"""The answer to one place text, before it becomes a row of MATCH."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

import numpy as np

from mapper import world
from mapper.geocode import radius
from mapper.geocode.atlas import Place
from mapper.geocode.clues import Clues

__all__ = ["Answer", "Part", "area", "km", "line", "listed", "near", "point", "unresolved"]

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a list."""

    place_id: str
    name: str
    latitude: float
    longitude: float
    uncertainty_km: float = NAN
    shape: str = "point"


@dataclass(slots=True)
class Answer:
    """What a text was taken for, how, and why; `rules` are the names of the rules that chose.

    `spot`: the place of a point, as the index or the kept files have it.
    """

    status: str = "unresolved"
    shape: str = "none"
    latitude: float = NAN
    longitude: float = NAN
    uncertainty_km: float = NAN
    precision: str = ""
    method: str = ""
    name: str = ""
    place_id: str = ""
    parts: tuple[Part, ...] = ()
    confidence: float = 0.0
    candidates: int = 0
    runner_up: str = ""
    reason: str = "nothing_named"
    args: dict[str, object] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    spot: Place | None = None

    @property
    def found(self) -> bool:
        """Whether it is somewhere."""
        return self.shape != "none"

    def ruled(self, rule: str) -> "Answer":
        """Note that a rule had its say; returns itself."""
        self.rules = (*self.rules, rule)
        return self


EARTH_DIAMETER_KM = 12742.0


def km(lat0: float, lon0: float, lat1: float, lon1: float) -> float:
    """Return the great-circle distance in km; quick, good to 0.5 %."""
    y0, y1, across = radians(lat0), radians(lat1), radians(lon1 - lon0)
    h = sin((y1 - y0) / 2) ** 2 + cos(y0) * cos(y1) * sin(across / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(min(h, 1.0)))


def unresolved(reason: str, considered: Sequence[str] = (), **args: object) -> Answer:
    """Return the answer that there is none, with what was considered."""
    status = "ambiguous" if considered else "unresolved"
    if considered:
        args = {**args, "candidates": "; ".join(considered)}
    return Answer(
        status=status, reason=reason, args=dict(args), considered=tuple(considered),
        candidates=len(considered), runner_up="; ".join(considered[:3]),
    )  # fmt: skip


def point(
    place: Place, *, method: str, reason: str = "named", confidence: float = 0.9, **args: object
) -> Answer:
    """Return the answer that a text is one settlement, site or crossing."""
    precision = place.kind if place.kind in ("crossing", "settlement") else "site"
    return Answer(
        status="resolved",
        shape="point",
        latitude=place.latitude,
        longitude=place.longitude,
        uncertainty_km=radius.of_point(place, method),
        precision=precision,
        method="crossing" if precision == "crossing" else method,
        name=place.name,
        place_id=place.place_id,
        confidence=confidence,
        candidates=1,
        reason=reason,
        args=dict(args),
        countries=tuple(place.country.split("-")),
        spot=place,
    )


def area(
    place: Place, *, method: str = "admin", reason: str = "area", confidence: float = 0.9,
    whole: bool = True, **args: object,
) -> Answer:  # fmt: skip
    """Return the answer that a text is an area.

    `whole`: its middle, and a radius that holds all of it; else where its land and people mostly
    are, for a place somewhere in it.
    """
    lat, lon, reach = place.latitude, place.longitude, place.radius_km
    precision = place.kind if place.kind in ("admin1", "admin2", "country") else "near"
    if place.kind == "admin1" and (whole or not (math.isfinite(lat) and reach)):
        lat, lon, reach = world.admin1_extent(place.admin1)
    elif place.kind == "country":
        lat, lon, reach = world.country_extent(place.country)
    return Answer(
        status="resolved",
        shape="area",
        latitude=lat,
        longitude=lon,
        uncertainty_km=reach or radius.UNKNOWN_AREA_KM,
        precision=precision,
        method=method,
        name=place.name,
        place_id=place.place_id,
        confidence=confidence,
        candidates=1,
        reason=reason,
        args=dict(args),
        countries=(place.country,) if place.country else (),
    )


def near(
    lat: float, lon: float, reach: float, place: Place, *, reason: str, method: str = "relative",
    shape: str = "point", confidence: float = 0.7, **args: object,
) -> Answer:  # fmt: skip
    """Return the answer that a text lies within `reach` km of a point got from `place`."""
    moved = (lat, lon) != (place.latitude, place.longitude)
    return Answer(
        status="resolved",
        shape=shape,
        latitude=lat,
        longitude=lon,
        uncertainty_km=reach,
        precision="near",
        method=method,
        name=place.name,
        place_id=f"point:{lat:.4f},{lon:.4f}" if moved else place.place_id,
        confidence=confidence,
        candidates=1,
        reason=reason,
        args=dict(args),
        countries=tuple(place.country.split("-")) if place.country else (),
    )


def line(pair: str, *, reason: str, confidence: float = 0.8, **args: object) -> Answer:
    """Return the answer that a text is the border between two countries."""
    lat, lon, reach = world.border_extent(pair)
    return Answer(
        status="resolved",
        shape="line",
        latitude=lat,
        longitude=lon,
        uncertainty_km=reach,
        precision="border",
        method="border",
        name=pair.replace("-", "–"),
        place_id=f"border:{pair}",
        confidence=confidence,
        candidates=1,
        reason=reason,
        args=dict(args),
        countries=tuple(pair.split("-")),
    )


def listed(answers: Sequence[Answer], *, reason: str = "list", **args: object) -> Answer:
    """Return one answer for several places named in one text; the middle holds them all."""
    parts = tuple(
        Part(a.place_id, a.name, a.latitude, a.longitude, a.uncertainty_km, a.shape)
        for a in answers
    )
    lat = float(np.mean([p.latitude for p in parts]))
    lon = float(np.mean([p.longitude for p in parts]))
    reach = max(km(lat, lon, p.latitude, p.longitude) + p.uncertainty_km for p in parts)
    order = ("country", "border", "admin1", "admin2", "near", "settlement", "site", "crossing")
    coarsest = min((a.precision for a in answers), key=order.index)
    methods = {a.method for a in answers}
    return Answer(
        status="resolved",
        shape="list",
        latitude=lat,
        longitude=lon,
        uncertainty_km=reach,
        precision=coarsest,
        method=methods.pop() if len(methods) == 1 else "name",
        name=", ".join(p.name for p in parts),
        place_id="",
        parts=parts,
        confidence=min(a.confidence for a in answers),
        candidates=len(parts),
        reason=reason,
        args={"n": len(parts), **args},
        countries=tuple(dict.fromkeys(c for a in answers for c in a.countries)),
    )


def widened(found: Answer, reach: float, reason: str, **args: object) -> Answer:
    """Make of an answer one about the surroundings of its place, within `reach` km at least."""
    found.uncertainty_km = max(found.uncertainty_km, reach)
    found.precision, found.method, found.reason = "near", "relative", reason
    found.args = {**found.args, **args}
    found.confidence -= 0.15
    found.shape = "area" if reason == "area_by_town" else found.shape
    return found.ruled("about a town")


def midway(one: Place, other: Place) -> Answer:
    """Return the answer that a text means somewhere between two places."""
    lat, lon = (one.latitude + other.latitude) / 2, (one.longitude + other.longitude) / 2
    apart = km(one.latitude, one.longitude, other.latitude, other.longitude)
    spread = max(radius.of_end(one), radius.of_end(other))
    found = near(
        lat, lon, radius.between(apart) + spread, one, reason="between", shape="area",
        one=one.name, other=other.name,
    )  # fmt: skip
    found.name = f"{one.name} – {other.name}"
    return found.ruled("between two places")


def describe(place: Place, clues: Clues | None = None) -> str:
    """Return a short description of a candidate for people: name, kind, where."""
    del clues
    where = place.admin1 or place.country
    return f"{place.name} ({where})" if where else place.name
