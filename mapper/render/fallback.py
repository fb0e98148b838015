"""What the page shows where no script runs: headline, a still map, the first reports as a table.

Phones' mail and file previews and search engines run no script. No style attribute is used (the
page's policy forbids them); colours are presentation attributes and classes.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.messages import catalogue, text
from mapper.render.security import markup
from mapper.render.story import Story, dek

__all__ = ["ROWS", "fallback"]

ROWS = 300
Integers = npt.NDArray[np.int64]


def fallback(
    located: pd.DataFrame,
    facts: Story,
    title: str,
    lang: str,
    picture: str,
    *,
    hide: Sequence[str],
    terms: Sequence[str] = (),
    safety: str = "",
) -> str:
    """Return the markup: every datum in it is escaped.

    Args:
        located: LOCATED rows in the order of the file.
        facts: of the headline.
        title: the headline itself.
        lang: language of our words.
        picture: markup of the still map.
        hide: columns not to be shown.
        terms: sentences that the terms of the sources ask for.
        safety: what was withheld or coarsened, in words.
    """
    line = dek(facts, lang)
    n = min(len(located), ROWS)
    caption = text("map", "fallback.table" if n < len(located) else "fallback.all", lang,
                   n=n, all=len(located))  # fmt: skip
    return "\n".join(
        [
            # the page's own program shows it where it comes to grief
            _failed(lang),
            '<article id="fallback" class="fallback">',
            f"<h1>{markup(title)}</h1>",
            f'<p class="fallback-dek">{markup(line)}</p>',
            *([f'<p class="fallback-note">{markup(safety)}</p>'] if safety else []),
            picture,
            f'<p class="fallback-note">{markup(text("map", "fallback.script", lang))}</p>',
            '<div class="fallback-table">',
            f"<table><caption>{markup(caption)}</caption>",
            _head(lang),
            "<tbody>",
            *_rows(located.head(ROWS), set(hide), lang),
            "</tbody></table>",
            "</div>",
            *(f'<p class="fallback-note">{markup(sentence)}</p>' for sentence in terms),
            "</article>",
        ]
    )


def _failed(lang: str) -> str:
    told = markup(text("map", "fallback.failed", lang))
    return f'<p id="mapper-failed" class="mapper-error" role="alert" hidden>{told}</p>'


def _head(lang: str) -> str:
    cells = "".join(
        f'<th scope="col">{markup(text("map", f"fallback.{name}", lang))}</th>'
        for name in ("date", "what", "where", "who")
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _rows(located: pd.DataFrame, hide: set[str], lang: str) -> list[str]:
    def column(name: str) -> list[str]:
        if name in hide or name not in located.columns:
            return [""] * len(located)
        return [str(value) for value in located[name]]

    start = located["date_start"]
    iso = start.dt.strftime("%Y-%m-%d").fillna("")
    dates = [written or day for written, day in zip(column("date_text"), iso, strict=True)]
    named = catalogue("page", lang)
    arrow = "←" if lang == "ar" else "→"
    rows = []
    for date, label, kind, description, place, taken, source, url in zip(
        dates,
        column("event_label"),
        column("event_type"),
        column("description"),
        column("place"),
        column("matched_name"),
        column("source_name"),
        column("source_url"),
        strict=True,
    ):
        what = markup(str(named.get(f"type_{kind}", label or kind)))
        if description:
            what = f"<b>{what}</b> <bdi>{markup(description)}</bdi>"
        where = f"<bdi>{markup(place)}</bdi>"
        if taken and taken != place:
            where += f" {arrow} <bdi>{markup(taken)}</bdi>"
        cells = (markup(date), what, where, _source(source, url))
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return rows


def _source(name: str, url: str) -> str:
    """Return the source, linked where the address is a web address and nothing else."""
    shown = markup(name or url)
    if url.startswith(("http://", "https://")) and not any(c <= " " for c in url):
        return f'<a href="{markup(url)}" rel="noopener noreferrer">{shown}</a>'
    return shown if name or not url else markup(url)
