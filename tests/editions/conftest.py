from pathlib import Path

import pandas as pd
import pytest

from mapper import normalise
from mapper.columns import INCIDENT, empty
from mapper.editions import Edition
from mapper.read import read

SEEDS = Path(__file__).parents[2] / "seeds"


def edition_of(path, label=""):
    """Read a file as the pipeline does."""
    raw = read([path])
    profile = normalise.profile(raw)
    incidents, _ = normalise.apply(raw.frame, profile)
    fields = {n for f in profile.files.values() for n in (*f.fields, *f.kept.values())}
    return Edition(incidents, frozenset(fields), label=label)


@pytest.fixture(scope="session")
def read_edition():
    return edition_of


@pytest.fixture(scope="session")
def seeds():
    return {
        day: edition_of(SEEDS / f"incidents_{day}.csv", day)
        for day in ("2019-02-24", "2019-02-26", "2019-03-31")
    }


@pytest.fixture
def incidents():
    """Make INCIDENT rows of dicts; what is not given is blank."""

    def make(*rows):
        frame = empty(INCIDENT, len(rows))
        for i, row in enumerate(rows):
            for name, value in row.items():
                if name not in frame.columns:
                    frame[name] = pd.array([""] * len(rows), dtype="str")
                is_date = frame[name].dtype == "datetime64[s]"
                frame.loc[i, name] = pd.Timestamp(value) if is_date else value
        return frame

    return make
