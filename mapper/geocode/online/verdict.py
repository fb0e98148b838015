"""Judges what a service answers: the same strict hints as offline, by rules of their own names.

The service proposes, the rules decide: `name not in the text`, `outside the country`, `outside the
area`, `far from the file's places`; then the service's own order, unless two far apart are equals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from mapper import world
from mapper.gazetteer.lexicon import without_generics
from mapper.geocode import answer, choose
from mapper.geocode.answer import Answer, km
from mapper.geocode.atlas import Atlas, Place
from mapper.geocode.clues import Clues
from mapper.geocode.online.feature import AREAS, Feature
from mapper.geocode.online.policy import Service
from mapper.text import fold

__all__ = ["Region", "verdict"]

_ALIKE = 80.0
"""Least likeness (0-100) of a word of the text to a word of what the service found."""
_LINE_KM = 1.0
"""How far beyond the border line a place still counts as in the country."""
_FAR_KM = 1000.0
"""A place farther than this from all the file's places is refused where no hint supports it."""
_ENOUGH = 5
"""So many places of a file make a region."""
_APART_KM = 25.0
_EQUAL = 0.02
"""Two places whose weights differ by no more than this are equally well known."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where the file's places lie that were found offline: latitudes and longitudes."""

    latitude: tuple[float, ...] = ()
    longitude: tuple[float, ...] = ()

    def far(self, lat: float, lon: float) -> bool:
        """Whether a point is absurdly far from all of them; never, if they are too few."""
        if len(self.latitude) < _ENOUGH:
            return False
        here = np.full(len(self.latitude), lat), np.full(len(self.latitude), lon)
        away = world.geodesic_km(
            np.array(self.longitude), np.array(self.latitude), here[1], here[0]
        )
        return bool(away.min() > _FAR_KM)


def verdict(
    text: str, found: Sequence[Feature], clues: Clues, known: Atlas, region: Region,
    service: Service,
) -> Answer | None:  # fmt: skip
    """Return the answer that a service's features give; `None` if they are about something else.

    An answer without a shape says why its candidates were refused.
    """
    named = [f for f in found if _named(text, f)]
    if not named:
        return None
    inside = [f for f in named if _inside(f, clues, known)]
    if not inside:
        return _refused("online_outside", text, named, service, "outside the hints")
    hinted = bool(clues.countries or clues.admin1)
    near = [f for f in inside if hinted or not region.far(f.latitude, f.longitude)]
    if not near:
        return _refused("online_far", text, inside, service, "far from the file's places")
    return _chosen(text, near, clues, service)


def _chosen(text: str, fitting: Sequence[Feature], clues: Clues, service: Service) -> Answer:
    best = fitting[0]
    rivals = [(f, km(best.latitude, best.longitude, f.latitude, f.longitude)) for f in fitting[1:]]
    rivals = [(f, away) for f, away in rivals if away > max(best.radius_km, f.radius_km)]
    equals = [f for f, away in rivals if away > _APART_KM and _as_known(best, f)]
    if equals:
        return _refused("online_several", text, [best, *equals], service, "equals far apart")
    area = best.precision in AREAS
    runner = f"{rivals[0][0].address} ({rivals[0][1]:.0f} km)" if rivals else ""
    return Answer(
        status="resolved",
        shape="area" if area else "point",
        latitude=best.latitude,
        longitude=best.longitude,
        uncertainty_km=best.radius_km,
        precision=best.precision,
        method=f"service:{service.code}",
        name=best.name,
        place_id=best.place_id,
        confidence=0.6 if rivals else 0.7,
        candidates=len(fitting),
        runner_up=runner,
        reason="online",
        args={"text": text, "service": service.name, "address": best.address},
        rules=("found online",),
        countries=clues.countries,
    )


def _as_known(one: Feature, other: Feature) -> bool:
    return one.precision == other.precision and abs(one.weight - other.weight) <= _EQUAL


def _refused(
    reason: str, text: str, found: Sequence[Feature], service: Service, rule: str
) -> Answer:
    considered = list(dict.fromkeys(f.address for f in found))[:3]
    candidates = "; ".join(considered)
    refused = answer.unresolved(
        reason, considered, text=text, service=service.name, candidates=candidates
    )
    refused.candidates = len(found)
    return refused.ruled(rule)


def _named(text: str, feature: Feature) -> bool:
    """Whether the text names the feature: its own words are there, each, the telling ones too."""
    folded = fold(text)
    words = (without_generics(folded) or folded).split()
    own = [w for name in feature.names for w in fold(name).split()]
    all_words = {*own, *fold(feature.address).split()}
    telling = [w for w in words if len(w) > 2] or words
    return (
        bool(telling)
        and all(_among(w, all_words) for w in telling)
        and any(_among(w, own) for w in telling)
    )


def _among(word: str, words: Sequence[str] | set[str]) -> bool:
    return any(fuzz.ratio(word, other) >= _ALIKE for other in words)


def _inside(feature: Feature, clues: Clues, known: Atlas) -> bool:
    at = np.array([feature.longitude]), np.array([feature.latitude])
    countries = str(world.countries_near(*at, np.array([_LINE_KM]))[0]).split("|")
    if clues.countries and not {*clues.countries} & {*countries}:
        return False
    kind = feature.precision if feature.precision != "near" else "area"
    place = Place(
        feature.place_id, feature.name, kind, feature.latitude, feature.longitude,
        country="-".join(sorted(c for c in countries if c)), admin1=str(world.admin1_at(*at)[0]),
    )  # fmt: skip
    return choose.fits(place, clues) and choose.in_second(place, clues, known) >= 0
