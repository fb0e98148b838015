from pathlib import Path

import pytest

from mapper import pipeline
from mapper.config import Options

ROWS = (
    "incident_id,date_start,event_type,place,place_country\n"
    "A,2019-02-23,clash,Ureña,VE\n"
    "B,2019-02-24,clash,San Antonio del Táchira,VE\n"
    "C,2019-02-25,protest,nowhere that is known,CO\n"
    "D,too,many,cells,a,b,c,d,e\n"
)


@pytest.fixture
def small(tmp_path):
    """A table of four rows, of which the last cannot be used."""
    source = tmp_path / "small.csv"
    source.write_text(ROWS, encoding="utf-8")
    return source


@pytest.fixture(scope="session")
def proven(tmp_path_factory):
    """A map with its manifest and its input, made once: `page`, `source`."""
    folder = tmp_path_factory.mktemp("proven")
    source = folder / "small.csv"
    source.write_text(ROWS, encoding="utf-8")
    page = folder / "out" / "small.html"
    pipeline.make_map(Options(inputs=(str(source),), output=page, manifest=True))
    return page, source


def copied(proven, folder: Path) -> Path:
    """Copy what lies beside the map into a folder of its own."""
    page, _ = proven
    for file in page.parent.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / page.name


@pytest.fixture
def copy(proven, tmp_path):
    """The map with all that lies beside it, free to be damaged."""
    return copied(proven, tmp_path)
