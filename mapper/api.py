"""The face of mapper in Python: read, locate, build_map.

>>> import mapper                                                     # doctest: +SKIP
>>> incidents = mapper.read("seeds/incidents_2019-03-31.csv")          # doctest: +SKIP
>>> located = mapper.locate(incidents)                                # doctest: +SKIP
>>> mapper.build_map(located).save("map.html")                        # doctest: +SKIP
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import geopandas as gpd
import pandas as pd

from mapper import pipeline
from mapper.config import Options, country_codes, pairs, view_code
from mapper.errors import UsageError
from mapper.showing import Map

if TYPE_CHECKING:
    from mapper.exploring import Shown

# What `read` says of the sources' terms and `locate` passes on.
TERMS = ("restricted", "attributions")

__all__ = ["Map", "build_map", "explore", "locate", "read"]


def read(
    *files: str | Path,
    columns: dict[str, str] | None = None,
    date_order: str = "",
) -> pd.DataFrame:
    """Read incident tables of any known family.

    Args:
        files: paths of files or folders of them.
        columns: `{"Their column": "field"}` where the names in the file are not understood.
        date_order: `dmy`, `mdy` or `ymd` where the file itself cannot tell.

    Returns:
        One row a report, with the columns `mapper.columns.INCIDENT` and every other column of the
        files. What was repaired, doubted or rejected is in `.attrs["problems"]`, a list of dicts
        with the names of `mapper.columns.PROBLEM`; `.attrs["attributions"]` are the sentences the
        terms of the sources ask for, `.attrs["restricted"]` says whether they limit reuse.

    Raises:
        mapper.errors.InputError: a file is missing, empty or no table.
        mapper.errors.NothingUsableError: not one row can be used.
    """
    options = Options(
        inputs=tuple(str(file) for file in files), columns=columns or {}, date_order=date_order
    )
    understood = pipeline.understand(options)
    incidents = understood.incidents
    incidents.attrs["problems"] = _Told(understood.problems.to_dict("records"))
    incidents.attrs["restricted"] = understood.restricted
    incidents.attrs["attributions"] = list(understood.attributions)
    return incidents


class _Told(list[dict[Any, Any]]):
    """A list that pandas hands on instead of copying it in depth with every step of a table."""

    def __deepcopy__(self, _: object) -> Self:
        return self


def locate(
    incidents: pd.DataFrame,
    *,
    countries: Iterable[str] = (),
    borders: Iterable[str] = (),
    overrides: str | Path | None = None,
    crossings: str | Path | None = None,
    status: str | Path | None = None,
    view: str = "",
    admin: str | Path | None = None,
    lang: str = "en",
) -> gpd.GeoDataFrame:
    """Find the place of every report and its relation to the border.

    Args:
        incidents: a table as `read` returns it.
        countries: ISO 3166-1 alpha-2 codes the reports are about.
        borders: pairs such as `CO-VE` they are about.
        overrides: CSV of places you know better.
        crossings: your own crossings, a table in the columns of ours or GeoJSON from an OSM query.
        status: your own intervals of when crossings were open, in the columns of ours.
        view: country (ISO2) whose drawing of disputed ground is taken, where our sources have it.
        admin: your own admin areas, a layer of polygons; their names and P-codes become columns.
        lang: language of the reasons.

    Returns:
        The table `mapper.columns.LOCATED` plus the other columns, EPSG:4326, same order and
        index. Reports without a place have an empty geometry (`None`).
    """
    options = Options(
        countries=country_codes(tuple(countries)),
        borders=pairs(tuple(borders)),
        overrides=Path(overrides) if overrides else None,
        crossings=Path(crossings) if crossings else None,
        status=Path(status) if status else None,
        view=view_code(view),
        admin=Path(admin) if admin else None,
        lang=lang,
    )
    located = pipeline.place(incidents, options).located
    located.attrs |= {name: incidents.attrs[name] for name in TERMS if name in incidents.attrs}
    return located


def build_map(
    located: gpd.GeoDataFrame,
    *,
    title: str = "",
    lang: str = "en",
    texts: str = "",
    crossings: str | Path | None = None,
    status: str | Path | None = None,
    view: str = "",
) -> Map:
    """Render a located table as one interactive offline page.

    Args:
        located: a table as `locate` returns it; extra columns are shown as they are.
        title: headline; by default it comes from the data.
        lang: language of the page: en, es, pt, fr, id or ar.
        texts: `full`, `short` or `none`; by default full, short where a source's terms ask for it.
        crossings: your own crossings, as for `locate`.
        status: your own intervals, as for `locate`.
        view: as for `locate`.
    """
    options = Options(
        title=title,
        lang=lang,
        texts=texts,
        crossings=Path(crossings) if crossings else None,
        status=Path(status) if status else None,
        view=view_code(view),
    )
    return Map(pipeline.draw(located, options))


def explore(
    frame: gpd.GeoDataFrame,
    column: str | None = None,
    *,
    tooltip: "Shown" = None,
    popup: "Shown" = None,
    title: str = "",
    lang: str = "en",
    **others: object,
) -> Map:
    """Show any GeoDataFrame, as `GeoDataFrame.explore` does, on a page that needs no network.

    Points are points. A line or a polygon is shown as the circle that holds all of it, never as a
    pin: the page says how large it is.

    Args:
        frame: any table with geometry and a reference system.
        column: what the reports are told apart by, as event types; an unknown type is `other`.
        tooltip: columns to be shown: names, True for all, False for none; by default all.
        popup: likewise; the columns of both are shown.
        title: headline; by default it comes from the data.
        lang: language of the page: en, es, pt, fr, id or ar.
        others: other parameters of `GeoDataFrame.explore` have no meaning here: colours stand for
            kinds of events, and the ground is embedded.

    Raises:
        mapper.errors.UsageError: an unknown parameter or column, or no reference system.
        mapper.errors.NothingUsableError: there is not one row.
    """
    if others:
        message = (
            f"explore: {', '.join(sorted(others))} cannot be used: expected column, tooltip, "
            "popup, title or lang. Colours stand for kinds of events, and the ground is embedded."
        )
        raise UsageError(message)
    from mapper import exploring

    return Map(exploring.explore(frame, column, tooltip, popup, title, lang))
