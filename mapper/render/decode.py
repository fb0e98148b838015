"""A page made earlier, taken apart again: every report, every text, every piece of the basemap.

The mirror of `pack.py`, `core.py`, `texts.py`, `shapes.py` and `basemap.py`, and the twin of
`mapper/web/src/data/`. Editions are compared with it, and the leak check reads with it what a
reader of the finished page could read. A page may come from anywhere, so nothing in it is trusted:
sizes are capped and whatever does not fit together is one clear error.
"""

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.columns import LOCATED, empty
from mapper.errors import InputError
from mapper.render.rows import NODATE, PLACE_NUMBERS, PLACE_TEXTS, ROW_NUMBERS, ROW_TEXTS

__all__ = [
    "Page",
    "Readable",
    "blocks",
    "column",
    "container",
    "located",
    "page_text",
    "readable",
    "strings",
]

_ELEMENT = re.compile(
    r'<script type="text/plain" id="(?P<name>mapper-[a-z0-9-]+)">(?P<body>[^<]*)</script>'
)
_MOST = 512 << 20  # bytes one element may unpack to
_ARRAYS = {"u8": "u1", "u16": "u2", "u32": "u4", "i32": "i8", "f64": "f8"}
_BROKEN = (binascii.Error, zlib.error, ValueError, KeyError, IndexError, TypeError, OverflowError)
_SHORTENED = ("description", "claim_note")

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Attributes:
        reports: LOCATED columns without `geometry`, then the file's own; in the page's order.
        meta: what the page knows besides: title, version, language, labels, hot places …
        fields: the columns that can be compared with another edition: those the page carries
            whole. Where it does not say which these are, those that are not blank throughout.
    """

    reports: pd.DataFrame
    meta: dict[str, Any]
    fields: frozenset[str]


def page_text(path: str | Path) -> str:
    """Return the text of a page made earlier.

    Raises:
        InputError: it cannot be read as text.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        message = f"{path} cannot be read: {reason}."
        raise InputError(message) from error


def blocks(page: str) -> dict[str, str]:
    """Return the data elements of a page: id → base64 text."""
    return {found["name"]: found["body"] for found in _ELEMENT.finditer(page)}


def inflated(text: str) -> bytes:
    """Return the bytes of one data element.

    Raises:
        ValueError: it unpacks to more than half a gibibyte.
        binascii.Error, zlib.error: it is damaged.
    """
    stream = zlib.decompressobj()
    data = stream.decompress(base64.b64decode(text, validate=True), _MOST)
    if stream.unconsumed_tail or not stream.eof:
        message = "the element is too large, or breaks off"
        raise ValueError(message)
    return data


def container(text: str) -> tuple[dict[str, Any], bytes]:
    """Return the directory and the data of a packed container; see `pack.py`."""
    data = inflated(text)
    size = 4 + int.from_bytes(data[:4], "little")
    directory = json.loads(data[4:size])
    if not isinstance(directory, dict):
        message = "the container has no directory"
        raise TypeError(message)
    return directory, data[size:]


def column(data: bytes, spec: dict[str, Any]) -> Numbers:
    """Return one column of a container: whole numbers, or decimals with NaN for missing."""
    n, planes = int(spec["n"]), int(spec["planes"])
    if not 0 <= planes <= 4 or n < 0:
        message = "a column has no such size"
        raise ValueError(message)
    raw = np.zeros(n, dtype=np.int64) if planes or n <= len(data) else _filled(n)
    for k in range(planes):
        part = np.frombuffer(data, dtype=np.uint8, count=n, offset=int(spec["at"]) + k * n)
        raw |= part.astype(np.int64) << (8 * k)
    if spec.get("delta"):
        raw = np.cumsum((raw >> 1) ^ -(raw & 1))
    if "scale" in spec:
        decimals = (raw - 1 + int(spec["base"])) / float(spec["scale"])
        decimals[raw == 0] = np.nan
        return decimals
    whole: np.ndarray[Any, np.dtype[Any]] = (raw + int(spec["base"])).astype(_ARRAYS[spec["type"]])
    return whole


def _filled(n: int) -> npt.NDArray[np.int64]:
    """Return the numbers of a column whose values are all equal; it takes no room in the file."""
    if n > _MOST // 64:
        message = "a column has more numbers than any map"
        raise ValueError(message)
    return np.zeros(n, dtype=np.int64)


def strings(data: bytes, spec: dict[str, Any]) -> list[str]:
    """Return a list of strings of a container."""
    ends = np.cumsum(column(data, spec["lengths"]).astype(np.int64))
    body = data[int(spec["at"]) : int(spec["at"]) + int(spec["bytes"])]
    starts = np.concatenate([[0], ends[:-1]])
    return [
        body[a:b].decode("utf-8", "replace")
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def located(page: str, name: str = "the page") -> Page:
    """Return the reports of a page.

    Args:
        page: the HTML of a map.
        name: what to call it in an error.

    Raises:
        InputError: it is no map of mapper, or a damaged one.
    """
    elements = blocks(page)
    if "mapper-core" not in elements:
        message = f"{name} is no map made by mapper: it carries no data of one."
        raise InputError(message)
    try:
        directory, data = container(elements["mapper-core"])
        frame = _core(directory, data)
        for column_name, values in _texts(directory, elements, len(frame)).items():
            frame[column_name] = _typed(column_name, values)
        meta = directory["meta"]
        return Page(frame, meta, _fields(frame, meta))
    except _BROKEN as error:
        message = f"{name} is a damaged map: its data cannot be unpacked."
        raise InputError(message) from error


def _core(directory: dict[str, Any], data: bytes) -> pd.DataFrame:
    rows, places, lists = directory["rows"], directory["places"], directory["strings"]
    frame = empty(LOCATED, int(rows["n"]))
    at = column(data, rows["columns"]["place"]).astype(np.int64)

    def texts(name: str, table: dict[str, Any]) -> npt.NDArray[np.object_]:
        values = np.array(strings(data, lists[name]), dtype=object)
        return np.asarray(values[column(data, table["columns"][name]).astype(np.int64)])

    frame["incident_id"] = pd.array(_ids(directory["ids"], data), dtype="str")
    for name in ROW_TEXTS:
        frame[name] = pd.array(texts(name, rows), dtype="str")
    for name in ROW_NUMBERS:
        values = np.array([np.nan if v is None else v for v in rows["values"][name]], dtype=float)
        frame[name] = values[column(data, rows["columns"][name]).astype(np.int64)]
    for name in PLACE_TEXTS:
        frame[name] = pd.array(texts(name, places)[at], dtype="str")
    for name in PLACE_NUMBERS:
        frame[name] = column(data, places["columns"][name]).astype(float)[at]
    start_spec = rows["columns"]["date_start"]
    start, after = (column(data, rows["columns"][n]).astype(np.int64)
                    for n in ("date_start", "date_end"))  # fmt: skip
    none = int(start_spec["nodate"])
    for name, days in (("date_start", start), ("date_end", start + after)):
        frame[name] = _dates(np.where(days == none, NODATE, days))
    return frame


def _dates(days: npt.NDArray[np.int64]) -> npt.NDArray[np.datetime64]:
    stamps = days.astype("datetime64[D]").astype("datetime64[s]")
    stamps[days == NODATE] = np.datetime64("NaT", "s")
    return stamps


def _ids(spec: dict[str, Any], data: bytes) -> list[str]:
    heads = strings(data, spec["strings"])
    if "number" not in spec:
        return heads
    prefix, width, number = (column(data, spec[n]).tolist() for n in ("prefix", "width", "number"))
    return [
        heads[head] + (str(digits).zfill(wide) if wide else "")
        for head, wide, digits in zip(prefix, width, number, strict=True)
    ]


def _texts(directory: dict[str, Any], elements: dict[str, str], rows: int) -> dict[str, list[str]]:
    """Return the long texts: column → one text a report."""
    names = directory["texts"]["columns"]
    size = int(directory["texts"]["size"])
    found: dict[str, list[str]] = {str(name): [] for name in names}
    for block, start in enumerate(range(0, rows if names else 0, size)):
        here = min(size, rows - start)
        entries = json.loads(inflated(elements[f"mapper-texts-{block}"]))
        for name, entry in zip(names, entries, strict=True):
            values = [entry] * here if isinstance(entry, str) else [str(value) for value in entry]
            if len(values) != here:
                message = "a block of texts has another length than its reports"
                raise ValueError(message)
            found[str(name)] += values
    return found


def _typed(name: str, values: list[str]) -> Any:  # noqa: ANN401 - an array of the column's type
    """Return the values of a text column in the type its table declares."""
    if name in LOCATED.of_kind("number"):
        return pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=np.float64)
    if name in LOCATED.of_kind("integer"):
        numbers = pd.to_numeric(pd.Series(values), errors="coerce").fillna(0)
        return numbers.to_numpy(dtype=np.int64)
    return pd.array(values, dtype="str")


def _fields(frame: pd.DataFrame, meta: dict[str, Any]) -> frozenset[str]:
    said = meta.get("fields")
    if isinstance(said, list):
        carried = {str(name) for name in said}
    else:
        carried = {
            str(name)
            for name in frame.columns
            if (frame[name].notna() if name in _NUMBERS else frame[name].fillna("") != "").any()
        }
    if meta.get("texts") != "full":
        carried -= set(_SHORTENED)
    return frozenset(carried)


_NUMBERS = {*LOCATED.of_kind("number"), *LOCATED.of_kind("date"), *LOCATED.of_kind("integer")}


@dataclass(frozen=True, slots=True)
class Readable:
    """Everything in a page that is not the page's own program, for a check of what it tells.

    Attributes:
        markup: the page without its program, its stylesheet and the elements taken apart here.
        reports: as `located` gives them.
        meta: as `located` gives it.
        basemap: the directory of the basemap: `box`, `details`, `labels`, `grids` …
        shapes: the directory of the outlines: `shapes` with their `id` …
        other: further data elements, id → bytes.
    """

    markup: str
    reports: pd.DataFrame
    meta: dict[str, Any]
    basemap: dict[str, Any]
    shapes: dict[str, Any]
    other: dict[str, bytes]


def readable(page: str, name: str = "the page") -> Readable:
    """Return everything a reader of the finished page could read.

    Raises:
        InputError: it is no map of mapper, or a damaged one.
    """
    from mapper.render.page import program, stylesheet

    held = located(page, name)
    elements = blocks(page)
    try:
        basemap, _ = container(elements["mapper-basemap"])
        shapes, _ = container(elements["mapper-shapes"])
        # streets come from a file of the user's, cut by the places: no word of a report is in them
        known = ("mapper-core", "mapper-basemap", "mapper-shapes", "mapper-streets")
        other = {
            element: inflated(text)
            for element, text in elements.items()
            if element not in known and not element.startswith("mapper-texts-")
        }
    except _BROKEN as error:
        message = f"{name} is a damaged map: its data cannot be unpacked."
        raise InputError(message) from error
    script = program(streets="mapper-streets" in elements)
    markup = _ELEMENT.sub("", page).replace(script, "").replace(stylesheet(), "")
    return Readable(markup, held.reports, held.meta, basemap, shapes, other)
