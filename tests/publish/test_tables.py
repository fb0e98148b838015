import csv
import io

import numpy as np
import pandas as pd
import pytest

from mapper.publish import csv_bytes


def test_cells_are_text_that_reads_back():
    frame = pd.DataFrame(
        {
            "place": ["NA", 'a "quoted", one', "two\nlines"],
            "n": [3.0, np.nan, 0.1],
            "row": [1, 2, 3],
            "day": pd.array(["2019-02-23", None, "2019-02-24"], dtype="datetime64[s]"),
        }
    )
    rows = list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8"), newline="")))
    assert rows[1:] == [
        ["NA", "3", "1", "2019-02-23"],
        ['a "quoted", one', "", "2", ""],
        ["two\nlines", "0.1", "3", "2019-02-24"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_a_formula(start):
    payload = start + "HYPERLINK(1)"
    rows = list(
        csv.reader(io.StringIO(csv_bytes(pd.DataFrame({payload: [payload]})).decode(), newline=""))
    )
    assert rows == [["'" + payload], ["'" + payload]]


def test_negative_numbers_stay_numbers():
    assert csv_bytes(pd.DataFrame({"longitude": [-72.45]})) == b"longitude\r\n-72.45\r\n"
