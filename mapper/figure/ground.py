"""The ground under a panel: sea, land, water, borders, towns and crossings, on their layers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from mapper import gazetteer, world
from mapper.figure.labels import Label
from mapper.figure.panel import Panel
from mapper.figure.scene import Path, Scene, paths_of
from mapper.figure.styling import colours

__all__ = ["Ground", "area_labels", "crossing_labels", "draw_ground", "town_labels"]

_WATER = "#b9d0d8"
_TOWN_SHARE = 55.0  # mm² of panel for each town that is tried
_COUNTRY_CELLS = 24
_SPOTS = 40  # cells of an area that are tried for its name
_FAR = 6.0  # km a mm, from which on borders are drawn thinner
_OVERVIEW = 2.0  # km a mm, from which on a map is an overview
_TOWN = "#4a5157"


@dataclass(frozen=True, slots=True)
class Ground:
    """What later steps need of the ground: the lines of borders on the paper."""

    borders: BaseGeometry


def draw_ground(scene: Scene, panel: Panel, *, detail: bool = True) -> Ground:
    """Draw the basemap of a panel; `detail` False leaves out rivers and admin lines."""
    look, frame = colours(), panel.frame
    scene.rect("sea", frame.x, frame.y, frame.width, frame.height, fill=look.sea, name="sea")
    shapes: dict[str, list[BaseGeometry]] = {}
    for box in panel.boxes:
        for kind, found in world.basemap(box, detail=detail).items():
            shapes.setdefault(kind, []).extend(shape for _, shape in found)
    parts = {kind: _on_paper(panel, found) for kind, found in shapes.items()}
    for kind, layer in (("land", "land"), ("lake", "water")):
        if parts.get(kind):
            fill = look.land if kind == "land" else look.sea
            edge = "" if kind == "land" else _WATER
            scene.add(
                Path(layer, parts[kind], closed=True, fill=fill, stroke=edge, width=0.3, name=kind)
            )
    if detail and parts.get("river"):
        scene.add(Path("water", parts["river"], stroke=_WATER, width=0.45, name="rivers"))
    if detail and parts.get("admin1"):
        scene.add(
            Path(
                "admin1",
                parts["admin1"],
                stroke=look.admin1,
                width=0.5,
                dash=(0.8, 1.4),
                name="admin1",
            )
        )
    lines = parts.get("border", ())
    if lines:
        heavy = (1.1 if panel.km_per_mm < _FAR else 0.8) if detail else 0.5
        scene.add(
            Path("border", lines, stroke=look.casing, width=2.6 * heavy, name="casing"),
            Path("border", lines, stroke=look.border, width=heavy, name="border"),
        )
    if disputed := parts.get("disputed"):
        heavy = 1.1 if detail else 0.5
        scene.add(
            Path("border", disputed, stroke=look.casing, width=1.7 * heavy, name="disputed"),
            Path("border", disputed, stroke=look.border, width=heavy, dash=(3.0, 2.4)),
        )
    return Ground(shapely.MultiLineString([line for line in lines if len(line) > 1]))


def _on_paper(panel: Panel, shapes: Iterable[BaseGeometry]) -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(line for shape in panel.shapes(list(shapes)) for line in paths_of(shape))


def area_labels(panel: Panel, text_pt: float, lang: str) -> list[Label]:
    """Return names of countries and, where they are large enough here, of admin areas."""
    frame = panel.frame
    columns = max(6, int(_COUNTRY_CELLS * min(1.0, frame.width / 80)))
    rows = max(5, int(columns * frame.height / frame.width))
    x, y = np.meshgrid(
        frame.x + (np.arange(columns) + 0.5) * frame.width / columns,
        frame.y + (np.arange(rows) + 0.5) * frame.height / rows,
    )
    lon, lat = panel.degrees(x.ravel(), y.ravel())
    country = world.country_at(lon, lat)
    land = np.isin(country, [""], invert=True)
    admin1 = np.where(land, world.admin1_at(lon, lat, country), "")
    table = world.admin1_table().set_index("code")["name"]
    labels = []
    for code, size, cells in _insides(country.reshape(rows, columns), least=4):
        name = gazetteer.country_name(code, lang) or code
        spots = tuple((float(x[at]), float(y[at])) for at in cells)
        big = text_pt * (1.18 if size > 0.2 else 0.98)
        line = (name.upper(), big, "bold", "#7b7f82")
        labels.append(Label("labels", *spots[0], 0, (line,), weight=50 + size,
                            spots=spots, spacing=0.0 if lang == "ar" else 0.3))  # fmt: skip
    for code, size, cells in _insides(admin1.reshape(rows, columns), least=5):
        if code in table.index:
            spots = tuple((float(x[at]), float(y[at])) for at in cells)
            line = (str(table[code]), text_pt * 0.9, "italic", "#83888c")
            labels.append(Label("labels", *spots[0], 0, (line,), weight=3 + size, spots=spots,
                                spacing=0.06))  # fmt: skip
    return labels


def _insides(
    codes: npt.NDArray[np.str_], least: int
) -> Iterable[tuple[str, float, list[tuple[int, int]]]]:
    """Yield each code of a grid, its share of the grid and its cells, the deepest inside first."""
    for code in sorted({str(value) for value in codes.ravel()} - {""}):
        inside = codes == code
        if inside.sum() < least:
            continue
        depth = ndimage.distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
        cells = np.argwhere(inside)
        middle = cells.mean(axis=0)
        far = np.hypot(*(cells - middle).T)
        order = np.lexsort((far, -np.round(depth[inside], 1)))[:_SPOTS]
        yield code, float(inside.mean()), [(int(i), int(j)) for i, j in cells[order]]


def town_labels(panel: Panel, text_pt: float, unit: float) -> list[Label]:
    """Return labels of towns, the largest first; on an overview they keep apart."""
    frame = panel.frame
    limit = int(min(120, max(12, frame.width * frame.height / _TOWN_SHARE)))
    tables = [gazetteer.towns(box, limit) for box in panel.boxes]
    towns = pd.concat(tables, ignore_index=True)
    if not len(towns):
        return []
    lon, lat = towns["longitude"].to_numpy(dtype=float), towns["latitude"].to_numpy(dtype=float)
    x, y = panel.paper(lon, lat)
    inside = panel.holds(lon, lat, 1.5)
    far = panel.km_per_mm > _OVERVIEW
    labels = []
    for k in np.flatnonzero(inside):
        name, people = str(towns["name"].iloc[k]), float(towns["population"].iloc[k])
        rank = int(people >= 20_000) + int(people >= 300_000) + int(people >= 1_000_000 or not far)
        size = text_pt * (0.82, 0.86, 0.92, 1.0)[rank]
        line = (name, size, "sans" if rank < 3 else "bold", colours().ink if rank > 1 else _TOWN)
        labels.append(Label("towns", float(x[k]), float(y[k]), 0.5 * unit, (line,),
                            weight=20 + float(np.log10(people + 10)), dot=0.5 * unit,
                            apart=(9.0 if far else 4.0) * unit))  # fmt: skip
    return labels


def crossing_labels(panel: Panel, table: pd.DataFrame) -> pd.DataFrame:
    """Return the crossings that a panel shows, with `x` and `y` in mm."""
    lon, lat = table["longitude"].to_numpy(dtype=float), table["latitude"].to_numpy(dtype=float)
    inside = panel.holds(lon, lat, 1.0) if len(table) else np.zeros(0, dtype=bool)
    x, y = panel.paper(lon, lat)
    return table.assign(x=x, y=y)[inside]
