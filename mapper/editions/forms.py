"""A `Diff` as JSON, as a table and as Markdown."""

import math
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.editions.sentences import tool_sentences
from mapper.messages import text

if TYPE_CHECKING:
    from mapper.editions.model import Change, Diff, Relocation

__all__ = ["to_dict", "to_frame", "to_markdown"]

_COLUMNS = ("change", "incident_id", "field", "old", "new", "kinds", "moved_km")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~])")


def to_dict(diff: "Diff", lang: str = "en") -> dict[str, Any]:
    """Return the differences as what JSON can hold; numbers that are not known are null."""
    return {
        "old": diff.old,
        "new": diff.new,
        "since": diff.since.isoformat() if diff.since else None,
        "rows_old": diff.rows_old,
        "rows_new": diff.rows_new,
        "added": list(diff.added),
        "older": list(diff.older),
        "undated": list(diff.undated),
        "removed": list(diff.removed),
        "changed": [_change(change) for change in diff.changed],
        "text_only": [_change(change) for change in diff.text_only],
        "by_tool": [_relocation(move) for move in diff.relocations],
        "paired": dict(diff.paired),
        "pairing": diff.pairing,
        "not_compared": dict(diff.not_compared),
        "sentences": diff.sentences(lang),
    }


def _change(change: "Change") -> dict[str, Any]:
    return {
        "incident_id": change.incident_id,
        "fields": {name: list(pair) for name, pair in change.fields.items()},
        "kinds": list(change.kinds),
        "moved_km": _known(change.moved_km),
        **({"old_incident_id": change.old_id} if change.old_id else {}),
    }


def _relocation(move: "Relocation") -> dict[str, Any]:
    return {
        "place": move.place,
        "incident_ids": list(move.incident_ids),
        "old": dict(move.old),
        "new": dict(move.new),
        "km": _known(move.km),
        "by_hand": move.by_hand,
    }


def _known(km: float) -> float | None:
    return None if math.isnan(km) else round(km, 3)


def to_frame(diff: "Diff") -> pd.DataFrame:
    """Return one row a difference, in the order of the sentences.

    Columns: `change` (removed, changed, text_only, added or by_tool), `incident_id`, `field`,
    `old`, `new`, `kinds` (joined by blanks), `moved_km`.
    """
    rows: list[tuple[str, str, str, str, str, str, float]] = [
        ("removed", name, "", "", "", "", math.nan) for name in diff.removed
    ]
    for label, changes in (("changed", diff.changed), ("text_only", diff.text_only)):
        rows += [
            (label, change.incident_id, name, old, new, " ".join(change.kinds), change.moved_km)
            for change in changes
            for name, (old, new) in change.fields.items()
        ]
    rows += [("added", name, "", "", "", "", math.nan) for name in diff.added]
    rows += [
        ("by_tool", name, "place_id", move.old["place_id"], move.new["place_id"], "", move.km)
        for move in diff.relocations
        for name in move.incident_ids
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype(dict.fromkeys(_COLUMNS[:-1], "str") | {"moved_km": "float64"})


def to_markdown(diff: "Diff", lang: str = "en") -> str:
    """Return the differences for a change log: sentences, details as a table, the tool's own."""

    def word(code: str, **args: object) -> str:
        return text("editions", code, lang, **args)

    lines = [f"## {_safe(word('title', old=diff.old, new=diff.new))}", ""]
    by_tool = tool_sentences(diff.relocations, lang)
    lines += [f"- {_safe(said)}" for said in diff.sentences(lang) if said not in by_tool]
    changes = [*diff.changed, *diff.text_only]
    if changes:
        heads = [word(code) for code in ("head_report", "head_field", "head_old", "head_new")]
        lines += ["", f"| {' | '.join(heads)} |", "|---|---|---|---|"]
        lines += [
            f"| {_safe(change.incident_id)} | {_safe(name)} | {_safe(old)} | {_safe(new)} |"
            for change in changes
            for name, (old, new) in change.fields.items()
        ]
    for code, ids in (("head_added", diff.added), ("head_removed", diff.removed)):
        if ids:
            lines += ["", f"**{word(code)}** ({len(ids)}): {', '.join(map(_safe, ids))}"]
    if by_tool:
        lines += ["", f"### {word('head_tool')}", "", *(f"- {_safe(said)}" for said in by_tool)]
    return "\n".join(lines) + "\n"


def _safe(value: str) -> str:
    """Return a datum so that Markdown shows it as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))
