"""Puts the words of a place text together into names and groups: the grammar's first half.

A *name* is a run of words that is, or could be, the name of one place. A *group* is a name with the
words about it: kinds ("puente"), countries, numbers. Groups follow each other joined by a comma, a
bracket, or a connective such as `and`, `in`, `near`, `between`.
"""

from collections.abc import Sequence
from functools import cache
from dataclasses import dataclass, field, replace

from mapper.gazetteer.lexicon import GENERIC, lexicon
from mapper.geocode.atlas import LOOSE, Atlas, Hit
from mapper.geocode.tokens import Token
from mapper.world import pairs

__all__ = ["Group", "Name", "groups_of", "spans_of"]

_LONGEST_NAME = 7  # words
_JOINTS = ("between", "describes", "known_as", "near", "with", "and", "or", "in")
_INSIDE = frozenset(("of", "article"))
_FUNCTION = frozenset((*_JOINTS, "of", "article", "number"))
_UNITS = ("unit_km", "unit_m", "unit_mile")
_DIRECTIONS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip


@dataclass(slots=True)
class Name:
    """A name as folded words.

    `parts`: known names inside it, in order. `kinds`: what its own words say it is.
    """

    text: str
    raw: str
    hits: tuple[Hit, ...] = ()
    parts: tuple["Name", ...] = ()
    kinds: tuple[str, ...] = ()


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


def spans_of(tokens: Sequence[Token]) -> list[str]:
    """Return the folded spans of a text that could be names, to be looked up in one go."""
    found: list[str] = []
    for start in range(len(tokens)):
        for end in range(start + 1, _reach(tokens, start) + 1):
            if end - start > 1 or not tokens[start].has(*_FUNCTION):
                found.append(_text(tokens[start:end]))
    return found


@cache
def pairs_of(country: str) -> frozenset[str]:
    """Return the land borders of a country."""
    return frozenset(p for p in pairs() if country in p.split("-"))


def _reach(tokens: Sequence[Token], start: int) -> int:
    end = start + 1
    while end < len(tokens) and end - start < _LONGEST_NAME and tokens[end].before in ("", "~"):
        end += 1
    return end


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(t.folded for t in tokens if t.folded)


def _raw(tokens: Sequence[Token]) -> str:
    return " ".join(t.raw for t in tokens)


def _acceptable(tokens: Sequence[Token], hits: tuple[Hit, ...], country: str) -> tuple[Hit, ...]:
    """Return the hits by which a span may be taken for a name; generic words alone never are.

    A span with a plain word in it is a name if any place bears it exactly, or nearly so inside
    the hinted country. A span of lexicon words (`las cuatro esquinas`) only if a kept place or a
    crossing bears it, or a settlement of the hinted country with at least two such words.
    """
    first, last = tokens[0], tokens[-1]
    if last.has("of", "article", "and") and len(tokens) > 1 and not last.plain:
        return ()
    if first.has("of", "and", "in", "near", "with", "between"):
        return ()
    plain = [t for t in tokens if t.plain and not t.raw.isdigit()]
    own = tuple(h for h in hits if h.place.row < 0 and h.place.kind != "country")
    if any(t.has("and") for t in tokens):
        return tuple(h for h in hits if h.quality != LOOSE and h.place.kind != "crossing")
    if not plain:
        exact = tuple(h for h in own if h.quality != LOOSE)
        if len(tokens) == 1 and first.country:
            foreign = country and first.country != country and " " in first.folded
            return tuple(h for h in hits if foreign and h.place.country == country)
        if len(tokens) == 1 and first.adjective_of:
            return ()
        inside = tuple(h for h in hits if country and h.place.country == country)
        return exact or (inside if len(tokens) > 1 and _capital(tokens) else ())
    exact = tuple(h for h in hits if h.quality != LOOSE)
    here = tuple(h for h in exact if not country or country in h.place.country)
    if here:
        return hits
    near = tuple(h for h in hits if country and country in h.place.country)
    return near or own or exact


def _capital(tokens: Sequence[Token]) -> bool:
    return all(t.raw[:1].isupper() for t in tokens if not t.has(*_INSIDE))


def _mark(
    tokens: Sequence[Token], atlas: Atlas, country: str, *, crossing: bool
) -> list[tuple[int, int, Name]]:
    """Find the longest known names, left to right."""
    found = []
    at = 0
    while at < len(tokens):
        for end in range(_reach(tokens, at), at, -1):
            span = tokens[at:end]
            text = _text(span)
            hits = atlas.find(text) if text else ()
            if not hits and span[0].raw.startswith("\u0648") and crossing:
                text = text[1:]  # Arabic "and" is written together with the next word
                hits = atlas.find(text)
                if hits or atlas.crossing(text):
                    tokens[at].before += "&"
            if crossing and any(t.plain for t in span):
                known = atlas.crossing(text)
                hits = (
                    *(Hit(p, LOOSE) for p in known if not any(h.place is p for h in hits)),
                    *hits,
                )
            hits = _acceptable(span, hits, country) if hits else ()
            if hits:
                found.append((at, end, Name(text, _raw(span), hits, (), _own_kinds(span))))
                at = end
                break
        else:
            at += 1
    return found


def _own_kinds(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the kinds that words inside a name say: `puente` in "puente Tienditas"."""
    said = [k for t in tokens for k in _KIND_ORDER if k in t.classes]
    return tuple(k for k in said if k in ("bridge", "crossing", "trail", "admin1", "admin2"))


def _names(
    tokens: Sequence[Token], atlas: Atlas, country: str, *, crossing: bool
) -> list[tuple[int, int, Name]]:
    """Return the names of a text with their first and last token: known ones, and runs of words.

    A run of plain words (with `de`, `la` inside) that is not known as a whole stays one name; the
    known names inside are its parts.
    """
    marked = _mark(tokens, atlas, country, crossing=crossing)
    starts = {start: (end, name) for start, end, name in marked}
    units: list[tuple[int, int, Name | None]] = []
    at = 0
    while at < len(tokens):
        if at in starts:
            units.append((at, starts[at][0], starts[at][1]))
            at = starts[at][0]
        else:
            if tokens[at].plain and tokens[at].folded and _is_word(tokens, at, units):
                units.append((at, at + 1, None))
            at += 1
    names: list[tuple[int, int, Name]] = []
    current: list[tuple[int, int, Name | None]] = []
    for unit in units:
        if current and not _continues(tokens, current[-1], unit):
            names.append(_joined(tokens, current, atlas))
            current = []
        current.append(unit)
    if current:
        names.append(_joined(tokens, current, atlas))
    shouted = any(t.raw[:1].isupper() for t in tokens)
    return [n for n in names if not (shouted and _describes(tokens[n[0] : n[1]], n[2]))]


def _describes(tokens: Sequence[Token], name: Name) -> bool:
    """Whether unknown words in small letters, in a text with capitals, only describe."""
    return (
        not name.hits
        and not name.parts
        and not any(t.raw[:1].isupper() or t.native or t.raw[:1].isdigit() for t in tokens)
    )


def _is_word(tokens: Sequence[Token], at: int, units: list[tuple[int, int, Name | None]]) -> bool:
    """Whether a plain token can be part of a name: a number only beside a word ("Lemana 2")."""
    if tokens[at].number != tokens[at].number:
        return True
    if at + 1 < len(tokens) and tokens[at + 1].has(*_UNITS, "unit_hour"):
        return False
    follows = bool(units) and units[-1][1] == at and tokens[at].before in ("", "~")
    article = at > 0 and tokens[at - 1].has("article") and tokens[at - 1].raw[:1].isupper()
    return follows or article


def _continues(
    tokens: Sequence[Token],
    before: tuple[int, int, Name | None],
    after: tuple[int, int, Name | None],
) -> bool:
    """Whether two units belong to one run of words."""
    between = tokens[before[1] : after[0]]
    if any(t.before not in ("", "~") for t in (*between, tokens[after[0]])):
        return False
    if not between:
        hyphen = "~" in tokens[after[0]].before
        return not (hyphen and before[2] is not None and after[2] is not None)
    linking = all((t.has(*_INSIDE) and t.has("of")) or t.has("article") for t in between)
    # "Santa Elena | de | Uiaren": a known name goes on with words that are none, or with another
    # known name that does not hold it ("Chalam del Carmen").
    if not linking or before[2] is None or after[2] is None:
        return linking
    return all(t.has("of") for t in between) and not _holds(after[2], before[2])


def _holds(outer: Name, inner: Name) -> bool:
    """Whether one name can be the area, or the town, that another lies in."""
    for place in (h.place for h in outer.hits):
        for spot in (h.place for h in inner.hits):
            if spot.kind in ("crossing", "site", "trail") or place.kind in ("crossing", "country"):
                return True
            if place.kind == "admin1" and place.admin1 == spot.admin1:
                return True
            if place.kind == "admin2" and place.row == spot.admin2:
                return True
            near = abs(place.latitude - spot.latitude) + abs(place.longitude - spot.longitude)
            if place.kind == "settlement" and near < 0.3:
                return True
    return False


def _joined(
    tokens: Sequence[Token], units: list[tuple[int, int, Name | None]], atlas: Atlas
) -> tuple[int, int, Name]:
    start, end = units[0][0], units[-1][1]
    if len(units) == 1 and units[0][2] is not None:
        return start, end, units[0][2]
    # An article before an unknown name belongs to it: La Ñapa, El 20.
    if start and tokens[start - 1].has("article") and tokens[start].before == "":
        article = tokens[start - 1]
        if article.raw[:1].isupper() and not article.has("in"):
            start -= 1
    span = tokens[start:end]
    parts = tuple(name for _, _, name in units if name is not None)
    text = _text(span)
    hits = tuple(h for h in atlas.find(text) if h.quality == LOOSE)
    return start, end, Name(text, _raw(span), hits, parts)


def groups_of(tokens: Sequence[Token], atlas: Atlas, country: str = "") -> list[Group]:
    """Return the groups of a text. `country`: ISO2 hint, to tell names from words."""
    tokens = _whole_names([_not_abroad(t, country) for t in tokens])
    crossing = any(t.has("bridge", "crossing", "trail") for t in tokens)
    named = _names(tokens, atlas, country, crossing=crossing)
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
        if not token.has("stop"):
            _word(groups, token, depth, dutch=dutch)
        at += 1
    for group in groups:
        _finish(group)
    return [g for g in groups if not g.empty or g.distance_km == g.distance_km or g.near]


_TRAILING = frozenset(("settlement", "admin1", "admin2"))


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


def _english_only(token: Token) -> bool:
    return lexicon().languages.get(token.folded, frozenset()) == frozenset(("en",))


def _not_abroad(token: Token, country: str) -> Token:
    """Take a far country's name of several words ("Santa Helena") for part of a local name."""
    foreign = country and token.country not in ("", country) and " " in token.folded
    if not foreign or "-".join(sorted((country, token.country))) in pairs_of(country):
        return token
    return replace(token, country="")


def _separator(before: str) -> str:
    for mark in ("(", ",", ".", "/", "-", ")", "&", "~"):
        if mark in before:
            return {"&": "and", ")": ")"}.get(mark, mark)
    return ""


def _start(groups: list[Group], joint: str, depth: int) -> None:
    """Begin a group; connectives override the separator before them."""
    if groups[-1].empty and groups[-1].distance_km != groups[-1].distance_km:
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
    connective = _connective(token, dutch=dutch)
    if connective:
        _start(groups, connective, depth)
        return
    group.words.append(token)
    if token.classes & GENERIC or token.has("side"):
        group.kinds += [c for c in _KIND_ORDER if c in token.classes]


_KIND_ORDER = (
    "bridge", "trail", "crossing", "river", "road", "site", "admin2", "admin1", "settlement",
    "area", "border", "side", "country",
)  # fmt: skip


def _measure(group: Group, token: Token) -> bool:
    """Take a number, a unit or a bearing of a distance; whether it was one."""
    number = token.number
    if number == number:
        group.number = number
        group.words.append(token)
        return True
    waiting = group.number == group.number and group.distance_km != group.distance_km
    if waiting and token.has(*_UNITS):
        factor = 1.0 if token.has("unit_km") else 0.001 if token.has("unit_m") else 1.609
        group.distance_km = group.number * factor
        return True
    if group.distance_km == group.distance_km and not group.names:
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


_OTHER_KINDS = frozenset(("bridge", "trail", "crossing", "road", "site", "settlement"))


def _finish(group: Group) -> None:
    """Settle what can be said only when the group is whole."""
    group.side = "side" in group.kinds
    group.border = "border" in group.kinds and not set(group.kinds) & _OTHER_KINDS
    group.kinds = [k for k in dict.fromkeys(group.kinds) if k not in ("border", "side")]
    if group.border or group.side:
        group.kinds = [k for k in group.kinds if k not in ("area", "country")]
