"""What the published positions of many reports tell together."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.safety.coarse import NOTHING
from mapper.safety.threshold import too_few
from mapper.safety.withheld import Withheld
from mapper.world import geodesic_km

__all__ = ["crowd", "middles"]


def crowd(
    reports: pd.DataFrame, facts: Withheld, before: Mapping[str, str] | None
) -> Iterator[tuple[str, str]]:
    """Yield places that stand out with too few reports, or that have gained too few.

    Args:
        reports: the reports as the finished page has them.
        facts: what is withheld.
        before: published id → place_id of the edition published before.
    """
    if facts.least < 2:
        return
    drawn = (reports["shape"] != "none").to_numpy()
    places = np.where(drawn, reports["place_id"].to_numpy(dtype=object), NOTHING)
    for place in dict.fromkeys(places[too_few(places, facts.least)]):
        yield "threshold", str(place)
    if before is None:
        return
    was = np.array([before.get(str(i), NOTHING) for i in reports["incident_id"]], dtype=object)
    gained = np.where(was != places, places, NOTHING)
    for place in dict.fromkeys(gained[too_few(gained, facts.least)]):
        yield "difference", str(place)


def middles(reports: pd.DataFrame, facts: Withheld) -> Iterator[str]:
    """Yield published positions that give a moved place away: one too near, or many around it."""
    moved = facts.points[(facts.points["level"] == "moved") & (facts.points["published_id"] != "")]
    if not len(moved):
        return
    shown = reports.set_index("incident_id")[["latitude", "longitude"]].add_prefix("shown_")
    both = moved.join(shown, on="published_id", how="inner").dropna()
    if not len(both):
        return
    km = _apart(both, "shown_latitude", "shown_longitude")
    for row in both[km < 0.99 * both["promised_km"].to_numpy()].itertuples():
        yield f"{row.shown_latitude:g}, {row.shown_longitude:g}"
    near = both[["latitude", "longitude"]].round(2).apply(tuple, axis=1)
    for _, group in both.groupby(near, sort=True):
        if len(group) < 3:
            continue
        for name in ("median", "mean"):
            middle = group.drop(columns=["published_id", "level"]).agg(name).to_frame().T
            km = _apart(middle, "shown_latitude", "shown_longitude")
            if (km < 0.9 * middle["promised_km"].to_numpy()).any():
                lat, lon = (float(middle[f"shown_{n}"].iloc[0]) for n in ("latitude", "longitude"))
                yield f"{lat:.5f}, {lon:.5f}"
                break


def _apart(frame: pd.DataFrame, lat: str, lon: str) -> npt.NDArray[np.float64]:
    return geodesic_km(
        *(frame[n].to_numpy(dtype=np.float64) for n in ("longitude", "latitude", lon, lat))
    )
