"""`mapper.toml`: the options of a project, so that `mapper map` alone rebuilds it.

Its keys are the long options without their dashes, and `incidents`. It is read where no INCIDENTS
are named; what the command line says wins.
"""

import tomllib
from pathlib import Path
from typing import Any

import click

from mapper.errors import InputError, UsageError
from mapper.messages import text

__all__ = ["NAME", "ProjectCommand", "project_options"]

NAME = "mapper.toml"
# how a run speaks on the terminal is no part of a project
_NOT_OF_A_PROJECT = frozenset({"as_json", "quiet", "verbose", "port", "no_preview", "help"})


class ProjectCommand(click.Command):
    """A verb whose options come from the `mapper.toml` of this folder where no input is named."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        """Parse the command line, then anew with the project's options as the defaults."""
        told = list(args)
        context = super().make_context(info_name, args, parent, **extra)
        path = Path(NAME)
        if context.params.get("incidents") or not path.is_file():
            return context
        known = project_options(path, _project_parameters())
        mine = {parameter.name for parameter in self.params}
        extra["default_map"] = {name: value for name, value in known.items() if name in mine}
        return super().make_context(info_name, told, parent, **extra)


def _project_parameters() -> list[click.Parameter]:
    """Return what a project may say: the options of `mapper map`; other verbs take theirs of it."""
    from mapper.cli.maps import map_

    return [one for one in map_.params if one.name not in _NOT_OF_A_PROJECT]


def project_options(path: Path, parameters: list[click.Parameter]) -> dict[str, Any]:
    """Return the options in a project file, by the names of the parameters.

    Raises:
        InputError: it is not TOML.
        UsageError: a key is unknown, or a value is not what the option takes.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(text("project", "broken", file=path.name, why=error)) from error
    known = {str(one.name): one for one in parameters} | {
        name.lstrip("-").replace("-", "_"): one for one in parameters for name in one.opts
    }
    options: dict[str, Any] = {}
    for key, value in told.items():
        parameter = known.get(key.replace("-", "_"))
        if parameter is None:
            names = ", ".join(sorted(str(one.name).replace("_", "-") for one in parameters))
            raise UsageError(text("project", "unknown", file=path.name, key=key, known=names))
        options[str(parameter.name)] = _value(path.name, key, value, parameter)
    return options


def _value(file: str, key: str, value: Any, parameter: click.Parameter) -> Any:  # noqa: ANN401
    """Return a value as the command line would give it."""
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return _checked(file, key, value, bool, "true_false")
    bare = parameter.flag_value if isinstance(parameter, click.Option) else None
    if isinstance(bare, str) and isinstance(value, bool):
        # `publish-safe = true` is the option without a file
        return bare if value else ""
    if parameter.multiple or parameter.nargs == -1:
        if isinstance(value, dict):  # [column] "Theirs" = "field"
            value = [f"{theirs}={ours}" for theirs, ours in value.items()]
        listed = value if isinstance(value, list) else [value]
        return [_checked(file, key, one, str, "list") for one in listed]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _checked(file, key, value, str, "text")


def _checked(file: str, key: str, value: Any, kind: type, words: str) -> Any:  # noqa: ANN401
    if not isinstance(value, kind):
        expected = text("project", words)
        raise UsageError(
            text("project", "wrong", file=file, key=key, found=repr(value), expected=expected)
        )
    return value
