"""What the review view of the page needs: the rivals of doubtful places, deflated JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.render.pack import deflated, dump_json

__all__ = ["Review", "Rivals", "pack_review"]


@dataclass(frozen=True, slots=True)
class Rivals:
    """What else a place could be.

    Attributes:
        key: `place`, `place_country`, `place_admin1`, `place_admin2` of the place.
        places: `place_id`, `name`, `kind`, `where`, `latitude`, `longitude` of each.
    """

    key: tuple[str, ...]
    places: Sequence[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Review:
    """What the review view needs.

    Attributes:
        fixes: name of the file that the page offers to save.
        places: digest of the table of places written with the page; "" where there is none.
        rivals: of the doubtful places.
    """

    fixes: str
    places: str = ""
    rivals: Sequence[Rivals] = ()


def pack_review(rivals: Sequence[Rivals]) -> str:
    """Return the base64 text of the rivals: `[[key, [place, …]], …]`.

    A place is a list: `place_id`, `name`, `kind`, `where`, `latitude`, `longitude`.
    """
    rows = [[list(one.key), [list(place.values()) for place in one.places]] for one in rivals]
    return deflated(dump_json(rows).encode())
