"""Snippets that put a finished map into another page, a Markdown text or a Word document.

The map is never loosened: its frame may run its own scripts and open links to sources in a new
window, nothing else. It tells the height it would like by a message that holds only a number.
"""

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from mapper.errors import InputError, UsageError
from mapper.messages import text

__all__ = ["KINDS", "Snippet", "embed", "title_of"]

KINDS = ("iframe", "markdown", "docx")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LANG = re.compile(r'<html[^>]*\blang="([a-z-]+)"')
_MAPPER = 'data-mapper="'
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_HEIGHT, _LEAST, _MOST = 640, 240, 1600

# Sizes the frame as the map asks, but only the frame it asks from, and only within bounds.
_SCRIPT = """<script>
(function () {{
  var figure = document.currentScript.parentNode, frame = figure.querySelector("iframe");
  addEventListener("message", function (event) {{
    if (event.source !== frame.contentWindow || !event.data) return;
    if (event.data.type !== "mapper:height") return;
    var height = Number(event.data.height);
    if (height >= {least} && height <= {most}) frame.style.height = height + "px";
  }});
}})();
</script>"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What to paste, and the language and title it speaks of.

    Attributes:
        text: HTML or Markdown.
        title: of the map.
        lang: of the map.
    """

    text: str
    title: str
    lang: str


def title_of(page: str) -> tuple[str, str]:
    """Return title and language of a finished map.

    Raises:
        InputError: it is no map of this program.
    """
    title, lang = _TITLE.search(page[:20_000]), _LANG.search(page[:2_000])
    if not title or _MAPPER not in page and "dataset.mapper" not in page:
        message = "this file is not a map made by mapper: embed takes the HTML of `mapper map`."
        raise InputError(message)
    return html.unescape(title[1]).strip(), lang[1].split("-")[0] if lang else "en"


def embed(
    page: str, address: str, kind: str, *, picture: str = "", height: int = _HEIGHT
) -> Snippet:
    """Return the snippet that embeds a map.

    Args:
        page: the map's HTML, of which title and language are taken.
        address: where the snippet's page will find it: a relative path or an http(s) address.
        kind: `iframe` (HTML, WordPress, Quarto) or `markdown` (a picture that links to the map).
        picture: address of a picture of the map, for readers without scripts and for Markdown.
        height: of the frame until the map says what it needs, px.

    Raises:
        UsageError: an unknown kind, or an address that is neither relative nor http(s).
        InputError: `page` is no map of this program.
    """
    title, lang = title_of(page)
    title = title or text("figure", "embed.title", lang)
    where = _address(address)
    shot = _address(picture) if picture else ""
    if kind == "iframe":
        made = _iframe(title, lang, where, shot, height)
    elif kind == "markdown":
        made = _markdown(title, lang, where, shot)
    else:
        message = f"--as {kind}: expected one of {', '.join(KINDS)}."
        raise UsageError(message)
    return Snippet(made, title, lang)


def _address(address: str) -> str:
    """Return an address fit for an attribute: relative ones quoted, others only http(s).

    Raises:
        UsageError: another scheme.
    """
    if re.match(r"^https?://[^\s\"'<>]+$", address):
        return address
    if re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:", address) or address.startswith("//"):
        message = f"address {address}: expected a relative path or an http(s) address."
        raise UsageError(message)
    return quote(str(PurePosixPath(address.replace("\\", "/"))))


def _iframe(title: str, lang: str, address: str, picture: str, height: int) -> str:
    said = html.escape(title)
    link = text("figure", "embed.fallback", lang)
    open_ = f'<a href="{html.escape(address)}">{html.escape(link)}</a>'
    shot = ""
    if picture:
        alt = html.escape(text("figure", "embed.picture", lang, title=title))
        shot = (
            f'\n<noscript><a href="{html.escape(address)}"><img src="{html.escape(picture)}" '
            f'alt="{alt}" style="max-width:100%"></a></noscript>'
        )
    script = _SCRIPT.format(least=_LEAST, most=_MOST)
    return (
        f'<figure class="mapper-embed" style="margin:0" lang="{lang}">\n'
        f'<iframe src="{html.escape(address)}#embed" title="{said}" sandbox="{SANDBOX}" '
        'referrerpolicy="no-referrer" loading="lazy" '
        f'style="width:100%;height:{height}px;border:0"></iframe>{shot}\n'
        f"<figcaption>{said} · {open_}</figcaption>\n{script}\n</figure>\n"
    )


def _markdown(title: str, lang: str, address: str, picture: str) -> str:
    said = re.sub(r"([\\`*_{}\[\]()<>#+!|~])", r"\\\1", " ".join(title.split()))
    if not picture:
        return f"[{said}]({address})\n"
    alt = re.sub(
        r"([\\`*_{}\[\]()<>#+!|~])", r"\\\1", text("figure", "embed.picture", lang, title=title)
    )
    return f"[![{alt}]({picture})]({address})\n\n*{said}*\n"
