"""RAW → INCIDENT and PROBLEM, file by file."""

import numpy as np
import pandas as pd

from mapper.columns import INCIDENT, PROBLEM, empty
from mapper.normalise.fields import incidents_of
from mapper.normalise.problems import Problems
from mapper.normalise.profile import Profile

__all__ = ["apply"]


def apply(frame: pd.DataFrame, profile: Profile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (incidents, problems) of the rows of `frame`.

    `incidents` has the columns of INCIDENT, then every other column of the files. Every row of
    `frame` is an incident or stands in `problems` with severity `rejected`.
    """
    parts: list[pd.DataFrame] = []
    found: list[pd.DataFrame] = [profile.reading]
    for name, known in profile.files.items():
        rows = frame if len(profile.files) == 1 else frame[frame["source_file"] == name]
        reading = profile.reading
        bad = reading[(reading["severity"] == "rejected") & (reading["source_file"] == name)]
        if len(bad):
            rows = rows[~rows["source_row"].isin(bad["source_row"])]
        problems = Problems(name, profile.lang)
        parts.append(incidents_of(rows, known, problems))
        found.append(problems.frame())
    incidents = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    extras = [c for c in incidents.columns if c not in INCIDENT]
    if len(parts) > 1:
        incidents[extras] = incidents[extras].fillna("")
    incidents = incidents[[*INCIDENT.names, *extras]]
    some = [part for part in found if len(part)]
    whole = pd.concat(some, ignore_index=True) if some else empty(PROBLEM)
    return incidents, whole.astype(empty(PROBLEM).dtypes.to_dict())
