"""From the rows of an overrides table to answers."""

import math
from collections.abc import Mapping

from mapper import world
from mapper.gazetteer import country_code
from mapper.geocode import answer, choose
from mapper.geocode.answer import NAN, Answer
from mapper.geocode.atlas import Atlas

__all__ = ["decision", "known_id", "known_id_form", "number"]

_OWN_DOUBT_KM = 1.0
"""How well a person is taken to know a point who does not say."""
_OWN_AREA_KM = 5.0
"""Radius of an area for which none is said."""


def decision(row: Mapping[str, str], known: Atlas) -> Answer:
    """Return the answer that a usable row of `overrides.parse` gives."""
    lat, lon, reach = (number(row[c]) for c in ("latitude", "longitude", "uncertainty_km"))
    found = Answer(status="unresolved")
    if row["shape"] != "none":
        by_id = None if math.isfinite(lat + lon) else known_id(row["place_id"], known)
        found = by_id or _point(row, lat, lon)
        if row["shape"] == "area" and found.shape == "point":
            found.shape, found.precision = "area", "near"
            found.uncertainty_km = max(found.uncertainty_km, _OWN_AREA_KM)
    if math.isfinite(reach) and found.found:
        found.uncertainty_km = reach
    found.method, found.confidence, found.candidates = "override", 1.0, 1
    found.runner_up, found.reason, found.args = "", "override_bare", {}
    if not found.found:
        found.reason = "override_nowhere"
    if row["note"]:
        found.reason, found.args = "override", {"note": row["note"]}
    found.rules = ("a person decided",)
    return found


def _point(row: Mapping[str, str], lat: float, lon: float) -> Answer:
    return Answer(
        status="resolved", shape="point", latitude=lat, longitude=lon, precision="site",
        uncertainty_km=_OWN_DOUBT_KM, name=row["place"],
        place_id=row["place_id"] or f"point:{lat:.4f},{lon:.4f}",
    )  # fmt: skip


def known_id(place_id: str, known: Atlas) -> Answer | None:
    """Return the answer that a place_id stands for; None if there is no such place."""
    kind, _, rest = place_id.partition(":")
    if kind == "border":
        return answer.line(rest, reason="override_bare") if rest in world.pairs() else None
    if kind == "point":
        lat, _, lon = rest.partition(",")
        at = number(lat), number(lon)
        row = {"place": "", "place_id": place_id}
        on_earth = abs(at[0]) <= 90 and abs(at[1]) <= 180
        return _point(row, *at) if on_earth else None
    if kind == "country" and country_code(rest) != rest:
        return None
    place = known.by_id(place_id)
    if place is None:
        return None
    return choose.best(place, method="override", text=place.name, confidence=1.0)


def known_id_form(place_id: str) -> bool:
    """Whether a place_id has a form that an override may name alone; a list has none."""
    return place_id.partition(":")[0] not in ("", "cell", "point")


def number(text: str) -> float:
    """Return a number written with a decimal point or comma; NaN if it is none."""
    try:
        return float(text.replace(",", ".")) if text else NAN
    except ValueError:
        return NAN
