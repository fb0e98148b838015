"""What changed between two editions, each a table of incidents or a map made earlier."""

import json
from pathlib import Path

from mapper import publish
from mapper.config import Options
from mapper.editions import Diff
from mapper.editions import diff as compared
from mapper.errors import UsageError
from mapper.pipeline.previous import edition_of
from mapper.pipeline.reading import Progress

__all__ = ["compare", "write"]


def compare(old: str, options: Options, progress: Progress) -> Diff:
    """Return what changed from an older edition to the inputs of `options`.

    Both are read and placed with the same options; a map made earlier keeps the places it has.

    Raises:
        MapperError: one of them cannot be used.
    """
    progress("reading the older edition", 0.05)
    before = edition_of(old, options)
    progress("reading the newer edition", 0.5)
    after = edition_of(options.inputs[0], options)
    progress("comparing", 0.9)
    return compared(before, after)


def write(found: Diff, output: Path, lang: str) -> None:
    """Write the differences as a change log, a table or JSON, by the name of the file.

    Raises:
        UsageError: the name ends in none of .md, .csv and .json.
    """
    kind = output.suffix.lower()
    if kind == ".md":
        content = found.to_markdown(lang).encode()
    elif kind == ".csv":
        content = publish.csv_bytes(found.to_frame())
    elif kind == ".json":
        text = json.dumps(found.to_dict(lang), ensure_ascii=False, indent=1, allow_nan=False)
        content = f"{text}\n".encode()
    else:
        message = f"-o {output.name}: expected a name ending in .md, .csv or .json."
        raise UsageError(message)
    publish.write_files({output: content})
