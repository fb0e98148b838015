"""Figures without a browser: LOCATED to PNG, SVG, PDF and DOCX."""

from mapper.figure.draw import FORMATS, Figure, check, draw, format_of
from mapper.figure.filters import KEYS, parse, select

__all__ = ["FORMATS", "KEYS", "Figure", "check", "draw", "format_of", "parse", "select"]
