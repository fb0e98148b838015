"""mapper: any table of border incidents in, one trustworthy offline map out.

The face is lazy (PEP 562): `import mapper` loads neither geopandas nor folium.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.api import Map, build_map, explore, locate, read

__version__ = "0.1.0"

__all__ = ["Map", "__version__", "build_map", "explore", "locate", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the types stand in the TYPE_CHECKING block
    """Load `mapper.api` when one of its names is first asked for."""
    if name in __all__:
        from mapper import api

        return getattr(api, name)
    message = f"module 'mapper' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)


class _Face(ModuleType):
    """The package: `mapper.read` is always the function, though a room has the same name.

    The room is reached by `from mapper.read import ...`.
    """

    @property
    def read(self) -> Any:  # noqa: ANN401 - the types stand in the TYPE_CHECKING block
        """Return `mapper.api.read`."""
        return __getattr__("read")

    @read.setter
    def read(self, _room: ModuleType) -> None:
        """Pass over the room that the import system would put here."""


sys.modules[__name__].__class__ = _Face
