"""A run sees disputed ground as the country named with `--view` draws it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from mapper import world
from mapper.config import Options
from mapper.errors import UsageError
from mapper.messages import text

__all__ = ["in_view"]

P = ParamSpec("P")
R = TypeVar("R")


def in_view(function: Callable[P, R]) -> Callable[P, R]:
    """Return `function` so that it sees disputed ground as its `Options` ask."""

    @wraps(function)
    def seen(*args: P.args, **kwargs: P.kwargs) -> R:
        options = next(a for a in (*args, *kwargs.values()) if isinstance(a, Options))
        if options.view and options.view not in world.views():
            known = ", ".join(world.views())
            raise UsageError(text("report", "no_view", view=options.view, known=known))
        with world.seen_from(options.view):
            return function(*args, **kwargs)

    return seen
