"""The story of a run, and the only module that knows the order of the stages.

read → normalise → geocode (distinct places) → join → render → publish
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper import editions, fixes, geocode, join, normalise, publish, render, safety, world
from mapper.columns import ADMIN2, LOCATED, MATCH, PLACE_KEY, PROBLEM, TABLE, empty
from mapper.config import Options
from mapper.doubts import doubts, rivals
from mapper.errors import InputError, LeakError, UnusableError, UsageError
from mapper.messages import text
from mapper.own import Own, own
from mapper.proof import manifest
from mapper.read import Limits, Raw, Told, read, read_table
from mapper.render.decode import located as located_of
from mapper.render.decode import readable
from mapper.report import Report

if TYPE_CHECKING:
    from mapper.geocode import Trace

__all__ = [
    "check",
    "draw",
    "edition_of",
    "explain",
    "geocode_table",
    "make_files",
    "make_map",
    "make_table",
    "map_files",
    "place",
    "schema",
    "understand",
]

Progress = Callable[[str, float], None]
P = ParamSpec("P")
R = TypeVar("R")

_PAGES = (".html", ".htm")


@dataclass(slots=True)
class Understood:
    """What was read: the raw table, how it is understood, the typed incidents, what was wrong."""

    raw: Raw
    profile: normalise.Profile
    incidents: pd.DataFrame
    problems: pd.DataFrame
    credits: list[str] = field(default_factory=list)
    """Sentences that an online service asks for, where an answer of it was used."""

    @property
    def restricted(self) -> bool:
        """Whether the terms of a source restrict passing its texts on."""
        return self.profile.restricted

    @property
    def fields(self) -> frozenset[str]:
        """The columns that the files really carried, under the names they have in the table."""
        of_files = self.profile.files.values()
        return frozenset(n for file in of_files for n in (*file.fields, *file.kept.values()))

    @property
    def attributions(self) -> list[str]:
        """The sentences that the terms of the sources ask for."""
        return [*self.profile.attributions, *self.credits]


@dataclass(slots=True)
class Placed:
    """What was placed: the located incidents, the distinct places with their match.

    `own` holds the crossings and status they were joined with; `table` the places as a file, whose
    digest the located incidents carry to the page.
    """

    located: gpd.GeoDataFrame
    places: pd.DataFrame
    problems: pd.DataFrame
    own: Own
    table: bytes
    credits: list[str] = field(default_factory=list)


def _silent(_stage: str, _share: float) -> None:
    """Show no progress."""


def _in_view(function: Callable[P, R]) -> Callable[P, R]:
    """Return `function` so that it sees disputed ground as its `Options` ask."""

    @wraps(function)
    def seen(*args: P.args, **kwargs: P.kwargs) -> R:
        options = next(a for a in (*args, *kwargs.values()) if isinstance(a, Options))
        if options.view and options.view not in world.views():
            known = ", ".join(world.views())
            raise UsageError(text("report", "no_view", view=options.view, known=known))
        with world.seen_from(options.view):
            return function(*args, **kwargs)

    return seen


@_in_view
def make_map(options: Options, progress: Progress = _silent) -> Report:
    """Read, place, draw and write; the old files stay whole until the new ones are."""
    progress("reading", 0.02)
    understood = understand(options, progress)
    progress("placing", 0.3)
    output = _output(options)
    placed, reviewed = _place_reviewed(understood.incidents, options, output)
    understood.credits = placed.credits
    progress("drawing", 0.6)
    problems = pd.concat([understood.problems, placed.problems], ignore_index=True)
    report = _report(understood, placed, problems, hide=options.hide)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    report.is_map = True
    # the terms of a restricted source allow excerpts only, unless the user answers for more
    report.excerpts = understood.restricted and not options.texts
    changes = _since(understood, placed, options, report)
    if options.publish_safe:
        files = _safe_files(placed, options, output, report, understood, changes)
    else:
        report.columns_new = _columns_new(report.columns_kept, output)
        page = draw(placed.located, options, terms=understood, ground=placed.own, changes=changes)
        files = {
            output: page.encode("utf-8"),
            beside(output, "places.csv"): placed.table,
            beside(output, "problems.csv"): publish.csv_bytes(problems) if len(problems) else None,
        }
    files |= reviewed.files
    if not options.publish_safe:
        files[publish.manifest_path(output)] = (
            _manifest(options, files, understood, placed.located, problems, decisions=reviewed.read)
            if options.manifest
            else None
        )
    progress("writing", 0.95)
    report.outputs = publish.write_files(files)
    report.sizes = [len(files[path] or b"") for path in report.outputs]
    progress("done", 1.0)
    return report


def _safe_files(
    placed: Placed,
    options: Options,
    output: Path,
    report: Report,
    terms: Understood,
    changes: dict[str, Any] | None,
) -> dict[Path, bytes | None]:
    """Return the files of a map that a policy lets be published, checked for leaks.

    Nothing after the policy sees the exact table: positions, border and crossings are found anew
    from what is published.

    Raises:
        LeakError: the finished files hold something withheld; nothing may be written.
    """
    ready = options.publish_safe == "ready"
    policy = safety.ready() if ready else safety.read_policy(Path(options.publish_safe))
    key = safety.read_key(policy.key_file)
    published = safety.apply(placed.located, policy, key, lang=options.lang)
    ground = placed.own
    located, _ = join.locate(
        published.incidents,
        published.matches,
        published.codes,
        crossings=ground.crossings,
        status=ground.intervals,
    )
    places = published.matches.copy()
    places.insert(0, "reports", np.bincount(published.codes, minlength=len(places)))
    said = " ".join(published.sentences)
    page = draw(located, options, safe=said, terms=terms, ground=ground, changes=changes)
    files = {
        output: page.encode("utf-8"),
        beside(output, "places.csv"): publish.csv_bytes(places),
    }
    if options.manifest:
        files[publish.manifest_path(output)] = _manifest(
            options, files, terms, located, empty(PROBLEM), published.sentences
        )
    named = {path.name: content for path, content in files.items()}
    found = safety.leaks(named, published.withheld, readable, paths=options.inputs)
    if found:
        raise LeakError(text("safety", "leaks", n=len(found), first=found[0].sentence()))
    report.safety = published.sentences
    report.columns_kept = []
    gone = (beside(output, "problems.csv"), publish.manifest_path(output))
    return {**files, **{path: None for path in gone if path not in files}}


def _manifest(
    options: Options,
    files: Mapping[Path, bytes | None],
    understood: Understood,
    located: pd.DataFrame,
    problems: pd.DataFrame,
    safety_: Sequence[str] = (),
    decisions: Sequence[Path] = (),
) -> bytes:
    """Return the manifest of these files, with whom the sources and the ground want named."""
    by_file = understood.profile.files.items()
    credits_: list[dict[str, Any]] = [
        {"said": said}
        if safety_
        else {"said": said, "files": [name for name, file in by_file if file.attribution == said]}
        for said in understood.attributions
    ]
    credits_ += [{"said": one["text"], "url": one["url"]} for one in render.attribution()]
    kept = [path for path in decisions if path not in files]
    return manifest(
        options, files, understood.raw, located, problems, credits_, tuple(safety_), kept
    )


@_in_view
def check(options: Options, progress: Progress = _silent) -> Report:
    """Say what was understood and what is wrong; the same numbers as `make_map`."""
    progress("reading", 0.05)
    understood = understand(options, progress)
    progress("placing", 0.5)
    placed, reviewed = _place_reviewed(understood.incidents, options, _output(options))
    problems = pd.concat([understood.problems, placed.problems], ignore_index=True)
    report = _report(understood, placed, problems)
    report.account = normalise.account(understood.raw, understood.profile, problems)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    return report


def _with_admin2(located: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return LOCATED with the name of the second-level area; the file's own such column renamed."""
    table = located.rename(columns={ADMIN2.name: f"file_{ADMIN2.name}"})
    at = table.columns.get_loc("admin1")
    table.insert(int(at) + 1, ADMIN2.name, join.admin2_names(table["place_id"]))
    return table


@_in_view
def make_table(options: Options, progress: Progress = _silent) -> Report:
    """Read and place as `make_map` does; write LOCATED, or a summary of it, and its schema.

    Raises:
        UsageError: the output's format is unknown, or the output is one of the inputs.
    """
    output, named = options.output or Path("table.csv"), options.schema
    how = publish.format_of(output)
    for path in filter(None, (output, named)):
        if path.resolve() in {Path(source).resolve() for source in options.inputs}:
            raise UsageError(text("publish", "same_file", file=path))
    progress("reading", 0.02)
    understood = understand(options)
    progress("placing", 0.3)
    crossings = own(options).crossings
    reviewed = fixes.load(options, output, fixes.fixes_name(understood.incidents), crossings)
    placed = place(understood.incidents, options, reviewed.tables)
    tables = [understood.problems, reviewed.problems, placed.problems]
    problems = pd.concat(tables, ignore_index=True)
    report = _report(understood, placed, problems, hide=options.hide)
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    progress("writing", 0.8)
    table, declared = _with_admin2(placed.located), TABLE
    table = table.drop(columns=list(options.hide), errors="ignore")
    if options.by:
        table = publish.summarise(placed.located, options.by, placed.own.crossings)
        declared = publish.summary_columns(options.by)
    files: dict[Path, bytes | None] = {output: publish.export(table, how)}
    if named is not None:
        files[named] = publish.json_bytes(publish.table_schema(table, declared, how))
    files[beside(output, "problems.csv")] = publish.csv_bytes(problems) if len(problems) else None
    report.outputs = publish.write_files(files)
    report.sizes = [len(files[path] or b"") for path in report.outputs]
    progress("done", 1.0)
    return report


def _output(options: Options) -> Path:
    return options.output or Path("output") / f"{stem(options.inputs[0])}.html"


def _place_reviewed(
    incidents: pd.DataFrame, options: Options, output: Path
) -> tuple[Placed, fixes.Fixes]:
    """Place every report as earlier reviews decided, the table edited by hand among them."""
    crossings = own(options).crossings
    reviewed = fixes.load(options, output, fixes.fixes_name(incidents), crossings)
    placed = place(incidents, options, reviewed.tables)
    safe = bool(options.publish_safe)
    if fixes.with_edits(reviewed, output, placed.places, safe=safe):
        placed = place(incidents, options, reviewed.tables)
    placed.problems = pd.concat([reviewed.problems, placed.problems], ignore_index=True)
    return placed, reviewed


@_in_view
def make_files(
    options: Options,
    progress: Progress,
    files_of: Callable[[Understood, Placed], dict[Path, bytes | None]],
) -> Report:
    """Read and place as `make_map` does, then write the files that `files_of` makes of it."""
    progress("reading", 0.02)
    understood = understand(options, progress)
    progress("placing", 0.3)
    crossings = own(options).crossings
    reviewed = fixes.load(
        options, _output(options), fixes.fixes_name(understood.incidents), crossings
    )
    placed = place(understood.incidents, options, reviewed.tables)
    tables = [understood.problems, reviewed.problems, placed.problems]
    progress("drawing", 0.7)
    report = _report(understood, placed, pd.concat(tables, ignore_index=True))
    report.fixes, report.fixes_refused = reviewed.said, reviewed.refused
    files = files_of(understood, placed)
    progress("writing", 0.95)
    report.outputs = publish.write_files(files)
    report.sizes = [len(files[path] or b"") for path in report.outputs]
    progress("done", 1.0)
    return report


def understand(options: Options, progress: Progress = _silent) -> Understood:
    """Read the inputs and make typed incidents of them."""
    raw = _raw(options, progress)
    progress("understanding", 0.2)
    profile = normalise.profile(raw, columns=options.columns, date_order=options.date_order)
    incidents, problems = normalise.apply(raw.frame, profile)
    return Understood(raw, profile, incidents, problems)


def _raw(options: Options, progress: Progress = _silent) -> Raw:
    """Read the inputs as the user says: encoding, delimiter, sheet, caps."""
    told = Told(encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet)
    return read(
        options.inputs,
        columns=options.columns,
        limits=Limits(**options.caps),
        told=told,
        progress=lambda share: progress("reading", 0.02 + 0.18 * share),
    )


def schema() -> dict[str, Any]:
    """Return what is known: fields with the names understood for them, and families of files."""
    return normalise.schema()


@_in_view
def place(
    incidents: pd.DataFrame, options: Options, decided: Sequence[pd.DataFrame] = ()
) -> Placed:
    """Find every distinct place once, then join each report to its place and the border.

    `decided`: overrides of earlier reviews, the weightier later; the user's own beat them.
    """
    keys, codes = distinct_places(incidents)
    ground = own(options)
    known, faults = _overrides(options, ground, decided)
    found = _resolve(keys, options, known, _known_points(incidents), ground.crossings)
    matches, asked, credits_due = _online(keys, found, incidents, codes, options, ground)
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
    return Placed(located, places, problems, ground, table, credits_due)


def _online(
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


def _known_points(incidents: pd.DataFrame) -> pd.DataFrame | None:
    """Return the rows whose coordinates can place rows of the same place without any."""
    given = (incidents["given_latitude"].abs() <= 90) & (incidents["given_longitude"].abs() <= 180)
    asked = set(incidents.loc[~given, "place"].str.casefold())
    points = incidents["given_shape"].isin(("", "point"))
    taught = incidents[given & points & incidents["place"].str.casefold().isin(asked - {""})]
    if taught.empty:
        return None
    columns = ["place", "place_country", "place_admin1"]
    numbers = {f"given_{name}": name for name in ("latitude", "longitude", "uncertainty_km")}
    return taught[[*columns, *numbers]].rename(columns=numbers)


def _overrides(
    options: Options, ground: Own, decided: Sequence[pd.DataFrame] = ()
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """Return the places the user knows better, and what is wrong with them."""
    tables, faults = list(decided), empty(PROBLEM)
    if options.overrides is not None:
        table, faults = geocode.overrides.parse(
            read_table(options.overrides), options.overrides.name, options.lang,
            crossings=ground.crossings, gazetteers=options.gazetteers,
        )  # fmt: skip
        tables.append(table)
    return geocode.overrides.layered(tables), faults


@_in_view
def draw(
    located: gpd.GeoDataFrame,
    options: Options,
    safe: str = "",
    terms: Understood | None = None,
    ground: Own | None = None,
    changes: dict[str, Any] | None = None,
) -> str:
    """Render the page.

    Args:
        located: LOCATED rows.
        options: title, language and what is left out.
        safe: what was withheld or coarsened, in words; such a page has no review view, because
            the candidates for a place would tell more than the place.
        terms: whose sources' terms hold; else those of the table itself (`.attrs`, as
            `mapper.read` leaves them).
        ground: the crossings and status the reports were joined with, read anew if left out.
        changes: what differs from the edition before, as `editions.for_page` tells it.
    """
    ground = ground or own(options)
    restricted = terms.restricted if terms else bool(located.attrs.get("restricted"))
    attributions = terms.attributions if terms else located.attrs.get("attributions", ())
    review = None
    if not safe and not set(options.hide) & {*PLACE_KEY, "latitude", "longitude", "matched_name"}:
        digest = str(located.attrs.get("places", ""))
        others = rivals(located, crossings=ground.crossings, gazetteers=options.gazetteers)
        review = render.Review(fixes.fixes_name(located), digest, others)
    return render.render(
        located,
        title=options.title,
        lang=options.lang,
        texts=options.texts or ("short" if restricted else "full"),
        hide=options.hide,
        safety=safe,
        attributions=attributions,
        restricted=restricted and options.texts != "full",
        crossings=ground.crossings,
        intervals=ground.intervals,
        changes=changes,
        review=review,
        tiles=options.tiles,
    )


def edition_of(source: str, options: Options) -> editions.Edition:
    """Return an edition: of a map what it carries, of a table what `options` make of it."""
    label = stem(source)
    if source.lower().endswith(_PAGES) and (page := _page(source)):
        held = located_of(page, Path(source).name)
        return editions.Edition(held.reports, held.fields, located=held.reports, label=label)
    told = replace(options, inputs=(source,))
    understood = understand(told)
    placed = place(understood.incidents, told)
    return _edition(understood, placed, label)


def _edition(understood: Understood, placed: Placed, label: str) -> editions.Edition:
    """Return the edition that a run has just read and placed."""
    return editions.Edition(
        understood.incidents, understood.fields, located=placed.located, label=label
    )


def _since(
    understood: Understood, placed: Placed, options: Options, report: Report
) -> dict[str, Any] | None:
    """Return what changed since the edition named with `--previous`, for the page."""
    if not options.previous:
        return None
    old = edition_of(options.previous, options)
    found = editions.diff(old, _edition(understood, placed, stem(options.inputs[0])))
    report.since, report.changes = old.label, found.counts()
    texts = options.texts or ("short" if understood.restricted else "full")
    return editions.for_page(
        found,
        old,
        options.lang,
        hide=options.hide if texts == "full" else (*options.hide, "description", "claim_note"),
        counts_only=bool(options.publish_safe),
    )


def _page(source: str) -> str:
    """Return the text of a map."""
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        message = f"{source} cannot be read: {reason}."
        raise UnusableError(message) from error


def distinct_places(incidents: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the distinct place keys in order of appearance, and each incident's row in them."""
    codes = incidents.groupby(list(PLACE_KEY), sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(codes, return_index=True)
    keys = incidents[list(PLACE_KEY)].iloc[first].reset_index(drop=True)
    return keys, codes


def stem(source: str) -> str:
    """Return the name an input gives its outputs: `x` for x.csv and x.csv.gz, `stdin` for -."""
    if source == "-":
        return "stdin"
    path = Path(source)
    return path.name.split(".")[0] if path.name.count(".") else path.name


def beside(output: Path, suffix: str) -> Path:
    """Return the path of a file beside the map: `OUT.places.csv` for `OUT.html`."""
    return output.with_name(f"{output.stem}.{suffix}")


def map_files(output: Path) -> list[Path]:
    """Return all files that a map may write: the page and what may lie beside it."""
    names = ("places.csv", "problems.csv")
    return [output, *(beside(output, name) for name in names), publish.manifest_path(output)]


def geocode_table(options: Options, progress: Progress = _silent) -> Report:
    """Append MATCH to a table of places, row by row; other columns stay as they are."""
    progress("reading", 0.05)
    raw = _raw(options)
    profile = normalise.profile(raw, columns=options.columns, date_order=options.date_order)
    incidents, problems = normalise.apply(raw.frame, profile)
    progress("placing", 0.3)
    # a row the reader rejects keeps its line here, with nothing to find
    asked = incidents.set_index("source_row")[list(PLACE_KEY)]
    asked = asked.reindex(raw.frame["source_row"]).fillna("").reset_index(drop=True)
    keys, codes = distinct_places(asked)
    ground = own(options)
    known, faults = _overrides(options, ground)
    offline = _resolve(keys, options, known, crossings=ground.crossings)
    where = raw.frame[["source_file", "source_row"]]
    matches, problems_online, credits_due = _online(keys, offline, where, codes, options, ground)
    theirs = raw.frame.drop(columns=["source_file", "source_row"])
    theirs = theirs.rename(columns={c: f"file_{c}" for c in theirs.columns if c in MATCH})
    found = matches.iloc[codes].reset_index(drop=True)
    of_row = incidents.set_index("source_row")["incident_id"]
    ids = of_row.reindex(raw.frame["source_row"]).fillna("").tolist()
    at, answers = geocode.overridden(
        ids, known, crossings=ground.crossings, lang=options.lang, gazetteers=options.gazetteers
    )
    found.iloc[at] = answers
    idle = geocode.overrides.unused(known, keys, ids, options.lang)
    table = pd.concat([theirs.reset_index(drop=True), found], axis=1)
    report = Report(rows_read=raw.rows_read, incidents=len(incidents))
    report.rejected = report.rows_read - report.incidents
    report.files = _files(raw)
    faults = pd.concat([ground.problems, faults, idle, problems_online], ignore_index=True)
    report.problems = _records(problems) + _records(faults)
    report.attributions = credits_due
    _count(report, found)
    output = options.output or Path("output") / f"{stem(options.inputs[0])}.places.csv"
    content = publish.csv_bytes(table)
    report.outputs = publish.write_files({output: content})
    report.sizes = [len(content)]
    progress("done", 1.0)
    return report


def explain(place_text: str, country: str, admin1: str, admin2: str, options: Options) -> "Trace":
    """Return the trace of how one place is found.

    Of the options, borders, crossings and gazetteers count.
    """
    return geocode.explain(
        place_text,
        country=country,
        admin1=admin1,
        admin2=admin2,
        borders=options.borders,
        crossings=own(options).crossings,
        gazetteers=options.gazetteers,
    )


def _resolve(
    keys: pd.DataFrame,
    options: Options,
    known: pd.DataFrame | None = None,
    points: pd.DataFrame | None = None,
    crossings: pd.DataFrame | None = None,
) -> pd.DataFrame:
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


def _report(
    understood: Understood, placed: Placed, problems: pd.DataFrame, hide: tuple[str, ...] = ()
) -> Report:
    """Count what became of the rows and what is worth a look."""
    located = placed.located
    report = Report(rows_read=understood.raw.rows_read, incidents=len(located))
    report.rejected = report.rows_read - report.incidents
    report.files = _files(understood.raw)
    report.problems = _records(problems)
    _count(report, located)
    report.attributions = understood.attributions
    for known in understood.profile.files.values():
        report.fields |= known.fields
    report.period = render.period(located)
    report.not_added = render.not_added(located)
    report.columns_kept = [str(c) for c in located.columns if c not in LOCATED and c not in hide]
    report.doubts = doubts(located)
    return report


def _records(problems: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of the problems table as dicts with text keys."""
    return [{str(k): v for k, v in row.items()} for row in problems.to_dict("records")]


def _files(raw: Raw) -> list[str]:
    """Say of each input how it was read."""
    return [
        f"{file.name} ({', '.join(filter(None, [file.encoding, *file.notes]))})"
        for file in raw.files
    ]


def _count(report: Report, table: pd.DataFrame) -> None:
    """Fill in the numbers by status, shape and precision."""
    drawn = table["shape"] != "none"
    report.mapped = int(drawn.sum())
    for name in ("status", "shape", "precision"):
        values = table.loc[drawn, name] if name == "precision" else table[name]
        counts = values.value_counts(sort=False)
        setattr(report, f"by_{name}", {str(k): int(counts[k]) for k in sorted(counts.index)})


def _columns_new(columns: list[str], output: Path) -> list[str]:
    """Return those of `columns` that the last map at this path did not hold.

    Where there was no map, or none that can be read, nothing is new.
    """
    try:
        before = set(render.own_columns(output.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, InputError):
        return []
    return [name for name in columns if name not in before]
