"""The long texts: deflated JSON blocks that the page inflates when a report is opened."""

import re
import zlib
from base64 import b64encode
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper import recall
from mapper.columns import INCIDENT, LOCATED
from mapper.render.pack import dump_json
from mapper.render.rows import PLACE_NUMBERS, PLACE_TEXTS, ROW_NUMBERS, ROW_TEXTS, Layout, texts_of

__all__ = ["BLOCK", "pack_texts", "text_columns"]

BLOCK = 1024
_SHORT = 160
_BLOCK_OF_PAGE = re.compile('id="mapper-texts-[0-9]+">([^<]*)<')
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
    longest = pc.max(pc.binary_length(texts_of(located, name))).as_py()
    return bool(longest)


def pack_texts(
    located: pd.DataFrame, arranged: Layout, columns: list[dict[str, Any]], texts: str
) -> list[str]:
    """Return the base64 text of each block of `BLOCK` reports, in page order."""
    if not columns:
        return []
    named = [(str(column["name"]), texts_of(located, column["name"])) for column in columns]
    packer = _Packer(9 if len(located) < 20_000 else 6)
    blocks = []
    for start in range(0, len(located), BLOCK):
        # block by block, so that the texts never stand in memory twice
        order = pa.array(arranged.order[start : start + BLOCK])
        block = [
            _entry(values.take(order), short=texts == "short" and name in _LONG)
            for name, values in named
        ]
        blocks.append(packer.packed(dump_json(block).encode()))
    packer.keep()
    return blocks


class _Packer:
    """Deflates blocks; one that the page before holds already is taken from there.

    The memory holds hashes alone: of a block, and of what it was packed to.
    """

    def __init__(self, level: int) -> None:
        self.level = level
        self.known: dict[str, str] = {}
        self.now: dict[str, str] = {}
        self.before: dict[str, str] = {}
        rows = recall.table("texts", str(level))
        if rows is not None:
            self.known = dict(zip(rows["block"], rows["packed"], strict=True))
            found = (one[1] for one in _BLOCK_OF_PAGE.finditer(recall.page_before()))
            self.before = {recall.evidence(text): text for text in found}

    def packed(self, block: bytes) -> str:
        """Return the base64 text of a block."""
        name = recall.evidence(block) if recall.is_open() else ""
        text = self.before.get(self.known.get(name, ""))
        if text is None:
            text = b64encode(zlib.compress(block, self.level)).decode("ascii")
        if name:
            self.now[name] = recall.evidence(text)
        return text

    def keep(self) -> None:
        """Remember the hashes of this run."""
        if self.now.keys() - self.known.keys():
            rows = pd.DataFrame({"block": self.now.keys(), "packed": self.now.values()})
            recall.keep_table("texts", str(self.level), rows.astype("str"))


def _entry(values: "pa.Array", *, short: bool) -> str | list[str]:
    """Return one string where all rows of the block say the same, else all of them."""
    if short:
        values = pa.array([_cut(v) for v in values.to_pylist()], pa.large_string())
    distinct = values.unique()
    entry: str | list[str] = distinct[0].as_py() if len(distinct) == 1 else values.to_pylist()
    return entry


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
