from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from mapper import join, pipeline, safety
from mapper.config import Options
from mapper.render import render
from mapper.safety.policy import Policy

SEEDS = Path(__file__).parents[2] / "seeds"
KEY = safety.Key(b"a key for tests only, 32 bytes !!")


def located_of(day):
    options = Options(inputs=(str(SEEDS / f"incidents_{day}.csv"),))
    located = pipeline.place(pipeline.understand(options).incidents, options).located
    located["contacto"] = pd.array(
        [f"Testigo {k} tel 300555{k:04d}" for k in range(len(located))], dtype="str"
    )
    return located


def publish(located, policy, before=None, key=KEY):
    """Do what the pipeline does: apply, join again, render."""
    done = safety.apply(located, policy, key, before=before)
    joined, _ = join.locate(done.incidents, done.matches, done.codes)
    page = render(joined, safety=" ".join(done.sentences))
    return SimpleNamespace(done=done, joined=joined, page=page)


@pytest.fixture(scope="session")
def exact():
    return located_of("2019-03-31")


@pytest.fixture(scope="session")
def honest(exact):
    return publish(exact, safety.ready())


@pytest.fixture(scope="session")
def moved_policy():
    return Policy("moved", safety.ready().columns, level="displaced", least_reports=0)


@pytest.fixture(scope="session")
def displaced(exact, moved_policy):
    return publish(exact, moved_policy)


@pytest.fixture
def published():
    return publish
