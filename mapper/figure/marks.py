"""What a figure has to show: LOCATED gathered by place, as points, areas, lines and lists."""

import json
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from mapper import gazetteer
from mapper.figure.styling import families, family_of
from mapper.figure.typeset import clean
from mapper.messages import text

__all__ = ["Mark", "Marks", "Wide", "gather"]

_GRAIN = 10_000  # points closer than 1/10,000 degree (11 m) are one place

Shares = tuple[int, ...]
Spans = list[tuple[str, str]]


@dataclass(slots=True)
class Mark:
    """The reports at one point.

    Attributes:
        longitude, latitude: degrees.
        name: of the place most of them name.
        shares: reports by family, in the order of the families.
        uncertainty_km: the largest of its reports'; 0 where none is known.
        crossing: the id of the crossing it is, or `""`.
        precision: of most of its reports.
        country: ISO2, or two joined by `|`.
        first, last: days of its reports as ISO text, or `""`.
        places: how many places were put together in it.
        number: in the key, 0 where it has none.
        admin1: code of the admin area it lies in.
    """

    longitude: float
    latitude: float
    name: str
    shares: Shares
    uncertainty_km: float = 0.0
    crossing: str = ""
    precision: str = ""
    country: str = ""
    first: str = ""
    last: str = ""
    places: int = 1
    number: int = 0
    admin1: str = ""

    @property
    def count(self) -> int:
        """All its reports."""
        return sum(self.shares)


@dataclass(slots=True)
class Wide:
    """The reports about one area, one line, or one set of several places.

    Attributes:
        kind: `area`, `country`, `border`, `line` or `list`.
        shape: in degrees; for a list its parts as points.
        listed: whether the key has room for it.
        number: in the key, 0 where it has none: countries and lists are known by their signs.
    """

    kind: str
    place_id: str
    name: str
    shares: Shares
    shape: BaseGeometry | None = None
    first: str = ""
    last: str = ""
    uncertainty_km: float = 0.0
    listed: bool = False
    number: int = 0

    @property
    def is_round(self) -> bool:
        """Whether all that is known is a middle and a radius."""
        return self.shape is not None and self.shape.geom_type == "Point"

    @property
    def count(self) -> int:
        """All its reports."""
        return sum(self.shares)


@dataclass(slots=True)
class Marks:
    """Everything: points and wide places, most reports first, and what is not on the map."""

    points: list[Mark] = field(default_factory=list)
    wide: list[Wide] = field(default_factory=list)
    shares: Shares = ()
    unplaced: int = 0

    @property
    def count(self) -> int:
        """All reports, the unplaced ones too."""
        return sum(self.shares)


def gather(located: gpd.GeoDataFrame, lang: str = "en") -> Marks:
    """Return the reports of LOCATED gathered by place; countries and borders named in `lang`."""
    codes, values = pd.factorize(located["event_type"])
    family = np.array([family_of(str(value)) for value in values], dtype=np.int64)[codes]
    family = family if len(located) else np.zeros(0, dtype=np.int64)
    shape = located["shape"].to_numpy()
    lon = located["longitude"].to_numpy(dtype=float)
    lat = located["latitude"].to_numpy(dtype=float)
    is_point = (shape == "point") & np.isfinite(lon) & np.isfinite(lat)
    is_wide = np.isin(shape, ["area", "line", "list"])
    marks = Marks(
        points=_points(located[is_point], family[is_point]),
        wide=_wide(located[is_wide], family[is_wide], lang),
        shares=_shares(family),
    )
    marks.unplaced = len(located) - int(is_point.sum()) - int(is_wide.sum())
    return marks


def _shares(family: npt.NDArray[np.int64]) -> Shares:
    return tuple(int(n) for n in np.bincount(family, minlength=len(families())))


def _points(rows: gpd.GeoDataFrame, family: npt.NDArray[np.int64]) -> list[Mark]:
    if not len(rows):
        return []
    lon, lat = rows["longitude"].to_numpy(dtype=float), rows["latitude"].to_numpy(dtype=float)
    cell = np.round(lat * _GRAIN).astype(np.int64) * 10**8 + np.round(lon * _GRAIN).astype(np.int64)
    code, _ = pd.factorize(cell)
    n = int(code.max()) + 1
    shares = np.zeros((n, len(families())), dtype=np.int64)
    np.add.at(shares, (code, family), 1)
    chief = _chief(rows, code)
    radius = pd.Series(rows["uncertainty_km"].to_numpy()).groupby(code).max().fillna(0.0).to_numpy()
    spans = _spans(rows, code)
    ids = rows["place_id"].to_numpy()
    marks = [
        Mark(
            longitude=float(lon[at]),
            latitude=float(lat[at]),
            name=_name(rows, at),
            shares=tuple(int(x) for x in shares[k]),
            uncertainty_km=float(radius[k]),
            crossing=_crossing(str(ids[at])),
            precision=str(rows["precision"].iloc[at]),
            country=str(rows["country"].iloc[at]),
            first=spans[k][0],
            last=spans[k][1],
            admin1=str(rows["admin1"].iloc[at]),
        )
        for k, at in enumerate(chief)
    ]  # fmt: skip
    return sorted(marks, key=lambda m: (-m.count, m.name, m.latitude, m.longitude))


def _crossing(place_id: str) -> str:
    return place_id.removeprefix("crossing:") if place_id.startswith("crossing:") else ""


def _chief(rows: gpd.GeoDataFrame, code: npt.NDArray[np.int64]) -> list[int]:
    """Return, of each group, the first row of its most frequent name."""
    names = pd.factorize(rows["matched_name"].where(rows["matched_name"] != "", rows["place"]))[0]
    table = pd.DataFrame({"code": code, "name": names, "at": np.arange(len(rows))})
    counted = table.groupby(["code", "name"])["at"].agg(["size", "min"]).reset_index()
    counted = counted.sort_values(["code", "size", "min"], ascending=[True, False, True])
    return counted.drop_duplicates("code")["min"].tolist()


def _name(rows: gpd.GeoDataFrame, at: int) -> str:
    """Return what a place is called; where the file gives coordinates alone, these."""
    row = rows.iloc[at]
    name = clean(str(row["matched_name"] or row["place"]))
    return name or f"{row['latitude']:.2f}°, {row['longitude']:.2f}°"


def _spans(rows: gpd.GeoDataFrame, code: npt.NDArray[np.int64]) -> Spans:
    start = pd.Series(rows["date_start"].to_numpy()).groupby(code).min()
    end = pd.Series(rows["date_end"].to_numpy()).groupby(code).max()
    return [
        ("" if pd.isna(a) else f"{a:%Y-%m-%d}", "" if pd.isna(b) else f"{b:%Y-%m-%d}")
        for a, b in zip(start, end, strict=True)
    ]


def _wide(rows: gpd.GeoDataFrame, family: npt.NDArray[np.int64], lang: str) -> list[Wide]:
    if not len(rows):
        return []
    is_list = (rows["shape"] == "list").to_numpy()
    parts = rows["parts"].map(_part_ids)
    ids = rows["place_id"].where(rows["place_id"] != "", rows["matched_name"])
    key = np.where(is_list, "list:" + parts, ids)
    code, _ = pd.factorize(key)
    chief = _chief(rows, code)
    spans = _spans(rows, code)
    wide = []
    for k, at in enumerate(chief):
        row = rows.iloc[at]
        place_id, own = str(row["place_id"]), _name(rows, at)
        wide.append(
            Wide(
                kind=_kind(row),
                place_id=place_id,
                name=_list_name(row, own, lang)
                if row["shape"] == "list"
                else named(place_id, own, lang),
                shares=_shares(family[code == k]),
                shape=row["geometry"],
                first=spans[k][0],
                last=spans[k][1],
                uncertainty_km=float(np.nan_to_num(row["uncertainty_km"])),
            )
        )
    return sorted(wide, key=lambda w: (-w.count, w.kind, w.name))


def _kind(row: pd.Series) -> str:
    if row["shape"] == "list":
        return "list"
    precision = str(row["precision"])
    if precision in ("country", "border"):
        return precision
    return str(row["shape"])


def _parts(coded: str) -> list[dict[str, object]]:
    try:
        parts = json.loads(coded) if coded else []
    except ValueError:
        return []
    return [part for part in parts if isinstance(part, dict)]


def _part_ids(coded: str) -> str:
    return "|".join(sorted({str(part.get("place_id", "")) for part in _parts(coded)}))


def _list_name(row: pd.Series, own: str, lang: str) -> str:
    names = dict.fromkeys(
        named(str(part.get("place_id") or ""), str(part.get("name") or ""), lang)
        for part in _parts(str(row["parts"]))
    )
    return clean(", ".join(name for name in names if name)) or own


def named(place_id: str, own: str, lang: str) -> str:
    """Return what a place is called in a language: countries and borders by their names in it."""
    kind, _, code = place_id.partition(":")
    if kind == "country":
        return gazetteer.country_name(code, lang) or own
    sides = code.split("-")
    if kind == "border" and len(sides) == 2:
        a, b = (gazetteer.country_name(side, lang) or side for side in sides)
        return text("map", "title.border", lang, a=a, b=b)
    return own
