"""LOCATED to a finished figure: the picture, its alt text and its data."""

import importlib.util
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from mapper import gazetteer, world
from mapper.columns import LOCATED, require
from mapper.errors import NothingUsableError, UsageError
from mapper.figure import words
from mapper.figure.compose import Composed, compose
from mapper.figure.marks import gather
from mapper.figure.scene import Path, Scene, Text
from mapper.figure.sizes import size_of
from mapper.figure.typeset import FONTS, clean, missing
from mapper.messages import text

__all__ = ["FORMATS", "Figure", "check", "draw", "format_of"]

FORMATS = ("png", "svg", "pdf", "docx")
_LEAST_DPI, _MOST_DPI = 36, 1200


@dataclass(frozen=True, slots=True)
class Figure:
    """A finished figure.

    Attributes:
        content: the file's bytes.
        alt_text: what the picture shows, in words.
        table: its data, one row a place (see `words.key_table`).
        reports: how many reports it is about.
        scene: what is drawn.
    """

    content: bytes
    alt_text: str
    table: pd.DataFrame
    reports: int
    scene: Scene

    @property
    def told(self) -> str:
        """Every word that is drawn and the names of what is drawn, in that order, a line each."""
        lines = (item.text if isinstance(item, Text) else item.name for item in self.scene.items)
        return "\n".join(line for line in lines if line)

    @property
    def ground(self) -> frozenset[str]:
        """Names of towns, crossings and admin areas on any map of these boxes, reports or none."""
        items = self.scene.items
        towns = {i.text for i in items if isinstance(i, Text) and i.layer == "towns"}
        crossings = {i.name for i in items if isinstance(i, Path) and i.layer == "crossings"}
        written = {item.text for item in items if isinstance(item, Text)}
        areas = written & set(world.admin1_table()["name"])
        return frozenset(towns | crossings | areas)


def format_of(name: str) -> str:
    """Return the format a file's name asks for.

    Raises:
        UsageError: it ends in none we know.
    """
    how = name.lower().rpartition(".")[2] if "." in name else ""
    if how not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise UsageError(text("publish", "format", file=name, known=known))
    return how


def check(how: str, *, size: str, dpi: int) -> None:
    """Say before any work whether a figure can be drawn.

    Raises:
        UsageError: an unknown format or size, or a resolution out of reach.
        UnusableError: the libraries of the extra `[figures]` are not installed.
    """
    if how not in FORMATS:
        message = f"figure format {how}: expected one of {', '.join(FORMATS)}."
        raise UsageError(message)
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        message = f"--dpi {dpi}: expected {_LEAST_DPI} to {_MOST_DPI}."
        raise UsageError(message)
    size_of(size)
    for library in ("matplotlib", *FONTS, *(("docx",) if how == "docx" else ())):
        if importlib.util.find_spec(library) is None:
            raise missing(library)


def draw(
    located: gpd.GeoDataFrame,
    *,
    format: str = "png",  # noqa: A002 - the word of the command line
    size: str = "page",
    dpi: int = 300,
    title: str = "",
    dek: str = "",
    lang: str = "en",
    credit: str = "",
    marking: str = "",
    crossings: pd.DataFrame | None = None,
    view: str = "",
    link: str = "",
    metadata: bool = True,
) -> Figure:
    """Draw a located table as a printable map.

    Args:
        located: the table LOCATED, extra columns allowed.
        format: png, svg, pdf or docx.
        size: `column`, `page`, `slide` or `WxHmm`.
        dpi: dots per inch of PNG, and of the picture in DOCX.
        title: headline; none is drawn where it is empty.
        dek: the line under it; by default the number of reports and their period.
        lang: en, es, pt, fr, id or ar.
        credit: who must be named: for the data, and for the ground.
        marking: handling mark over the picture, such as `TLP:AMBER`.
        crossings: official crossings, columns of `world.crossings()`; ours where left out.
        view: country (ISO2) whose drawing of disputed ground was asked for; to be named.
        link: in DOCX, where the map itself is to be found; a relative path or an http(s) address.
        metadata: whether a PNG tells its title and description beside its pixels.

    Raises:
        UsageError: an unknown format or size, or a resolution out of reach.
        NothingUsableError: there is no report.
        UnusableError: the libraries of the extra `[figures]` are not installed.
    """
    check(format, size=size, dpi=dpi)
    require(located, LOCATED)
    if not len(located):
        raise NothingUsableError(text("figure", "error.nothing", lang))
    marks = gather(located, lang)
    known = world.crossings() if crossings is None else crossings
    span = words.period(located, lang)
    dek = dek or _dek(len(located), span, lang)
    opinion = text("figure", "doc.opinion", lang)
    if view:
        seen = gazetteer.country_name(view, lang) or view
        opinion += " " + text("figure", "doc.view", lang, country=seen)
    credits_ = f"{credit}. {opinion}" if credit else opinion
    title, dek, credits_, marking = (clean(line) for line in (title, dek, credits_, marking))
    composed = compose(
        marks, size_of(size), title=title, dek=dek, credit=credits_, marking=marking, lang=lang,
        crossings=known,
    )  # fmt: skip
    alt = words.alt_text(marks, span, lang, title)
    table = words.key_table(composed.placed, composed.wide, composed.far)
    heads = (title or dek, alt) if metadata or format not in ("png", "docx") else ("", "")
    if format == "docx":
        from mapper.figure.paint import png_bytes
        from mapper.figure.word import docx_bytes

        picture = png_bytes(composed.scene, dpi=dpi, title=heads[0], description=heads[1])
        content = docx_bytes(
            picture,
            width_mm=composed.scene.width,
            title=title,
            dek=dek,
            alt=alt,
            table=table,
            sources=located["source_name"].value_counts(),
            credit=credits_,
            marking=marking,
            lang=lang,
            link=link,
        )
    else:
        content = _bytes(composed, format, *heads, lang, dpi=dpi)
    return Figure(content, alt, table, len(located), composed.scene)


def _dek(reports: int, span: str, lang: str) -> str:
    line = text("figure", "key.reports", lang, n=reports)
    return f"{line}, {span}" if span else line


def _bytes(composed: Composed, how: str, title: str, alt: str, lang: str, *, dpi: int) -> bytes:
    if how == "svg":
        from mapper.figure.svg import svg_bytes

        return svg_bytes(composed.scene, title=title, description=alt, lang=lang)
    from mapper.figure.paint import pdf_bytes, png_bytes

    if how == "pdf":
        return pdf_bytes(composed.scene, title=title, description=alt)
    return png_bytes(composed.scene, dpi=dpi, title=title, description=alt)
