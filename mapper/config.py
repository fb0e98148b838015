"""The options of a run, with the checks that need no data."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from mapper.errors import UsageError
from mapper.messages import LANGUAGES, text

__all__ = [
    "CAPS",
    "DATE_ORDERS",
    "MANIFEST_WITH",
    "SUMMARIES",
    "TEXTS",
    "Options",
    "cap",
    "country_codes",
    "encoding_name",
    "pairs",
    "renames",
    "sign",
    "view_code",
]

TEXTS = ("full", "short", "none")
SUMMARIES = ("crossing", "border", "admin1", "month")
MANIFEST_WITH = ("time", "paths", "versions")
DATE_ORDERS = ("dmy", "mdy", "ymd")
# The caps against hostile files, `--max-NAME`; defaults stand in `mapper.read.Limits`.
CAPS = {
    "bytes": "Largest file, unpacked (500MB, 8GB).",
    "ratio": "Largest ratio of unpacked to packed size.",
    "columns": "Most columns.",
    "field": "Longest cell, in characters.",
    "rows": "Most rows.",
}
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SIGNS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "blank": " "}


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told. Paths are as given; nothing here is written into an output.

    `publish_safe` is the path of a policy, `ready` for the one that is shipped, empty for none.
    `encoding`, `delimiter` and `sheet` are the user's word on the files, empty: find out; `caps`
    are those of `mapper.read.Limits` that differ from its own. `by` asks for a summary instead of
    the table, `schema` is where the table's schema goes. `crossings` and `status` are the user's
    own, in the schemas of ours. `online` is the service that may be asked for places not found
    offline, empty: none; `online_url` a server of the user's own for it, `online_rate` how many
    requests a second that one may get, 0: as the service's terms say. `view` is the country
    whose drawing of disputed ground is taken, `admin`
    a layer of the user's own admin areas. `manifest` asks for one;
    `manifest_with` names what of it may differ between runs and machines. `pmtiles` is a file of
    vector tiles to be embedded, `pmtiles_budget` what they may take in million bytes. `cache`:
    whether what earlier runs worked out may be reused, and what this one works out be kept.
    """

    inputs: tuple[str, ...] = ()
    output: Path | None = None
    countries: tuple[str, ...] = ()
    borders: tuple[str, ...] = ()
    overrides: Path | None = None
    gazetteers: tuple[str, ...] = ()
    date_order: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    lang: str = "en"
    title: str = ""
    texts: str = ""
    strict: bool = False
    publish_safe: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    online: str = ""
    online_url: str = ""
    online_rate: float = 0.0
    caps: dict[str, int] = field(default_factory=dict)
    by: str = ""
    schema: Path | None = None
    crossings: Path | None = None
    status: Path | None = None
    previous: str = ""
    size: str = "page"
    dpi: int = 300
    filters: tuple[str, ...] = ()
    marking: str = ""
    view: str = ""
    admin: Path | None = None
    manifest: bool = False
    manifest_with: tuple[str, ...] = ()
    tiles: str = ""
    pmtiles: Path | None = None
    pmtiles_budget: float = 8.0
    cache: bool = True

    def __post_init__(self) -> None:
        """Check the closed sets.

        Raises:
            UsageError: a value outside them, or two that contradict each other.
        """
        if self.tiles and self.pmtiles:
            raise UsageError(text("streets", "both"))
        if self.publish_safe and "paths" in self.manifest_with:
            raise UsageError(text("proof", "paths_published"))
        for name, value, known in (
            ("--lang", self.lang, LANGUAGES),
            ("--texts", self.texts or "full", TEXTS),
            ("--date-order", self.date_order or "dmy", DATE_ORDERS),
            ("--by", self.by or "month", SUMMARIES),
            *(("--manifest-with", value, MANIFEST_WITH) for value in self.manifest_with),
        ):
            if value not in known:
                message = f"{name} {value}: expected one of {', '.join(known)}."
                raise UsageError(message)

    def carried(self, *, restricted: bool) -> str:
        """Return how much of each text the page carries.

        The terms of a `restricted` source ask for excerpts, unless the user answers for more.
        """
        return self.texts or ("short" if restricted else "full")


def country_codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return ISO 3166-1 alpha-2 codes in upper case.

    Raises:
        UsageError: a value is not two letters.
    """
    codes = tuple(value.strip().upper() for value in values)
    for code in codes:
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            message = f"--country {code}: expected a two-letter country code such as CO."
            raise UsageError(message)
    return codes


def pairs(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return border pairs in canonical order: `VE-CO` becomes `CO-VE`.

    Raises:
        UsageError: a value is not two country codes joined by a hyphen.
    """
    result = []
    for value in values:
        sides = sorted(value.strip().upper().split("-"))
        if len(sides) != 2 or any(len(s) != 2 or not s.isalpha() for s in sides):
            message = f"--border {value}: expected two country codes such as CO-VE."
            raise UsageError(message)
        result.append("-".join(sides))
    return tuple(result)


def renames(values: tuple[str, ...]) -> dict[str, str]:
    """Return `{"Their column": "field"}` of the `--column "Their column=field"` options.

    Raises:
        UsageError: a value has no `=`.
    """
    result = {}
    for value in values:
        theirs, equals, canonical = value.rpartition("=")
        if not equals or not theirs.strip() or not canonical.strip():
            message = f'--column "{value}": expected "Their column=field".'
            raise UsageError(message)
        result[theirs.strip()] = canonical.strip()
    return result


def cap(name: str, value: str) -> int:
    """Return the number of a `--max-…` option: `500000`, `500MB`, `8G`.

    Raises:
        UsageError: it is no positive whole number.
    """
    found = re.fullmatch(r"(\d{1,15})\s?([KMG]?)i?B?", value.strip(), re.IGNORECASE)
    number = int(found[1]) * _UNITS[found[2].upper()] if found else 0
    if number < 1:
        message = f"--{name.replace('_', '-')} {value}: expected a number such as 500000 or 8GB."
        raise UsageError(message)
    return number


def encoding_name(written: str) -> str:
    """Return the encoding as told, if Python knows it.

    Raises:
        UsageError: there is no such encoding of text.
    """
    try:
        if written:
            "".encode(written)
    except LookupError as error:
        message = f"--encoding {written}: there is no such encoding; try utf-8, cp1252, utf-16."
        raise UsageError(message) from error
    return written


def sign(written: str) -> str:
    r"""Return a delimiter as it stands in the file: `tab` and `\t` are a tab.

    Raises:
        UsageError: it is longer than two characters, or cannot part cells.
    """
    found = _SIGNS.get(written.strip().lower() or written, written)
    if len(found) > 2 or any(c in found for c in '"\r\n'):
        message = f"--delimiter {written}: expected one or two characters, or tab."
        raise UsageError(message)
    return found


def view_code(value: str) -> str:
    """Return the country of a `--view` in upper case; "" stays so.

    Raises:
        UsageError: it is not two letters.
    """
    code = value.strip().upper()
    if code and (len(code) != 2 or not code.isascii() or not code.isalpha()):
        message = f"--view {value}: expected a two-letter country code such as IN."
        raise UsageError(message)
    return code
