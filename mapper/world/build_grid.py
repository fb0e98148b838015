"""Builds the grid of cells that lie wholly in one region, so that most points need no polygon.

`country_grid.parquet`: the region of every cell of 0.5 degrees, rows from south to north, `*`
where an arc runs through the cell. The border files must be there already.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from mapper.world.arcs import ArcSet, read_arcs
from mapper.world.countries import CELL_DEGREES, MIXED_MARK, polygon_numbers, region_polygons

__all__ = ["build"]

_EPSILON = 1e-9


def _crossed(arcs: ArcSet) -> NDArray[np.bool_]:
    """Whether an arc runs through each cell; a long segment marks all cells of its box."""
    rows, columns = int(180 / CELL_DEGREES), int(360 / CELL_DEGREES)
    ends = np.zeros(len(arcs.xy), dtype=bool)
    ends[arcs.start[1:] - 1] = True
    one, other = arcs.xy[:-1][~ends[:-1]], arcs.xy[1:][~ends[:-1]]
    corner = np.array([180, 90])
    low = np.floor((np.minimum(one, other) + corner) / CELL_DEGREES - _EPSILON).astype(int)
    high = np.floor((np.maximum(one, other) + corner) / CELL_DEGREES + _EPSILON).astype(int)
    crossed = np.zeros((rows, columns), dtype=bool)
    boxes = np.unique(np.hstack((low, high)), axis=0)
    for x0, y0, x1, y1 in boxes.tolist():
        crossed[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1] = True
    return crossed


def build(folder: Path) -> list[str]:
    """Write the grid into `folder`; return what was done."""
    crossed = _crossed(read_arcs("borders.parquet"))
    regions, polygons = region_polygons()
    cells = np.full(crossed.shape, MIXED_MARK, dtype=object)
    row, column = np.nonzero(~crossed)
    lon = (column + 0.5).astype(np.float64) * CELL_DEGREES - 180
    lat = (row + 0.5).astype(np.float64) * CELL_DEGREES - 90
    number = polygon_numbers(lon, lat, polygons)
    cells[row, column] = np.array([*regions, ""], dtype=object)[number]
    table = pa.table({"region": pa.array(cells.ravel())})
    pq.write_table(
        table, folder / "country_grid.parquet", compression="zstd", compression_level=19,
        use_dictionary=True, write_statistics=False, store_schema=False,
    )  # fmt: skip
    return [f"{crossed.size} cells, {int(crossed.sum())} of them mixed"]
