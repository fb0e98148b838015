"""RAW → INCIDENT and PROBLEM, file by file."""

import pandas as pd

from mapper.columns import INCIDENT, PROBLEM, empty
from mapper.normalise.fields import incidents_of
from mapper.normalise.identity import tell_apart
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
    noted: dict[str, Problems] = {}
    reading = profile.reading
    for name, known in profile.files.items():
        rows = frame if len(profile.files) == 1 else frame[frame["source_file"] == name]
        bad = reading[(reading["severity"] == "rejected") & (reading["source_file"] == name)]
        if len(bad):
            rows = rows[~rows["source_row"].isin(bad["source_row"])]
        noted[name] = Problems(name, profile.lang)
        parts.append(incidents_of(rows, known, noted[name]))
    incidents = _joined(parts)
    if len(parts) > 1:
        _keep_apart(incidents, noted)
    found += [problems.frame() for problems in noted.values()]
    some = [part for part in found if len(part)]
    whole = pd.concat(some, ignore_index=True) if some else empty(PROBLEM)
    return incidents, whole.astype(empty(PROBLEM).dtypes.to_dict())


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    incidents = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    extras = [c for c in incidents.columns if c not in INCIDENT]
    if len(parts) > 1:
        incidents = incidents.fillna(dict.fromkeys(extras, ""))
    return incidents[[*INCIDENT.names, *extras]]


def _keep_apart(incidents: pd.DataFrame, noted: dict[str, Problems]) -> None:
    """Tell ids apart that two files share."""
    ids = incidents["incident_id"]
    distinct, positions, first = tell_apart(ids)
    for name, problems in noted.items():
        here = (incidents["source_file"] == name).to_numpy()[positions]
        at = positions[here]
        problems.add(
            "duplicate_id_files",
            "repaired",
            rows=incidents["source_row"].to_numpy()[at],
            column="incident_id",
            values=ids.to_numpy(dtype=object)[at],
            named=distinct.to_numpy(dtype=object)[at],
            other=incidents["source_file"].to_numpy(dtype=object)[first[here]],
        )
    incidents["incident_id"] = distinct
