"""A figure as a Word document: picture with alt text, caption, key, sources, how to read it."""

import io
from typing import Any
from urllib.parse import unquote

import pandas as pd

import mapper
from mapper.archive import without_clock
from mapper.figure.styling import families
from mapper.figure.typeset import missing
from mapper.messages import text

__all__ = ["docx_bytes"]

_MOST_ROWS = 40
_WIDTH_MM = 165.0
_COLUMNS_MM = (10.0, 50.0, 60.0, 27.0, 18.0)  # of the key
_LANGS = {"en": "en-GB", "es": "es-ES", "pt": "pt-BR", "fr": "fr-FR", "id": "id-ID", "ar": "ar-SA"}


def docx_bytes(
    picture: bytes,
    *,
    width_mm: float,
    title: str,
    dek: str,
    alt: str,
    table: pd.DataFrame,
    sources: pd.Series,
    credit: str,
    marking: str,
    lang: str,
    link: str = "",
) -> bytes:
    """Return a document that can go into a report as it is.

    Args:
        picture: PNG.
        width_mm: of the picture on paper; a wider one is fitted to the page.
        title: heading.
        dek: caption.
        alt: what the picture shows, for a screen reader.
        table: `words.key_table` of the figure.
        sources: number of reports by source, most first.
        credit: attribution.
        marking: handling mark for head and foot of each page.
        lang: language of our words and of the document.
        link: address of the interactive map; a line with it stands under the caption.

    Raises:
        UnusableError: python-docx is not installed.
    """
    try:
        import docx
        from docx.shared import Mm
    except ImportError as error:
        raise missing("docx") from error  # noqa: EM101 - a name, no sentence
    document = docx.Document()
    _set_up(document, title, lang, marking)
    if title:
        document.add_heading(title, level=1)
    shape = document.add_picture(io.BytesIO(picture), width=Mm(min(width_mm, _WIDTH_MM)))
    _describe(shape, title, alt)
    caption = document.add_paragraph(style="Caption")
    caption.add_run(text("figure", "doc.figure", lang, title=title or dek, dek=dek))
    if link:
        _link(document.add_paragraph(), text("figure", "doc.interactive", lang), link)
    document.add_heading(text("figure", "doc.places", lang), level=2)
    _places(document, table, lang)
    document.add_heading(text("figure", "doc.sources", lang), level=2)
    named = [
        text("figure", "doc.source", lang, name=name, n=n) for name, n in sources.items() if name
    ]
    document.add_paragraph("; ".join(named) + ("." if named else ""))
    document.add_heading(text("figure", "doc.how", lang), level=2)
    document.add_paragraph(text("figure", "key.not_added", lang))
    document.add_paragraph(credit)
    if lang == "ar":
        _right_to_left(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _set_up(document: Any, title: str, lang: str, marking: str) -> None:  # noqa: ANN401
    """Set page, language, properties and handling mark."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    rels = document.part.package.rels
    for name in [n for n, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[name]  # a picture of python-docx's own template
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(18)
    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, "", ""
    facts.last_modified_by, facts.language = f"mapper {mapper.__version__}", _LANGS.get(lang, lang)
    style = document.styles["Normal"].element.get_or_add_rPr()
    language = style.makeelement(qn("w:lang"), {qn("w:val"): _LANGS.get(lang, lang),
                                                qn("w:bidi"): _LANGS.get(lang, lang)})  # fmt: skip
    style.append(language)
    if marking:
        section.header.paragraphs[0].text = marking
        section.footer.paragraphs[0].text = marking


def _describe(shape: Any, title: str, alt: str) -> None:  # noqa: ANN401
    """Give the picture its alt text."""
    properties = shape._inline.docPr  # noqa: SLF001 - python-docx has no door to it
    properties.set("descr", _clean(alt))
    properties.set("title", _clean(title))


def _link(paragraph: Any, words: str, address: str) -> None:  # noqa: ANN401
    """Write a link that shows its address, for readers on paper."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    paragraph.add_run(f"{words}: ")
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): target})  # noqa: SLF001
    run = paragraph.add_run(unquote(address))
    run.font.underline, run.font.color.rgb = True, RGBColor(0x1F, 0x4E, 0x79)
    link.append(run._r)  # noqa: SLF001 - python-docx has no door to links
    paragraph._p.append(link)  # noqa: SLF001


def _places(document: Any, table: pd.DataFrame, lang: str) -> None:  # noqa: ANN401
    """Write the key: number, place, reports, period, radius."""
    heads = [
        text("figure", f"doc.{code}", lang) for code in ("place", "count", "period", "uncertainty")
    ]
    used = [family for family in families() if table[family.key].sum() > 0]
    shown = table.head(_MOST_ROWS)
    grid = document.add_table(rows=1, cols=len(heads) + 1, style="Light List Accent 1")
    for cell, head in zip(grid.rows[0].cells, ["", *heads], strict=True):
        cell.text = head
    for row in shown.to_dict("records"):
        kinds = ", ".join(
            f"{text('page', f'family_{family.key}', lang)} {row[family.key]}"
            for family in used if row[family.key]
        )  # fmt: skip
        days = " – ".join(dict.fromkeys(day for day in (row["first"], row["last"]) if day))
        km = _kilometres(row["uncertainty_km"])
        values = [row["number"], row["place"], f"{row['reports']} ({kinds})", days, km]
        for cell, value in zip(grid.add_row().cells, values, strict=True):
            cell.text = _clean(str(value))
    _fit(grid)
    left = table.iloc[_MOST_ROWS:]
    if len(left):
        reports = text("figure", "key.reports", lang, n=int(left["reports"].sum()))
        document.add_paragraph(text("figure", "key.more", lang, n=len(left), reports=reports))


def _kilometres(radius: float) -> str:
    """Return a radius to two digits: `±0.35 km`, `±180 km`; nothing where none is known."""
    return "" if pd.isna(radius) else f"±{float(f'{radius:.2g}'):g} km"


def _fit(grid: Any) -> None:  # noqa: ANN401
    """Give the columns of the key their widths; no row is parted, the head stands on each page."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    grid.autofit = False
    for column, width in zip(grid.columns, _COLUMNS_MM, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(8.5)
    for k, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no door to it
        for name in ("w:cantSplit", *(("w:tblHeader",) if k == 0 else ())):
            properties.append(properties.makeelement(qn(name), {}))


def _clean(value: str) -> str:
    """Return text that XML can hold."""
    return (
        "".join(c for c in value if c >= " " or c in "\t\n")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )


def _right_to_left(document: Any) -> None:  # noqa: ANN401
    """Set every paragraph from right to left."""
    from docx.oxml.ns import qn

    cells = [p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    for paragraph in (*document.paragraphs, *cells):
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        properties.append(properties.makeelement(qn("w:bidi"), {}))
    for table in document.tables:
        properties = table._tbl.tblPr  # noqa: SLF001
        properties.append(properties.makeelement(qn("w:bidiVisual"), {}))
