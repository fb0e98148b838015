"""What the verbs share that write files of placed reports other than a map."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from mapper.config import Options
from mapper.errors import UsageError
from mapper.messages import text
from mapper.pipeline.accounts import report_of, written
from mapper.pipeline.memory import with_memory
from mapper.pipeline.paths import output_of
from mapper.pipeline.placing import Placed, place_reviewed
from mapper.pipeline.reading import Progress, Understood, understand
from mapper.pipeline.views import in_view
from mapper.report import Report

__all__ = ["Files", "make_files", "spare_inputs"]

Files = dict[Path, bytes | None]


def spare_inputs(options: Options, *outputs: Path) -> None:
    """Refuse to write over an input.

    Raises:
        UsageError: one of `outputs` is an input.
    """
    inputs = {Path(source).resolve() for source in options.inputs}
    for path in outputs:
        if path.resolve() in inputs:
            raise UsageError(text("publish", "same_file", file=path))


@in_view
@with_memory
def make_files(
    options: Options,
    progress: Progress,
    files_of: Callable[[Understood, Placed, pd.DataFrame], Files],
    *,
    hide: tuple[str, ...] = (),
) -> Report:
    """Read and place as `make_map` does, then write the files that `files_of` makes of it.

    Args:
        options: of the run.
        progress: is told the stage and the share done.
        files_of: gets what was read, what was placed and all problems (PROBLEM).
        hide: columns that the files leave out.
    """
    progress("reading", 0.02)
    understood = understand(options, progress)
    progress("placing", 0.3)
    output = output_of(options)
    placed, reviewed = place_reviewed(understood.incidents, options, output, edited=False)
    problems = pd.concat([understood.problems, placed.problems], ignore_index=True)
    report = report_of(understood, placed, problems, hide=hide)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    progress("drawing", 0.7)
    files = files_of(understood, placed, problems)
    return written(files, report, progress)
