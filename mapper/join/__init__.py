"""INCIDENT + MATCH → LOCATED: the side of the border, the distance to it, the nearest crossing."""

from mapper.join.admin2 import admin2_names
from mapper.join.locate import locate

__all__ = ["admin2_names", "locate"]
