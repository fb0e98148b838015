"""What a run did, as numbers for programs and as at most fifteen lines for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.columns import PROBLEM, empty
from mapper.messages import text

__all__ = ["Doubt", "Report"]

SHAPES_SHOWN = ("point", "area", "line", "list")
MAX_DOUBTS = 5
MAX_LINES = 15
WIDTH = 110
LONGEST = 2000  # of what `check` lists


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place most worth a look: one report that names it, what it was taken for and why."""

    incident_id: str
    place: str
    taken_for: str
    reason: str


@dataclass(slots=True)
class Report:
    """The outcome of a run.

    `rows_read` = `incidents` + `rejected`; `mapped` counts reports drawn as a point, area, line or
    list; `by_shape` counts `none` too. `files` are sentences on how each input was understood;
    `account` is the long form of it (`normalise.account`), which `check` prints. `excerpts` says
    that long texts were cut because the terms of a source ask for it, `full_texts` that none were.
    `safety` is the policy of a published map and what it did, in words.
    `by_tool` tells of places decided anew although the data say the same, `kept` names those that
    stay what they were in the edition before.
    `fixes` counts the decisions of earlier reviews by the file they were taken from.
    `problem_rows` is PROBLEM as a table: a large file may have one a row.
    """

    rows_read: int = 0
    incidents: int = 0
    rejected: int = 0
    mapped: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_shape: dict[str, int] = field(default_factory=dict)
    by_precision: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    period: str = ""
    not_added: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    columns_kept: list[str] = field(default_factory=list)
    columns_new: list[str] = field(default_factory=list)
    problem_rows: pd.DataFrame = field(default_factory=lambda: empty(PROBLEM))
    outputs: list[Path] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    fixes: dict[str, int] = field(default_factory=dict)
    fixes_refused: int = 0
    is_map: bool = False
    safety: Sequence[str] = ()
    attributions: Sequence[str] = ()
    excerpts: bool = False
    full_texts: bool = True
    since: str = ""
    changes: list[str] = field(default_factory=list)
    by_tool: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> list[dict[str, object]]:
        """The rows of PROBLEM as dicts."""
        rows = self.problem_rows.to_dict("records")
        return [{str(name): value for name, value in row.items()} for row in rows]

    def wants_a_look(self) -> bool:
        """Whether anything was rejected or has no place: what `--strict` turns into exit code 1."""
        return bool(self.rejected or self.fixes_refused or self.by_shape.get("none", 0))

    def to_dict(self) -> dict[str, object]:
        """Return the report for `--json`."""
        return {
            **self._account(),
            "rows_read": self.rows_read,
            "incidents": self.incidents,
            "rejected": self.rejected,
            "mapped": self.mapped,
            "by_status": self.by_status,
            "by_shape": self.by_shape,
            "by_precision": self.by_precision,
            "files": self.files,
            "fields": self.fields,
            "period": self.period,
            "not_added": self.not_added,
            "doubts": [
                {
                    "incident_id": doubt.incident_id,
                    "place": doubt.place,
                    "taken_for": doubt.taken_for,
                    "reason": doubt.reason,
                }
                for doubt in self.doubts
            ],
            "since": self.since,
            "changes": self.changes,
            "decided_anew": self.by_tool,
            "kept_as_before": self.kept,
            "safety": list(self.safety),
            "fixes": self.fixes,
            "columns_not_understood": self.columns_kept,
            "columns_new": self.columns_new,
            "problems": self.problems,
            "attributions": list(self.attributions),
            "outputs": [str(path) for path in self.outputs],
        }

    def _account(self) -> dict[str, object]:
        """Return what `check --json` has besides: files as understood, problems by kind."""
        if not self.account:
            return {}
        return {
            "understood": self.account["files"],
            "problem_groups": self.account["problems"],
        }

    def lines(self, *, verbose: bool = False) -> list[str]:
        """Return the report for a terminal: at most fifteen lines unless `verbose`."""
        if self.account:
            lines = [*self.account["lines"], *self._understood(), *self._placed()]
            if verbose:
                lines += [_problem_line(problem) for problem in self.problems]
            return [_one_line(line, LONGEST) for line in lines]
        lines = [*self._understood(), *self._placed(), *self._columns(), *self._written()]
        if verbose:
            lines += [_problem_line(problem) for problem in self.problems]
        else:
            lines = _cut(lines, MAX_LINES)
        lines = [_one_line(line) for line in lines]
        # the policy and what it did are said in full
        return lines + [_one_line(line, LONGEST) for line in self._safe()]

    def _understood(self) -> list[str]:
        lines = [
            text(
                "report",
                "read",
                n=self.rows_read,
                used=self.incidents,
                rejected=self.rejected,
                files=" · ".join(self.files[:3]) + (" …" if len(self.files) > 3 else ""),
            )
        ]
        if self.period:
            lines.append(text("report", "period", period=self.period))
        if any(self.fixes.values()):
            said = [text("fixes", "count", n=n, file=f) for f, n in self.fixes.items() if n]
            lines.append(text("fixes", "said", files=", ".join(said)))
        return lines

    def _placed(self) -> list[str]:
        if not self.by_shape:
            return []
        shapes = [f"{self.by_shape[s]} {s}" for s in SHAPES_SHOWN if self.by_shape.get(s)]
        lines = [
            text(
                "report",
                "placed",
                shapes=" · ".join(shapes) or "0",
                n=self.by_shape.get("none", 0),
            )
        ]
        if self.since:
            said = " ".join(self.changes) or text("report", "unchanged")
            lines.append(text("report", "changed", since=self.since, said=said))
            lines += [
                text("report", "decided_anew", said=said) for said in self.by_tool[:MAX_DOUBTS]
            ]
            if self.kept:
                names = ", ".join(self.kept[:MAX_DOUBTS]) + (" …" if self.kept[MAX_DOUBTS:] else "")
                lines.append(text("report", "kept", n=len(self.kept), names=names))
        if self.doubts:
            lines.append(text("report", "doubts"))
            lines += [
                "  " + text("report", "doubt", id=d.incident_id, place=d.place,
                            taken=d.taken_for or text("report", "nothing"), reason=d.reason)
                for d in self.doubts[:MAX_DOUBTS]
            ]  # fmt: skip
        if self.not_added:
            lines.append(text("report", "not_added", why=self.not_added))
        return lines

    def _columns(self) -> list[str]:
        lines = []
        names = [
            name + (" " + text("report", "new") if name in self.columns_new else "")
            for name in self.columns_kept
        ]
        if names:
            code = "columns_in_page" if self.is_map else "columns_kept"
            lines.append(text("report", code, columns=", ".join(names), first=self.columns_kept[0]))
        if len(self.problem_rows):
            lines.append(_problem_summary(self.problem_rows["problem_code"]))
        return lines

    def _safe(self) -> list[str]:
        if not self.safety:
            return []
        return [text("report", "safe"), *(f"  {said}" for said in self.safety)]

    def _written(self) -> list[str]:
        lines = []
        if self.outputs:
            shown = [
                f"{path} ({_size(size)})" if i == 0 else f"…{_suffix(path, self.outputs[0])}"
                for i, (path, size) in enumerate(zip(self.outputs, self.sizes, strict=True))
            ]
            lines.append(text("report", "wrote", outputs=", ".join(shown)))
        if self.is_map and self.outputs and not self.safety:
            lines.append(text("report", "sensitive" if self.full_texts else "exact"))
        lines += [text("report", "attribution", said=said) for said in self.attributions]
        if self.excerpts:
            lines.append(text("report", "excerpts"))
        return lines


def _problem_summary(codes: pd.Series) -> str:
    """Name the commonest kinds of problems with their counts."""
    counts = codes.str.replace("_", " ").value_counts().to_dict()
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kinds = ", ".join(f"{code} {n}" for code, n in top[:4]) + (" …" if len(top) > 4 else "")
    return text("report", "problems", n=len(codes), kinds=kinds)


def _problem_line(problem: dict[str, object]) -> str:
    return text("report", "problem", **problem)


def _cut(lines: list[str], most: int) -> list[str]:
    """Leave out doubts (the lines that are indented) from the last on until the rest fits."""
    while len(lines) > most and any(line.startswith("  ") for line in lines):
        last = max(i for i, line in enumerate(lines) if line.startswith("  "))
        del lines[last]
    return lines[:most]


def _one_line(line: str, most: int = 2 * WIDTH) -> str:
    """Keep data from breaking the line or speaking to the terminal."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e5 else f"{max(1, round(n_bytes / 1e3))} kB"


def _suffix(path: Path, main: Path) -> str:
    return path.name.removeprefix(main.stem)
