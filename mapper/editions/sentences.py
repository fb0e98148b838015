"""A `Diff` in words: the gravest first, each report once, notes as one number."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from mapper.editions.kinds import COUNTS, KIND_OF_COUNT
from mapper.messages import catalogue, text

if TYPE_CHECKING:
    from mapper.editions.model import Change, Diff, Relocation

__all__ = ["counts", "pairing_notes", "sentences", "tool_sentences"]

_EACH = 12  # so many reports of one kind are told one by one
_LONG = 90  # characters of a value
_DEATHS = KIND_OF_COUNT["fatalities_kind"]


def sentences(diff: "Diff", lang: str = "en") -> list[str]:
    """Return what changed, the gravest first: withdrawn, deaths, moved, counts, recoded, dates.

    Then what is new, what differs in notes only, what the tool itself takes for another place,
    and how the editions were compared where that needs saying.
    """
    said = _withdrawn(diff, lang)
    for kind in ("deaths", "moved", "counts", "recoded", "date_refined", "date", "other"):
        group = [change for change in diff.changed if _told_as(change) == kind]
        said += [_SAY[kind](change, lang) for change in group[:_EACH]]
        if len(group) > _EACH:
            said.append(_n("more", len(group) - _EACH, lang))
    said += _new(diff, lang)
    if diff.text_only:
        said.append(_n("text_only", len(diff.text_only), lang))
    if not said:
        said.append(text("editions", "nothing", lang, old=diff.old, new=diff.new,
                         n=number(diff.rows_new, lang)))  # fmt: skip
    return [*said, *tool_sentences(diff.relocations, lang), *pairing_notes(diff, lang)]


def counts(diff: "Diff", lang: str = "en") -> list[str]:
    """Return the differences as numbers alone, for a map that must not tell more."""
    moved = sum("moved" in change.kinds for change in diff.changed)
    numbers = (
        ("n_removed", len(diff.removed)),
        ("n_changed", len(diff.changed) + len(diff.text_only)),
        ("n_moved", moved),
    )
    said = [_n(code, n, lang) for code, n in numbers if n]
    return [*said, *_new(diff, lang)]


def _told_as(change: "Change") -> str:
    """Return the kind under which a change is told: its heaviest."""
    heaviest = change.kinds[0]
    return heaviest if heaviest in _SAY else "other"


def _withdrawn(diff: "Diff", lang: str) -> list[str]:
    said = [
        text("editions", "withdrawn", lang, id=row["incident_id"], what=describe(row, lang))
        for _, row in diff.gone.head(_EACH).iterrows()
    ]
    if len(diff.gone) > _EACH:
        said.append(_n("more", len(diff.gone) - _EACH, lang))
    return said


def describe(row: pd.Series, lang: str) -> str:
    """Return a report in a few words: what, when, where, who says it."""
    parts = [
        type_name(str(row["event_type"]), lang),
        "" if pd.isna(row["date_start"]) else day(row["date_start"], lang),
        str(row["place"]),
        str(row["source_name"]),
    ]
    return ", ".join(_cut(part) for part in parts if part)


def _new(diff: "Diff", lang: str) -> list[str]:
    """Say how many reports are new, and how many of them are about days long covered."""
    n_older, n_undated = len(diff.older), len(diff.undated)
    newer = len(diff.added) - n_older - n_undated
    parts = []
    if newer and diff.since:
        since = day(pd.Timestamp(diff.since), lang)
        parts.append(_n("added", newer, lang, since=since))
    elif newer:
        parts.append(_n("added_plain", newer, lang))
    if n_older:
        parts.append(_n("older", n_older, lang))
    if n_undated:
        parts.append(_n("undated", n_undated, lang))
    return [", ".join(parts) + "."] if parts else []


def _deaths(change: "Change", lang: str) -> str:
    return text("editions", "deaths", lang, id=change.incident_id,
                counts=_counted(change, _DEATHS, lang), source=_source(change, lang))  # fmt: skip


def _counts(change: "Change", lang: str) -> str:
    names = [name for name in (*COUNTS, "people_role") if name not in _DEATHS]
    return text("editions", "counts", lang, id=change.incident_id,
                counts=_counted(change, names, lang), source=_source(change, lang))  # fmt: skip


def _counted(change: "Change", names: Sequence[str], lang: str) -> str:
    """Return `people 326 → 1,000`; equal changes of a count's bounds are told once."""
    parts = []
    for group in KIND_OF_COUNT.values():
        told: dict[str, str] = {}
        for name in (n for n in group if n in names and n in change.fields):
            told.setdefault(_arrow(change.fields[name], lang), name)
        alone = len(told) == 1 and group == _DEATHS
        parts += [
            arrow if alone else f"{text('editions', f'field.{name}', lang)} {arrow}"
            for arrow, name in told.items()
        ]
    if "people_role" in names and "people_role" in change.fields:
        role = _arrow(change.fields["people_role"], lang)
        parts.append(f"{text('editions', 'field.people_role', lang)} {role}")
    return ", ".join(parts)


def _moved(change: "Change", lang: str) -> str:
    where = [
        _arrow(change.fields[name], lang)
        for name in ("place", "place_admin2", "place_admin1", "place_country")
        if name in change.fields
    ]
    if not where:
        given = [change.fields.get(name) for name in ("given_latitude", "given_longitude")]
        where = [_arrow(pair, lang) for pair in given if pair]
    if pd.isna(change.moved_km):
        return text("editions", "moved", lang, id=change.incident_id,
                    places=", ".join(where), source=_source(change, lang))  # fmt: skip
    return text("editions", "moved_km", lang, id=change.incident_id, places=", ".join(where),
                km=kilometres(change.moved_km, lang), source=_source(change, lang))  # fmt: skip


def _recoded(change: "Change", lang: str) -> str:
    old, new = change.fields.get("event_type") or change.fields["event_label"]
    types = _arrow((type_name(old, lang), type_name(new, lang)), lang)
    return text("editions", "recoded", lang, id=change.incident_id, types=types)


def _dated(code: str, change: "Change", lang: str) -> str:
    """Say a change of date as two spans of days."""
    spans = [
        " – ".join(dict.fromkeys(day(pd.Timestamp(d), lang) for d in side if d))
        for side in change.days or ()
    ]
    if len(set(spans)) < 2:
        name = next(n for n in ("date_precision", "date_text") if n in change.fields)
        spans = list(change.fields[name])
    dates = _arrow((spans[0], spans[1]), lang)
    return text("editions", code, lang, id=change.incident_id, dates=dates)


def _other(change: "Change", lang: str) -> str:
    fields = ", ".join(f"{name} {_arrow(pair, lang)}" for name, pair in change.fields.items()
                       if name not in ("description", "claim_note"))  # fmt: skip
    return text("editions", "other", lang, id=change.incident_id, fields=fields)


_SAY = {
    "deaths": _deaths,
    "moved": _moved,
    "counts": _counts,
    "recoded": _recoded,
    "date_refined": lambda change, lang: _dated("date_refined", change, lang),
    "date": lambda change, lang: _dated("date", change, lang),
    "other": _other,
}


def tool_sentences(relocations: "Sequence[Relocation]", lang: str = "en") -> list[str]:
    """Say which places are taken for something else although the data say the same."""
    said = []
    for move in relocations[:_EACH]:
        found, lost = move.old["latitude"] is None, move.new["latitude"] is None
        code = "tool_found" if found else "tool_lost" if lost else "tool"
        if move.by_hand and code == "tool":
            code = "by_hand"
        said.append(
            text("editions", code, lang, place=_cut(move.place),
                 reports=_n("reports", len(move.incident_ids), lang), old=_cut(move.old["name"]),
                 new=_cut(move.new["name"]), km=kilometres(move.km, lang))
        )  # fmt: skip
    if len(relocations) > _EACH:
        said.append(_n("tool_many", len(relocations) - _EACH, lang))
    return said


def pairing_notes(diff: "Diff", lang: str = "en") -> list[str]:
    """Say how the editions were compared where it was not simply by id, column by column."""
    said = []
    if diff.paired["likeness"]:
        said.append(_n(diff.pairing, diff.paired["likeness"], lang))
    for side, edition in (("old", diff.old), ("new", diff.new)):
        alone = [name for name, having in diff.not_compared.items() if having == side]
        if alone:
            said.append(_n("only_old", len(alone), lang, columns=", ".join(alone), edition=edition))
    return said


def _source(change: "Change", lang: str) -> str:
    """Return `, MercoPress → ShareAmerica` where the source changed too."""
    pair = change.fields.get("source_name")
    return text("editions", "source", lang, change=_arrow(pair, lang)) if pair else ""


def _arrow(pair: tuple[str, str], lang: str) -> str:
    old, new = (_cut(_written(value, lang)) or text("editions", "no_value", lang) for value in pair)
    return text("editions", "arrow", lang, old=old, new=new)


def _written(value: str, lang: str) -> str:
    return number(int(value), lang) if value.isascii() and value.isdigit() else value


def _cut(value: str) -> str:
    return value if len(value) <= _LONG else value[: _LONG - 1].rstrip() + "…"


def type_name(kind: str, lang: str) -> str:
    """Return an event type as the page names it; an unknown one as written."""
    key = f"type_{kind}"
    return text("page", key, lang) if key in catalogue("page", lang) else kind


def day(stamp: pd.Timestamp | date, lang: str) -> str:
    """Return a day for a person: 26 Feb 2019."""
    month = text("map", f"month.{stamp.month}", lang)
    return text("map", "date.full", lang, day=stamp.day, month=month, year=stamp.year)


def number(value: int, lang: str) -> str:
    """Return a whole number with the language's thousands separator."""
    return f"{value:,}".replace(",", text("editions", "thousands", lang))


def kilometres(km: float, lang: str) -> str:
    """Return a distance in km for a person: one decimal below 10."""
    if pd.isna(km):
        return ""
    return f"{km:.1f}" if km < 10 else number(round(km), lang)


def _n(code: str, n: int, lang: str, **args: object) -> str:
    """Return a message that depends on a number, with the number written for people."""
    message = catalogue("editions", lang)[code]
    shown = text("editions", code, lang, n=n, **args)
    return shown if n < 1000 or isinstance(message, str) else shown.replace(
        str(n), number(n, lang), 1
    )  # fmt: skip
