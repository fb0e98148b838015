"""What sort of change a changed report is: one kind a group of fields."""

import numpy as np
import pandas as pd

from mapper.columns import INCIDENT

__all__ = ["COUNTS", "KINDS", "KIND_OF_COUNT", "SHADOWS", "TEXTS", "kind_of", "refined"]

# heaviest first
KINDS = (
    "deaths",
    "moved",
    "counts",
    "recoded",
    "date_refined",
    "date",
    "source",
    "actors",
    "status_of_count",
    "links",
    "other",
    "text",
)
TEXTS = ("description", "claim_note")
# what a count is says nothing where there is no count
KIND_OF_COUNT = {
    "fatalities_kind": ("fatalities_best", "fatalities_low", "fatalities_high"),
    "injured_kind": ("injured", "injured_low", "injured_high"),
    "people_kind": ("people", "people_low", "people_high"),
}
COUNTS = tuple(name for names in KIND_OF_COUNT.values() for name in names)
# columns that only repeat others as they were written
SHADOWS = {
    "date_text": ("date_start", "date_end"),
    "event_label": ("event_type",),
}
_GROUPS = {
    "deaths": KIND_OF_COUNT["fatalities_kind"],
    "moved": (
        "place",
        "place_country",
        "place_admin1",
        "place_admin2",
        "given_latitude",
        "given_longitude",
        "given_uncertainty_km",
    ),
    "counts": (*KIND_OF_COUNT["injured_kind"], *KIND_OF_COUNT["people_kind"], "people_role"),
    "recoded": ("event_type", "event_label"),
    "date": ("date_start", "date_end", "date_precision", "date_text"),
    "source": ("source_name", "source_url", "source_date", "source_lang"),
    "actors": ("actor1", "actor2"),
    "status_of_count": tuple(KIND_OF_COUNT),
    "links": ("event_id", "relates_to"),
    "text": TEXTS,
}
_KIND = {name: kind for kind, names in _GROUPS.items() for name in names}
_FINENESS = {"day": 0, "week": 1, "month": 2, "year": 3, "unknown": 4, "": 4}


def kind_of(name: str) -> str:
    """Return the kind of a change in this column."""
    return _KIND.get(name, "text" if name in INCIDENT else "other")


def refined(old: pd.Series, new: pd.Series) -> bool:
    """Whether the date of a report only became more exact: finer, or inside the old interval."""
    if pd.isna(new["date_start"]):
        return False
    if pd.isna(old["date_start"]):
        return True
    finer = _FINENESS.get(new["date_precision"], 4) < _FINENESS.get(old["date_precision"], 4)
    inside = new["date_start"] >= old["date_start"] and new["date_end"] <= old["date_end"]
    shorter = (new["date_end"] - new["date_start"]) < (old["date_end"] - old["date_start"])
    return bool(inside and (finer or shorter)) or bool(
        finer and abs(new["date_start"] - old["date_start"]) <= np.timedelta64(7, "D")
    )
