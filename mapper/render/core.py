"""The core of the page's data: everything but the long texts, in one deflated container."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.render.pack import ArrayType, Integers, Pack, coded, deflated
from mapper.render.rows import (
    NODATE,
    PLACE_NUMBERS,
    PLACE_TEXTS,
    ROW_NUMBERS,
    ROW_TEXTS,
    Layout,
    days,
    texts_of,
)

__all__ = ["pack_core"]


def pack_core(
    located: pd.DataFrame,
    arranged: Layout,
    families: list[dict[str, Any]],
    meta: dict[str, Any],
    texts: dict[str, Any],
) -> str:
    """Return the base64 text of the core.

    Args:
        located: LOCATED rows.
        arranged: order of reports and table of places.
        families: the event families of the style, each with its `types`.
        meta: what the page must know besides: title, language, messages, themes, crossings …
        texts: `columns` and `size` of the text blocks.
    """
    pack = Pack()
    # only what is packed here: a copy of all the texts would cost as much as the whole table
    needed = ["incident_id", "date_start", "date_end", *ROW_TEXTS, *ROW_NUMBERS]
    ordered = located[list(dict.fromkeys(needed))].iloc[arranged.order]
    strings: dict[str, Any] = {}
    rows = _rows(pack, ordered, arranged, families, strings)
    placing = [*PLACE_TEXTS, *PLACE_NUMBERS]
    places = _places(pack, located[placing].iloc[arranged.first], strings)
    directory = {
        "meta": meta,
        "rows": rows,
        "places": places,
        "strings": strings,
        "ids": _ids(pack, texts_of(ordered, "incident_id")),
        "texts": texts,
    }
    data = pack.container(directory)
    return deflated(data, 9 if len(data) < 1_000_000 else 6)


def _rows(
    pack: Pack,
    ordered: pd.DataFrame,
    arranged: Layout,
    families: list[dict[str, Any]],
    strings: dict[str, Any],
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    columns["place"] = pack.integers(arranged.place, _wide(arranged.place), delta=True)
    columns |= _dates(pack, days(ordered["date_start"]), days(ordered["date_end"]))
    for name in ROW_TEXTS:
        codes, values = coded(texts_of(ordered, name))
        columns[name], strings[name] = pack.integers(codes), pack.strings(values)
        if name == "event_type":
            columns["family"] = pack.integers(_families(values, families)[codes], "u8")
    values_of = {}
    for name in ROW_NUMBERS:
        numbers = ordered[name].to_numpy(dtype=np.float64)
        distinct = np.unique(numbers[np.isfinite(numbers)])
        codes = np.where(np.isfinite(numbers), np.searchsorted(distinct, numbers) + 1, 0)
        columns[name] = pack.integers(codes)
        values_of[name] = [None, *(_short(x) for x in distinct.tolist())]
    return {"n": len(ordered), "columns": columns, "values": values_of}


def _dates(pack: Pack, start: Integers, end: Integers) -> dict[str, Any]:
    """Pack first days, and last days as their distance from them, which is mostly nothing.

    A missing day becomes the day before the first known one (`nodate` in the directory), which
    keeps the differences small.
    """
    known = np.concatenate([start[start != NODATE], end[end != NODATE]])
    none = int(known.min()) - 1 if len(known) else -1
    start, end = (np.where(side == NODATE, none, side) for side in (start, end))
    return {
        "date_start": {**pack.integers(start, "i32", delta=True), "nodate": none},
        "date_end": {**pack.integers(end - start, "i32"), "nodate": none, "after": "date_start"},
    }


def _short(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _wide(values: Integers) -> ArrayType:
    high = int(values.max()) if len(values) else 0
    return "u8" if high < 1 << 8 else "u16" if high < 1 << 16 else "u32"


def _families(types: list[str], families: list[dict[str, Any]]) -> Integers:
    """Return the family of each event type; unknown types belong to the last family."""
    family_of = {kind: k for k, family in enumerate(families) for kind in family["types"]}
    return np.array([family_of.get(kind, len(families) - 1) for kind in types], dtype=np.int64)


def _places(pack: Pack, places: pd.DataFrame, strings: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in PLACE_TEXTS:
        codes, values = coded(texts_of(places, name))
        columns[name], strings[name] = pack.integers(codes), pack.strings(values)
    for name, scale in PLACE_NUMBERS.items():
        columns[name] = pack.decimals(places[name], scale)
    return {"n": len(places), "columns": columns}


def _ids(pack: Pack, ids: "pa.Array") -> dict[str, Any]:
    """Pack ids as prefix, width and number where most end in a number, else as strings."""
    parts = pc.extract_regex(ids, pattern=r"(?s)^(?P<head>.*?)(?P<digits>[0-9]{0,9})$")
    heads, digits = parts.field("head"), parts.field("digits")
    codes, prefixes = coded(heads)
    if len(prefixes) > 1 + len(ids) // 4:
        return {"strings": pack.strings(ids)}
    width = pc.utf8_length(digits).to_numpy(zero_copy_only=False).astype(np.int64)
    number = pc.if_else(pc.equal(digits, ""), "0", digits).cast(pa.int64())
    return {
        "strings": pack.strings(prefixes),
        "prefix": pack.integers(codes),
        "width": pack.integers(width, "u8"),
        "number": pack.integers(number.to_numpy(zero_copy_only=False), "u32"),
    }
