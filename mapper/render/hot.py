"""Where it is hot: groups of places that lie close together and hold many reports."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Hot", "hot_groups"]

_REACH_KM = 18.0
_MOST = 6
_FEWEST = 3
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hot:
    """A group of places: what to call it, how many reports, the box that holds it.

    Attributes:
        kind: `place` (called by its chief place) or `crossings` (by the area they lie in).
        area: the name itself, no word of ours in it.
        count: reports in the group.
        bounds: south, west, north, east in degrees.
        members: positions of its places in the table of places.
    """

    kind: str
    area: str
    count: int
    bounds: tuple[float, float, float, float]
    members: tuple[int, ...]


def hot_groups(
    places: pd.DataFrame,
    counts: Floats,
    area_name: Callable[[str], str],
    river_name: Callable[[str], str] = lambda _: "",
) -> list[Hot]:
    """Return the hot groups, densest first.

    Args:
        places: the table of places (MATCH and join columns).
        counts: reports of each place.
        area_name: name of an admin1 code.
        river_name: river under the crossing of a place_id, "" where there is none.
    """
    pins = np.flatnonzero(
        (places["shape"].to_numpy() == "point") & np.isfinite(places["latitude"].to_numpy())
    )
    latitude = places["latitude"].to_numpy(dtype=np.float64)[pins]
    longitude = places["longitude"].to_numpy(dtype=np.float64)[pins]
    weight = counts[pins].astype(np.float64)
    groups: list[Hot] = []
    free = np.ones(len(pins), dtype=bool)
    fewest = max(_FEWEST, 0.01 * counts.sum())
    for _ in range(_MOST):
        centre = _densest(latitude, longitude, np.where(free, weight, 0.0))
        if centre is None:
            break
        near = free & (_km(latitude, longitude, latitude[centre], longitude[centre]) <= _REACH_KM)
        if weight[near].sum() < fewest:
            break
        members = np.flatnonzero(near)
        groups.append(_group(places, pins[members], weight[members], area_name, river_name))
        free &= ~near
    return groups


def _densest(latitude: Floats, longitude: Floats, weight: Floats) -> int | None:
    """Return the place with the most reports within reach; counted on a grid of that size."""
    if not weight.any():
        return None
    size = _REACH_KM / 111.2
    row = np.round(latitude / size).astype(np.int64)
    column = np.round(longitude * np.cos(np.radians(np.round(latitude))) / size).astype(np.int64)
    cell = pd.factorize(row * 1_000_003 + column)[0]
    total = np.bincount(cell, weights=weight)
    best: int | None = None
    most = -1.0
    for candidate_cell in np.argsort(-total, kind="stable")[:8]:
        inside = np.flatnonzero(cell == candidate_cell)
        candidate = int(inside[np.argmax(weight[inside])])
        distance = _km(latitude, longitude, latitude[candidate], longitude[candidate])
        sum_near = float(weight[distance <= _REACH_KM].sum())
        if sum_near > most:
            best, most = candidate, sum_near
    return best


def _km(latitude: Floats, longitude: Floats, at_latitude: float, at_longitude: float) -> Floats:
    """Return distances good enough for grouping: a local plane with the degree's true width."""
    x = (longitude - at_longitude) * np.cos(np.radians((latitude + at_latitude) / 2))
    return np.asarray(111.2 * np.hypot(x, latitude - at_latitude))


def _group(
    places: pd.DataFrame,
    members: Integers,
    weight: Floats,
    area_name: Callable[[str], str],
    river_name: Callable[[str], str],
) -> Hot:
    rows = places.iloc[members]
    crossing = (rows["precision"] == "crossing").to_numpy()
    chief = rows.iloc[int(np.argmax(weight))]
    kind, area = "place", str(chief["matched_name"] or chief["place"])
    if rows.loc[crossing, "place_id"].nunique() >= 2 and weight[crossing].sum() > weight.sum() / 3:
        # bridges stand on the line, on neither side: the river under them lends its name, else
        # the side with more reports
        rivers = {river_name(place_id) for place_id in rows.loc[crossing, "place_id"].unique()}
        name = rivers.pop() if len(rivers) == 1 else ""
        name = name or _side(rows["admin1"], weight, area_name)
        if name:
            kind, area = "crossings", name
    return Hot(
        kind=kind,
        area=area,
        count=int(weight.sum()),
        bounds=(
            float(rows["latitude"].min()),
            float(rows["longitude"].min()),
            float(rows["latitude"].max()),
            float(rows["longitude"].max()),
        ),
        members=tuple(int(m) for m in members),
    )


def _side(codes: pd.Series, weight: Floats, area_name: Callable[[str], str]) -> str:
    """Return the name of the admin area with most reports; one on the line counts for both."""
    each = pd.DataFrame({"code": codes.str.split("|").to_numpy(), "weight": weight}).explode("code")
    sums = each.groupby("code")["weight"].sum().drop("", errors="ignore")
    return area_name(str(sums.idxmax())) if len(sums) else ""
