"""What a comparison of two editions finds."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from mapper.editions import forms, sentences

__all__ = ["Change", "Diff", "Edition", "Relocation"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a table.

    Attributes:
        incidents: INCIDENT columns plus the file's own; one row a report, ids distinct.
        fields: names of the columns the file really carried, under our names; None where that is
            not known (a map made earlier), then a column that is blank throughout is taken for
            one that was not carried.
        located: LOCATED columns of the same rows in the same order, where the places are known.
        label: what to call the edition, such as its file name without the suffix.
    """

    incidents: pd.DataFrame
    fields: frozenset[str] | None = None
    located: pd.DataFrame | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One report that both editions hold and that differs.

    Attributes:
        incident_id: of the newer edition.
        fields: name → (old, new) as text; `""` is missing.
        kinds: what sort of change it is, heaviest first; see `kinds.KINDS`.
        moved_km: distance from the old place to the new one; NaN where nothing moved or one of
            the places is not known.
        old_id: the id in the older edition, where the two were paired by likeness.
        days: first and last day, before and now, as ISO dates, where the date changed.
    """

    incident_id: str
    fields: dict[str, tuple[str, str]]
    kinds: tuple[str, ...]
    moved_km: float = float("nan")
    old_id: str = ""
    days: tuple[tuple[str, str], tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Relocation:
    """One place as written that the tool now takes for something else: the data did not change.

    Attributes:
        place: as written, with the country and areas the source names.
        incident_ids: the reports that name it.
        old, new: what it was and is taken for: `place_id`, `name`, `latitude`, `longitude`,
            `method`.
        km: how far the two are apart; NaN where one of them is nowhere.
    """

    place: str
    incident_ids: tuple[str, ...]
    old: dict[str, Any]
    new: dict[str, Any]
    km: float

    @property
    def by_hand(self) -> bool:
        """Whether a person's override moved it rather than the tool or its gazetteer."""
        return "override" in (self.old["method"], self.new["method"])


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two editions.

    Attributes:
        old, new: labels of the editions.
        since: last day the older edition reports on; None where nothing in it is dated.
        added: ids of the newer edition only, in its order.
        older: those of `added` that are about days up to `since`: older, newly reported.
        undated: those of `added` without a date.
        removed: ids of the older edition only, in its order.
        changed: reports that differ in more than a text, in the order of the newer edition.
        text_only: reports that differ in `description` or `claim_note` alone.
        relocations: places the tool takes for something else than before.
        rows_old, rows_new: how many reports each edition holds.
        paired: how reports were paired: `incident_id` and `likeness` → how many.
        pairing: why likeness was asked: `ids_made`, `row_numbers` or `""`.
        not_compared: columns that only one edition carries → `old` or `new`.
        gone: INCIDENT rows of `removed`; come: those of `added`; both with places where known.
    """

    old: str
    new: str
    since: date | None
    added: tuple[str, ...]
    older: tuple[str, ...]
    undated: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]
    text_only: tuple[Change, ...]
    relocations: tuple[Relocation, ...]
    rows_old: int
    rows_new: int
    paired: dict[str, int]
    pairing: str
    not_compared: dict[str, str]
    gone: pd.DataFrame = field(repr=False)
    come: pd.DataFrame = field(repr=False)

    def __bool__(self) -> bool:
        """Whether anything differs in the data."""
        return bool(self.added or self.removed or self.changed or self.text_only)

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the differences in words, the gravest first."""
        return sentences.sentences(self, lang)

    def counts(self, lang: str = "en") -> list[str]:
        """Return the differences as numbers alone: nothing in them names a report or a place."""
        return sentences.counts(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the differences for `--json`: `added`, `removed`, `changed`, `text_only`."""
        return forms.to_dict(self, lang)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a difference: change, incident_id, field, old, new, kinds, moved_km."""
        return forms.to_frame(self)

    def to_markdown(self, lang: str = "en") -> str:
        """Return an entry for a change log."""
        return forms.to_markdown(self, lang)
