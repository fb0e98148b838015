"""A `Diff` as the page shows it: sentences, and for each report what is drawn of its change."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mapper.editions.model import Diff, Edition
from mapper.editions.sentences import describe, pairing_notes, tool_sentences

__all__ = ["for_page"]


def for_page(
    found: Diff, old: Edition, lang: str, *, hide: Sequence[str] = (), counts_only: bool = False
) -> dict[str, Any]:
    """Return what the page carries of a comparison, ready for JSON.

    Keys: `old`, `new` (labels), `sentences`, `counts_only`; and unless these are all that may be
    told: `added`, `text_only` (ids), `changed` (id, kinds, fields, `from`: latitude and longitude
    the report stood at before, where it moved), `removed` (id, what, lat, lon) and `by_tool`
    (sentences on places that are taken for something else although the data say the same).

    Args:
        found: the differences.
        old: the older edition.
        lang: language of the sentences.
        hide: columns whose values are not told.
        counts_only: tell numbers alone, for a map made to be published safely.
    """
    if counts_only:
        return {"old": "", "new": "", "counts_only": True, "sentences": found.counts(lang)}
    apart = {*tool_sentences(found.relocations, lang), *pairing_notes(found, lang)}
    before = _places(old)
    return {
        "old": found.old,
        "new": found.new,
        "counts_only": False,
        "sentences": [said for said in found.sentences(lang) if said not in apart],
        "added": list(found.added),
        "text_only": [change.incident_id for change in found.text_only],
        "changed": [
            {
                "id": change.incident_id,
                "kinds": list(change.kinds),
                "fields": {
                    name: list(pair) for name, pair in change.fields.items() if name not in hide
                },
                "from": before.get(change.old_id or change.incident_id)
                if "moved" in change.kinds
                else None,
            }
            for change in found.changed
        ],
        "removed": [
            {"id": str(row["incident_id"]), "what": describe(row, lang), **_where(row)}
            for _, row in found.gone.iterrows()
        ],
        "by_tool": tool_sentences(found.relocations, lang),
    }


def _places(edition: Edition) -> dict[str, list[float] | None]:
    """Return where each report of an edition stood: latitude and longitude, None for nowhere."""
    if edition.located is None:
        return {}
    at = edition.located[["latitude", "longitude"]].to_numpy(dtype=np.float64)
    ids = edition.located["incident_id"].astype(str)
    return {
        name: [round(float(x), 5) for x in point] if np.isfinite(point).all() else None
        for name, point in zip(ids, at, strict=True)
    }


def _where(row: pd.Series) -> dict[str, float | None]:
    """Return the place of a withdrawn report, null where it had none."""
    point = [row.get("latitude"), row.get("longitude")]
    lat, lon = (None if value is None or pd.isna(value) else round(float(value), 5)
                for value in point)  # fmt: skip
    return {"lat": lat, "lon": lon}
