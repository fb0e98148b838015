import base64
import contextlib

import pytest
from corpus import CASES
from newsroom import NEWSROOM

from mapper.errors import InputError
from mapper.messages import catalogue
from mapper.read import read_rows, read_table

FUZZED = "3ZvXimUAYeV8IEN1Mi8yMDEnOTsneSAxfCcKJ3p+IHwtJ3wnY3V0K2EgfC0yMjEsJ1UKHg=="
ALL = [*CASES, *NEWSROOM]


def opening(code):
    """The words of a refusal before its first argument but the file's name."""
    message = catalogue("read")[code]
    return message.split("{file}: ", 1)[1].split("{", 1)[0]


@pytest.mark.parametrize(
    ("file", "data", "expected"), [c[1:] for c in ALL], ids=[c[0] for c in ALL]
)
def test_read(tmp_path, file, data, expected):
    path = tmp_path / file
    path.write_bytes(data)
    if isinstance(expected, str):
        with pytest.raises(InputError) as caught:
            read_table(path)
        assert str(caught.value).startswith(f"{file}: {opening(expected)}".rstrip())
        return
    table = read_table(path)
    header, *rows = expected
    if header is None:
        assert table.attrs["report"].header_line == 0
    else:
        assert list(table.columns) == header
    assert table.to_numpy(dtype=object).tolist() == rows
    assert read_rows(path)[0 if header is None else 1 :] == rows


def test_read_rows_gives_the_header_as_written(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("place,,place\nUreña,1,2\nCúcuta,3,4\n")
    assert read_rows(path)[0] == ["place", "", "place"]
    path.write_text("")
    assert read_rows(path) == []
    path.write_text("place,date\n")
    assert read_rows(path) == [["place", "date"]]


def test_a_row_of_control_characters_alone_is_no_traceback(tmp_path):
    """Found by coverage-guided fuzzing: cells that count as filled and hold nothing to see."""
    path = tmp_path / "x.csv"
    path.write_bytes(base64.b64decode(FUZZED))
    with contextlib.suppress(InputError):
        read_table(path)
