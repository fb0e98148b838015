"""Snippets that put a finished map into another page or into a Markdown text.

The map is never loosened: its frame may run its own scripts and open links to sources in a new
window, nothing else. It tells the height it would like by a message that holds only a number.
"""

import html
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from mapper.errors import UsageError
from mapper.messages import text

__all__ = ["SANDBOX", "Embedded", "address_of", "iframe", "markdown", "relative"]

# Scripts draw the map; links to sources open in a window of their own, free of the sandbox.
# Without `allow-same-origin` the map reads nothing of the site it stands on.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_HEIGHT, _LEAST, _MOST = 560, 200, 2000  # px
_MOST_UPS = 2  # folders up from the snippet to the map, `../../maps/map.html`

# Stands before its frame, so that no message is missed. It hears only the frame of its own
# figure, and takes only a number within bounds.
_LISTENER = """<script>
(function () {{
  var figure = document.currentScript.parentNode;
  addEventListener("message", function (event) {{
    var frame = figure.querySelector("iframe"), said = event.data;
    if (!frame || event.source !== frame.contentWindow) return;
    if (!said || said.type !== "mapper:height" || typeof said.height !== "number") return;
    if (said.height >= {least} && said.height <= {most}) frame.style.height = said.height + "px";
  }});
}})();
</script>"""
_WEB = re.compile(r"https?://[^\s\"'<>\\]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+!|~$^&])")


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a snippet is about.

    Attributes:
        title: of the map.
        alt: what its picture shows, in words.
        lang: of the map.
        address: where the page of the snippet finds the map; relative, or http(s).
        picture: where it finds the picture.
    """

    title: str
    alt: str
    lang: str
    address: str
    picture: str


def address_of(told: str) -> str:
    """Return an address fit for a snippet: http(s) as it is, a relative path quoted.

    Raises:
        UsageError: it has another scheme.
    """
    if _WEB.fullmatch(told):
        return told
    if _SCHEME.match(told):
        raise UsageError(text("embed", "address", address=told))
    return quote(str(PurePosixPath(told.replace("\\", "/"))))


def relative(target: Path, folder: Path) -> str:
    """Return how a page in `folder` finds `target`, as an address.

    Where that would lead up through folders of this machine the name alone is given: whoever
    publishes the snippet puts the map beside it.
    """
    there, here = target.resolve(), folder.resolve()
    shared = os.path.commonpath([there, here])
    ups = len(here.relative_to(shared).parts)
    told = os.path.relpath(there, here) if ups <= _MOST_UPS else there.name
    return address_of(told)


def iframe(about: Embedded) -> str:
    """Return HTML for a web page: a sandboxed frame that is as tall as the map asks.

    Several on one page do not disturb each other. Where scripts do not run, or where frames are
    taken out (feeds, mail), the picture and the link remain.
    """
    title, alt = html.escape(about.title), html.escape(about.alt)
    address, picture = html.escape(about.address), html.escape(about.picture)
    direction = ' dir="rtl"' if about.lang == "ar" else ""
    link = html.escape(text("embed", "open", about.lang))
    return (
        f'<figure class="mapper-embed" style="margin:0" lang="{about.lang}"{direction}>\n'
        f"{_LISTENER.format(least=_LEAST, most=_MOST)}\n"
        f'<iframe src="{address}#embed" title="{title}" sandbox="{SANDBOX}" '
        'referrerpolicy="no-referrer" loading="lazy" '
        f'style="width:100%;height:{_HEIGHT}px;border:0"></iframe>\n'
        f'<noscript><a href="{address}"><img src="{picture}" alt="{alt}" '
        'style="max-width:100%"></a></noscript>\n'
        f'<figcaption>{title} · <a href="{address}">{link}</a></figcaption>\n'
        "</figure>\n"
    )


def markdown(about: Embedded) -> str:
    """Return Markdown for places that show no frames (GitHub, Quarto to PDF): a linked picture."""
    title, alt, link = map(_plain, (about.title, about.alt, text("embed", "open", about.lang)))
    address, picture = _target(about.address), _target(about.picture)
    return f"[![{alt}]({picture})]({address})\n\n*{title}* · [{link}]({address})\n"


def _plain(words: str) -> str:
    """Return words that Markdown takes as they are."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))


def _target(address: str) -> str:
    """Return an address that ends where it should, brackets or not."""
    return address.replace("(", "%28").replace(")", "%29")
