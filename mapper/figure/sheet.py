"""The paper while it is filled: what of it is free, and how words are written on it."""

from dataclasses import dataclass

from mapper.figure.furniture import Pen
from mapper.figure.panel import Frame
from mapper.figure.scene import Scene, Text
from mapper.figure.typeset import MM_PER_PT, directed

__all__ = ["Sheet"]


@dataclass(slots=True)
class Sheet:
    """The paper: the scene it becomes, the pen, and the box that is still free, mm."""

    scene: Scene
    pen: Pen
    free: Frame

    @property
    def text_pt(self) -> float:
        """Size of plain text in points."""
        return self.pen.text_pt

    def leading(self, size: float) -> float:
        """Return the height of a line of text, mm."""
        return size * MM_PER_PT * 1.22

    def from_top(self, height: float) -> None:
        """Take `height` mm from the top of what is free."""
        free = self.free
        self.free = Frame(free.x, free.y + height, free.width, free.height - height)

    def from_bottom(self, height: float) -> None:
        """Take `height` mm from the foot of what is free."""
        free = self.free
        self.free = Frame(free.x, free.y, free.width, free.height - height)

    def side(self, dx: float) -> float:
        """Return the x that lies `dx` mm from the side where reading starts."""
        return self.free.right - dx if self.pen.lang == "ar" else self.free.x + dx

    def write(self, dx: float, y: float, words: str, size: float, face: str, colour: str) -> None:
        """Write a line `dx` mm from the side where reading starts."""
        align = "right" if self.pen.lang == "ar" else "left"
        line = directed(words, self.pen.lang)
        self.scene.add(Text("words", self.side(dx), y, line, size, face, colour, align))
