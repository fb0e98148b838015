"""Zip archives: what reading a broken one raises; XLSX and DOCX without a clock."""

import io
import re
import zipfile
import zlib

__all__ = ["BROKEN_ZIP", "without_clock"]

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What `zipfile` raises of an archive that is cut, damaged, locked or packed in another way."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_FIXED = rb"\g<1>2000-01-01T00:00:00Z\g<3>"


def without_clock(content: bytes) -> bytes:
    """Return an Office Open XML archive with every time in it fixed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for info in old.infolist():
            part = old.read(info.filename)
            if info.filename == "docProps/core.xml":
                part = _STAMP.sub(_FIXED, part)
            entry = zipfile.ZipInfo(info.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, part)
    return out.getvalue()
