"""A figure for print or a slide from a table of incidents, with its words and data beside it."""

from pathlib import Path

from mapper import figure, pipeline, publish, render
from mapper.config import Options
from mapper.errors import UsageError
from mapper.messages import text
from mapper.report import Report

__all__ = ["make_figure"]


def make_figure(options: Options, progress: pipeline.Progress) -> Report:
    """Read, place and draw; write the figure, `OUT.alt.txt` and `OUT.csv`.

    Raises:
        UsageError: format, size, resolution or filter is not one we know, or a file that would be
            written is an input.
        UnusableError: the libraries of the extra `[figures]` are not installed.
        NothingUsableError: no report passes the filters.
    """
    output = options.output or Path("figure.png")
    how = figure.format_of(output.name)
    figure.check(how, size=options.size, dpi=options.dpi)
    filters = figure.parse(options.filters)
    beside = [pipeline.beside(output, suffix) for suffix in ("alt.txt", "csv")]
    inputs = {Path(source).resolve() for source in options.inputs}
    for path in (output, *beside):
        if path.resolve() in inputs:
            raise UsageError(text("publish", "same_file", file=path))

    def files_of(
        understood: pipeline.Understood, placed: pipeline.Placed
    ) -> dict[Path, bytes | None]:
        chosen = placed.located[figure.select(placed.located, filters)]
        title, dek = render.headings(chosen, title=options.title, lang=options.lang)
        credits_ = [*understood.attributions, *placed.credits, *render.ground_credits()]
        drawn = figure.draw(
            chosen,
            format=how,
            size=options.size,
            dpi=options.dpi,
            title=title,
            dek=dek,
            lang=options.lang,
            credit=" · ".join(part.rstrip(". ") for part in dict.fromkeys(credits_)),
            marking=options.marking,
            crossings=placed.own.crossings,
            view=options.view,
        )
        words = f"{drawn.alt_text}\n".encode()
        return {output: drawn.content, beside[0]: words, beside[1]: publish.csv_bytes(drawn.table)}

    return pipeline.make_files(options, progress, files_of)
