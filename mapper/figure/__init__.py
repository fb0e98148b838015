"""Figures without a browser: LOCATED to PNG, SVG, PDF and DOCX."""

from mapper.figure.draw import FORMATS, Figure, draw
from mapper.figure.filters import KEYS, parse, select

__all__ = ["FORMATS", "KEYS", "Figure", "draw", "parse", "select"]
