"""What must not be found in any output: the facts behind a published map."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.columns import EVENT_TYPES, INCIDENT, LOCATED
from mapper.safety.coarse import Strings
from mapper.safety.key import Key
from mapper.safety.places import area_name, parts_of, promised_km
from mapper.safety.policy import Policy
from mapper.text import fold

__all__ = ["Withheld", "withheld"]

# columns whose cells are no texts of anybody: numbers, codes, dates
_PLAIN = frozenset(
    {"date_precision", "event_type", "place_country", "source_lang", "source_date", "date_text",
     "fatalities_kind", "injured_kind", "people_kind", "incident_id", "event_id", "relates_to",
     "source_file"}
)  # fmt: skip
_NAMES = ("place", "place_admin2", "matched_name")
_COARSE = ("admin1", "country", "border")


@dataclass(frozen=True, slots=True)
class Withheld:
    """The facts the leak check looks for. Never written anywhere.

    Attributes:
        points: one row a withheld position: `latitude`, `longitude`, `promised_km` (how coarse
            its report is published), `published_id` ("" where the report is not published at all)
            and `level` (the kind of its published place).
        numbers: radii and the like of the published places; beside one of these a number of one
            decimal is no coordinate.
        shown: `latitude`, `longitude` of what is published: places, and corners of squares.
        names: names of withheld places, as written and as matched.
        texts: cells of columns that are not published.
        columns: names of the file's own columns that are not published.
        ids: ids of reports and events as the file has them.
        files: names of the input files.
        allowed: folded names that the published places bear themselves.
        published: published id → place_id.
        ranks: published id → how coarse the policy shows it, as a position in `policy.LEVELS`.
        lifted: published ids whose place the threshold moved up.
        least: the policy's `least_reports`.
        before: published id → place_id of the edition published before; None: there was none.
        rekeyed: whether the ids were replaced.
        traces: the key, as bytes and as text.
    """

    points: pd.DataFrame
    shown: pd.DataFrame
    numbers: frozenset[float]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    files: tuple[str, ...]
    allowed: frozenset[str]
    published: dict[str, str] = field(repr=False)
    ranks: dict[str, int] = field(default_factory=dict, repr=False)
    lifted: frozenset[str] = field(default=frozenset(), repr=False)
    least: int = 0
    before: dict[str, str] | None = field(default=None, repr=False)
    rekeyed: bool = True
    traces: tuple[bytes, ...] = field(default=(), repr=False)


def withheld(
    located: pd.DataFrame,
    order: npt.NDArray[np.int64],
    places: Strings,
    ids: Strings,
    *,
    matches: pd.DataFrame,
    policy: Policy,
    key: Key,
) -> Withheld:
    """Gather what is withheld.

    Args:
        located: all reports as they are known.
        order: positions of the published ones, in published order.
        places: the published place of each of these.
        ids: the published id of each of these.
        matches: the published places.
        policy: what may be published.
        key: the secret.
    """
    rung = np.full(len(located), "", dtype=object)
    rung[order] = places
    names = np.full(len(located), "", dtype=object)
    names[order] = ids
    promised = promised_km(rung, policy)
    exact = np.array([str(place).startswith("exact:") for place in rung])
    allowed = {
        fold(area_name(str(place), lang))
        for place in dict.fromkeys(rung)
        for lang in ("en", "es", "pt", "fr", "id", "ar")
        if str(place).partition(":")[0] in _COARSE
    }
    # areas and borders that are published as the source names them
    whole = located[(located["place_id"].to_numpy() == rung) & (rung != "")]
    allowed |= {fold(name) for name in whole["matched_name"].unique()}
    allowed |= {fold(kind) for kind in EVENT_TYPES}
    own = [str(name) for name in located.columns if name not in LOCATED]
    hidden = located[~exact]
    return Withheld(
        points=_points(located, promised, names, rung),
        shown=_shown(matches),
        numbers=frozenset(
            float(x) for n in ("uncertainty_km", "confidence") for x in matches[n].dropna().unique()
        ),
        names=_distinct(_names(hidden, rung[~exact])),
        texts=_distinct(_texts(located, policy)),
        columns=tuple(name for name in own if name not in policy.columns),
        ids=_distinct(located["incident_id"], located["event_id"]) if policy.rekey else (),
        files=_distinct(located["source_file"]),
        allowed=frozenset(allowed | {fold(name) for name in _names(located[exact], rung[exact])}),
        published=dict(zip(ids.tolist(), places.tolist(), strict=True)),
        least=policy.least_reports,
        rekeyed=policy.rekey,
        traces=key.traces(),
    )


def _distinct(*columns: "pd.Series | list[str]") -> tuple[str, ...]:
    values = dict.fromkeys(str(value) for column in columns for value in column)
    return tuple(value for value in values if value)


def _points(
    located: pd.DataFrame, promised: npt.NDArray[np.float64], ids: Strings, rung: Strings
) -> pd.DataFrame:
    """Return the positions that are withheld: given ones, matched ones, parts of lists."""
    level = np.array([str(place).partition(":")[0] for place in rung], dtype=object)
    own = [str(place).partition(":")[0] for place in located["place_id"]]
    frames = []
    for lat, lon, fits in (
        ("latitude", "longitude", ~np.isin(own, _COARSE)),
        ("given_latitude", "given_longitude", np.ones(len(located), dtype=bool)),
    ):
        known = (located[lat].notna() & located[lon].notna()).to_numpy() & fits & (promised > 0)
        frames.append(
            pd.DataFrame(
                {
                    "latitude": located[lat].to_numpy(dtype=np.float64)[known],
                    "longitude": located[lon].to_numpy(dtype=np.float64)[known],
                    "promised_km": promised[known],
                    "published_id": ids[known],
                    "level": level[known],
                }
            )
        )
    for i in np.flatnonzero((located["parts"] != "").to_numpy() & (promised > 0)):
        parts = [
            (part["latitude"], part["longitude"])
            for part in parts_of(located.iloc[i])
            if part.get("latitude") is not None
            and str(part.get("place_id", "")).partition(":")[0] not in _COARSE
        ]
        if parts:
            frame = pd.DataFrame(parts, columns=["latitude", "longitude"], dtype=np.float64)
            frames.append(frame.assign(promised_km=promised[i], published_id="", level=level[i]))
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def _shown(matches: pd.DataFrame) -> pd.DataFrame:
    """Return the positions that anybody may find: published places and corners of squares."""
    pairs = [matches[["latitude", "longitude"]].dropna()]
    for place in matches["place_id"]:
        kind, _, name = str(place).partition(":")
        if kind == "cell":
            south, west, north, east = (float(edge) for edge in name.split(","))
            corners = [(lat, lon) for lat in (south, north) for lon in (west, east)]
            pairs.append(pd.DataFrame(corners, columns=["latitude", "longitude"]))
    return pd.concat(pairs, ignore_index=True)


def _names(rows: pd.DataFrame, rung: Strings) -> list[str]:
    """Return the names of places of rows; an admin area's only where it is withheld too."""
    found = [str(value) for name in _NAMES for value in rows[name].unique()]
    nowhere = ~np.isin([str(place).partition(":")[0] for place in rung], [*_COARSE[:1], "cell"])
    found += [str(value) for value in rows.loc[nowhere, "place_admin1"].unique()]
    for _, row in rows[rows["parts"] != ""].iterrows():
        found += [str(part.get("name", "")) for part in parts_of(row)]
    return [name for name in found if name]


def _texts(located: pd.DataFrame, policy: Policy) -> list[str]:
    """Return the cells of the text columns that are not published."""
    ours = [n for n in INCIDENT.of_kind("text") if n not in _PLAIN and n not in _NAMES]
    own = [str(name) for name in located.columns if name not in LOCATED]
    return [
        str(value)
        for name in (*ours, *own)
        if name not in policy.columns and name != "place_admin1"
        for value in located[name].unique()
    ]
