"""INCIDENT + MATCH → LOCATED: each report at its place, and what the border says of it."""

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper import world
from mapper.columns import INCIDENT, LOCATED, MATCH, require
from mapper.join.ground import ground
from mapper.join.layer import layer_columns
from mapper.join.problems import problems
from mapper.join.shapes import geometries
from mapper.join.spots import spots
from mapper.world import Interval

__all__ = ["locate"]


def locate(
    incidents: pd.DataFrame,
    matches: pd.DataFrame,
    codes: NDArray[np.int64],
    *,
    crossings: pd.DataFrame | None = None,
    status: dict[str, list[Interval]] | None = None,
    admin: gpd.GeoDataFrame | None = None,
    lang: str = "en",
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the LOCATED table, and the problems found on the way (PROBLEM).

    Everything is worked out once for each distinct place and taken from there by number.

    Args:
        incidents: INCIDENT; columns of the file's own are kept.
        matches: MATCH, one row a distinct place text.
        codes: the row of `matches` of each incident.
        crossings: other crossings than ours, columns of `world.crossings()`.
        status: other status intervals than ours, as `world.intervals()` gives them.
        admin: admin areas of the user's own; what it says of each place becomes further columns,
            called `layer_…` where the file has such a column already.
        lang: the language of reasons and problems.

    Raises:
        TypeError: a table lacks columns; a mistake of the caller.
    """
    require(incidents, INCIDENT)
    require(matches, MATCH)
    places = spots(incidents, matches, codes, lang=lang)
    about = pd.concat([places.table, ground(places.table, crossings)], axis=1)
    per_report = about.take(places.of_report).set_axis(incidents.index)
    said, detail = world.crossing_status(
        per_report["nearest_crossing"].to_numpy(dtype=np.str_),
        incidents["date_start"].to_numpy(),
        incidents["date_end"].to_numpy(),
        status,
    )
    per_report["crossing_status"] = pd.array(said, dtype="str")
    per_report["crossing_status_detail"] = pd.array(detail, dtype="str")
    named = [name for name in LOCATED.names if name not in INCIDENT and name != "geometry"]
    extras = [name for name in incidents.columns if name not in INCIDENT]
    frame = pd.concat([incidents[list(INCIDENT.names)], per_report[named]], axis=1)
    frame = pd.concat([frame, incidents[extras]], axis=1)
    if admin is not None:
        layer = layer_columns(places.table, admin)
        layer = layer.rename(columns={n: f"layer_{n}" for n in layer.columns if n in extras})
        extras += layer.columns.tolist()
        frame = pd.concat([frame, layer.take(places.of_report).set_axis(frame.index)], axis=1)
    shapes = geometries(places.table)[places.of_report]
    located = gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")
    order = [*LOCATED.names, *extras]
    return located[order], problems(incidents, matches, codes, places, about, lang=lang)
