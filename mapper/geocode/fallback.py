"""What the input itself teaches, and the hinted area where a place is not known."""

import math

import numpy as np
import pandas as pd

from mapper import world
from mapper.gazetteer import country_code
from mapper.geocode import answer, choose, radius
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Atlas
from mapper.geocode.clues import Clues, Profile
from mapper.text import fold

__all__ = ["learn", "learned", "to_area"]

_LEARNED_SPREAD_KM = 5.0
"""Points given for one place text may differ by so much and still be one place."""
_LEARNED_KM = 3.0
"""Radius of a learned place where the rows do not say how sure their coordinates are."""
_VAGUE_KM = 25.0
"""Coordinates less sure than this are those of an area and teach no place."""
_SLACK_KM = 5.0


def to_area(found: Answer, text: str, clues: Clues, known: Atlas) -> Answer:
    """Return the area that the row's hints name, where the text's own place is not known.

    Texts that name nothing at all ("frontera") stay unresolved: a hint is not what they mean.
    """
    if found.reason in ("nothing_named", "no_text") and not clues.admin1_text:
        return found
    units = [known.place(row) for row in clues.admin2]
    units = [u for u in units if math.isfinite(u.latitude)]
    if len(units) == 1:
        area = answer.area(units[0], method="admin", confidence=0.4)
        if units[0].kind == "settlement":
            area.uncertainty_km, area.precision = choose.SEAT_KM, "admin2"
        area.uncertainty_km = round(radius.ADMIN2 * area.uncertainty_km, 2)
        return _fallen(found, area, text)
    areas = [known.admin1(code) for code in clues.admin1]
    if len(areas) == 1 and areas[0] is not None:
        area = answer.area(areas[0], method="admin", confidence=0.3, whole=False)
        return _fallen(found, area, text)
    return found


def _fallen(found: Answer, area: Answer, text: str) -> Answer:
    area.reason = f"fallback_{area.precision}"
    area.args = {"text": text, "where": area.name, "why": found.reason}
    area.runner_up = found.runner_up
    area.considered = found.considered
    area.rules = (*found.rules, "the hinted area")
    return area


def learn(points: pd.DataFrame) -> dict[str, list[tuple[float, float, float]]]:
    """Return what given coordinates teach: key of place, country and area → points.

    `points`: columns place, place_country, latitude, longitude, uncertainty_km, and
    place_admin1 where the rows name it. A point is taught with its area and without.
    """
    taught: dict[str, list[tuple[float, float, float]]] = {}
    points = points if "place_admin1" in points else points.assign(place_admin1="")
    columns = (
        "place", "place_country", "place_admin1", "latitude", "longitude", "uncertainty_km"
    )  # fmt: skip
    for place, country, area, lat, lon, reach in zip(
        *(points[c].tolist() for c in columns), strict=True
    ):
        if not (math.isfinite(lat) and math.isfinite(lon)) or reach > _VAGUE_KM:
            continue
        code = country_code(str(country))
        for first in dict.fromkeys((fold(str(area)), "")):
            key = _key(code, first, str(place))
            if key:
                taught.setdefault(key, []).append((lat, lon, reach))
    return taught


def _key(country: str, admin1: str, place: str) -> str:
    name = fold(place)
    return f"{country}|{admin1}|{name}" if name else ""


def learned(text: str, clues: Clues, company: Profile) -> Answer | None:
    """Return the place that rows with coordinates teach, if they agree on where it is.

    A row that names an area is taught only by rows of that area: villages share names.
    """
    if not company.learned:
        return None
    points = company.learned.get(_key(clues.country, fold(clues.admin1_text), text))
    if not points:
        return None
    lat = float(np.median([p[0] for p in points]))
    lon = float(np.median([p[1] for p in points]))
    away = max(km(lat, lon, p[0], p[1]) for p in points)
    if away > _LEARNED_SPREAD_KM or not _in_country(lat, lon, clues):
        return None
    reach = max([p[2] for p in points if math.isfinite(p[2])], default=_LEARNED_KM)
    return Answer(
        status="resolved", shape="point", latitude=lat, longitude=lon,
        uncertainty_km=max(away + 1.0, reach), precision="site", method="learned", name=text,
        place_id=f"point:{lat:.4f},{lon:.4f}", confidence=0.9, candidates=len(points),
        reason="learned", args={"n": len(points)}, rules=("learned from the same input",),
        countries=clues.countries,
    )  # fmt: skip


def _in_country(lat: float, lon: float, clues: Clues) -> bool:
    """Whether a point lies in a hinted country, or a few km beyond its line."""
    if not clues.countries:
        return True
    at = (np.array([lon]), np.array([lat]))
    near = world.countries_near(*at, np.array([_SLACK_KM]))[0].split("|")
    return bool({*near} & {*clues.countries})
