"""What the input itself teaches, and the hinted area where a place is not known."""

import math

import numpy as np
import pandas as pd

from mapper.gazetteer import country_code
from mapper.geocode import answer, choose, radius
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Atlas
from mapper.geocode.clues import Clues, Profile
from mapper.text import fold

__all__ = ["learn", "learned", "to_area"]

_LEARNED_SPREAD_KM = 5.0
"""Points given for one place text may differ by so much and still be one place."""


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
    """Return what given coordinates teach: key of place and country → points.

    `points`: columns place, place_country, latitude, longitude, uncertainty_km.
    """
    taught: dict[str, list[tuple[float, float, float]]] = {}
    columns = ("place", "place_country", "latitude", "longitude", "uncertainty_km")
    for place, country, lat, lon, reach in zip(*(points[c].tolist() for c in columns), strict=True):
        name = fold(str(place))
        if name and math.isfinite(lat) and math.isfinite(lon):
            code = country_code(str(country))
            taught.setdefault(f"{code}|{name}", []).append((lat, lon, reach))
    return taught


def learned(text: str, clues: Clues, company: Profile) -> Answer | None:
    """Return the place that rows with coordinates teach, if they agree on where it is."""
    if not company.learned:
        return None
    points = company.learned.get(f"{clues.country}|{fold(text)}")
    if not points:
        return None
    lat = float(np.median([p[0] for p in points]))
    lon = float(np.median([p[1] for p in points]))
    away = max(km(lat, lon, p[0], p[1]) for p in points)
    if away > _LEARNED_SPREAD_KM:
        return None
    reach = max([p[2] for p in points if math.isfinite(p[2])], default=2.0)
    return Answer(
        status="resolved", shape="point", latitude=lat, longitude=lon,
        uncertainty_km=max(away + 1.0, reach), precision="site", method="learned", name=text,
        place_id=f"point:{lat:.4f},{lon:.4f}", confidence=0.9, candidates=len(points),
        reason="learned", args={"n": len(points)}, rules=("learned from the same input",),
        countries=clues.countries,
    )  # fmt: skip
