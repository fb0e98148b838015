"""A figure for print or a slide from a table of incidents, with its words and data beside it."""

from pathlib import Path

import pandas as pd

from mapper import figure, publish, render, safety
from mapper.config import Options
from mapper.pipeline import publishing
from mapper.pipeline.files import Files, make_files, spare_inputs
from mapper.pipeline.paths import beside
from mapper.pipeline.placing import Placed
from mapper.pipeline.reading import Progress, Understood
from mapper.report import Report

__all__ = ["make_figure"]


def make_figure(options: Options, progress: Progress) -> Report:
    """Read, place and draw; write the figure, `OUT.alt.txt` and `OUT.csv`.

    Raises:
        UsageError: format, size, resolution or filter is not one we know, or a file that would be
            written is an input.
        UnusableError: the libraries of the extra `[figures]` are not installed.
        NothingUsableError: no report passes the filters.
        LeakError: with a policy, the finished files hold something withheld.
    """
    output = options.output or Path("figure.png")
    how = figure.format_of(output.name)
    figure.check(how, size=options.size, dpi=options.dpi)
    filters = figure.parse(options.filters)
    words, data = (beside(output, suffix) for suffix in ("alt.txt", "csv"))
    spare_inputs(options, output, words, data)
    done: list[safety.Published] = []
    said: list[str] = []

    def files_of(understood: Understood, placed: Placed, _: pd.DataFrame) -> Files:
        located = placed.located
        if options.publish_safe:
            safe = publishing.publishable(located, placed.own, options)
            located = safe.table
            done.append(safe.done)
            said.extend(safe.said)
        # a policy is applied before the filters: what is withheld decides nothing
        chosen = render.hidden(located[figure.select(located, filters)], options.hide)
        title, dek = render.headings(chosen, title=options.title, lang=options.lang)
        credits_ = [*understood.attributions, *placed.credits, *render.ground_credits()]
        credits_ += done[0].sentences if done else []
        drawn = figure.draw(
            chosen,
            format=how,
            size=options.size,
            dpi=options.dpi,
            title=title,
            dek=dek,
            lang=options.lang,
            credit=figure.credit_line(credits_),
            marking=options.marking,
            crossings=placed.own.crossings,
            view=options.view,
            metadata=not done,
        )
        alt, table = f"{drawn.alt_text}\n".encode(), publish.csv_bytes(drawn.table)
        if done:
            named = {output.name: drawn.content, words.name: alt, data.name: table}
            publishing.refuse_figure(drawn, named, done[0], options.inputs)
        return {output: drawn.content, words: alt, data: table}

    report = make_files(options, progress, files_of)
    report.safety = said
    return report
