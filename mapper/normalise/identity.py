"""Ids of reports: the source's own where there is one, else a short hash; duplicates told apart."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper.normalise.problems import Problems

__all__ = ["IDENTIFYING", "Repeats", "made_ids", "report_duplicates", "tell_apart"]

IDENTIFYING = (
    "date_text", "event_label", "place", "place_country", "place_admin1", "place_admin2",
    "given_latitude", "given_longitude", "actor1", "actor2", "description", "source_name",
    "source_url",
)  # fmt: skip


def made_ids(cells: list[pd.Series], rows: np.ndarray) -> list[str]:
    """Return an id for each of `rows`: 10 hex digits of a hash of its identifying cells."""
    parts = [cell.to_numpy(dtype=object)[rows] for cell in cells]
    joined = ("\x1f".join(map(str, row)) for row in zip(*parts, strict=True))
    return [
        "r-" + hashlib.blake2b(j.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        for j in joined
    ]


def tell_apart(ids: pd.Series) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Return (distinct ids, positions of the repeated ones, position of each one's first).

    The second row of an id becomes `ID~2`, the third `ID~3`; a name already taken is passed over.
    """
    repeated = ids.duplicated().to_numpy()
    positions = np.flatnonzero(repeated)
    if not len(positions):
        return ids, positions, positions
    values = ids.to_numpy(dtype=object).copy()
    firsts = dict(zip(values[~repeated], np.flatnonzero(~repeated), strict=True))
    taken, first = set(firsts), []
    count: dict[str, int] = {}
    for position in positions:
        name = values[position]
        number = count.get(name, 1) + 1
        while f"{name}~{number}" in taken:
            number += 1
        count[name] = number
        values[position] = f"{name}~{number}"
        taken.add(values[position])
        first.append(firsts[name])
    return pd.Series(values, index=ids.index, dtype="str"), positions, np.asarray(first)


@dataclass(frozen=True, slots=True)
class Repeats:
    """Ids before and after they were told apart, where the repeated ones stand, and their firsts.

    `same[i]` says whether the whole row at `positions[i]` equals the first row of that id.
    """

    before: pd.Series
    after: pd.Series
    positions: np.ndarray
    first: np.ndarray
    same: np.ndarray


def report_duplicates(problems: Problems, repeats: Repeats, numbers: np.ndarray) -> None:
    """Note each repeated id; `numbers` are the numbers of the rows in their file."""
    was = repeats.before.to_numpy(dtype=object)
    now = repeats.after.to_numpy(dtype=object)
    for equal, code, severity in (
        (False, "duplicate_id", "repaired"),
        (True, "duplicate_row", "note"),
    ):
        chosen = repeats.same == equal
        at = repeats.positions[chosen]
        problems.add(
            code,
            severity,
            rows=numbers[at],
            column="incident_id",
            values=was[at],
            named=now[at],
            first=numbers[repeats.first[chosen]],
        )
