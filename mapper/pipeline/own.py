"""The ground of a run: our crossings and their status, with what the user supplies of them."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from mapper import supplied, world
from mapper.columns import PROBLEM, empty
from mapper.config import Options
from mapper.pipeline.unread import unread
from mapper.read import read_table
from mapper.world import Interval

__all__ = ["Own", "own"]


@dataclass(frozen=True, slots=True)
class Own:
    """What a run stands on.

    `crossings` (columns of `world.crossings()`) and `intervals` (as `world.intervals()` gives
    them) are ours and the user's together, None where all are ours; `admin` is the user's layer of
    areas (`supplied.admin_layer`); `problems` is PROBLEM.
    """

    crossings: pd.DataFrame | None
    intervals: dict[str, list[Interval]] | None
    problems: pd.DataFrame
    admin: gpd.GeoDataFrame | None = None


def own(options: Options) -> Own:
    """Read the user's crossings, status and admin layer.

    Raises:
        InputError: a file cannot be used.
    """
    problems = [empty(PROBLEM)]
    known, said = None, None
    if options.crossings is not None:
        table = read_table(options.crossings)
        theirs, found = supplied.crossings(table, options.crossings.name, options.lang)
        known = world.crossings(theirs)
        problems += [unread(table, options.crossings.name, options.lang), found]
    if options.status is not None:
        all_known = world.crossings() if known is None else known
        table = read_table(options.status)
        theirs, found = supplied.status(table, all_known, options.status.name, options.lang)
        said = world.intervals(theirs)
        problems += [unread(table, options.status.name, options.lang), found]
    admin = supplied.admin_layer(options.admin) if options.admin is not None else None
    return Own(known, said, pd.concat(problems, ignore_index=True), admin)
