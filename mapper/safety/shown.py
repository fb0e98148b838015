"""What the published positions of many reports tell together."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.safety.coarse import NOTHING, rank_of, squares_of
from mapper.safety.linked import groups_of
from mapper.safety.threshold import too_few
from mapper.safety.withheld import Withheld
from mapper.world import geodesic_km

__all__ = ["crowd", "links", "middles"]


def crowd(reports: pd.DataFrame, facts: Withheld) -> Iterator[tuple[str, str]]:
    """Yield places that stand out with too few reports, or that have gained too few.

    Args:
        reports: the reports as the finished page or table has them.
        facts: what is withheld, and the edition published before.
    """
    if facts.least < 2:
        return
    drawn = (reports["shape"] != "none").to_numpy()
    places = np.where(drawn, reports["place_id"].to_numpy(dtype=object), NOTHING)
    for place in dict.fromkeys(places[too_few(places, facts.least)]):
        yield "threshold", str(place)
    if facts.before is None:
        return
    names = reports["incident_id"].astype(str)
    was = np.array([facts.before.get(name, NOTHING) for name in names], dtype=object)
    gained = np.where(was != places, places, NOTHING)
    for place in dict.fromkeys(gained[too_few(gained, facts.least)]):
        yield "difference", str(place)


def links(reports: pd.DataFrame, facts: Withheld) -> Iterator[str]:
    """Yield reports that another of their event gives away: it is shown finer, and just there.

    Finer than the policy shows the report, or than the place that the threshold moved it up to.
    """
    names = reports["incident_id"].astype(str)
    reach = facts.points.groupby("published_id")["promised_km"].max()
    shown = pd.DataFrame(
        {
            "published_id": names.to_numpy(),
            "group": groups_of(reports),
            "shown_latitude": reports["latitude"].to_numpy(dtype=np.float64),
            "shown_longitude": reports["longitude"].to_numpy(dtype=np.float64),
            "reach_km": names.map(reach).fillna(0.0).to_numpy(),
            "rank": [rank_of(str(place)) for place in reports["place_id"]],
        }
    )
    shown = shown[shown["group"].duplicated(keep=False)]
    mine = facts.points.merge(shown[["published_id", "group", "rank"]], on="published_id")
    both = mine.merge(shown.dropna(), on="group", suffixes=("", "_other"))
    ruled = both["published_id"].map(facts.ranks).to_numpy()
    lifted = both["published_id"].isin(facts.lifted).to_numpy()
    finer = both["rank_other"].to_numpy()
    both = both[(finer < ruled) | (lifted & (finer < both["rank"].to_numpy()))]
    if len(both):
        km = _apart(both, "shown_latitude", "shown_longitude")
        told = both.loc[km <= np.maximum(1.0, both["reach_km"].to_numpy()), "published_id"]
        yield from dict.fromkeys(told.astype(str))


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
    least = float(both["promised_km"].min())
    near = pd.Series(squares_of(both["latitude"], both["longitude"], least), index=both.index)
    for _, group in both.groupby(near, sort=True):
        if (
            len(group) < 3
            or len(group[["shown_latitude", "shown_longitude"]].drop_duplicates()) < 2
        ):
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
