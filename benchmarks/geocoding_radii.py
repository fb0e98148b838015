"""Whether stated radii hold the truth and are sharp: the calibration tables of `geocoding.py`."""

import numpy as np
import pandas as pd

__all__ = ["calibration", "held_out"]

FEWEST = 20  # answers of a method in a data set below which a share says nothing
HELD = 0.9  # share of true places that a stated radius should hold
SMALLEST_KM = 0.05  # an error below this is rounding


def calibration(rows: pd.DataFrame) -> None:
    """Print for each method, over all and in each data set, how often the radius held the truth.

    Radius and error are medians in km, ratio is the one to the other. p85/p50 and p90/p50 are of
    the error: one radius for all answers of a method that holds 85 or 90 % of them must have
    at least that ratio; only radii that differ with the evidence can have a smaller one.
    """
    print(
        f"\n{'method':<32}{'n':>6}{'held %':>8}{'radius':>9}{'error':>8}{'ratio':>7}"
        f"{'p85/p50':>9}{'p90/p50':>9}"
    )
    for label, part in _sets(rows):
        for method, some in part.groupby("method"):
            held = (some["away_km"] <= some["radius"]).mean() * 100
            radius, error = some["radius"].median(), max(some["away_km"].median(), SMALLEST_KM)
            tail = some["away_km"].quantile([0.85, HELD]) / error
            few = " few" if len(some) < FEWEST else ""
            print(
                f"{f'{method} {label}':<32}{len(some):>6}{held:>8.1f}{radius:>9.2f}{error:>8.2f}"
                f"{radius / error:>7.1f}{tail.iloc[0]:>9.1f}{tail.iloc[1]:>9.1f}{few}"
            )


def held_out(rows: pd.DataFrame) -> None:
    """Print what the radii would hold in each data set if only the others had been seen.

    For each data set, the factor is what the radii of the others' answers must be multiplied by to
    hold 90 % of their true places; then that factor is tried on the data set left out.
    """
    sets = _sets(rows)[1:]
    if len(sets) < 2:
        return
    print(f"\n{'method, the data set left out':<32}{'n':>6}{'factor of others':>18}{'held %':>8}")
    for label, part in sets:
        others = rows[rows["answered"] & (rows["dataset"] != label)]
        for method, some in part.groupby("method"):
            theirs = others[others["method"] == method]
            if len(theirs) < FEWEST:
                continue
            factor = (theirs["away_km"] / theirs["radius"]).quantile(HELD)
            held = (some["away_km"] <= factor * some["radius"]).mean() * 100
            few = " few" if len(some) < FEWEST else ""
            name = f"{method} {label}"
            print(f"{name:<32}{len(some):>6}{factor:>18.2f}{held:>8.1f}{few}")


def _sets(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the answered rows as a whole, then each data set if there are several."""
    answered = rows[rows["answered"] & np.isfinite(rows["away_km"])]
    sets = [(str(name), part) for name, part in answered.groupby("dataset")]
    return [("", answered), *(sets if len(sets) > 1 else [])]
