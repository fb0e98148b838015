"""Summaries: every report in one row, reports and never people."""

import pandas as pd
import pytest

from mapper import publish
from mapper.columns import LOCATED, empty


@pytest.fixture
def located():
    rows = [
        ("a", "point", "CO-VE", 3.0, "sb", 1.0, "CO-NSA|VE-S", "2019-02-23", "day", "clash"),
        ("b", "point", "CO-VE", 7.0, "sb", 7.5, "CO-NSA", "2019-02-24", "day", "clash"),
        ("c", "point", "CO-VE", 300.0, "", None, "CO-ANT", "2019-03-01", "day", "defection"),
        ("d", "line", "CO-VE", 0.0, "", None, "", "2019-01-01", "year", "raid"),
        ("e", "none", "", None, "", None, "", None, "unknown", "clash"),
    ]
    names = ["incident_id", "shape", "border", "border_km", "nearest_crossing", "crossing_km",
             "admin1", "date_start", "date_precision", "event_type"]  # fmt: skip
    frame = empty(LOCATED, len(rows))
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        frame[name] = pd.Series(list(values)).astype(frame[name].dtype)
    frame["people"] = 100.0
    return frame.set_index(pd.Index([9, 8, 7, 6, 5]))


def test_distances_to_a_border(located):
    table = publish.summarise(located, "border").set_index("border")
    row = table.loc["CO-VE"]
    assert row["reports"] == 4
    assert row[["within_5_km", "within_10_km", "within_25_km"]].tolist() == [1, 2, 2]
    assert row["without_distance"] == 1  # the line, though its distance is 0
    assert table.index.tolist()[-1] == ""


@pytest.mark.parametrize("by", publish.BY)
def test_every_report_stands_in_one_row(located, by):
    table = publish.summarise(located, by)
    assert table["reports"].sum() == len(located)
    types = [name for name in table.columns if name in ("clash", "defection", "type_unknown")]
    assert table[types].sum(axis=1).tolist() == table["reports"].tolist()
    assert table[by].is_unique
    known = publish.summary_columns(by)
    assert [name for name in table.columns if name not in known] == []
    assert 100 not in table.select_dtypes("number").to_numpy()  # people are never added


def test_months_in_order_and_years_apart(located):
    table = publish.summarise(located, "month")
    assert table["month"].tolist() == ["2019", "2019-02", "2019-03", ""]
    assert str(table["first"].iloc[1].date()) == "2019-02-23"


def test_a_place_on_the_line_is_named_on_both_sides(located):
    table = publish.summarise(located, "admin1").set_index("admin1")
    assert table.loc["CO-NSA|VE-S", "name"] == "Norte de Santander|Táchira"
    assert table.loc["CO-NSA|VE-S", "country"] == "CO|VE"
