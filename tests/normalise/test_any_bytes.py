"""Whatever the bytes: a table, or one clear line; never a traceback, never a lost row."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper import normalise
from mapper.errors import MapperError
from mapper.normalise.counts import parse_count
from mapper.normalise.dates import parse
from mapper.normalise.positions import pair, part
from mapper.read import read

QUICK = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = ["date", "place", "lat", "7.9", "-72.4", "23/02/2019", "=1", "sep=;", "Ureña", "²", "٢"]
SIGNS = ['"', "'", ",", ";", "\t", "|", "\n", "\r\n", "\r", "#", "\\", "\x00", "\ufeff", " "]
PIECES = st.sampled_from(WORDS + SIGNS)


def assert_one_line(error):
    assert "\n" not in str(error)


def run(folder, data):
    path = folder / "x.csv"
    path.write_bytes(data)
    try:
        raw = read([path])
        incidents, problems = normalise.apply(raw.frame, normalise.profile(raw))
    except MapperError as error:
        assert_one_line(error)
        return
    rejected = int(problems["severity"].eq("rejected").sum())
    assert raw.rows_read == len(incidents) + rejected


@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path, data):
    run(tmp_path, data)


@QUICK
@given(pieces=st.lists(PIECES, max_size=60))
def test_any_text(tmp_path, pieces):
    run(tmp_path, "".join(pieces).encode("utf-8"))


@settings(max_examples=400, deadline=None)
@given(cell=st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=6).map(" ".join)))
def test_any_cell(cell):
    parse(cell)
    parse(cell, "dmy")
    parse_count(cell, "dead")
    part(cell)
    pair(cell)
