"""The verbs map and check: read → normalise → geocode → join → render → publish."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mapper import normalise, publish, render, safety
from mapper.columns import PROBLEM, empty
from mapper.config import Options
from mapper.pipeline.accounts import columns_new, report_of, written
from mapper.pipeline.drawing import draw
from mapper.pipeline.memory import with_memory
from mapper.pipeline.paths import beside, output_of
from mapper.pipeline.placing import Placed, place_reviewed
from mapper.pipeline.previous import before_of, since
from mapper.pipeline.publishing import publishable, refuse, told_since
from mapper.pipeline.reading import Progress, Understood, silent, understand
from mapper.pipeline.views import in_view
from mapper.proof import manifest
from mapper.render.decode import readable
from mapper.report import Report

__all__ = ["check", "make_map"]


@in_view
@with_memory
def make_map(options: Options, progress: Progress = silent) -> Report:
    """Read, place, draw and write; the old files stay whole until the new ones are."""
    progress("reading", 0.02)
    understood = understand(options, progress)
    progress("placing", 0.3)
    output = output_of(options)
    before = before_of(options)
    placed, reviewed = place_reviewed(
        understood.incidents,
        options,
        output,
        before=before.decisions(options) if before else None,
    )
    understood.credits = placed.credits
    progress("drawing", 0.6)
    problems = pd.concat([understood.problems, placed.problems], ignore_index=True)
    report = report_of(understood, placed, problems, hide=options.hide)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    report.is_map = True
    report.full_texts = options.carried(restricted=understood.restricted) == "full"
    report.excerpts = understood.restricted and not options.texts
    if options.publish_safe:
        files = _safe_files(placed, options, output, report, understood)
    else:
        changes = since(before, understood, placed, options, report)
        report.columns_new = columns_new(report.columns_kept, output)
        page = draw(placed.located, options, terms=understood, ground=placed.own, changes=changes)
        files = {
            output: page.encode("utf-8"),
            beside(output, "places.csv"): placed.table,
            beside(output, "problems.csv"): publish.csv_bytes(problems) if len(problems) else None,
        }
    files |= reviewed.files
    if not options.publish_safe:
        files[publish.manifest_path(output)] = (
            _manifest(options, files, understood, placed.located, problems, decisions=reviewed.read)
            if options.manifest
            else None
        )
    return written(files, report, progress)


def _safe_files(
    placed: Placed,
    options: Options,
    output: Path,
    report: Report,
    terms: Understood,
) -> dict[Path, bytes | None]:
    """Return the files of a map that a policy lets be published, checked for leaks.

    Raises:
        LeakError: the finished files hold something withheld; nothing may be written.
    """
    ground = placed.own
    safe = publishable(placed.located, ground, options)
    located, published = safe.table, safe.done
    changes = told_since(safe, options, report)
    places = published.matches.copy()
    places.insert(0, "reports", np.bincount(published.codes, minlength=len(places)))
    said = " ".join(published.sentences)
    page = draw(located, options, safe=said, terms=terms, ground=ground, changes=changes)
    files = {
        output: page.encode("utf-8"),
        beside(output, "places.csv"): publish.csv_bytes(places),
    }
    if options.manifest:
        files[publish.manifest_path(output)] = _manifest(
            options, files, terms, located, empty(PROBLEM), published.sentences
        )
    named = {path.name: content for path, content in files.items()}
    refuse(safety.leaks(named, published.withheld, readable, paths=options.inputs))
    report.safety = safe.said
    report.columns_kept = []
    gone = (beside(output, "problems.csv"), publish.manifest_path(output))
    return {**files, **{path: None for path in gone if path not in files}}


def _manifest(
    options: Options,
    files: Mapping[Path, bytes | None],
    understood: Understood,
    located: pd.DataFrame,
    problems: pd.DataFrame,
    safety_: Sequence[str] = (),
    decisions: Sequence[Path] = (),
) -> bytes:
    """Return the manifest of these files, with whom the sources and the ground want named."""
    by_file = understood.profile.files.items()
    credits_: list[dict[str, Any]] = [
        {"said": said}
        if safety_
        else {"said": said, "files": [name for name, file in by_file if file.attribution == said]}
        for said in understood.attributions
    ]
    credits_ += [{"said": one["text"], "url": one["url"]} for one in render.attribution()]
    kept = [path for path in decisions if path not in files]
    return manifest(
        options, files, understood.raw, located, problems, credits_, tuple(safety_), kept
    )


@in_view
def check(options: Options, progress: Progress = silent) -> Report:
    """Say what was understood and what is wrong; the same numbers as `make_map`."""
    progress("reading", 0.05)
    understood = understand(options, progress)
    progress("placing", 0.5)
    placed, reviewed = place_reviewed(understood.incidents, options, output_of(options))
    problems = pd.concat([understood.problems, placed.problems], ignore_index=True)
    report = report_of(understood, placed, problems)
    report.account = normalise.account(understood.raw, understood.profile, problems)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    return report
