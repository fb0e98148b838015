"""What the page takes from the ground and the gazetteer: layers, labels, names."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper import gazetteer, recall, world
from mapper.messages import text
from mapper.render.basemap import Box, Layer, Level, Region, levels_of
from mapper.text import fold

__all__ = [
    "admin1_name",
    "admin1_names",
    "attribution",
    "country_name",
    "crossing_river",
    "disputes",
    "grids",
    "labels",
    "layers",
    "levels",
]

Floats = npt.NDArray[np.float64]

# the layers of the basemap, from the ground up
KINDS = ("land", "lake", "river", "admin1", "border", "disputed")
_OF_LEVELS = ("west", "south", "east", "north", "tolerance", "kind", "key", "shape")
_TOWNS = 260
_TOWNS_IN_FOCUS = 90
# Towns appear from this zoom on, by population; those the reports name come earlier.
_FROM_ZOOM = ((1_000_000, 4.0), (300_000, 5.5), (100_000, 6.5), (30_000, 8.0), (10_000, 9.5),
              (2_500, 10.5), (0, 11.5))  # fmt: skip
_NAMED_EARLIER = 1.5
# Settlements of the reports beyond these are named by the page itself, close up.
_MOST_NAMED = 1_000


def country_name(code: str, lang: str) -> str:
    """Return the name of a country in a language; the code where it has none."""
    return gazetteer.country_name(code, lang) or code


@cache
def _admin1() -> dict[str, str]:
    table = world.admin1_table()
    return dict(zip(table["code"], table["name"], strict=True))


def admin1_name(code: str) -> str:
    """Return the name of a first-level admin area; the code where it has none."""
    return _admin1().get(code, code)


def crossing_river(crossings: pd.DataFrame | None = None) -> Callable[[str], str]:
    """Return what tells the river under a crossing by its place_id (`crossing:co-ve-tienditas`).

    It answers "" where there is none. `crossings`: those of the run, ours where left out.
    """
    table = world.crossings() if crossings is None else crossings
    rivers = dict(zip(table["id"], table["river"], strict=True))
    return lambda place_id: rivers.get(place_id.removeprefix("crossing:"), "")


def admin1_names(places: pd.DataFrame, ground: list[dict[str, Any]]) -> dict[str, str]:
    """Return code → name of the admin areas that occur, in the data or on the ground shown."""
    codes = {code for value in places["admin1"].unique() for code in str(value).split("|")}
    codes = codes.union(*(set(grid["admin1"]) for grid in ground))
    return {str(code): admin1_name(str(code)) for code in sorted(codes - {""})}


def layers(region: Region) -> list[Layer]:
    """Return the layers of the basemap, from the ground up."""
    proof = recall.evidence(repr(region.box), world.view())
    rows = recall.table("layers", proof)
    if rows is None:
        drawn = world.basemap(region.box)
        cells = [(kind, key, shape) for kind, pairs in drawn.items() for key, shape in pairs]
        rows = pd.DataFrame(cells, columns=list(_OF_LEVELS[5:]))
        rows["shape"] = shapely.to_wkb(rows["shape"].to_numpy(dtype=object))
        recall.keep_table("layers", proof, rows)
    return [_layer(kind, rows) for kind in KINDS]


def levels(layers: list[Layer], region: Region) -> list[Level]:
    """Return the layers as fine as the page can hold them, see `basemap.levels_of`."""
    if not recall.is_open():
        return levels_of(layers, region)
    proof = recall.evidence(repr(region), world.view())
    rows = recall.table("levels", proof)
    if rows is None:
        made = levels_of(layers, region)
        cells = [
            (*level.box, level.tolerance, layer.kind, key, shape)
            for level in made
            for layer in level.layers
            for key, shape in zip(layer.keys.tolist(), shapely.to_wkb(layer.shapes), strict=True)
        ]
        if all(any(len(layer.keys) for layer in level.layers) for level in made):
            recall.keep_table("levels", proof, pd.DataFrame(cells, columns=list(_OF_LEVELS)))
        return made
    found = []
    for _, level in rows.groupby(list(_OF_LEVELS[:5]), sort=False):
        first = level[list(_OF_LEVELS[:5])].to_numpy(dtype=np.float64)[0]
        west, south, east, north, tolerance = first.tolist()
        thin = [_layer(kind, level) for kind in KINDS]
        found.append(Level((west, south, east, north), tolerance, thin))
    return found


def _layer(kind: str, rows: pd.DataFrame) -> Layer:
    """Return a layer of rows with `kind`, `key` and `shape` (WKB)."""
    here = rows[rows["kind"] == kind]
    keys = np.array(here["key"].tolist(), dtype=np.str_)
    return Layer(kind, keys, shapely.from_wkb(here["shape"].to_numpy(dtype=object)))


def labels(region: Region, places: pd.DataFrame, counts: Floats) -> list[list[Any]]:
    """Return the towns to be named: name, latitude, longitude, first zoom, weight, place_id.

    The towns the reports name come first and from further away; then the largest of the region
    and of each focus box. Of settlements that only the reports know, those with most reports.
    """
    named = _named(places, counts)
    found: dict[str, list[Any]] = {}
    boxes: list[tuple[Box, int]] = [(region.box, _TOWNS)]
    boxes += [(box, _TOWNS_IN_FOCUS) for box in region.focus]
    for (west, south, east, north), limit in boxes:
        towns = gazetteer.towns((west, south, east, north), limit)
        for place_id, name, lat, lon, population in zip(
            towns["place_id"],
            towns["name"],
            towns["latitude"],
            towns["longitude"],
            towns["population"],
            strict=True,
        ):
            zoom = _zoom(float(population))
            if place_id in named:
                zoom = max(4.0, zoom - _NAMED_EARLIER)
            weight = int(population) + 40_000 * int(named.get(place_id, (0,))[0])
            found[place_id] = [name, round(lat, 4), round(lon, 4), zoom, weight, place_id]
    known = {(fold(row[0]), round(row[1], 1), round(row[2], 1)) for row in found.values()}
    most = sorted(named.items(), key=lambda item: -item[1][0])[: len(found) + _MOST_NAMED]
    for place_id, (count, name, lat, lon) in most:
        if place_id not in found and (fold(name), round(lat, 1), round(lon, 1)) not in known:
            found[place_id] = [name, round(lat, 4), round(lon, 4), 8.5, 40_000 * count, place_id]
    return sorted(found.values(), key=lambda row: (-row[4], row[5]))


def _named(places: pd.DataFrame, counts: Floats) -> dict[str, tuple[int, str, float, float]]:
    """Return the settlements that reports name: place_id → count, name, latitude, longitude."""
    chosen = (places["precision"] == "settlement").to_numpy() & (counts > 0)
    rows = places[chosen]
    named: dict[str, tuple[int, str, float, float]] = {}
    for place_id, name, lat, lon, count in zip(
        rows["place_id"],
        rows["matched_name"],
        rows["latitude"],
        rows["longitude"],
        counts[chosen],
        strict=True,
    ):
        if place_id and name:
            before = named.get(place_id, (0, "", 0.0, 0.0))[0]
            named[place_id] = (before + int(count), name, float(lat), float(lon))
    return named


def _zoom(population: float) -> float:
    return next(zoom for least, zoom in _FROM_ZOOM if population >= least)


def grids(region: Region) -> list[dict[str, Any]]:
    """Return which country and admin area lies where, on grids: the page places names by them.

    One coarse grid over the region, one fine grid a focus box; rows run south to north.
    """
    west, south, east, north = region.box
    wide = max(east - west, north - south)
    made = [_grid(region.box, max(0.1, wide / 110))]
    made += [_grid(box, max(0.02, (box[2] - box[0]) / 80)) for box in region.focus]
    return made


def _grid(box: Box, step: float) -> dict[str, Any]:
    """Return one grid; an earlier run's where the memory has it."""

    def proof() -> str:
        return recall.evidence(world.view(), json.dumps([*box, step]))

    made = recall.worked_out("grid", proof, lambda: json.dumps(_gridded(box, step)))
    grid: dict[str, Any] = json.loads(made)
    return grid


def _gridded(box: Box, step: float) -> dict[str, Any]:
    west, south, east, north = box
    lon = np.arange(west + step / 2, east, step)
    lat = np.arange(south + step / 2, north, step)
    x, y = (axis.ravel() for axis in np.meshgrid(lon, lat))
    country = world.country_at(x, y)
    return {
        "west": round(float(lon[0]), 5),
        "south": round(float(lat[0]), 5),
        "step": step,
        "columns": len(lon),
        "country": [str(code) for code in country],
        "admin1": [str(code) for code in world.admin1_at(x, y, country)],
    }


def disputes(layers: list[Layer], near: Box) -> list[dict[str, Any]]:
    """Return the disputes whose lines are near the reports: id, name, claimants, note, source.

    The lines are the layer `disputed`; its keys are these ids.
    """
    lines = (layer.clipped(near) for layer in layers if layer.kind == "disputed")
    drawn = {str(key) for layer in lines for key in layer.keys}
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "claimants": row["claimants"].split("|"),
            "note": row["note"],
            "source": row["source"],
        }
        for row in world.disputes().to_dict("records")
        if row["id"] in drawn
    ]


def attribution() -> list[dict[str, str]]:
    """Return who must be named beside the map: borders and admin lines rest on OpenStreetMap.

    Last stands the line that boundaries imply no opinion, and whose view was asked for.
    """
    seen = world.view()
    key = "map.opinion_view" if seen else "map.opinion"
    implied = text("map", key, "en", country=country_name(seen, "en") if seen else "")
    return [
        {
            "text": "© OpenStreetMap contributors (borders, ODbL)",
            "url": "https://www.openstreetmap.org/copyright",
        },
        {"text": "Natural Earth", "url": "https://www.naturalearthdata.com/"},
        {"text": "GeoNames CC BY 4.0", "url": "https://www.geonames.org/"},
        {"text": implied, "url": "", "key": key, "view": seen},
    ]
