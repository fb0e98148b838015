"""Before and after the grammar: what a person decided, what the input itself teaches, and the
hinted area with its own radius where the place is not known.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from mapper.geocode import answer, choose, radius
from mapper.geocode.answer import NAN, Answer, km
from mapper.geocode.atlas import Atlas
from mapper.geocode.clues import Clues, Profile
from mapper.text import fold

__all__ = ["decided", "learn", "learned", "to_area"]

_LEARNED_SPREAD_KM = 5.0
"""Points given for one place text may differ by so much and still be one place."""
_ADMIN1_KM = 250.0


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
        area = answer.area(areas[0], method="admin", confidence=0.3)
        middle = areas[0]
        if math.isfinite(middle.latitude) and middle.radius_km:
            # Where people live in it, not where its outline reaches.
            area.latitude, area.longitude = middle.latitude, middle.longitude
            area.uncertainty_km = middle.radius_km
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
    lat, lon = points["latitude"].to_numpy(float), points["longitude"].to_numpy(float)
    reach = points["uncertainty_km"].to_numpy(float)
    usable = np.isfinite(lat) & np.isfinite(lon)
    for at in np.flatnonzero(usable):
        name = fold(str(points["place"].iat[at]))
        if name:
            key = f"{points['place_country'].iat[at]}|{name}"
            taught.setdefault(key, []).append((float(lat[at]), float(lon[at]), float(reach[at])))
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


def decided(keys: pd.DataFrame, overrides: pd.DataFrame | None) -> dict[int, Answer]:
    """Return the answers a person gave, by the position of the key."""
    if overrides is None or overrides.empty:
        return {}
    by_key = {_override_key(row): row for row in overrides.to_dict("records") if row.get("place")}
    found: dict[int, Answer] = {}
    columns = ("place", "place_country", "place_admin1")
    for at, values in enumerate(zip(*(keys[c].tolist() for c in columns), strict=True)):
        for asked in _less_and_less(values):
            row = by_key.get(asked)
            if row is not None:
                found[at] = _override(row)
                break
    return found


def _less_and_less(values: Sequence[str]) -> list[tuple[str, str, str]]:
    place, country, admin1 = (fold(v) for v in values)
    return [(place, country, admin1), (place, country, ""), (place, "", "")]


def _override_key(row: dict[str, object]) -> tuple[str, str, str]:
    place, country, admin1 = (
        fold(str(row.get(c) or "")) for c in ("place", "place_country", "place_admin1")
    )
    return place, country, admin1


def _override(row: dict[str, object]) -> Answer:
    lat, lon = _number(row.get("latitude")), _number(row.get("longitude"))
    reach = _number(row.get("uncertainty_km"))
    note = str(row.get("note") or "")
    return Answer(
        status="resolved", shape="point", latitude=lat, longitude=lon,
        uncertainty_km=reach if math.isfinite(reach) else 1.0, precision="site",
        method="override", name=str(row["place"]), place_id=f"point:{lat:.4f},{lon:.4f}",
        confidence=1.0, candidates=1, reason="override", args={"note": note or "–"},
        rules=("a person decided",),
    )  # fmt: skip


def _number(value: object) -> float:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return NAN
