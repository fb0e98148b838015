"""The sizes of a figure on paper: named ones, and WxH in millimetres."""

import re
from dataclasses import dataclass

from mapper.errors import UsageError

__all__ = ["NAMED", "Size", "size_of"]

# name -> width, height in mm: one text column, a page's text width, a 16:9 slide
NAMED = {"column": (86.0, 160.0), "page": (172.0, 222.0), "slide": (254.0, 142.9)}
_CUSTOM = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[xX×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?\s*$")
_LEAST, _MOST = 60.0, 1200.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in mm, and the size of plain text in points that suits them."""

    width: float
    height: float

    @property
    def text_pt(self) -> float:
        """Plain text: 6.6 pt in a column, 7.8 on a page, 9.6 on a slide."""
        named = {NAMED["column"]: 6.6, NAMED["page"]: 7.8, NAMED["slide"]: 9.6}
        guess = 0.042 * (self.width * self.height) ** 0.5
        return float(named.get((self.width, self.height), min(16.0, max(6.0, guess))))

    @property
    def wide(self) -> bool:
        """Whether words stand beside the map, not over and under it."""
        return self.width > 1.2 * self.height


def size_of(text: str) -> Size:
    """Return the size a user names: `column`, `page`, `slide` or `WxHmm`.

    Raises:
        UsageError: it is none of these, or too small or too large to draw.
    """
    if text in NAMED:
        return Size(*NAMED[text])
    found = _CUSTOM.match(text)
    if not found:
        message = f"--size {text}: expected column, page, slide or a size such as 120x90mm."
        raise UsageError(message)
    width, height = float(found[1]), float(found[2])
    if not (_LEAST <= width <= _MOST and _LEAST <= height <= _MOST):
        message = f"--size {text}: each side must be {_LEAST:g} to {_MOST:g} mm."
        raise UsageError(message)
    return Size(width, height)
