"""Puts the words about the names of a place text together into groups.

A *group* is a name with the words about it: kinds ("puente"), countries, numbers. Groups follow
each other joined by a comma, a bracket, or a connective such as `and`, `in`, `near`, `between`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from mapper.gazetteer.lexicon import GENERIC, lexicon
from mapper.geocode.atlas import LOOSE, Atlas
from mapper.geocode.names import KIND_ORDER, UNITS, Name, names_in
from mapper.geocode.tokens import Token
from mapper.world import pairs

__all__ = ["Group", "groups_of"]

_JOINTS = ("between", "describes", "known_as", "near", "with", "and", "or", "in")
_DIRECTIONS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_TRAILING = frozenset(("settlement", "admin1", "admin2"))
_OTHER_KINDS = frozenset(("bridge", "trail", "crossing", "road", "site", "settlement"))


@dataclass(slots=True)
class Group:
    """A name and the words about it.

    `joint`: how it is joined to what stands before: `""`, `,`, `(`, `/`, `~` (hyphen), `-` (dash),
    `.`, or a connective's class. `depth`: inside how many brackets. `kinds`: generic words in
    order. `countries`: ISO2 by name, `adjectives` by adjective. `distance_km`, `bearing`: of "5 km
    north of"; NaN if none. `plural`: a number above one or a plural was said.
    """

    joint: str = ""
    depth: int = 0
    kinds: list[str] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    distance_km: float = float("nan")
    bearing: float = float("nan")
    number: float = float("nan")
    border: bool = False
    side: bool = False
    near: bool = False

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        said = self.kinds or self.names or self.countries or self.adjectives
        return not (said or self.side or self.border)

    @property
    def bare(self) -> bool:
        """Whether it names nothing."""
        return not (self.names or self.countries)


def groups_of(tokens: Sequence[Token], atlas: Atlas, country: str = "") -> list[Group]:
    """Return the groups of a text. `country`: ISO2 hint, to tell names from words."""
    tokens = _stretch(_whole_names([_not_abroad(t, country, atlas) for t in tokens]))
    crossing = any(t.has("bridge", "crossing", "trail") for t in tokens)
    named = names_in(tokens, atlas, country, crossing=crossing)
    by_start = {start: (end, name) for start, end, name in named}
    dutch = _is_dutch(tokens)
    groups: list[Group] = [Group()]
    depth = 0
    at = 0
    while at < len(tokens):
        token = tokens[at]
        for mark in token.before:
            depth += {"(": 1, ")": -1}.get(mark, 0)
        depth = max(depth, 0)
        joint = _separator(token.before)
        if joint and not (joint == "~" and at not in by_start):
            _start(groups, joint, depth)
        groups[-1].depth = depth if groups[-1].empty else groups[-1].depth
        if at in by_start:
            end, name = by_start[at]
            if groups[-1].names:
                _start(groups, "of" if at and tokens[at - 1].has("of") else "", depth)
            groups[-1].names.append(name)
            groups[-1].kinds.extend(name.kinds)
            groups[-1].words.extend(tokens[at:end])
            at = end
            continue
        if token.classes & GENERIC and groups[-1].names and at and tokens[at - 1].has("of"):
            _start(groups, "of", depth)
        if token.has(*_DIRECTIONS) and at + 1 < len(tokens) and tokens[at + 1].has("of"):
            measured = math.isfinite(groups[-1].distance_km)
            groups[-1].near |= not (groups[-1].names or measured)  # "north of X"
        if not token.has("stop"):
            _word(groups, token, depth, dutch=dutch)
        at += 1
    groups = _head_last(groups)
    _postposed(groups)
    for group in groups:
        _finish(group)
    return [g for g in groups if not g.empty or math.isfinite(g.distance_km) or g.near]


def _head_last(groups: list[Group]) -> list[Group]:
    """Put the head first where a language has it last.

    Turkish: "X ile Y'yi bağlayan Z köprüsü". Chinese: the province before its town.
    """
    at = next((i for i, g in enumerate(groups) if i and g.joint == ""), 0)
    before, after = groups[:at], groups[at:]
    if not at or after[0].empty:
        return groups
    if before[0].joint == "describes":
        if not any(g.names for g in after):
            before[0].joint = "between"
        return [*after, *before]
    if all(_is_chinese_area(g) for g in before) and after[0].names:
        for group in before:
            group.joint = ","
        return [*after, *before]
    return groups


def _is_chinese_area(group: Group) -> bool:
    chinese = any("\u3400" <= c <= "\u9fff" for w in group.words for c in w.raw)
    return chinese and ("admin1" in group.kinds or not group.names)


def _postposed(groups: list[Group]) -> None:
    """Move a "between" that follows its two names before them: "X ile Y arasında", "X和Y之间"."""
    at = next((i for i, g in enumerate(groups) if g.joint == "between" and g.bare), 0)
    ends = [g for g in groups[:at] if g.names]
    if at and len(ends) == 2 and not any(g.joint == "between" for g in groups[:at]):
        ends[0].joint, ends[1].joint = "between", "and"
        ends[0].kinds += groups[at].kinds
        groups[at].kinds = []


@cache
def _pairs_of(country: str) -> frozenset[str]:
    """Return the land borders of a country."""
    return frozenset(p for p in pairs() if country in p.split("-"))


def _whole_names(tokens: list[Token]) -> list[Token]:
    """Let "… village" at the end of a segment say the kind: other generics are part of the name.

    English puts the word for a town or district last ("Valle San Pedro village"); what looks like
    a Spanish or Arabic generic before it belongs to the name.
    """
    end = next((i for i, t in enumerate(tokens) if i and set(t.before) & set(",(/")), len(tokens))
    last = end - 1
    if last < 1 or not tokens[last].classes & _TRAILING or tokens[last].native:
        return tokens
    if "en" not in lexicon().languages.get(tokens[last].folded, ()):
        return tokens
    whole = list(tokens)
    for at in range(last):
        token = tokens[at]
        generic = token.classes & (GENERIC | {"adjective", "number"})
        capital = token.raw[:1].isupper()
        if generic and capital and not token.country and not _english_only(token):
            whole[at] = replace(token, classes=frozenset())
    return whole


def _stretch(tokens: list[Token]) -> list[Token]:
    """Read "from X to Y" as "between X and Y" where nothing is named before it."""
    start = next((i for i, t in enumerate(tokens[:3]) if t.has("from")), -1)
    if start < 0 or not all(t.classes & GENERIC or t.has("article") for t in tokens[:start]):
        return tokens
    end = next((i for i, t in enumerate(tokens) if i > start + 1 and t.has("to")), 0)
    between, after = tokens[start + 1 : end], tokens[end + 1 :]
    apart = any(t.before for t in tokens[start : end + 2]) or any(
        t.has("to", "near") for t in after
    )
    spoken = lexicon().languages
    shared = spoken.get(tokens[start].folded, frozenset()) & spoken.get(
        tokens[end].folded, frozenset()
    )
    named = bool(between) and any(t.plain or t.country for t in after)
    named = named and all(t.plain or t.country or t.has("of", "article") for t in between)
    if not end or apart or not shared or not named:
        return tokens
    joints = {start: "between", end: "and"}
    return [
        replace(t, classes=frozenset((joints[i],))) if i in joints else t
        for i, t in enumerate(tokens)
    ]


def _english_only(token: Token) -> bool:
    return lexicon().languages.get(token.folded, frozenset()) == frozenset(("en",))


def _not_abroad(token: Token, country: str, atlas: Atlas) -> Token:
    """Take a far country's name ("Santa Helena", "Papun") for a local name.

    A name of several words always, a single word where the hinted country has such a place.
    """
    meant = token.country or token.adjective_of
    if not country or meant in ("", country):
        return token
    if "-".join(sorted((country, meant))) in _pairs_of(country):
        return token
    several = bool(token.country) and " " in token.folded
    if several or (token.raw[:1].isupper() and _local(token.folded, country, atlas)):
        return replace(token, country="", adjective_of="")
    return token


def _local(name: str, country: str, atlas: Atlas) -> bool:
    """Whether a settlement of the country bears a folded name exactly."""
    return any(
        h.place.kind == "settlement" and h.place.country == country and h.quality < LOOSE
        for h in atlas.find(name)
    )


def _separator(before: str) -> str:
    for mark in ("(", ",", ".", "/", "-", ")", "&", "~"):
        if mark in before:
            return {"&": "and", ")": ")"}.get(mark, mark)
    return ""


def _start(groups: list[Group], joint: str, depth: int) -> None:
    """Begin a group; connectives override the separator before them."""
    if groups[-1].empty and not math.isfinite(groups[-1].distance_km):
        last = groups[-1]
        if joint == "near":
            last.near = True
        if joint not in (",", "~", ")", "") or not last.joint:
            last.joint = joint
        last.depth = depth
    else:
        groups.append(Group(joint=joint, depth=depth, near=joint == "near"))


def _word(groups: list[Group], token: Token, depth: int, *, dutch: bool) -> None:
    """Take a word that is no name into the last group, or begin a new one with it."""
    group = groups[-1]
    if token.country and not (group.names and token.folded == "us"):
        if group.names or (group.countries and "~" not in token.before):
            _start(groups, "of", depth)
        groups[-1].countries.append(token.country)
        groups[-1].words.append(token)
        return
    if token.adjective_of:
        group.adjectives.append(token.adjective_of)
        group.words.append(token)
        return
    if _measure(group, token):
        return
    if token.has("leads") and not all(g.empty for g in groups):
        for before in groups:
            before.joint = "describes"
        groups.append(Group(depth=depth))
        return
    connective = _connective(token, dutch=dutch)
    if connective == "describes" and not any(g.names or g.countries for g in groups):
        return  # "l'État frontalier de X": nothing is named yet that it could describe
    if connective:
        _start(groups, connective, depth)
        return
    group.words.append(token)
    if token.classes & GENERIC or token.has("side"):
        group.kinds += [c for c in KIND_ORDER if c in token.classes]


def _measure(group: Group, token: Token) -> bool:
    """Take a number, a unit or a bearing of a distance; whether it was one."""
    number = token.number
    if math.isfinite(number):
        group.number = number
        group.words.append(token)
        return True
    waiting = math.isfinite(group.number) and not math.isfinite(group.distance_km)
    if waiting and token.has(*UNITS):
        factor = 1.0 if token.has("unit_km") else 0.001 if token.has("unit_m") else 1.609
        group.distance_km = group.number * factor
        return True
    if math.isfinite(group.distance_km) and not group.names:
        for direction, degrees in _DIRECTIONS.items():
            if token.has(direction):
                group.bearing = degrees
                return True
    return False


def _connective(token: Token, *, dutch: bool) -> str:
    """Return the class of a connective, `""` if the word is none."""
    if not any(token.has(j) for j in _JOINTS):
        return ""
    if token.has("and", "in") and token.folded == "en":
        return "and" if dutch else "in"
    for joint in _JOINTS:
        if not token.has(joint):
            continue
        if joint == "or" and token.has("of", "article"):
            return "or" if dutch and token.folded == "of" else ""
        if joint == "in" and token.has("article"):
            return ""
        if joint == "in" and any(token.has(d) for d in _DIRECTIONS):
            return ""
        if joint == "with" and token.folded == "to":
            return ""
        return joint
    return ""


def _is_dutch(tokens: Sequence[Token]) -> bool:
    only = [lexicon().languages.get(t.folded, frozenset()) for t in tokens if not t.native]
    return any(languages == frozenset(("nl",)) for languages in only)


def _finish(group: Group) -> None:
    """Settle what can be said only when the group is whole."""
    group.side = "side" in group.kinds
    group.border = "border" in group.kinds and not set(group.kinds) & _OTHER_KINDS
    group.kinds = [k for k in dict.fromkeys(group.kinds) if k not in ("border", "side")]
    if group.border or group.side:
        group.kinds = [k for k in group.kinds if k not in ("area", "country")]
