"""The options of a run, with the checks that need no data."""

from dataclasses import dataclass, field
from pathlib import Path

from mapper.errors import UsageError
from mapper.messages import LANGUAGES

__all__ = ["DATE_ORDERS", "TEXTS", "Options", "country_codes", "pairs", "renames"]

TEXTS = ("full", "short", "none")
DATE_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told. Paths are as given; nothing here is written into an output.

    `publish_safe` is the path of a policy, `ready` for the one that is shipped, empty for none.
    """

    inputs: tuple[str, ...] = ()
    output: Path | None = None
    countries: tuple[str, ...] = ()
    borders: tuple[str, ...] = ()
    overrides: Path | None = None
    date_order: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    lang: str = "en"
    title: str = ""
    texts: str = ""
    strict: bool = False
    publish_safe: str = ""

    def __post_init__(self) -> None:
        """Check the closed sets.

        Raises:
            UsageError: a value outside them.
        """
        for name, value, known in (
            ("--lang", self.lang, LANGUAGES),
            ("--texts", self.texts or "full", TEXTS),
            ("--date-order", self.date_order or "dmy", DATE_ORDERS),
        ):
            if value not in known:
                message = f"{name} {value}: expected one of {', '.join(known)}."
                raise UsageError(message)


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
