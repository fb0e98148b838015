"""A finished map into another text: frame, linked picture or Word document.

Everything is made from what the page itself carries, so the input table is not needed.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from mapper import figure, publish, render
from mapper.columns import LOCATED
from mapper.errors import UsageError
from mapper.join.shapes import geometries
from mapper.messages import LANGUAGES, text
from mapper.publish import snippets
from mapper.render.decode import located, page_text

__all__ = ["KINDS", "embed", "picture_of"]

KINDS = ("iframe", "markdown", "docx")
_ENDINGS = {"iframe": ".embed.html", "markdown": ".md", "docx": ".docx"}
_SIZE, _DPI = "160x120mm", 150


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page carries that a figure needs."""

    reports: gpd.GeoDataFrame
    title: str
    dek: str
    lang: str
    credit: str
    view: str


def embed(
    page: Path,
    kind: str,
    *,
    output: Path | None = None,
    address: str = "",
    picture: str = "",
    size: str = "",
    dpi: int = 0,
) -> list[Path]:
    """Write what embeds a map, and the picture it shows where the map cannot be.

    Args:
        page: a map as `mapper map` writes it.
        kind: `iframe` (HTML), `markdown` or `docx`.
        output: default `OUT.embed.html`, `OUT.md` or `OUT.docx` beside the map; the picture of
            the first two lies beside it with the ending `.png`.
        address: where readers will find the map; by default the way from the output to it.
        picture: where they will find the picture; by default its name.
        size: of the picture, as for a figure; by default 160 × 120 mm, a page in DOCX.
        dpi: of the picture; by default 150, 300 in DOCX.

    Returns:
        The paths written, the snippet first.

    Raises:
        InputError: the page cannot be read or is no map of this program.
        UsageError: an address that is neither relative nor http(s), an unknown size, or the
            output is the map.
        UnusableError: the libraries of the extra `[figures]` are not installed.
    """
    if kind not in KINDS:
        message = f"--as {kind}: expected one of {', '.join(KINDS)}."
        raise UsageError(message)
    out = output or page.with_name(page.stem + _ENDINGS[kind])
    shot = out.with_name(f"{out.name.removesuffix('.html').removesuffix('.md')}.png")
    if page.resolve() in (out.resolve(), shot.resolve()):
        raise UsageError(text("embed", "same_file", file=page))
    where = snippets.address_of(address) if address else snippets.relative(page, out.parent)
    beside = snippets.address_of(picture or shot.name)
    told = _told(page)
    if kind == "docx":
        drawn = _drawn(told, "docx", size or "page", dpi or 300, link=where)
        return publish.write_files({out: drawn.content})
    drawn = _drawn(told, "png", size or _SIZE, dpi or _DPI)
    about = snippets.Embedded(told.title, drawn.alt_text, told.lang, where, beside)
    made = snippets.iframe(about) if kind == "iframe" else snippets.markdown(about)
    return publish.write_files({out: made.encode("utf-8"), shot: drawn.content})


def picture_of(page: str) -> bytes:
    """Return a picture (PNG) of a map, drawn from its own data without a browser.

    Raises:
        InputError: it is no map of this program.
        UnusableError: the libraries of the extra `[figures]` are not installed.
    """
    return _drawn(_carried(page, "the page"), "png", _SIZE, _DPI).content


def _told(page: Path) -> _Told:
    return _carried(page_text(page), page.name)


def _carried(content: str, name: str) -> _Told:
    held = located(content, name)
    frame = held.reports
    reports = gpd.GeoDataFrame(frame, geometry=geometries(frame), crs="EPSG:4326")
    reports = reports[[*LOCATED.names, *(c for c in reports.columns if c not in LOCATED)]]
    lang = str(held.meta.get("lang", ""))
    lang = lang if lang in LANGUAGES else "en"
    title, dek = render.headings(reports, title=str(held.meta.get("title", "")), lang=lang)
    # what the page says of boundaries the figure says in its own words
    said = {one["text"] for one in render.attribution() if not one["url"]}
    credits_ = [str(one.get("text", "")) for one in held.meta.get("attribution", [])]
    credit = figure.credit_line(one for one in credits_ if one and one not in said)
    return _Told(reports, title, dek, lang, credit, str(held.meta.get("view") or ""))


def _drawn(told: _Told, how: str, size: str, dpi: int, link: str = "") -> figure.Figure:
    return figure.draw(
        told.reports,
        format=how,
        size=size,
        dpi=dpi,
        title=told.title,
        dek=told.dek,
        lang=told.lang,
        credit=told.credit,
        view=told.view,
        link=link,
    )
