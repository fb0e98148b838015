"""Texts that are published by the policy's word must not name a withheld place all the same."""

import numpy as np
import pandas as pd

from mapper.columns import LOCATED
from mapper.safety.policy import Policy
from mapper.safety.withheld import Withheld
from mapper.safety.words import Needles, everyday, telling, tokens

__all__ = ["scrub"]

_OURS = frozenset(
    {"incident_id", "event_id", "relates_to", "place", "event_type", "event_label",
     "date_precision", "fatalities_kind", "injured_kind", "people_kind"}
)  # fmt: skip


def scrub(incidents: pd.DataFrame, facts: Withheld, policy: Policy) -> int:
    """Blank the published texts that name a withheld place; return how many there were.

    `incidents` is changed in place.
    """
    texts = [
        name
        for name in incidents.columns
        if name in policy.columns
        and name not in _OURS
        and (name not in LOCATED or name in LOCATED.of_kind("text"))
    ]
    common = everyday() | {word for name in facts.allowed for word in name.split()}
    needles = Needles(tokens(name) for name in facts.names if telling(tokens(name), common))
    n = 0
    for name in texts:
        values = incidents[name].to_numpy(dtype=object).copy()
        bad = [value for value in dict.fromkeys(values) if value and needles.found_in(value)]
        if bad:
            hit = np.isin(values, bad)
            values[hit] = ""
            n += int(hit.sum())
            incidents[name] = pd.array(values, dtype="str")
    return n
