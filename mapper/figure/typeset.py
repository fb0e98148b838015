"""Type: which font file a text is set in, how wide it is, how it breaks into lines.

The fonts come as packages, so that a figure is the same on every machine; DejaVu, which comes with
matplotlib, sets what they lack (Arabic), and a font of the machine what both lack.
"""

import importlib.util
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mapper.errors import UnusableError

__all__ = [
    "FAMILY",
    "FONTS",
    "MM_PER_PT",
    "clean",
    "cut",
    "directed",
    "font_file",
    "height_mm",
    "missing",
    "width_mm",
    "wrap",
]

MM_PER_PT = 25.4 / 72
_FILES = {
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.ttf", "DejaVuSans.ttf"),
    "bold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf", "DejaVuSans-Bold.ttf"),
    "italic": ("font_source_sans_pro", "SourceSansPro-It.ttf", "DejaVuSans-Oblique.ttf"),
    "serif": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "DejaVuSerif-Bold.ttf"),
}
FONTS = ("font_source_sans_pro", "font_source_serif_pro")
# face -> CSS family, weight, style
FAMILY = {
    "sans": ("Source Sans Pro", 400, "normal"),
    "bold": ("Source Sans Pro", 600, "normal"),
    "italic": ("Source Sans Pro", 400, "italic"),
    "serif": ("Source Serif Pro", 600, "normal"),
}
CAP_HEIGHT = 0.66  # of the size, for both families
INSTALL = "pip install 'border-incident-mapper[figures]'"


_PIP_NAMES = {"docx": "python-docx"}


def missing(library: str) -> UnusableError:
    """Return the error that names the extra to install."""
    name = _PIP_NAMES.get(library, library.replace("_", "-"))
    return UnusableError(f"figures need {name}, which is not installed: {INSTALL}")


@cache
def _packaged(package: str, name: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.origin:
        raise missing(package)
    return Path(found.origin).parent / "files" / name


@cache
def _bundled(name: str) -> Path:
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise missing("matplotlib") from error  # noqa: EM101 - a name, no sentence
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@cache
def _covered(path: Path) -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(path)).get_charmap())


@lru_cache(maxsize=4096)
def font_file(text: str, face: str) -> Path:
    """Return the font file that has every letter of a text: ours, DejaVu, then the machine's.

    Raises:
        UnusableError: the extra for figures is not installed.
    """
    package, ours, theirs = _FILES[face]
    wanted = {ord(letter) for letter in text if letter.isprintable() and not letter.isspace()}
    candidates = [_packaged(package, ours), _bundled(theirs), _bundled(_FILES["bold"][2])]
    for path in candidates:
        if wanted <= _covered(path):
            return path
    lacking = [len(wanted - _covered(path)) for path in candidates]
    best, least = candidates[lacking.index(min(lacking))], min(lacking)
    for path in _of_machine():
        number = len(wanted - _covered(path))
        if number < least:
            best, least = path, number
        if not least:
            break
    return best


@cache
def _of_machine() -> tuple[Path, ...]:
    """Return the machine's regular Noto Sans and similar fonts that can be read, by name."""
    from matplotlib import font_manager

    found = [
        Path(entry.fname)
        for entry in font_manager.fontManager.ttflist
        if entry.style == "normal" and entry.weight in (400, "normal", "regular")
        and ("Noto Sans" in entry.name or "CJK" in entry.name or "WenQuanYi" in entry.name)
    ]  # fmt: skip
    return tuple(sorted(set(found), key=lambda path: (len(path.name), str(path))))


def properties(text: str, face: str, size: float) -> Any:  # noqa: ANN401 - matplotlib is optional
    """Return matplotlib's FontProperties of a text."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_file(text, face)), size=size)


@lru_cache(maxsize=1 << 15)
def _width_em(text: str, face: str) -> float:
    from matplotlib.textpath import text_to_path

    at = 100.0
    width, _, _ = text_to_path.get_text_width_height_descent(
        text, properties(text, face, at), ismath=False
    )
    return float(width) / at


def width_mm(text: str, face: str, size: float, spacing: float = 0.0) -> float:
    """Return the width of a line of text in mm; `size` in points, `spacing` in em a letter."""
    if not text:
        return 0.0
    extra = spacing * max(0, len(text) - 1)
    return (_width_em(text, face) + extra) * size * MM_PER_PT


def height_mm(size: float) -> float:
    """Return the height of capitals in mm."""
    return CAP_HEIGHT * size * MM_PER_PT


def clean(text: str) -> str:
    """Return a text as one line of letters that can be set."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def directed(text: str, lang: str) -> str:
    """Return a line that reads from the right in a language that does, a Latin name first or not.

    Left to itself, a line takes the direction of its first letter.
    """
    arabic = lang == "ar" and any("\u0600" <= letter <= "\u06ff" for letter in text)
    # a sign before a Latin name stays with it
    return "\u202b" + text.replace("©", "\u200e©") + "\u202c" if arabic else text


def wrap(text: str, face: str, size: float, width: float, most: int = 0) -> list[str]:
    """Return a text broken into lines of at most `width` mm; `most` lines, the last cut with …."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width_mm(longer, face, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines = [*lines, line] if line else lines
    if most and len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), face, size, width)]
    return [cut(one, face, size, width) for one in lines]


def cut(text: str, face: str, size: float, width: float) -> str:
    """Return a text that fits into `width` mm, cut with … where it does not."""
    if width_mm(text, face, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_mm(text[:middle].rstrip() + "…", face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
