"""The middle stages: every distinct place is found once, each report joined to its border."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

import mapper
from mapper import geocode, geodata, join, publish, recall, world
from mapper.columns import PLACE_KEY, PROBLEM, empty
from mapper.config import Options
from mapper.errors import UsageError
from mapper.gazetteer import store
from mapper.pipeline import fixes
from mapper.pipeline.own import Own, own
from mapper.pipeline.unread import unread
from mapper.pipeline.views import in_view
from mapper.proof import geodata_hash
from mapper.read import read_table
from mapper.seal import file_sha256

__all__ = [
    "Placed",
    "ask_online",
    "decided_by",
    "distinct_places",
    "overrides_of",
    "place",
    "place_reviewed",
    "resolved",
]


@dataclass(slots=True)
class Placed:
    """What was placed: the located incidents, the distinct places with their match.

    `own` holds the crossings and status they were joined with; `table` the places as a file, whose
    digest the located incidents carry to the page. `kept` names the places that stay what they were
    in the edition before, although the other reports now speak for something else.
    """

    located: gpd.GeoDataFrame
    places: pd.DataFrame
    problems: pd.DataFrame
    own: Own
    table: bytes
    credits: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def place_reviewed(
    incidents: pd.DataFrame,
    options: Options,
    output: Path,
    *,
    edited: bool = True,
    before: pd.DataFrame | None = None,
) -> tuple[Placed, fixes.Fixes]:
    """Place every report as earlier reviews decided.

    `edited`: the corrections that a person wrote into the table of places beside the map count
    too; they are then to be kept in the files of `Fixes.files`. `before`: as for `place`.
    """
    ground = own(options)
    reviewed = fixes.load(options, output, fixes.fixes_name(incidents), ground.crossings)
    placed = place(incidents, options, reviewed.tables, ground, before)
    safe = bool(options.publish_safe)
    if edited and fixes.with_edits(reviewed, output, placed.places, safe=safe):
        placed = place(incidents, options, reviewed.tables, ground, before)
    placed.problems = pd.concat([reviewed.problems, placed.problems], ignore_index=True)
    return placed, reviewed


@in_view
def place(
    incidents: pd.DataFrame,
    options: Options,
    decided: Sequence[pd.DataFrame] = (),
    ground: Own | None = None,
    before: pd.DataFrame | None = None,
) -> Placed:
    """Find every distinct place once, then join each report to its place and the border.

    Args:
        incidents: the reports, INCIDENT.
        options: of the run.
        decided: overrides of earlier reviews, the weightier later; the user's own beat them.
        ground: the crossings and status of the run, read anew if left out.
        before: the reports of the edition before, LOCATED, whose decisions stay.
    """
    keys, codes = distinct_places(incidents)
    ground = ground or own(options)
    known, faults = overrides_of(options, ground, decided)
    found = resolved(keys, options, known, _known_points(incidents), ground.crossings)
    kept: list[int] = []
    if before is not None:
        found, kept = geocode.as_before(keys, found, before, options.lang)
    held = [str(keys["place"].iloc[at]) for at in kept]
    matches, asked, credits_due = ask_online(keys, found, incidents, codes, options, ground)
    ids = incidents["incident_id"].tolist()
    idle = geocode.overrides.unused(known, keys, ids, options.lang)
    single, answers = geocode.overridden(
        ids, known, crossings=ground.crossings, lang=options.lang, gazetteers=options.gazetteers
    )
    if len(single):
        codes = codes.copy()
        codes[single] = len(keys) + np.arange(len(single))
        alone = incidents[list(PLACE_KEY)].iloc[single]
        keys = pd.concat([keys, alone], ignore_index=True)
        matches = pd.concat([matches, answers], ignore_index=True)
    located, problems = join.locate(
        incidents,
        matches,
        codes,
        crossings=ground.crossings,
        status=ground.intervals,
        admin=ground.admin,
        lang=options.lang,
    )
    places = pd.concat([keys, matches], axis=1)
    places.insert(len(PLACE_KEY), "reports", np.bincount(codes, minlength=len(keys)))
    problems = pd.concat([ground.problems, faults, idle, asked, problems], ignore_index=True)
    table = publish.csv_bytes(places)
    located.attrs["places"] = fixes.digest(table)
    located.attrs["decided_by"] = decided_by(options)
    return Placed(located, places, problems, ground, table, credits_due, held)


def decided_by(options: Options) -> str:
    """Return what tells whether two runs place a text alike but for the company it keeps.

    That is a hash of the tool's version, its data files, and the options that places rest on.
    """
    plugged = [str(one["sha256"]) for one in store.used(options.gazetteers)]
    mine = file_sha256(options.crossings) if options.crossings else ""
    told = [world.view(), *options.borders, "", *options.countries, "", *plugged]
    return recall.evidence(mapper.__version__, _ground(), mine, *told)[:16]


@cache
def _ground() -> str:
    return geodata_hash(geodata.checksums())


def distinct_places(incidents: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the distinct place keys in order of appearance, and each incident's row in them."""
    codes = incidents.groupby(list(PLACE_KEY), sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(codes, return_index=True)
    keys = incidents[list(PLACE_KEY)].iloc[first].reset_index(drop=True)
    return keys, codes


def _known_points(incidents: pd.DataFrame) -> pd.DataFrame | None:
    """Return the rows whose coordinates can place rows of the same place without any."""
    given = (incidents["given_latitude"].abs() <= 90) & (incidents["given_longitude"].abs() <= 180)
    if not given.any():
        return None
    asked = set(incidents.loc[~given, "place"].str.casefold())
    points = incidents["given_shape"].isin(("", "point"))
    taught = incidents[given & points & incidents["place"].str.casefold().isin(asked - {""})]
    if taught.empty:
        return None
    columns = ["place", "place_country", "place_admin1"]
    numbers = {f"given_{name}": name for name in ("latitude", "longitude", "uncertainty_km")}
    return taught[[*columns, *numbers]].rename(columns=numbers)


def overrides_of(
    options: Options, ground: Own, decided: Sequence[pd.DataFrame] = ()
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """Return the places the user knows better, and what is wrong with them."""
    tables, faults = list(decided), empty(PROBLEM)
    if options.overrides is not None:
        rows, name = read_table(options.overrides), options.overrides.name
        table, faults = geocode.overrides.parse(
            rows, name, options.lang, crossings=ground.crossings, gazetteers=options.gazetteers
        )
        left = unread(rows, name, options.lang, "geocode")
        faults = pd.concat([left, faults], ignore_index=True)
        tables.append(table)
    return geocode.overrides.layered(tables), faults


def resolved(
    keys: pd.DataFrame,
    options: Options,
    known: pd.DataFrame | None = None,
    points: pd.DataFrame | None = None,
    crossings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return MATCH of distinct places, found offline as the options ask."""
    return geocode.resolve(
        keys,
        crossings=crossings,
        known_points=points,
        borders=options.borders,
        countries=options.countries,
        overrides=known,
        gazetteers=options.gazetteers,
        lang=options.lang,
    )


def ask_online(
    keys: pd.DataFrame, matches: pd.DataFrame, rows: pd.DataFrame, codes: np.ndarray,
    options: Options, ground: Own,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:  # fmt: skip
    """Ask the service the user names, if any, for what is not found: MATCH, PROBLEM, credits."""
    if not options.online:
        if options.online_rate:
            message = "--online-rate: name the service with --online."
            raise UsageError(message)
        return matches, empty(PROBLEM), []
    from mapper.geocode import online

    service = online.service(options.online, options.online_url, options.online_rate)
    _, first = np.unique(codes, return_index=True)
    found = online.complete(
        keys,
        matches,
        service,
        rows=rows[["source_file", "source_row"]].iloc[first],
        countries=options.countries,
        crossings=ground.crossings,
        gazetteers=options.gazetteers,
        lang=options.lang,
    )
    return found.matches, found.problems, found.credits
