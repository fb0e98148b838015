"""No place with fewer reports than the policy allows: what is too few is merged upward."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.safety.coarse import NOTHING, Strings, shown_id

__all__ = ["merged", "too_few"]

Integers = npt.NDArray[np.int64]


def merged(
    steps: list[Strings], ids: Strings, least: int, before: dict[str, str] | None = None
) -> Integers:
    """Return the rung each report is published on.

    Rung by rung from the finest: where a place holds fewer than `least` reports they all move up.
    Against the edition published before, reports that are new at a place must not be fewer than
    `least` either, or the difference of the two editions gives them away: these move up too.

    Args:
        steps: the ladder, finest first, the last one `""` throughout.
        ids: published ids.
        least: the policy's `least_reports`.
        before: published id → place_id of the edition before, as its page shows it.
    """
    rung = np.zeros(len(ids), dtype=np.int64)
    if least < 2:
        return rung
    was = np.array([(before or {}).get(str(name), NOTHING) for name in ids], dtype=object)
    for k in range(len(steps) - 1):
        _lift_alike(steps, rung, k)
        while True:
            here = np.flatnonzero(rung == k)
            places = steps[k][here]
            up = too_few(places, least)
            if before is not None:
                new = was[here] != np.array([shown_id(str(place)) for place in places], object)
                up |= new & too_few(np.where(new, places, NOTHING), least)
            if not up.any():
                break
            rung[here[up]] = k + 1
    return rung


def _lift_alike(steps: list[Strings], rung: Integers, k: int) -> None:
    """Put reports of rung `k` whose next rung is the same place on that one, to be counted there.

    A state named by the source and a village merged up into it are one place to a reader.
    """
    alike = (rung == k) & (steps[k] == steps[k + 1])
    rung[alike] = k + 1


def too_few(places: Strings, least: int) -> npt.NDArray[np.bool_]:
    """Return which reports stand at a place with fewer than `least` of them."""
    counts = pd.Series(places).map(pd.Series(places).value_counts()).to_numpy()
    few: npt.NDArray[np.bool_] = np.asarray((counts < least) & (places != NOTHING), dtype=bool)
    return few
