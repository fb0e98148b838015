"""Reports that point at each other: what one of them shows must not tell where another is."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mapper.safety.coarse import Strings
from mapper.safety.policy import LEVELS, Level, Policy

__all__ = ["as_coarse_as_their_event", "groups_of", "unlinked"]

Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_KINDS = ("fatalities_kind", "injured_kind", "people_kind")


def groups_of(reports: pd.DataFrame, policy: Policy | None = None) -> Integers:
    """Return the group of each report: those of one event, and those one names as related.

    Args:
        reports: `incident_id`, `event_id`, `relates_to`.
        policy: only what it publishes links reports; None: whatever the table holds.
    """
    n = len(reports)
    pairs: list[tuple[int, int]] = []
    if policy is None or "event_id" in policy.columns:
        first: dict[str, int] = {}
        for at, event in enumerate(reports["event_id"].astype(str)):
            if event:
                pairs.append((first.setdefault(event, at), at))
    if policy is None or "relates_to" in policy.columns:
        known = {str(name): at for at, name in enumerate(reports["incident_id"])}
        for at, told in enumerate(reports["relates_to"].astype(str)):
            others = [word.partition(":")[2] for word in told.split()]
            pairs += [(known[other], at) for other in others if other in known]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    links = coo_array((np.ones(len(ends), dtype=bool), (ends[:, 0], ends[:, 1])), shape=(n, n))
    _, groups = connected_components(links, directed=False)
    return np.asarray(groups, dtype=np.int64)


def as_coarse_as_their_event(levels: list[Level], groups: Integers, kept: Bools) -> list[Level]:
    """Return the levels, in each group the coarsest of those that are published."""
    rank = np.array([LEVELS.index(level) for level in levels], dtype=np.int64)
    coarsest = np.zeros(int(groups.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(coarsest, groups[kept], rank[kept])
    return [LEVELS[k] for k in np.maximum(rank, coarsest[groups])]


def unlinked(incidents: pd.DataFrame, groups: Integers, places: Strings, finest: Strings) -> int:
    """Take reports out of their group whose place was merged upward and not that of the others.

    A report that a threshold moved up and another of its event that stayed would tell together
    where both are. Its counts are then of no known kind: nobody can tell what they overlap with.
    `incidents` is changed in place.

    Args:
        incidents: the published reports.
        groups: the group of each.
        places: the published place of each.
        finest: the place each would have without a threshold.

    Returns:
        How many reports were taken out.
    """
    frame = pd.DataFrame({"group": groups, "place": places})
    several = frame.groupby("group")["place"].transform("nunique").to_numpy() > 1
    out = np.asarray(several & (places != finest), dtype=bool)
    if not out.any():
        return 0
    incidents.loc[out, ["event_id", *(n for n in _KINDS)]] = ["", *("unknown" for _ in _KINDS)]
    incidents.loc[np.isin(groups, groups[out]), "relates_to"] = ""
    return int(out.sum())
