"""Builds the table of where each country is and how far it reaches: outlines are slow to measure.

`country_extents.parquet`: `iso2`, `latitude`, `longitude` (degrees, a point in the country) and
`radius_km` (a circle about it that holds its land). The border and land files must be there
already.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.world.countries import country_codes
from mapper.world.shapes import country_shape, measured

__all__ = ["build", "rows"]


def rows(codes: Iterable[str]) -> list[dict[str, str | float]]:
    """Return the rows of some countries, measured on their outlines."""
    found: list[dict[str, str | float]] = []
    for code in codes:
        latitude, longitude, radius = measured(country_shape(code))
        found.append(
            {"iso2": code, "latitude": latitude, "longitude": longitude, "radius_km": radius}
        )
    return found


def build(folder: Path) -> list[str]:
    """Write the table into `folder`; return what was done."""
    table = pa.Table.from_pylist(rows(sorted(country_codes())))
    pq.write_table(
        table, folder / "country_extents.parquet", compression="zstd", compression_level=19,
        write_statistics=False, store_schema=False,
    )  # fmt: skip
    return [f"{len(table)} countries"]
