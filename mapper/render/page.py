"""The page as one file: folium's empty shell, filled by plain string replacement.

The only module that imports folium. No datum ever passes through folium, branca or Jinja: they
compile what they are given a second time as a template. The shell holds four fixed marks; parts
made and escaped elsewhere take their places.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mapper.errors import GeodataError
from mapper.render.security import content_security_policy, markup
from mapper.seal import PAGE, ZEROS, seal

__all__ = ["Parts", "assemble", "program", "stylesheet"]

_HTML = "<html>"
_HEAD = "<!--mapper:head-->"
_BODY = "<!--mapper:body-->"
_PROGRAM = "<script>\n    \n    /*mapper:program*/\n</script>"


@dataclass(frozen=True, slots=True)
class Parts:
    """What fills the shell; all of it markup or base64, escaped by whoever made it.

    Attributes:
        lang: language of the page.
        title: text for the title bar; escaped here.
        fallback: markup shown where no script runs.
        data: id → base64 text of the data elements before the program.
        late: id → base64 text of those after it.
        image_hosts: origins of online tiles.
        marking: text of the handling mark at the head of the page, "" for none; escaped here.
        streets: whether `late` holds vector tiles, which want a larger program.
    """

    lang: str
    title: str
    fallback: str
    data: dict[str, str]
    late: dict[str, str]
    image_hosts: tuple[str, ...] = ()
    marking: str = ""
    streets: bool = False


@cache
def shell() -> str:
    """Return folium's empty page with the four marks in it.

    A map without scripts, styles, tiles or random names: an empty `#map`. folium is loaded here,
    because only a page needs it.
    """
    import folium
    from jinja2 import Template

    class Shell(folium.Map):
        default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's own attribute, emptied
        default_css: list[tuple[str, str]] = []  # noqa: RUF012
        _template = Template(
            "{% macro header(this, kwargs) %}" + _HEAD + "{% endmacro %}"
            "{% macro html(this, kwargs) %}"
            '<div id="mapper" hidden><div id="map" class="folium-map"></div></div>'
            + _BODY
            + "{% endmacro %}"
            "{% macro script(this, kwargs) %}/*mapper:program*/{% endmacro %}"
        )

        def __init__(self) -> None:
            super().__init__(tiles=None, zoom_control=False)
            self._id = "mapper"

    page = str(Shell().get_root().render())
    for mark in (_HTML, _HEAD, _BODY, _PROGRAM):
        if page.count(mark) != 1:
            message = f"this version of folium draws another shell: {mark} is not in it once."
            raise RuntimeError(message)
    return page


@cache
def program(*, streets: bool = False) -> str:
    """Return the page's bundled script, `streets`: the one that draws vector tiles too."""
    return _built("streets.js" if streets else "page.js")


@cache
def stylesheet() -> str:
    """Return the page's bundled stylesheet."""
    return _built("page.css")


def _built(name: str) -> str:
    file = files("mapper.web") / "dist" / name
    if not file.is_file():
        message = (
            f"mapper's own browser code ({name}) is missing: reinstall border-incident-mapper."
        )
        raise GeodataError(message)
    # `</script` inside a string of the program would end the element.
    return file.read_text(encoding="utf-8").strip().replace("</script", "<\\/script")


def assemble(parts: Parts) -> str:
    """Return the whole page, sealed with its own hash."""
    script, style = program(streets=parts.streets), stylesheet()
    direction = "rtl" if parts.lang == "ar" else "ltr"
    policy = content_security_policy(script, style, parts.image_hosts)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'{PAGE}{ZEROS}">\n'
        f"<title>{markup(parts.title)}</title>\n"
        f"<style>{style}</style>"
    )
    said = " ".join(parts.marking.split())
    strip = [f'<p class="mapper-marking" dir="auto">{markup(said)}</p>'] if said else []
    marked = ' class="marked"' if said else ""
    body = [*strip, parts.fallback, *_data_elements(parts.data)]
    late = [f"<script>{script}</script>", *_data_elements(parts.late)]
    page = shell()
    for mark, content in (
        (_HTML, f'<html lang="{parts.lang}" dir="{direction}"{marked} data-mapper="building">'),
        (_HEAD, head),
        (_BODY, "\n".join(body)),
        (_PROGRAM, "\n".join(late)),
    ):
        before, after = page.split(mark, 1)
        page = before + content + after
    return seal(page, PAGE)


def _data_elements(data: dict[str, str]) -> list[str]:
    return [f'<script type="text/plain" id="{name}">{text}</script>' for name, text in data.items()]
