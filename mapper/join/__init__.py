"""INCIDENT + MATCH → LOCATED: the side of the border, the distance to it, the nearest crossing."""

from mapper.join.locate import locate

__all__ = ["locate"]
