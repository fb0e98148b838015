"""Read a page made earlier: the page carries its own data.

`mapper/render/pack.py` writes what this reads.
"""

import base64
import binascii
import json
import zlib
from typing import Any

from mapper.errors import InputError

__all__ = ["directory", "own_columns"]

_START = '<script type="text/plain" id="mapper-core">'
_END = "</script>"
_MOST = 64 << 20


def directory(page: str, name: str = "the page") -> dict[str, Any]:
    """Return the directory of a page's core: `meta`, `rows`, `places`, `strings` and so on.

    Args:
        page: the HTML of a map.
        name: what to call it in an error.

    Raises:
        InputError: it is no map of mapper, or a damaged one.
    """
    before, start, rest = page.partition(_START)
    del before
    packed, end, _ = rest.partition(_END)
    if not start or not end:
        message = f"{name} is no map made by mapper: it carries no data of one."
        raise InputError(message)
    try:
        stream = zlib.decompressobj()
        data = stream.decompress(base64.b64decode(packed, validate=True), _MOST)
        size = int.from_bytes(data[:4], "little")
        found = json.loads(data[4 : 4 + size])
    except (binascii.Error, zlib.error, ValueError) as error:
        message = f"{name} is a damaged map: its data cannot be unpacked."
        raise InputError(message) from error
    if not isinstance(found, dict):
        message = f"{name} is a damaged map: its data have no directory."
        raise InputError(message)
    return found


def own_columns(page: str) -> list[str]:
    """Return the columns in a page that were the input file's own, not ours.

    Raises:
        InputError: it is no map of mapper, or a damaged one.
    """
    columns = directory(page).get("meta", {}).get("columns", [])
    return [str(column["name"]) for column in columns if column.get("own")]
