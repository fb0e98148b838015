"""From LOCATED rows to the table of places and the order of reports in the page.

Reports are sorted by place and date, places along a Z-order curve over the map: neighbours on the
map are neighbours in the file, so differences are small and clustering is one pass.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

__all__ = [
    "PLACE_NUMBERS",
    "PLACE_TEXTS",
    "ROW_NUMBERS",
    "ROW_TEXTS",
    "Layout",
    "days",
    "layout",
    "texts_of",
]

ROW_TEXTS = (
    "event_type",
    "date_precision",
    "event_id",
    "actor1",
    "actor2",
    "source_name",
    "source_lang",
    "people_role",
    "fatalities_kind",
    "injured_kind",
    "people_kind",
    "crossing_status",
    "relates_to",
    "source_file",
)
ROW_NUMBERS = (
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "injured_low",
    "injured",
    "injured_high",
    "people_low",
    "people",
    "people_high",
)
PLACE_TEXTS = (
    "place",
    "place_country",
    "place_admin1",
    "place_admin2",
    "status",
    "shape",
    "precision",
    "method",
    "matched_name",
    "place_id",
    "parts",
    "runner_up",
    "reason_code",
    "reason_args",
    "reason",
    "country",
    "admin1",
    "border",
    "nearest_crossing",
)
# column -> parts of a unit that are kept
PLACE_NUMBERS = {
    "latitude": 1_000_000,
    "longitude": 1_000_000,
    "uncertainty_km": 1_000,
    "confidence": 100,
    "n_candidates": 1,
    "border_km": 1_000,
    "crossing_km": 1_000,
}
NODATE = -(2**31)

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each report and each place goes.

    Attributes:
        order: row of LOCATED of each report, in page order.
        place: place of each report, in page order.
        first: a row of LOCATED that stands for each place.
    """

    order: Integers
    place: Integers
    first: Integers


def texts_of(frame: pd.DataFrame, name: str) -> "pa.ChunkedArray | pa.Array":
    """Return a column as Arrow text, whatever its type; missing becomes `""`."""
    column = frame[name]
    array = pa.array(column, from_pandas=True)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_integer(array.type):
        array = array.cast(pa.large_string())
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        codes, distinct = pd.factorize(column)
        words = pa.array([_plain(value) for value in distinct], pa.large_string())
        array = words.take(pa.array(codes, mask=codes < 0))
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string()).fill_null("")


def _plain(value: object) -> str:
    """Return a cell of another type as text: whole numbers without `.0`, missing as `""`."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    return str(value)


def days(column: pd.Series) -> Integers:
    """Return whole days since 1970-01-01; NODATE where missing."""
    stamps = column.to_numpy().astype("datetime64[D]")
    numbers = stamps.astype(np.int64)
    return np.where(np.isnat(stamps), NODATE, numbers)


def _key(frame: pd.DataFrame) -> Integers:
    """Return one number per distinct combination of all place columns."""
    key = np.zeros(len(frame), dtype=np.int64)
    for name in PLACE_TEXTS:
        if name in frame.columns:
            codes = texts_of(frame, name).dictionary_encode().indices
            key = _join(key, codes.to_numpy(zero_copy_only=False).astype(np.int64))
    for name in PLACE_NUMBERS:
        bits = frame[name].to_numpy(dtype=np.float64, na_value=np.nan) + 0.0
        key = _join(key, pd.factorize(bits.view(np.int64))[0].astype(np.int64))
    return key


def _join(key: Integers, codes: Integers) -> Integers:
    """Return codes of the pairs (key, code), numbered from 0 by first appearance."""
    if not len(codes) or not codes.any():
        return key
    joined: Integers = pd.factorize(key * (int(codes.max()) + 1) + codes)[0].astype(np.int64)
    return joined


def layout(located: pd.DataFrame) -> Layout:
    """Return the table of places and the order of the reports."""
    key = _key(located)
    count = int(key.max()) + 1 if len(key) else 0
    first = np.full(count, len(key), dtype=np.int64)
    np.minimum.at(first, key, np.arange(len(key)))
    latitude = located["latitude"].to_numpy(dtype=np.float64)[first]
    longitude = located["longitude"].to_numpy(dtype=np.float64)[first]
    along = np.lexsort((first, z_order(latitude, longitude)))
    rank = np.empty(count, dtype=np.int64)
    rank[along] = np.arange(count)
    place = rank[key]
    order = np.lexsort(
        (np.arange(len(key)), days(located["date_end"]), days(located["date_start"]), place)
    )
    return Layout(order=order, place=place[order], first=first[along])


def z_order(latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> Integers:
    """Return the position along a Z-order curve of the Mercator square; unplaced come last."""
    placed = np.isfinite(latitude) & np.isfinite(longitude)
    sine = np.sin(np.radians(np.clip(np.where(placed, latitude, 0), -85, 85)))
    x = (np.where(placed, longitude, 0) + 180) / 360
    y = 0.5 - np.arctanh(sine) / (2 * np.pi)
    z = _spread(x) | (_spread(y) << 1)
    return np.where(placed, z, np.int64(2**62))


def _spread(unit: npt.NDArray[Any]) -> Integers:
    """Return 26 bits of a number in [0, 1) with a free bit after each."""
    v: Integers = np.clip(unit * (1 << 26), 0, (1 << 26) - 1).astype(np.int64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        v = np.bitwise_and(np.bitwise_or(v, np.left_shift(v, shift)), mask)
    return v
