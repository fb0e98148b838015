"""The long texts: deflated JSON blocks that the page inflates when a report is opened."""

import zlib
from base64 import b64encode
from typing import Any

import pandas as pd
import pyarrow as pa

from mapper.columns import INCIDENT, LOCATED
from mapper.render.pack import dump_json
from mapper.render.rows import PLACE_NUMBERS, PLACE_TEXTS, ROW_NUMBERS, ROW_TEXTS, Layout, texts_of

__all__ = ["BLOCK", "pack_texts", "text_columns"]

BLOCK = 1024
_SHORT = 160
_CORE = {
    *ROW_TEXTS,
    *ROW_NUMBERS,
    *PLACE_TEXTS,
    *PLACE_NUMBERS,
    "incident_id",
    "date_start",
    "date_end",
    "geometry",
}
# what --texts short leaves out or cuts
_LONG = ("description", "claim_note")


def text_columns(located: pd.DataFrame, texts: str, hide: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the columns that go into the blocks: name, unit, kind, and whether the file's own.

    Columns that are empty throughout are left out, and so are the hidden ones.
    """
    if texts == "none":
        return []
    ours = {column.name: column for column in LOCATED.columns}
    chosen = []
    for name in [*INCIDENT.names, *(c for c in located.columns if c not in INCIDENT.names)]:
        if name in _CORE or name in hide or not _says_anything(located, str(name)):
            continue
        column = ours.get(str(name))
        chosen.append(
            {
                "name": str(name),
                "unit": column.unit if column else "",
                "kind": column.kind if column else "text",
                "own": column is None,
            }
        )
    return chosen


def _says_anything(located: pd.DataFrame, name: str) -> bool:
    if name not in located.columns:
        return False
    values = texts_of(located, name)
    distinct = values.unique()
    return len(distinct) > 1 or (len(distinct) == 1 and distinct[0].as_py() != "")


def pack_texts(
    located: pd.DataFrame, arranged: Layout, columns: list[dict[str, Any]], texts: str
) -> list[str]:
    """Return the base64 text of each block of `BLOCK` reports, in page order."""
    if not columns:
        return []
    named = [(str(column["name"]), texts_of(located, column["name"])) for column in columns]
    level = 9 if len(located) < 20_000 else 6
    blocks = []
    for start in range(0, len(located), BLOCK):
        # block by block, so that the texts never stand in memory twice
        order = pa.array(arranged.order[start : start + BLOCK])
        block = [
            _entry(values.take(order), short=texts == "short" and name in _LONG)
            for name, values in named
        ]
        blocks.append(b64encode(zlib.compress(dump_json(block).encode(), level)).decode("ascii"))
    return blocks


def _entry(values: "pa.Array", *, short: bool) -> str | list[str]:
    """Return one string where all rows of the block say the same, else all of them."""
    if short:
        values = pa.array([_cut(v) for v in values.to_pylist()], pa.large_string())
    distinct = values.unique()
    entry: str | list[str] = distinct[0].as_py() if len(distinct) == 1 else values.to_pylist()
    return entry


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
