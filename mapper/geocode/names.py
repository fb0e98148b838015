"""Finds the names in a place text: known ones, and runs of words that could be one."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.gazetteer.cases import listed_forms
from mapper.geocode.atlas import LOOSE, MAIN, Atlas, Hit
from mapper.geocode.tokens import Token
from mapper.text import fold

__all__ = ["KIND_ORDER", "UNITS", "Name", "names_in", "spans_of"]

UNITS = ("unit_km", "unit_m", "unit_mile")
KIND_ORDER = (
    "bridge", "trail", "crossing", "river", "road", "site", "admin2", "admin1", "settlement",
    "area", "border", "side", "country",
)  # fmt: skip
_LONGEST_NAME = 7  # words
_INSIDE = frozenset(("of", "article"))
_FUNCTION = frozenset(
    ("between", "describes", "known_as", "near", "with", "and", "or", "in", "of", "article",
     "number")
)  # fmt: skip
_OWN_KINDS = ("bridge", "crossing", "trail", "admin1", "admin2")
_NEAR_DEGREES = 0.3
_ARTICLE = 3
"""Letters of the longest article that a hyphen joins to its word (al-, ash-)."""
_KNOWN_TOWN = 20_000
"""People of a town that is known by a name of general words ("El Paso") without a hint."""

Unit = tuple[int, int, "Name | None"]
"""First token, token after the last, and the known name there if it is one."""


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


def spans_of(tokens: Sequence[Token]) -> list[str]:
    """Return the folded spans of a text that could be names, to be looked up in one go."""
    return [
        _text(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, _reach(tokens, start) + 1)
        if end - start > 1 or not tokens[start].has(*_FUNCTION)
    ]


def _listed(tokens: Sequence[Token]) -> list[str]:
    """Return the folded forms a name of another script may be listed in, if it is declined."""
    last = tokens[-1]
    if not last.native:
        return []
    if all(_is_chinese(t) for t in tokens):
        whole = len(tokens) > 1 and not last.has("river")
        return [fold("".join(t.raw for t in tokens))] if whole else []
    if not (last.plain and all(t.native for t in tokens)):
        return []
    words = tuple(t.raw.lower() for t in tokens)
    return list(dict.fromkeys(fold(" ".join(form)) for form in listed_forms(words)))


def _reach(tokens: Sequence[Token], start: int) -> int:
    end = start + 1
    while end < len(tokens) and end - start < _LONGEST_NAME and tokens[end].before in ("", "~"):
        end += 1
    return end


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(t.folded for t in tokens if t.folded)


def _raw(tokens: Sequence[Token]) -> str:
    return " ".join(t.raw for t in tokens)


def _acceptable(
    tokens: Sequence[Token], hits: tuple[Hit, ...], country: str, *, opens: bool
) -> tuple[Hit, ...]:
    """Return the hits by which a span may be taken for a name; generic words alone never are.

    A span with a plain word in it is a name if any place bears it exactly, or nearly so inside
    the hinted country. A span of lexicon words (`las cuatro esquinas`) only if a kept place or a
    crossing bears it, or a settlement of the hinted country with at least two such words; without
    a hint a town of some size ("El Paso", "Del Rio").
    """
    first, last = tokens[0], tokens[-1]
    if last.has("of", "article", "and") and len(tokens) > 1 and not last.plain:
        return ()
    if opens and len(tokens) > 1 and first.raw[:1].isupper() and _capital(tokens):
        towns = tuple(h for h in hits if _is_town(h, country))
        if towns and not any(t.plain or t.country or t.adjective_of for t in tokens):
            return towns
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


def _is_town(hit: Hit, country: str) -> bool:
    """Whether a hit is a settlement called so, of the hinted country or else of some size."""
    place = hit.place
    known = place.country == country if country else place.population >= _KNOWN_TOWN
    return place.kind == "settlement" and hit.quality == MAIN and known


def _town_called_so(tokens: Sequence[Token], hits: Sequence[Hit]) -> bool:
    """Whether general words are a town's very name: they do not say then what it is."""
    return not any(t.plain for t in tokens) and all(
        h.place.kind == "settlement" and h.quality == MAIN for h in hits
    )


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name may begin here: no word goes before that could be its first part."""
    before = tokens[at - 1] if at else None
    if before is None or tokens[at].before not in ("", "~"):
        return True
    return before.has(*_FUNCTION, *UNITS) and not before.has("article")


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
            if _cut_short(tokens, at, end) or _letter(span):
                continue
            text = _text(span)
            hits = _no_town(span, atlas.find(text)) if text else ()
            if not hits and span[0].raw.startswith("\u0648") and crossing:
                text = text[1:]  # Arabic "and" is written together with the next word
                hits = atlas.find(text)
                if hits or atlas.crossing(text):
                    tokens[at].before += "&"
            text, hits = _undeclined(span, text, hits, atlas, crossing=crossing)
            if crossing and any(t.plain for t in span):
                known = atlas.crossing(text)
                hits = (
                    *(Hit(p, LOOSE) for p in known if not any(h.place is p for h in hits)),
                    *hits,
                )
            hits = _acceptable(span, hits, country, opens=_opens(tokens, at)) if hits else ()
            if hits:
                kinds = () if _town_called_so(span, hits) else _own_kinds(span)
                found.append((at, end, Name(text, _raw(span), hits, (), kinds)))
                at = end
                break
        else:
            at += 1
    return found


def _cut_short(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a span ends inside a compound, with its article: "Bab al" of "Bab al-Hawa"."""
    last = tokens[end - 1]
    if end == len(tokens) or end - at < 2 or "~" not in tokens[end].before:
        return False
    return len(last.folded) <= _ARTICLE and last.raw[:1].islower() and last.raw.isascii()


def _letter(tokens: Sequence[Token]) -> bool:
    """Whether a span is one letter of an alphabet: "N/A" is no place called N."""
    return len(tokens) == 1 and len(tokens[0].raw) == 1 and not _is_chinese(tokens[0])


def _no_town(tokens: Sequence[Token], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the hits of a span without towns if it speaks of a river: "río Bravo"."""
    first, *rest = tokens
    if not (first.has("river") and first.raw[:1].islower() and rest and rest[0].plain):
        return hits
    if not any(t.raw[:1].isupper() for t in rest):
        return hits
    return tuple(h for h in hits if h.place.kind != "settlement")


def _undeclined(
    span: Sequence[Token], text: str, met: tuple[Hit, ...], atlas: Atlas, *, crossing: bool
) -> tuple[str, tuple[Hit, ...]]:
    """Return the listed form of a declined name and its hits; what was met if there is none."""
    if crossing and atlas.crossing(text):
        return text, met
    forms = _listed(span)
    if crossing:
        listed = next((form for form in forms if atlas.crossing(form)), "")
        if listed:
            return listed, atlas.find(listed)
    if any(h.quality != LOOSE for h in met):
        return text, met
    for form in forms:
        hits = tuple(h for h in atlas.find(form) if h.quality != LOOSE)
        if hits:
            return form, hits
    return text, met


def _own_kinds(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the kinds that words inside a name say: `puente` in "puente Tienditas"."""
    said = [k for t in tokens for k in KIND_ORDER if k in t.classes]
    return tuple(k for k in said if k in ("bridge", "crossing", "trail", "admin1", "admin2"))


def names_in(
    tokens: Sequence[Token], atlas: Atlas, country: str, *, crossing: bool
) -> list[tuple[int, int, Name]]:
    """Return the names of a text with their first and last token: known ones, and runs of words.

    A run of plain words (with `de`, `la` inside) that is not known as a whole stays one name; the
    known names inside are its parts.
    """
    marked = _mark(tokens, atlas, country, crossing=crossing)
    starts = {start: (end, name) for start, end, name in marked}
    units: list[Unit] = []
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
    current: list[Unit] = []
    for unit in units:
        if current and not _continues(tokens, current[-1], unit):
            names.append(_joined(tokens, current, atlas, crossing=crossing))
            current = []
        current.append(unit)
    if current:
        names.append(_joined(tokens, current, atlas, crossing=crossing))
    shouted = any(t.raw[:1].isupper() for t in tokens)
    return [n for n in names if not (shouted and _describes(tokens[n[0] : n[1]], n[2]))]


def _describes(tokens: Sequence[Token], name: Name) -> bool:
    """Whether unknown words in small letters, in a text with capitals, only describe."""
    return (
        not name.hits
        and not name.parts
        and not any(t.raw[:1].isupper() or t.native or t.raw[:1].isdigit() for t in tokens)
    )


def _is_word(tokens: Sequence[Token], at: int, units: list[Unit]) -> bool:
    """Whether a plain token can be part of a name: a number only beside a word ("Lemana 2")."""
    if tokens[at].number != tokens[at].number:
        return True
    if at + 1 < len(tokens) and tokens[at + 1].has(*UNITS, "unit_hour"):
        return False
    follows = bool(units) and units[-1][1] == at and tokens[at].before in ("", "~")
    article = at > 0 and tokens[at - 1].has("article") and tokens[at - 1].raw[:1].isupper()
    return follows or article


def _continues(
    tokens: Sequence[Token],
    before: Unit,
    after: Unit,
) -> bool:
    """Whether two units belong to one run of words."""
    between = tokens[before[1] : after[0]]
    if any(t.before not in ("", "~") for t in (*between, tokens[after[0]])):
        return False
    if not between:
        if before[2] is not None and after[2] is not None and _is_chinese(tokens[after[0]]):
            return False
        hyphen = "~" in tokens[after[0]].before
        return not (hyphen and before[2] is not None and after[2] is not None)
    linking = all((t.has(*_INSIDE) and t.has("of")) or t.has("article") for t in between)
    # "Santa Elena | de | Uiaren": a known name goes on with words that are none, or with another
    # known name that does not hold it ("Chalam del Carmen").
    if not linking or before[2] is None or after[2] is None:
        return linking
    return all(t.has("of") for t in between) and not _holds(after[2], before[2])


def _is_chinese(token: Token) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in token.raw)


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
            if place.kind == "settlement" and near < _NEAR_DEGREES:
                return True
    return False


def _joined(
    tokens: Sequence[Token], units: list[Unit], atlas: Atlas, *, crossing: bool
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
    hits = tuple(h for h in atlas.find(text) if h.quality == LOOSE and len(text) > 1)
    if crossing and not hits:
        hits = tuple(Hit(place, LOOSE) for place in atlas.crossing_like(text))
    return start, end, Name(text, _raw(span), hits, parts)
