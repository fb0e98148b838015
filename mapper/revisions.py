"""What changed between two editions, each a table of incidents or a map made earlier."""

import json
from dataclasses import replace
from pathlib import Path

from mapper import pipeline, publish
from mapper.config import Options
from mapper.editions import Diff, Edition
from mapper.editions import diff as compared
from mapper.errors import UnusableError, UsageError
from mapper.render.decode import located

__all__ = ["compare", "edition_of", "write"]

_PAGES = (".html", ".htm")


def compare(old: str, options: Options, progress: pipeline.Progress) -> Diff:
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


def edition_of(source: str, options: Options) -> Edition:
    """Return an edition: of a map what it carries, of a table what `options` make of it."""
    label = pipeline.stem(source)
    if source.lower().endswith(_PAGES) and (page := _page(source)):
        held = located(page, Path(source).name)
        return Edition(held.reports, held.fields, located=held.reports, label=label)
    told = replace(options, inputs=(source,))
    understood = pipeline.understand(told)
    placed = pipeline.place(understood.incidents, told)
    return Edition(
        understood.incidents,
        understood.fields,
        located=placed.located,
        label=label,
    )


def _page(source: str) -> str:
    """Return the text of a map."""
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        message = f"{source} cannot be read: {reason}."
        raise UnusableError(message) from error


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
