"""Land borders: their lines by pair, and the nearest one to a point."""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.world.arcs import ArcSet, Floats, read_arcs
from mapper.world.distance import SegmentIndex, geodesic_km
from mapper.world.viewpoint import owner, view

__all__ = [
    "border_line",
    "km_to_pair",
    "land_arcs",
    "nearest_border",
    "pair_of",
    "pairs",
]

Text = NDArray[np.str_]


def pair_of(one: str, other: str) -> str:
    """Return the id of a pair of countries: alphabetical, `CO-VE`."""
    return "-".join(sorted((one, other)))


@cache
def _arc_pairs(seen: str) -> list[str]:
    """Return the pair of every arc that is a land border seen so, `""` of the others."""
    arcs = read_arcs("borders.parquet")
    found = []
    for left, right, kind in zip(arcs.left, arcs.right, arcs.kind, strict=True):
        one, other = owner(left, seen), owner(right, seen)
        found.append(pair_of(one, other) if kind == "land" and one != other else "")
    return found


def pairs() -> list[str]:
    """Return the ids of all pairs of countries that share a land border, sorted."""
    return list(_pairs(view()))


@cache
def _pairs(seen: str) -> tuple[str, ...]:
    return tuple(sorted({pair for pair in _arc_pairs(seen) if pair}))


def border_line(pair: str) -> shapely.MultiLineString:
    """Return the land border of a pair; an empty line where there is none.

    A pair that has none in the view in force is drawn as by default: it can still be spoken of.
    """
    line = _line(pair, view())
    return _line(pair, "") if line.is_empty else line


@cache
def _line(pair: str, seen: str) -> shapely.MultiLineString:
    arcs = read_arcs("borders.parquet")
    lines = [arcs.line(i) for i, name in enumerate(_arc_pairs(seen)) if name == pair]
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return shapely.MultiLineString([p for p in shapely.get_parts(merged) if not p.is_empty])


def land_arcs() -> tuple[list[str], NDArray[np.object_]]:
    """Return the pair and the line of every arc that is a land border."""
    return _land_arcs(view())


@cache
def _land_arcs(seen: str) -> tuple[list[str], NDArray[np.object_]]:
    arcs = read_arcs("borders.parquet")
    pair_of_arc = _arc_pairs(seen)
    chosen = [i for i, pair in enumerate(pair_of_arc) if pair]
    lines = np.array([arcs.line(i) for i in chosen], dtype=object)
    return [pair_of_arc[i] for i in chosen], lines


def _segments(arcs: ArcSet, chosen: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return start, end and arc number of every segment of the chosen arcs."""
    arc = np.repeat(np.arange(len(arcs), dtype=np.int64), np.diff(arcs.start))
    wanted = np.isin(np.arange(len(arcs)), chosen)[arc[:-1]] & (arc[:-1] == arc[1:])
    return arcs.xy[:-1][wanted], arcs.xy[1:][wanted], arc[:-1][wanted]


@cache
def _index(seen: str) -> tuple[SegmentIndex, Text, NDArray[np.int64]]:
    """Return the index of all land borders, the pair ids, and the pair number of each arc."""
    names = np.array(["", *_pairs(seen)])
    pair_number = np.searchsorted(names, _arc_pairs(seen))
    chosen = np.flatnonzero(pair_number)
    index = SegmentIndex.of(*_segments(read_arcs("borders.parquet"), chosen))
    return index, names, pair_number


def nearest_border(lon: Floats, lat: Floats) -> tuple[Text, Floats]:
    """Return the pair of the nearest land border and the geodesic distance to it in km.

    Rivers, lakes and narrows that two countries share are land borders; lines at sea are not.
    Where a coordinate is NaN: `""` and NaN.
    """
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    found = np.full(len(lon), "", dtype="<U5")
    km = np.full(len(lon), np.nan)
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90))
    if len(known) == 0:
        return found, km
    index, names, pair_number = _index(view())
    arc, km[known] = index.nearest(lon[known], lat[known])
    found[known] = names[pair_number[arc]]
    return found, km


def km_to_pair(pair: str, lon: float, lat: float) -> float:
    """Return the distance in km from a point to one pair's border, infinity where there is none.

    Near the line it is right to some metres; from afar it may be a little long.
    """
    near, km = nearest_border(np.array([lon]), np.array([lat]))
    if near[0] == pair:
        return float(km[0])
    line = border_line(pair)
    if line.is_empty:
        return float("inf")
    wide = max(float(np.cos(np.radians(lat))), 0.01)  # of a degree of longitude, against latitude
    scaled = shapely.transform(line, lambda xy: xy * (wide, 1))
    place = shapely.shortest_line(scaled, shapely.Point(lon * wide, lat))
    x, y = shapely.get_coordinates(place)[0]
    at = np.array([[lon, lat], [x / wide, y]])
    return float(geodesic_km(at[:1, 0], at[:1, 1], at[1:, 0], at[1:, 1])[0])
