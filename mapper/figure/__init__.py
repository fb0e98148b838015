"""Figures without a browser: LOCATED to PNG, SVG, PDF and DOCX."""

from mapper.figure.draw import FORMATS, Figure, check, draw, format_of
from mapper.figure.filters import KEYS, parse, select
from mapper.figure.words import credit_line

__all__ = [
    "FORMATS",
    "KEYS",
    "Figure",
    "check",
    "credit_line",
    "draw",
    "format_of",
    "parse",
    "select",
]
