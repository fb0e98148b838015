import pytest

from mapper import api


@pytest.fixture(scope="session")
def seeds():
    """The newest seed edition, located."""
    return api.locate(api.read("seeds/incidents_2019-03-31.csv"))
