"""The errors of mapper, drawn as a tree.

    MapperError                 something a person must be told; one clear line
    ├── UsageError              the call itself is wrong                    (exit 2)
    ├── LeakError               the leak check found something withheld     (exit 1)
    └── UnusableError           a file or a service could not be used       (exit 3)
        ├── InputError          an input file is missing, empty, binary, foreign …
        ├── NothingUsableError  the files were read, but not one row can be used
        ├── GeodataError        our own data files are missing or damaged
        ├── ServiceError        an online service refused or failed
        └── OutputError         the result could not be written

Each carries a whole sentence for a person: which file, which row, which column, what was found,
what was expected, what to do. Bad rows are not errors: they are rows of the problems table.
"""

from typing import ClassVar

__all__ = [
    "GeodataError",
    "InputError",
    "LeakError",
    "MapperError",
    "NothingUsableError",
    "OutputError",
    "ServiceError",
    "UnusableError",
    "UsageError",
]


class MapperError(Exception):
    """Something a person must be told. `str(error)` is one line without a traceback."""

    exit_code: ClassVar[int] = 3

    def __str__(self) -> str:
        """Return the message as one line, whatever the data put into it."""
        return " ".join(super().__str__().split())


class UsageError(MapperError):
    """The call is wrong: an unknown option value, contradictory options."""

    exit_code = 2


class LeakError(MapperError):
    """What was to be published still holds something the policy withholds; nothing was written."""

    exit_code = 1


class UnusableError(MapperError):
    """A file or a service could not be used; nothing was written."""


class InputError(UnusableError):
    """An input file is missing, empty, binary, truncated or not a table."""


class NothingUsableError(UnusableError):
    """The input was read, but not one row of it can be used."""


class GeodataError(UnusableError):
    """A data file of mapper itself is missing or damaged."""


class ServiceError(UnusableError):
    """An online service refused, failed or answered nonsense."""


class OutputError(UnusableError):
    """A result could not be written; the old file is untouched."""
