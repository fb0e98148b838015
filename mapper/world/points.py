"""All that can be said of points in one go, each nearest border looked up once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.world.arcs import Floats
from mapper.world.borders import nearest_border
from mapper.world.countries import country_at

__all__ = ["Located", "countries_near", "locate_points"]

Text = NDArray[np.str_]


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
