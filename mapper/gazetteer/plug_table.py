"""Reads any table of places: CSV in chunks, or a layer (GeoJSON, GeoPackage, Shapefile).

The columns are found by their names (`synonyms.toml`). A layer with columns like `ADM2_ES` and
`ADM2_PCODE` is one of admin boundaries as OCHA publishes them (COD-AB): its deepest level is taken,
each area as a circle that holds it.
"""

import re
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from mapper.errors import InputError
from mapper.gazetteer.plug_rows import stow_rows
from mapper.gazetteer.stow import Stow
from mapper.messages import text
from mapper.text import fold

__all__ = ["stow_table"]

_CHUNK = 50_000
_PLAIN = frozenset((".csv", ".tsv", ".txt"))
_ADMIN = re.compile(r"adm(?:in)?(\d) ?(pcode|name ?\w*|[a-z]{2})", re.IGNORECASE)
_LIST = re.compile(r"[|;,]")
_KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what; "" for none."""

    name: str
    others: tuple[str, ...]
    latitude: str
    longitude: str
    id: str
    country: str
    population: str
    level: int = 0


@cache
def _synonyms() -> dict[str, list[str]]:
    raw = (files("mapper.gazetteer") / "synonyms.toml").read_text(encoding="utf-8")
    return {k: [w.strip() for w in v.split(",")] for k, v in tomllib.loads(raw).items()}


def stow_table(stow: Stow, file: Path) -> tuple[int, int]:
    """Put a table or a layer into an index.

    Returns:
        How many rows had no name or place on earth, and 0.

    Raises:
        InputError: it cannot be read, or has no names, or no coordinates.
    """
    frames = _csv(file) if file.suffix.lower() in _PLAIN else _layer(file)
    left_out, before, found = 0, 0, None
    for frame in frames:
        found = found or _understood([str(c) for c in frame.columns], file.name)
        left_out += _stow(stow, frame, found, before)
        before += len(frame)
    return left_out, 0


def _stow(stow: Stow, frame: pd.DataFrame, columns: _Columns, before: int) -> int:
    """Put one part of a table into an index; `before`: rows of the parts before it."""

    def cells(column: str) -> pd.Series:
        if not column:
            return pd.Series("", index=frame.index, dtype="str")
        return frame[column].astype("str").where(frame[column].notna(), "")

    rows = pd.DataFrame(
        {
            "name": cells(columns.name),
            "id": cells(columns.id),
            "latitude": cells(columns.latitude),
            "longitude": cells(columns.longitude),
            "country": cells(columns.country),
            "population": cells(columns.population),
            "kind": "admin2" if columns.level >= 2 else "admin1" if columns.level else "settlement",
            "radius_km": frame.get("__radius_km", 0.0),
        }
    )
    unnamed = rows["id"] == ""
    if unnamed.any():  # the row in the file is the best id there is
        numbers = [f"row{before + i}" for i in range(1, len(rows) + 1)]
        rows["id"] = np.where(unnamed, numbers, rows["id"])
    others = [cells(column).tolist() for column in columns.others]
    names = (
        [n.strip() for cell in row for n in _LIST.split(cell) if n.strip()]
        for row in (zip(*others, strict=True) if others else ([] for _ in range(len(rows))))
    )
    return stow_rows(stow, rows, names)


def _understood(headers: list[str], file: str) -> _Columns:
    """Find the columns by their names.

    Raises:
        InputError: there are none for names, or none for coordinates.
    """
    by_fold = {fold(h): h for h in reversed(headers)}
    pick = {k: next((by_fold[w] for w in v if w in by_fold), "") for k, v in _synonyms().items()}
    levels: dict[int, dict[str, str]] = {}
    for folded, header in by_fold.items():
        if said := _ADMIN.fullmatch(folded):
            levels.setdefault(int(said[1]), {})[said[2]] = header
    named = {n: c for n, c in levels.items() if n and any(k != "pcode" for k in c)}
    level = max(named, default=0)
    if level and (not pick["name"] or "__latitude" in headers):
        own = [h for k, h in named[level].items() if k != "pcode"]
        pick["name"], pick["id"] = own[0], named[level].get("pcode", pick["id"])
        others = tuple(own[1:])
        pick["country"] = levels.get(0, {}).get("pcode", pick["country"])
    else:
        level = 0
        others = tuple(by_fold[w] for w in _synonyms()["others"] if w in by_fold)
    if "__latitude" in headers:
        pick["latitude"], pick["longitude"] = "__latitude", "__longitude"
    shown = ", ".join(h for h in headers[:12] if not h.startswith("__")) or "–"
    if not pick["name"]:
        raise InputError(text("gazetteer", "no_name_column", file=file, found=shown))
    if not (pick["latitude"] and pick["longitude"]):
        raise InputError(text("gazetteer", "no_coordinates", file=file, found=shown))
    return _Columns(
        pick["name"], others, pick["latitude"], pick["longitude"], pick["id"], pick["country"],
        pick["population"], level,
    )  # fmt: skip


def _csv(file: Path) -> Iterator[pd.DataFrame]:
    with file.open("rb") as stream:
        head = stream.read(1 << 20)
    encoding = _encoding(file)
    first = head.decode(encoding, errors="replace").splitlines()[:1]
    line = first[0] if first else ""
    if line.lstrip().startswith("<"):
        raise InputError(text("gazetteer", "not_table", file=file.name, why="a web page"))
    separator = max("\t;|,", key=line.count)
    try:
        with warnings.catch_warnings(), pd.read_csv(
            file, sep=separator, dtype=str, keep_default_na=False, encoding=encoding,
            chunksize=_CHUNK, index_col=False,
        ) as reader:  # fmt: skip
            warnings.simplefilter("ignore", pd.errors.ParserWarning)
            for chunk in reader:
                yield chunk.reset_index(drop=True)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(text("gazetteer", "not_table", file=file.name, why=error)) from error


def _encoding(file: Path) -> str:
    """Return utf-8 if the whole file is, else cp1252."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _layer(file: Path) -> Iterator[pd.DataFrame]:
    """Give a layer as a table with `__latitude`, `__longitude` and, for areas, `__radius_km`."""
    import pyogrio

    try:
        frame = pyogrio.read_dataframe(file)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise InputError(text("gazetteer", "not_table", file=file.name, why=error)) from error
    geometry = getattr(frame, "geometry", None) if "geometry" in frame else None
    if geometry is None:
        yield frame
        return
    if geometry.crs is not None and geometry.crs.to_epsg() != 4326:
        geometry = geometry.to_crs(4326)
    table = pd.DataFrame(frame.drop(columns="geometry"))
    points = geometry.representative_point()
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    # the middle of the box, where the shape covers it, needs less radius than any point inside
    box = geometry.bounds.to_numpy()
    middle = (box[:, :2] + box[:, 2:]) / 2
    inside = shapely.intersects_xy(geometry.to_numpy(), middle[:, 0], middle[:, 1])
    lon, lat = np.where(inside, middle[:, 0], lon), np.where(inside, middle[:, 1], lat)
    table["__latitude"], table["__longitude"] = lat, lon
    table["__radius_km"] = [
        _reach_km(*one) for one in zip(geometry, lon.tolist(), lat.tolist(), strict=True)
    ]
    yield table


def _reach_km(shape: shapely.Geometry, lon: float, lat: float) -> float:
    """Return the distance (km) from a point to the farthest corner of a shape."""
    corners = shapely.get_coordinates(shape)
    if len(corners) < 2:
        return 0.0
    east = (corners[:, 0] - lon) * np.cos(np.radians(lat))
    return float(np.hypot(east, corners[:, 1] - lat).max() * _KM_PER_DEGREE)
