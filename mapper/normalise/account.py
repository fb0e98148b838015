"""What was understood of the files and what is wrong: for `mapper check` and `mapper schema`."""

from collections.abc import Callable
from typing import Any, Protocol

import pandas as pd

from mapper.columns import INCIDENT, RAW
from mapper.dialects import FAMILIES, load
from mapper.messages import text
from mapper.normalise.profile import HELPERS, FileProfile, Profile

__all__ = ["account", "problem_groups", "schema"]

FIRST = 10
SHOWN = 12


class FileRead(Protocol):
    """What `account` needs to know of a file that was read."""

    name: str
    kind: str
    encoding: str
    delimiter: str
    header_line: int
    rows: int
    notes: list[str]
    line_of: Callable[[int], int]


class RawTable(Protocol):
    """What `account` needs of the reader's result."""

    files: Any


def account(
    raw: RawTable, profile: Profile, problems: pd.DataFrame, lang: str = "en"
) -> dict[str, Any]:
    """Return what was understood, for `mapper check --json` and, as `lines`, for the terminal.

    Keys: `files` (per file: name, kind, family, encoding, delimiter, header_line, rows, good,
    doubted, rejected, notes, date_orders, fields, kept, attribution, restricted), `problems` (see
    `problem_groups`), `lines`. A row is good when nothing of it was rejected or doubted.
    """
    files = [_file(read, profile.files[read.name], problems, lang) for read in raw.files]
    groups = problem_groups(raw, problems)
    return {"files": files, "problems": groups, "lines": _lines(files, groups, lang)}


def _file(read: FileRead, known: FileProfile, problems: pd.DataFrame, lang: str) -> dict[str, Any]:
    here = problems[(problems["source_file"] == read.name) & (problems["source_row"] > 0)]
    rejected = set(here.loc[here["severity"] == "rejected", "source_row"])
    doubted = set(here.loc[here["severity"] == "doubt", "source_row"]) - rejected
    fields = {ours: theirs for ours, theirs in known.fields.items() if ours in INCIDENT}
    helpers = {ours: theirs for ours, theirs in known.fields.items() if ours in HELPERS}
    return {
        "name": read.name,
        "kind": read.kind,
        "family": known.family,
        "title": known.title,
        "encoding": read.encoding,
        "delimiter": read.delimiter if read.kind == "csv" else "",
        "header_line": read.header_line,
        "rows": read.rows,
        "good": read.rows - len(rejected) - len(doubted),
        "doubted": len(doubted),
        "rejected": len(rejected),
        "notes": read.notes,
        "date_orders": {
            known.fields[name]: _order_words(known, name, lang) for name in known.orders
        },
        "fields": fields | helpers,
        "kept": known.unknown,
        "attribution": known.attribution,
        "restricted": known.restricted,
    }


def _order_words(known: FileProfile, name: str, lang: str) -> str:
    order, why = known.orders[name], known.order_evidence.get(name, "")
    if not order:
        return text("normalise", "order.needless", lang)
    if order == "undecided":
        return text("normalise", "order.undecided", lang)
    codes = ("told", "other_column", "sorted", "name")
    code = why if why in codes else "seen"
    return text("normalise", f"order.{code}", lang, order=order, seen=why)


def problem_groups(raw: RawTable, problems: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the problems by code and column: severity, how many, remedy, the first ten of each.

    Each of the first ten has `file`, `row`, `line` (0 where the format has no lines), `column`,
    `value`, `problem`.
    """
    reads = {file.name: file for file in raw.files}
    groups = []
    keys = ["problem_code", "column", "severity"]
    for (code, column, severity), part in problems.groupby(keys, sort=False):
        first = [_one(row, reads) for row in part.head(FIRST).to_dict("records")]
        groups.append(
            {
                "problem_code": code,
                "column": column,
                "severity": severity,
                "rows": len(part),
                "remedy": part["remedy"].iloc[0],
                "first": first,
            }
        )
    rank = {"rejected": 0, "doubt": 1, "repaired": 2, "note": 3}
    return sorted(groups, key=lambda g: (rank.get(str(g["severity"]), 9), -g["rows"]))


def _one(row: dict[Any, Any], reads: dict[str, FileRead]) -> dict[str, Any]:
    file, number = row["source_file"], int(row["source_row"])
    return {
        "file": file,
        "row": number,
        "line": reads[file].line_of(number) if file in reads else 0,
        "column": row["column"],
        "value": row["value"],
        "problem": row["problem"],
    }


def _lines(files: list[dict[str, Any]], groups: list[dict[str, Any]], lang: str) -> list[str]:
    """Return the account as lines for the terminal."""
    lines = []
    for file in files:
        what = file["title"]
        lines.append(text("normalise", "account.file", lang, what=what, **_shown(file)))
        numbers = {name: file[name] for name in ("good", "doubted", "rejected")}
        lines.append("  " + text("normalise", "account.rows", lang, **numbers))
        lines += [f"  {note}" for note in file["notes"]]
        lines += _field_lines(file["fields"], lang)
        lines += [f"  {column}: {words}" for column, words in file["date_orders"].items() if words]
        if file["kept"]:
            kept = ", ".join(file["kept"])
            lines.append("  " + text("normalise", "account.kept", lang, columns=kept))
        if file["restricted"]:
            lines.append("  " + text("normalise", "account.restricted", lang))
        if file["attribution"]:
            lines.append(
                "  " + text("normalise", "account.attribution", lang, said=file["attribution"])
            )
    for group in groups:
        head = text("normalise", "account.group", lang, n=group["rows"], **_brief(group))
        lines.append(head)
        lines += [f"    {_place(one)}: {one['problem']}" for one in group["first"]]
        lines.append("    → " + str(group["remedy"]))
    return lines


def _field_lines(fields: dict[str, str], lang: str) -> list[str]:
    """Return one line a field that has another name in the file, and one for all the others."""
    same = [ours for ours, theirs in fields.items() if ours == theirs]
    lines = [f"  {ours} ← {theirs}" for ours, theirs in fields.items() if ours != theirs]
    if same:
        lines.append("  " + text("normalise", "account.same", lang, columns=", ".join(same)))
    return lines


def _shown(file: dict[str, Any]) -> dict[str, object]:
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "blank"}
    delimiter = names.get(file["delimiter"], repr(file["delimiter"])) if file["delimiter"] else "-"
    return {
        "file": file["name"],
        "kind": file["kind"],
        "n": file["rows"],
        "encoding": file["encoding"],
        "delimiter": delimiter,
        "line": file["header_line"],
    }


def _brief(group: dict[str, Any]) -> dict[str, object]:
    return {"code": group["problem_code"], "severity": group["severity"], "column": group["column"]}


def _place(one: dict[str, Any]) -> str:
    return f"{one['file']}:{one['line']}" if one["line"] else f"{one['file']}, row {one['row']}"


def schema() -> dict[str, Any]:
    """Return what is known: our fields with the names understood for them, and the families.

    For `mapper schema`.
    """
    words: dict[str, list[str]] = load("synonyms")["columns"]
    fields = [
        {
            "name": column.name,
            "kind": column.kind,
            "unit": column.unit,
            "meaning": column.meaning,
            "also": words.get(column.name, []),
        }
        for column in INCIDENT.columns
        if column.name not in RAW
    ]
    families = [
        {
            "name": name,
            "title": load(name)["title"],
            "recognised_by": load(name)["recognise"]["sets"],
            "without_header": len(load(name).get("headerless", {}).get("columns", [])),
            "restricted": load(name)["terms"]["restricted"],
            "attribution": load(name)["terms"]["attribution"],
        }
        for name in FAMILIES
    ]
    known = {"fields": fields, "helpers": list(HELPERS), "families": families}
    return known | {"lines": _schema_lines(fields, families, words)}


def _schema_lines(
    fields: list[dict[str, Any]], families: list[dict[str, Any]], words: dict[str, list[str]]
) -> list[str]:
    """Return the schema as lines for the terminal: each field with some of its other names."""
    lines = [text("normalise", "schema.fields")]
    for one in fields:
        kind = f"{one['kind']}, {one['unit']}" if one["unit"] else one["kind"]
        lines.append(f"  {one['name']:<22} {one['meaning']} ({kind})")
        if one["also"]:
            lines.append(f"  {'':<22} ← {', '.join(one['also'][:SHOWN])}" + _more(one["also"]))
    lines.append(text("normalise", "schema.helpers"))
    for name in HELPERS:
        also = words.get(name, [])
        lines.append(f"  {name:<22} ← {', '.join(also[:SHOWN])}" + _more(also))
    lines.append(text("normalise", "schema.families"))
    for family in families:
        lines.append(f"  {family['title']}")
        lines += [f"    {', '.join(one)}" for one in family["recognised_by"]]
        if family["without_header"]:
            n = family["without_header"]
            lines.append("    " + text("normalise", "schema.headerless", n=n))
        if family["attribution"]:
            lines.append(
                "    " + text("normalise", "account.attribution", said=family["attribution"])
            )
    return lines


def _more(names: list[str]) -> str:
    return f" … ({len(names)})" if len(names) > SHOWN else ""
