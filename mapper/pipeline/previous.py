"""The edition before: of a map what it carries, of a table what the same options make of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from mapper import editions
from mapper.config import Options
from mapper.pipeline.paths import stem
from mapper.pipeline.placing import Placed, place
from mapper.pipeline.reading import Understood, understand
from mapper.render.decode import located as located_of
from mapper.render.decode import page_text
from mapper.report import Report

__all__ = ["edition_of", "since"]

_PAGES = (".html", ".htm")


def edition_of(source: str, options: Options) -> editions.Edition:
    """Return an edition: of a map what it carries, of a table what `options` make of it."""
    label = stem(source)
    if source.lower().endswith(_PAGES) and (page := page_text(source)):
        held = located_of(page, Path(source).name)
        return editions.Edition(held.reports, held.fields, located=held.reports, label=label)
    told = replace(options, inputs=(source,))
    understood = understand(told)
    placed = place(understood.incidents, told)
    return _edition(understood, placed, label)


def _edition(understood: Understood, placed: Placed, label: str) -> editions.Edition:
    """Return the edition that a run has just read and placed."""
    return editions.Edition(
        understood.incidents, understood.fields, located=placed.located, label=label
    )


def since(
    understood: Understood, placed: Placed, options: Options, report: Report
) -> dict[str, Any] | None:
    """Return what changed since the edition named with `--previous`, for the page."""
    if not options.previous:
        return None
    old = edition_of(options.previous, options)
    found = editions.diff(old, _edition(understood, placed, stem(options.inputs[0])))
    report.since, report.changes = old.label, found.counts()
    texts = options.carried(restricted=understood.restricted)
    return editions.for_page(
        found,
        old,
        options.lang,
        hide=options.hide if texts == "full" else (*options.hide, "description", "claim_note"),
    )
