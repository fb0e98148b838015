"""All that can be said of points in one go, each nearest border looked up once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.world.arcs import Floats
from mapper.world.borders import nearest_border
from mapper.world.countries import country_at, country_bounds

__all__ = ["Located", "countries_near", "locate_points", "near_country"]

Text = NDArray[np.str_]
_SLACK = 0.5  # degrees of latitude: more than 50 km


@dataclass(frozen=True, slots=True)
class Located:
    """`country`: ISO2, or two joined by `|` alphabetically; `border`: pair; `border_km`: km."""

    country: Text
    border: Text
    border_km: Floats


def locate_points(lon: Floats, lat: Floats, radius_km: Floats) -> Located:
    """Return country, nearest land border and the distance to it of points of some uncertainty.

    Where the radius reaches over the line, the country is both: it cannot be told. A radius of
    NaN counts as 0.
    """
    country = country_at(lon, lat).astype("<U5")
    pair, km = nearest_border(lon, lat)
    radius = np.nan_to_num(np.broadcast_to(np.asarray(radius_km, dtype=float), country.shape))
    over = np.isfinite(km) & (km <= radius)
    country[over] = np.array([name.replace("-", "|") for name in pair[over]], dtype="<U5")
    return Located(country, pair, km)


def countries_near(lon: Floats, lat: Floats, radius_km: Floats) -> Text:
    """Return each point's country, or both countries where the radius reaches over a land border.

    Two countries are joined by `|`, alphabetically.
    """
    return locate_points(lon, lat, radius_km).country


def near_country(iso2: str, lon: Floats, lat: Floats, radius_km: float) -> NDArray[np.bool_]:
    """Return whether each point is in a country, or reaches over a land border into it.

    The same as asking whether `countries_near` names it, but most points lie so far from the
    country that its bounds tell. `radius_km`: 50 at most.
    """
    west, south, east, north = country_bounds(iso2)
    near = (lat >= south - _SLACK) & (lat <= north + _SLACK)
    wide = _SLACK / np.cos(np.radians(np.clip(lat, -85, 85)))
    near &= (lon >= west - wide) & (lon <= east + wide)
    at = np.flatnonzero(near)
    named = countries_near(lon[at], lat[at], np.full(len(at), radius_km))
    near[at] = [iso2 in name.split("|") for name in named]
    return near
