"""From bytes to UTF-8 text: which encoding, and how sure that is."""

import codecs
from dataclasses import dataclass, field

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(slots=True)
class Decoded:
    """The bytes as UTF-8 without a byte order mark, the encoding they had, what was noticed."""

    data: bytes
    encoding: str
    notes: list[str] = field(default_factory=list)


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Decide the encoding: the one told, else BOM → strict UTF-8 → cp1252."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            if name == "utf-8-sig":
                return _utf8(body, "utf-8-sig")
            return Decoded(body.decode(name, "replace").encode("utf-8"), name)
    if encoding:
        return Decoded(data.decode(encoding, "replace").encode("utf-8"), encoding)
    return _utf8(data, "utf-8")


def _utf8(data: bytes, name: str) -> Decoded:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1252", "replace").encode("utf-8"), "cp1252", ["not_utf8"])
    return Decoded(data, name)
