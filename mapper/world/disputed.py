"""The disputed stretches of land borders, as lines."""

from functools import cache

import numpy as np
import shapely

from mapper.world.arcs import country_of, read_arcs
from mapper.world.viewpoint import disputes

__all__ = ["disputed_line", "disputed_lines"]

Box = tuple[float, float, float, float]


def _sides(name: str) -> frozenset[str]:
    """Return what a region is known by in a selector: itself, and its country."""
    return frozenset((name, country_of(name)))


def _selected(selector: str) -> list[shapely.Geometry]:
    """Return the land arcs of `REGION`, `REGION:REGION`, either with `@west,south,east,north`."""
    names, _, box = selector.partition("@")
    one, _, other = names.partition(":")
    arcs = read_arcs("borders.parquet")
    found = []
    for i, kind in enumerate(arcs.kind):
        sides = (arcs.left[i], arcs.right[i])
        if kind != "land" or not any(
            one in _sides(a) and (not other or other in _sides(b)) for a, b in (sides, sides[::-1])
        ):
            continue
        if not other and "~" in one and one not in sides:
            continue
        found.append(arcs.line(i))
    if box:
        west, south, east, north = (float(edge) for edge in box.split(","))
        found = list(shapely.clip_by_rect(np.array(found, dtype=object), west, south, east, north))
    return [line for line in found if not line.is_empty]


@cache
def disputed_line(name: str) -> shapely.MultiLineString:
    """Return the disputed stretch of one dispute; empty where our sources have no line of it."""
    table = disputes().set_index("id")
    cell = str(table.loc[name, "lines"])
    lines = [line for selector in cell.split("|") if selector for line in _selected(selector)]
    merged = shapely.line_merge(shapely.union_all(lines)) if lines else shapely.MultiLineString()
    return shapely.MultiLineString(
        [part for part in shapely.get_parts(merged) if part.geom_type == "LineString"]
    )


def disputed_lines(box: Box) -> list[tuple[str, shapely.Geometry]]:
    """Return the disputed stretches in a box (west, south, east, north) as (id, line)."""
    found = []
    for name in disputes()["id"]:
        part = shapely.clip_by_rect(disputed_line(str(name)), *box)
        if not part.is_empty:
            found.append((str(name), part))
    return found
