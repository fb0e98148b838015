"""What may be published, as a policy file says it: allow-lists and how coarse a place is shown."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from mapper.errors import InputError, UsageError
from mapper.messages import text

__all__ = ["Level", "Policy", "Rule", "read_policy", "ready"]

Level = Literal["exact", "displaced", "grid", "admin1", "country", "nothing"]
LEVELS: tuple[Level, ...] = get_args(Level)
# what only the published position may say, and what only our own hand writes
NEVER = frozenset(
    {"place", "place_admin1", "place_admin2", "given_latitude", "given_longitude",
     "given_uncertainty_km", "source_row", "incident_id", "date_text"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """How some of the reports are treated.

    Attributes:
        event_types: the rule fits reports of these types; empty for any type.
        column, values: it fits rows with one of these values in this column; empty for any row.
        level: how coarse the place is shown.
        withhold: the report is not published at all.
    """

    level: Level
    event_types: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()
    withhold: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy.

    Attributes:
        name: shown on the map.
        columns: columns that are published; all others are not.
        level: how coarse places are shown where no rule fits.
        rules: tried in order, the first that fits decides.
        grid_km: side of a square.
        displaced_km: least and most a place is moved.
        delay_days: reports of the newest so many days are held back; 0 for none.
        least_reports: a place with fewer reports is merged upward; 0 or 1 for none.
        rekey: ids are replaced by ones that tell nothing.
        key_file: where the secret key is kept; None for the user's own.
    """

    name: str
    columns: frozenset[str]
    level: Level = "admin1"
    rules: tuple[Rule, ...] = ()
    grid_km: float = 25.0
    displaced_km: tuple[float, float] = (5.0, 15.0)
    delay_days: int = 0
    least_reports: int = 0
    rekey: bool = True
    key_file: Path | None = field(default=None, compare=False)

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the policy in words."""
        said = [
            text("safety", "policy_name", lang, name=self.name),
            *(self._rule(rule, lang) for rule in self.rules),
        ]
        said.append(text("safety", f"else_{self.level}", lang, **self._numbers()))
        if self.delay_days:
            said.append(text("safety", "delay", lang, n=self.delay_days))
        if self.least_reports > 1:
            said.append(text("safety", "threshold", lang, n=self.least_reports))
        if self.columns & {"event_id", "relates_to"}:
            said.append(text("safety", "event", lang))
        said.append(text("safety", "columns", lang, columns=", ".join(sorted(self.columns))))
        if self.rekey:
            said.append(text("safety", "rekeyed", lang))
        return said

    def _rule(self, rule: Rule, lang: str) -> str:
        if rule.event_types:
            kinds = ", ".join(kind.replace("_", " ") for kind in rule.event_types)
            whom = text("safety", "of_types", lang, types=kinds)
        else:
            whom = text("safety", "of_any", lang)
        if rule.column:
            values = ", ".join(rule.values)
            whom = text("safety", "flagged", lang, whom=whom, column=rule.column, values=values)
        code = "rule_withhold" if rule.withhold else f"rule_{rule.level}"
        return text("safety", code, lang, whom=whom, **self._numbers())

    def _numbers(self) -> dict[str, str]:
        least, most = self.displaced_km
        return {"grid": f"{self.grid_km:g}", "least": f"{least:g}", "most": f"{most:g}"}


def ready() -> Policy:
    """Return the policy that comes with mapper."""
    source = (files("mapper.safety") / "ready.toml").read_text(encoding="utf-8")
    return _policy(tomllib.loads(source), "ready.toml", Path())


def read_policy(path: Path) -> Policy:
    """Return the policy of a TOML file.

    Raises:
        InputError: the file cannot be read or is no TOML.
        UsageError: it holds a key or a value that no policy has; a misspelt rule must not pass.
    """
    try:
        source = path.read_text(encoding="utf-8")
        parsed = tomllib.loads(source)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name}: the policy could not be read ({error})."
        raise InputError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"{path.name}: the policy is no TOML ({error})."
        raise InputError(message) from error
    return _policy(parsed, path.name, path.parent)


def _policy(parsed: dict[str, Any], name: str, folder: Path) -> Policy:
    check = _Check(name)
    check.keys(parsed, "name", "columns", "delay_days", "least_reports", "rekey_ids", "key_file",
               "place", "rule")  # fmt: skip
    place = check.of(parsed, "place", dict, {})
    check.keys(place, "publish", "grid_km", "displaced_km", at="place")
    columns = check.texts(parsed, "columns")
    if not columns:
        check.fail("columns", "a list of the columns to publish; nothing else is")
    forbidden = sorted(columns & NEVER)
    if forbidden:
        check.fail("columns", f"columns other than {', '.join(forbidden)}, which the published "
                   "position replaces")  # fmt: skip
    least, most = check.pair(place, "displaced_km", (5.0, 15.0))
    key_file = check.of(parsed, "key_file", str, "")
    return Policy(
        name=check.of(parsed, "name", str, Path(name).stem),
        columns=frozenset(columns),
        level=check.level(place, "publish", "admin1"),
        rules=tuple(_rule(rule, check) for rule in check.of(parsed, "rule", list, [])),
        grid_km=check.number(place, "grid_km", 25.0, least=1.0),
        displaced_km=(least, most),
        delay_days=int(check.number(parsed, "delay_days", 0, least=0)),
        least_reports=int(check.number(parsed, "least_reports", 0, least=0)),
        rekey=check.of(parsed, "rekey_ids", bool, default=True),
        key_file=folder / key_file if key_file else None,
    )


def _rule(rule: dict[str, Any], check: "_Check") -> Rule:
    check.keys(rule, "event_types", "flag", "publish", "withhold", at="rule")
    flag = check.of(rule, "flag", dict, {})
    check.keys(flag, "column", "values", at="rule.flag")
    withhold = check.of(rule, "withhold", bool, default=False)
    if not withhold and "publish" not in rule:
        check.fail("rule", "publish or withhold = true")
    if not flag and "event_types" not in rule:
        check.fail("rule", "event_types or flag")
    column = check.of(flag, "column", str, "")
    values = check.texts(flag, "values")
    if flag and not (column and values):
        check.fail("rule.flag", "a column and values")
    return Rule(
        level=check.level(rule, "publish", "nothing"),
        event_types=tuple(sorted(check.texts(rule, "event_types"))),
        column=column,
        values=tuple(sorted(values)),
        withhold=withhold,
    )


class _Check:
    """Reads values of a policy; whatever is not as expected is one clear error."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, key: str, expected: str) -> None:
        message = f"{self.name}: {key}: expected {expected}."
        raise UsageError(message)

    def keys(self, table: dict[str, Any], *known: str, at: str = "") -> None:
        for key in table:
            if key not in known:
                self.fail(f"{at}.{key}" if at else key, f"one of {', '.join(known)}")

    def of(self, table: dict[str, Any], key: str, kind: type, default: Any) -> Any:  # noqa: ANN401
        value = table.get(key, default)
        if not isinstance(value, kind):
            self.fail(key, f"a {kind.__name__}")
        return value

    def texts(self, table: dict[str, Any], key: str) -> set[str]:
        values = self.of(table, key, list, [])
        if not all(isinstance(value, str) for value in values):
            self.fail(key, "a list of texts")
        return set(values)

    def number(self, table: dict[str, Any], key: str, default: float, *, least: float) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < least:
            self.fail(key, f"a number of at least {least:g}")
        return float(value)

    def pair(
        self, table: dict[str, Any], key: str, default: tuple[float, float]
    ) -> tuple[float, float]:
        value = table.get(key, default)
        fits = (
            isinstance(value, list | tuple)
            and len(value) == 2
            and all(isinstance(x, int | float) for x in value)
            and 0 < value[0] < value[1]
        )
        if not fits:
            self.fail(key, "two numbers of km, the least and the most")
        return float(value[0]), float(value[1])

    def level(self, table: dict[str, Any], key: str, default: Level) -> Level:
        value = table.get(key, default)
        if value not in LEVELS:
            self.fail(key, f"one of {', '.join(LEVELS)}")
        return LEVELS[LEVELS.index(value)]
