"""A scene as SVG: real text, one group a layer, fonts inside, no clock and no random id."""

import base64
import io
import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path as FilePath
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from mapper.figure.scene import Floats, Path, Scene, Text
from mapper.figure.typeset import FAMILY, MM_PER_PT, font_file

__all__ = ["svg_bytes"]

_LAYER_NAMES = {
    "paper": "Paper", "sea": "Sea", "land": "Land", "water": "Lakes and rivers",
    "admin1": "Admin lines", "border": "Borders", "uncertainty": "Uncertain areas",
    "towns": "Towns", "labels": "Names", "crossings": "Crossings", "zooms": "Zooms",
    "leaders": "Leaders",
    "reports": "Reports", "numbers": "Numbers", "frames": "Frames", "locator": "Locator",
    "words": "Words",
}  # fmt: skip
_ANCHOR = {"left": "start", "center": "middle", "right": "end"}
_GENERIC = {"sans": "sans-serif", "bold": "sans-serif", "italic": "sans-serif", "serif": "serif"}


def svg_bytes(scene: Scene, *, title: str, description: str, lang: str) -> bytes:
    """Return a scene as an SVG document in mm.

    Layers are groups that Inkscape and Illustrator show by name. The letters used of each font are
    embedded, so that a browser sets the text as it was measured; a program that ignores embedded
    fonts finds the family's name.
    """
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        _head(scene, lang),
        f'<title id="figure-title">{_text(title)}</title>\n',
        f'<desc id="figure-description">{_text(description)}</desc>\n',
        f"<style>{_fonts(scene)}</style>\n",
    ]
    for layer, items in scene.by_layer():
        out.append(
            f'<g id="{layer}" inkscape:groupmode="layer" '
            f"inkscape:label={quoteattr(_LAYER_NAMES[layer])}>\n"
        )
        out += [_path(item) if isinstance(item, Path) else _words(item) for item in items]
        out.append("</g>\n")
    out.append("</svg>\n")
    return "".join(out).encode("utf-8")


def _head(scene: Scene, lang: str) -> str:
    wide, tall = _n(scene.width), _n(scene.height)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
        f'width="{wide}mm" height="{tall}mm" viewBox="0 0 {wide} {tall}" role="img" '
        f'aria-labelledby="figure-title figure-description" xml:lang="{lang}">\n'
    )


def _n(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _text(text: str) -> str:
    """Return text that XML can hold."""
    return escape("".join(c for c in text if c >= " " or c in "\t\n"))


def _data(lines: Iterable[Floats], *, closed: bool) -> str:
    parts = []
    for line in lines:
        points = np.round(line[:-1] if closed and (line[0] == line[-1]).all() else line, 3)
        pairs = [f"{_n(float(x))} {_n(float(y))}" for x, y in points]
        parts.append("M" + "L".join(pairs) + ("Z" if closed else ""))
    return "".join(parts)


def _path(path: Path) -> str:
    parts = [f'<path d="{_data(path.lines, closed=path.closed)}" fill="{path.fill or "none"}"']
    if path.fill:
        parts.append('fill-rule="evenodd"')
    if path.stroke:
        parts.append(
            f'stroke="{path.stroke}" stroke-width="{_n(path.width * MM_PER_PT)}" '
            'stroke-linejoin="round" stroke-linecap="round"'
        )
        if path.dash:
            parts.append(f'stroke-dasharray="{" ".join(_n(d * MM_PER_PT) for d in path.dash)}"')
    if path.opacity < 1:
        parts.append(f'opacity="{_n(path.opacity)}"')
    body = f"><title>{_text(path.name)}</title></path>\n" if path.name else "/>\n"
    return " ".join(parts) + body


def _words(text: Text) -> str:
    _, weight, style = FAMILY[text.face]
    family = _family(font_file(text.text, text.face), text.face)
    size = text.size * MM_PER_PT
    newer = family.replace(" Pro", " 3")  # the name of the same family since 2021
    parts = [
        f'<text x="{_n(text.x)}" y="{_n(text.y)}"',
        f"font-family=\"'{family}', '{newer}', {_GENERIC[text.face]}\"",
        f'font-size="{_n(size)}" fill="{text.colour}"',
    ]
    if weight != 400:
        parts.append(f'font-weight="{weight}"')
    if style != "normal":
        parts.append(f'font-style="{style}"')
    if text.align != "left":
        parts.append(f'text-anchor="{_ANCHOR[text.align]}"')
    if text.spacing:
        parts.append(f'letter-spacing="{_n(text.spacing * size)}"')
    if text.halo:
        parts.append(
            f'stroke="{text.halo}" stroke-width="{_n(0.26 * size)}" stroke-linejoin="round" '
            'paint-order="stroke"'
        )
    return " ".join(parts) + f' xml:space="preserve">{_text(text.text)}</text>\n'


def _family(path: FilePath, face: str) -> str:
    """Return the name of the family of a font file: each its own, or one would set the other's."""
    ours = FAMILY[face][0]
    return ours if path.name.startswith(ours.replace(" ", "")) else path.stem


def _fonts(scene: Scene) -> str:
    """Return the @font-face rules of the letters that are used."""
    used: dict[tuple[str, FilePath], set[str]] = {}
    for item in scene.items:
        if isinstance(item, Text):
            key = (item.face, font_file(item.text, item.face))
            used.setdefault(key, set()).update(item.text)
    rules = []
    for (face, path), letters in sorted(
        used.items(), key=lambda pair: (pair[0][0], str(pair[0][1]))
    ):
        family, (_, weight, style) = _family(path, face), FAMILY[face]
        data = _subset(path, "".join(sorted(letters)))
        ranges = ",".join(f"U+{ord(c):X}" for c in sorted(letters))
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"unicode-range:{ranges};"
            f"src:url(data:font/ttf;base64,{base64.b64encode(data).decode()}) format('truetype')}}"
        )
    return "\n".join(rules)


@lru_cache(maxsize=16)
def _subset(path: FilePath, letters: str) -> bytes:
    """Return the part of a font that sets these letters, without the time of its making."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # it tells of tables it drops, which no reader of ours can do anything about
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options(layout_features=["*"], notdef_outline=True, hinting=False)
    font = TTFont(path, recalcTimestamp=False, lazy=False)
    chosen = subset.Subsetter(options)
    chosen.populate(text=letters)
    chosen.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
