"""A scene as PNG or PDF, painted by matplotlib; same scene, same bytes."""

import io
import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from mapper.figure.scene import Path, Scene, Text
from mapper.figure.typeset import MM_PER_PT, missing, properties, width_mm

__all__ = ["pdf_bytes", "png_bytes"]

_HALO = 0.26  # width of the rim around letters, in em


def png_bytes(scene: Scene, *, dpi: int, title: str, description: str) -> bytes:
    """Return a scene as PNG with its resolution in it, and title and description if there are."""
    facts = {"Title": title or None, "Description": description or None}
    facts["Software"] = "mapper" if title else None
    return _save(scene, "png", dpi=dpi, metadata=facts)


def pdf_bytes(scene: Scene, *, title: str, description: str) -> bytes:
    """Return a scene as PDF with embedded fonts and text that can be selected."""
    facts = {
        "Title": title, "Subject": description, "Creator": "mapper", "Producer": "mapper",
        "CreationDate": None, "ModDate": None,
    }  # fmt: skip
    return _save(scene, "pdf", dpi=72, metadata=facts)


def _save(scene: Scene, how: str, *, dpi: int, metadata: Mapping[str, str | None]) -> bytes:
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise missing("matplotlib") from error  # noqa: EM101 - a name, no sentence
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    size = (scene.width / 25.4, scene.height / 25.4)
    settings: Any = {"pdf.fonttype": 42, "path.simplify": False, "text.parse_math": False,
                "text.usetex": False, "agg.path.chunksize": 20000,
                "text.hinting": "no_hinting"}  # fmt: skip
    with mpl.rc_context(settings):
        figure = Figure(figsize=size, dpi=dpi, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, scene.width), ylim=(scene.height, 0))
        axes.axis("off")
        order = 0
        for _, items in scene.by_layer():
            for item in items:
                order += 1
                if isinstance(item, Path):
                    _add_path(axes, item, order)
                else:
                    _add_text(axes, item, order)
        buffer = io.BytesIO()
        # a page at 300 dpi is packed in two thirds of the time, and 2 % larger
        fast: Any = {"pil_kwargs": {"compress_level": 3}} if how == "png" else {}
        figure.savefig(buffer, format=how, dpi=dpi, metadata=metadata, **fast)
    return buffer.getvalue()


def _add_path(axes: Any, path: Path, order: int) -> None:  # noqa: ANN401 - matplotlib is optional
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as MplPath

    points, codes = [], []
    for line in path.lines:
        if len(line) < 2:
            continue
        points.append(line)
        code = np.full(len(line), MplPath.LINETO, dtype=np.uint8)
        code[0] = MplPath.MOVETO
        if path.closed:
            code[-1] = MplPath.CLOSEPOLY
        codes.append(code)
    if not points:
        return
    shape = MplPath(np.concatenate(points), np.concatenate(codes))
    patch = PathPatch(
        shape,
        facecolor=path.fill or "none",
        edgecolor=path.stroke or "none",
        linewidth=path.width if path.stroke else 0,
        linestyle=(0, path.dash) if path.dash else "-",
        alpha=path.opacity if path.opacity < 1 else None,
        joinstyle="round",
        capstyle="round",
        zorder=order,
        clip_on=False,
    )
    if path.dash:
        patch.set_linestyle((0, tuple(d / max(path.width, 0.01) for d in path.dash)))
    axes.add_artist(patch)


def _add_text(axes: Any, text: Text, order: int) -> None:  # noqa: ANN401
    width = width_mm(text.text, text.face, text.size, text.spacing)
    x = text.x - {"left": 0.0, "center": width / 2, "right": width}[text.align]
    if not text.spacing:
        _add_run(axes, text, x, text.text, order)
        return
    for letter in text.text:
        if not letter.isspace():
            _add_run(axes, text, x, letter, order)
        step = width_mm(letter, text.face, text.size) or 0.28 * text.size * MM_PER_PT
        x += step + text.spacing * text.size * MM_PER_PT


def _add_run(axes: Any, text: Text, x: float, run: str, order: int) -> None:  # noqa: ANN401
    font = properties(run, text.face, text.size)
    if text.halo:
        axes.add_artist(_rim(text, x, run, font, order))
    axes.text(
        x, text.y, run, fontproperties=font, color=text.colour, ha="left", va="baseline",
        zorder=order, parse_math=False, clip_on=False,
    )  # fmt: skip


def _rim(text: Text, x: float, run: str, font: Any, order: int) -> Any:  # noqa: ANN401
    """Return the outline of the letters as a broad stroke, to be laid under them."""
    from matplotlib.patches import PathPatch
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    path = TextPath((0, 0), run, size=text.size, prop=font, usetex=False)
    place = Affine2D().scale(MM_PER_PT, -MM_PER_PT).translate(x, text.y)
    return PathPatch(
        path.transformed(place), facecolor=text.halo, edgecolor=text.halo,
        linewidth=_HALO * text.size, joinstyle="round", zorder=order - 0.5, clip_on=False,
    )  # fmt: skip
