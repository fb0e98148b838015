"""A map as an object of Python: saved, shown in a notebook, put into a figure of folium.

The page goes through folium as finished text only. Nothing of it is ever a template.
"""

import base64
import html
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from branca.element import Element, Figure

from mapper import embedding
from mapper.errors import UnusableError, UsageError
from mapper.publish import write_files

__all__ = ["Map"]


class _Said(Element):
    """Markup that is written as it is; folium's own element would compile it as a template."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._markup = markup

    def render(self, **_: Any) -> str:  # noqa: ANN401 - folium's protocol
        return self._markup


class Map(Element):
    """One HTML page with everything in it: save it, or show it in a notebook.

    It does what folium's users do with a map: `save`, `get_root().render()`, `_repr_html_`,
    `add_to` and `folium.Figure().add_child`. In a figure it stands in a frame of its own. Nothing
    can be added into the page: its security policy lets in nothing that was not there.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self._name = "mapper"
        self._page = page

    def to_html(self) -> str:
        """Return the page."""
        return self._page

    def render(self, **_: Any) -> str:  # noqa: ANN401 - folium's protocol
        """Return the page; within another element of folium, a frame that shows it."""
        if self._parent is None:
            return self._page
        frame = self._repr_html_()
        if not isinstance(self._parent, Figure):
            return frame
        # a figure asks its children to put their markup into its body
        self._parent.html.add_child(_Said(frame), name=self.get_name())
        return ""

    def save(self, path: str | Path) -> Path:  # type: ignore[override]
        """Write the page atomically and return its path.

        Raises:
            mapper.errors.OutputError: it could not be written; an old file is untouched.
        """
        return write_files({Path(path): self._page.encode("utf-8")})[0]

    def add_child(self, child: object, *_: object, **__: object) -> NoReturn:
        """Refuse what folium would draw into the page.

        Raises:
            mapper.errors.UsageError: always.
        """
        message = (
            f"{type(child).__name__} cannot be added to a finished page: add rows to the table, "
            "or put the map beside it in a folium.Figure."
        )
        raise UsageError(message)

    add_children = add_child

    def _repr_html_(self, **_: Any) -> str:  # noqa: ANN401 - folium's protocol
        """Show the page in a notebook, in a frame of its own that may only run its scripts."""
        # some elements of folium compile what their children say: no brace, no template
        source = html.escape(self._page, quote=True).replace("{", "&#123;")
        return (
            '<iframe title="Incident map" sandbox="allow-scripts" '
            'style="width:100%;height:640px;border:0" '
            f'srcdoc="{source}"></iframe>'
        )

    def _repr_mimebundle_(
        self,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: Any,  # noqa: ANN401 - IPython's protocol
    ) -> dict[str, str]:
        """Show the page; where a program shows no HTML, a picture of it; else its name.

        The picture is drawn once, and only for a program that may want it.
        """
        told: dict[str, Callable[[], str]] = {
            "text/html": self._repr_html_,
            "text/plain": lambda: "<mapper.Map>",
            "image/png": lambda: self._picture,
        }
        wanted = set(told if include is None else include) - set(exclude or ())
        return {kind: said for kind, say in told.items() if kind in wanted and (said := say())}

    @cached_property
    def _picture(self) -> str:
        """The picture in base64; empty where the extra `[figures]` is not installed."""
        try:
            return base64.b64encode(embedding.picture_of(self._page)).decode("ascii")
        except UnusableError:
            return ""
