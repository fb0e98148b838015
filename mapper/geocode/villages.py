"""Villages of the second list (`gazetteer.villages`) as places, by name and by id."""

from functools import cache

from mapper import gazetteer
from mapper.gazetteer.index import PlaceIndex, unpack_country
from mapper.gazetteer.keys import keys
from mapper.geocode.place import LOOSE, MAIN, Hit, Place

__all__ = ["village_by_id", "villages_of"]


@cache
def villages_of(name: str, country: str) -> tuple[Hit, ...]:
    """Return the villages of a country that bear a folded name, exactly or spelt nearly so."""
    index = gazetteer.villages()
    _, rows = index.lookup(keys([name]) if name else ())
    found: dict[int, int] = {}
    for row, spelt in zip(index.place_of(rows).tolist(), index.names_at(rows), strict=True):
        quality = MAIN if spelt == name else LOOSE
        found[row] = min(found.get(row, LOOSE), quality)
    hits = (Hit(_place(index, row), quality) for row, quality in found.items())
    return tuple(hit for hit in hits if hit.place.country == country)


def village_by_id(place_id: str) -> Place | None:
    """Return the village of an id as MATCH writes it; None if there is none."""
    index = gazetteer.villages()
    row = index.find_id(place_id)
    return _place(index, row) if row >= 0 else None


def _place(index: PlaceIndex, row: int) -> Place:
    return Place(
        index.place_id(row), index.name(row), "settlement",
        round(float(index.latitude[row]), 5), round(float(index.longitude[row]), 5),
        unpack_country(int(index.country[row])), index.admin1_codes[int(index.admin1[row])],
    )  # fmt: skip
