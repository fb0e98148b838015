"""LOCATED to a finished figure: the picture, its alt text and its data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from mapper.columns import LOCATED, require
from mapper.errors import NothingUsableError, UsageError
from mapper.figure import words
from mapper.figure.compose import Composed, compose
from mapper.figure.filters import select
from mapper.figure.marks import gather
from mapper.figure.sizes import size_of
from mapper.messages import text

__all__ = ["FORMATS", "Figure", "draw"]

FORMATS = ("png", "svg", "pdf", "docx")
CREDIT = "© OpenStreetMap contributors (borders, ODbL) · Natural Earth · GeoNames (CC BY 4.0)"
_LEAST_DPI, _MOST_DPI = 36, 1200


@dataclass(frozen=True, slots=True)
class Figure:
    """A finished figure.

    Attributes:
        content: the file's bytes.
        alt_text: what the picture shows, in words.
        table: its data, one row a place (see `words.key_table`).
        reports: how many reports it is about.
    """

    content: bytes
    alt_text: str
    table: pd.DataFrame
    reports: int


def draw(
    located: gpd.GeoDataFrame,
    *,
    format: str = "png",  # noqa: A002 - the word of the command line
    size: str = "page",
    dpi: int = 300,
    title: str = "",
    dek: str = "",
    lang: str = "en",
    filters: Mapping[str, object] | Iterable[str] = (),
    credit: str = "",
    marking: str = "",
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
        filters: which reports are drawn: `key=value` words or a mapping (see `filters.select`).
        credit: sources of the data, before those of the ground.
        marking: handling mark over the picture, such as `TLP:AMBER`.

    Raises:
        UsageError: an unknown format, size or filter, or a resolution out of reach.
        NothingUsableError: no report passes the filters.
        UnusableError: the libraries of the extra `[figures]` are not installed.
    """
    if format not in FORMATS:
        message = f"figure format {format}: expected one of {', '.join(FORMATS)}."
        raise UsageError(message)
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        message = f"--dpi {dpi}: expected {_LEAST_DPI} to {_MOST_DPI}."
        raise UsageError(message)
    require(located, LOCATED)
    chosen = located[select(located, filters)]
    if not len(chosen):
        message = "no report passes the filters: nothing to draw."
        raise NothingUsableError(message)
    marks = gather(chosen)
    span = words.period(chosen, lang)
    dek = dek or _dek(len(chosen), span, lang)
    opinion = text("figure", "doc.opinion", lang)
    credits_ = " · ".join(part for part in (credit, CREDIT) if part) + ". " + opinion
    composed = compose(
        marks, size_of(size), title=title, dek=dek, credit=credits_, marking=marking, lang=lang
    )
    alt = words.alt_text(marks, span, lang, title)
    table = words.key_table(composed.placed, composed.wide, composed.far)
    if format == "docx":
        from mapper.figure.paint import png_bytes
        from mapper.figure.word import docx_bytes

        picture = png_bytes(composed.scene, dpi=dpi, title=title or dek, description=alt)
        content = docx_bytes(
            picture, width_mm=composed.scene.width, title=title, dek=dek, alt=alt, table=table,
            sources=chosen["source_name"].value_counts(), credit=credits_, marking=marking, lang=lang,
        )  # fmt: skip
    else:
        content = _bytes(composed, format, title or dek, alt, lang, dpi=dpi)
    return Figure(content, alt, table, len(chosen))


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
