"""What a run remembers of earlier ones: opened where a policy withholds nothing."""

import platform
import zlib
from collections.abc import Callable
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path
from typing import ParamSpec, TypeVar

import mapper
from mapper import geodata, recall
from mapper.config import Options
from mapper.pipeline.paths import output_of
from mapper.seal import file_sha256

__all__ = ["with_memory"]

P = ParamSpec("P")
R = TypeVar("R")

_LIBRARIES = ("numpy", "pandas", "pyarrow", "pyproj", "rapidfuzz", "shapely")


def with_memory(function: Callable[P, R]) -> Callable[P, R]:
    """Return `function` so that it reuses what earlier runs worked out, as its `Options` ask.

    A run with a policy neither reads nor writes: nothing that is withheld may lie about.
    """

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
        options = next(a for a in (*args, *kwargs.values()) if isinstance(a, Options))
        memory = None
        if options.cache and not options.publish_safe:
            memory = recall.Memory(recall.default_folder(), _state(), output_of(options))
        with recall.remembering(memory):
            return function(*args, **kwargs)

    return remembering


@cache
def _state() -> str:
    """Return one hash of what decides besides the data and the options.

    The program itself by its files, not only by its version: a checkout changes without one.
    """
    package = Path(mapper.__file__).parent
    ours = sorted([*package.rglob("*.py"), *package.rglob("*.toml")])
    program = [f"{path.relative_to(package)} {file_sha256(path)}" for path in ours]
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    data = [f"{name} {digest}" for name, digest in geodata.checksums().items()]
    return recall.evidence(
        mapper.__version__, platform.python_version(), zlib.ZLIB_RUNTIME_VERSION,
        *program, *libraries, *data,
    )  # fmt: skip
