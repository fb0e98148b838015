"""The edition before: of a map what it carries, of a table what the same options make of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from mapper import editions
from mapper.config import Options
from mapper.pipeline.paths import stem
from mapper.pipeline.placing import Placed, decided_by, place
from mapper.pipeline.reading import Understood, understand
from mapper.render.decode import Page, page_text
from mapper.render.decode import located as located_of
from mapper.report import Report

__all__ = ["Before", "before_of", "edition_of", "since"]

_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Before:
    """The edition named with `--previous`.

    `decided_by` tells the tool, data and options that placed it; "" where that is not known.
    """

    edition: editions.Edition
    decided_by: str

    def decisions(self, options: Options) -> pd.DataFrame | None:
        """Return its reports, where the same tool, data and options decided of their places."""
        return self.edition.located if self.decided_by == decided_by(options) else None


def before_of(options: Options) -> Before | None:
    """Return the edition before; None where none is named, or a published map is.

    Raises:
        InputError: it cannot be read.
    """
    source = options.previous
    if not source:
        return None
    if source.lower().endswith(_PAGES) and (page := page_text(source)):
        held = located_of(page, Path(source).name)
        if held.meta.get("safety"):
            return None
        return Before(_of_page(held, stem(source)), str(held.meta.get("decided_by", "")))
    return Before(edition_of(source, options), decided_by(options))


def edition_of(source: str, options: Options) -> editions.Edition:
    """Return an edition: of a map what it carries, of a table what `options` make of it."""
    label = stem(source)
    if source.lower().endswith(_PAGES) and (page := page_text(source)):
        return _of_page(located_of(page, Path(source).name), label)
    told = replace(options, inputs=(source,))
    understood = understand(told)
    placed = place(understood.incidents, told)
    return _edition(understood, placed, label)


def _of_page(held: Page, label: str) -> editions.Edition:
    return editions.Edition(held.reports, held.fields, located=held.reports, label=label)


def _edition(understood: Understood, placed: Placed, label: str) -> editions.Edition:
    """Return the edition that a run has just read and placed."""
    return editions.Edition(
        understood.incidents, understood.fields, located=placed.located, label=label
    )


def since(
    before: Before | None,
    understood: Understood,
    placed: Placed,
    options: Options,
    report: Report,
) -> dict[str, Any] | None:
    """Return what changed since the edition named with `--previous`, for the page."""
    if before is None:
        return None
    old = before.edition
    found = editions.diff(old, _edition(understood, placed, stem(options.inputs[0])))
    report.since, report.changes = old.label, found.counts()
    report.by_tool = editions.tool_sentences(found.relocations)
    report.kept = placed.kept
    texts = options.carried(restricted=understood.restricted)
    return editions.for_page(
        found,
        old,
        options.lang,
        hide=options.hide if texts == "full" else (*options.hide, "description", "claim_note"),
    )
