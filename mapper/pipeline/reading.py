"""The first stages: the inputs are read and understood as typed incidents."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from mapper import normalise
from mapper.config import Options
from mapper.read import Limits, Raw, Told, read

__all__ = ["Progress", "Understood", "raw_of", "silent", "understand"]

Progress = Callable[[str, float], None]


def silent(_stage: str, _share: float) -> None:
    """Show no progress."""


@dataclass(slots=True)
class Understood:
    """What was read: how it is understood, the typed incidents, what was wrong.

    Of the rows as read only file and number are kept: a large table never stands in memory twice.
    """

    raw: Raw
    profile: normalise.Profile
    incidents: pd.DataFrame
    problems: pd.DataFrame
    credits: list[str] = field(default_factory=list)
    """Sentences that an online service asks for, where an answer of it was used."""

    @property
    def restricted(self) -> bool:
        """Whether the terms of a source restrict passing its texts on."""
        return self.profile.restricted

    @property
    def fields(self) -> frozenset[str]:
        """The columns that the files really carried, under the names they have in the table."""
        of_files = self.profile.files.values()
        return frozenset(n for file in of_files for n in (*file.fields, *file.kept.values()))

    @property
    def attributions(self) -> list[str]:
        """The sentences that the terms of the sources ask for."""
        return [*self.profile.attributions, *self.credits]


def understand(options: Options, progress: Progress = silent) -> Understood:
    """Read the inputs and make typed incidents of them."""
    raw = raw_of(options, progress)
    progress("understanding", 0.2)
    profile = normalise.profile(raw, columns=options.columns, date_order=options.date_order)
    incidents, problems = normalise.apply(raw.frame, profile)
    raw.frame = raw.frame[["source_file", "source_row"]]
    return Understood(raw, profile, incidents, problems)


def raw_of(options: Options, progress: Progress = silent) -> Raw:
    """Read the inputs as the user says: encoding, delimiter, sheet, caps."""
    told = Told(encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet)
    return read(
        options.inputs,
        columns=options.columns,
        limits=Limits(**options.caps),
        told=told,
        progress=lambda share: progress("reading", 0.02 + 0.18 * share),
    )
