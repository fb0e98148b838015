"""Border posts stand at borders: of the places of a name only those near one can be meant."""

import math
from dataclasses import replace

import numpy as np

from mapper import world
from mapper.geocode import answer
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Hit
from mapper.geocode.choose import fits
from mapper.geocode.names import Name
from mapper.geocode.phrases import Group
from mapper.geocode.scene import Scene

__all__ = ["at_border", "is_post"]

_AT_BORDER_KM = 60.0
"""A town that a border post is named for lies this near the line."""


def is_post(groups: list[Group]) -> bool:
    """Whether groups say a word for what stands at borders only: "port of entry", "garita"."""
    return any(w.has("frontier") for g in groups for w in g.words)


def at_border(scene: Scene, name: Name) -> Name | Answer:
    """Return a name with those of its places that are near a land border, or say that none is."""
    near = tuple(hit for hit in name.hits if _near(hit))
    if any(fits(h.place, scene.clues) for h in near):
        return replace(name, hits=near)
    away = [h.place for h in name.hits if fits(h.place, scene.clues)]
    if not away:
        return name
    shown = [answer.describe(place) for place in away][:3]
    return answer.unresolved("no_border_there", shown, text=name.raw).ruled("posts are at borders")


def _near(hit: Hit) -> bool:
    place = hit.place
    if place.kind not in ("settlement", "admin1", "admin2") or not math.isfinite(place.latitude):
        return True
    at = np.array([place.longitude]), np.array([place.latitude])
    return float(world.nearest_border(*at)[1][0]) <= _AT_BORDER_KM + place.radius_km
