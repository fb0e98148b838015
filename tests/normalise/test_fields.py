import numpy as np
import pandas as pd
import pytest
from helpers import codes, understood

from mapper import normalise
from mapper.columns import INCIDENT, PROBLEM, require
from mapper.errors import InputError, UsageError
from mapper.read import Told, read


def test_our_own_schema(tmp_path):
    text = (
        "incident_id,date_start,date_end,date_precision,event_type,place,place_country,"
        "fatalities_best,fatalities_kind,contacto\n"
        "0012,2019-02-23,,day,Clash,NA,Colombia,2,event,x\n"
        "0013,2019-02,,,something,Ureña,VE,,nonsense,y\n"
    )
    incidents, problems, known, _ = understood(tmp_path, text)
    require(incidents, INCIDENT)
    require(problems, PROBLEM)
    assert known.family == "own"
    assert incidents["incident_id"].tolist() == ["0012", "0013"]
    assert incidents["place"].tolist() == ["NA", "Ureña"]
    assert incidents["place_country"].tolist() == ["CO", "VE"]
    assert incidents["event_type"].tolist() == ["clash", "something"]
    assert incidents["event_label"].tolist() == ["Clash", "something"]
    assert incidents["date_precision"].tolist() == ["day", "month"]
    assert incidents["date_end"].dt.strftime("%m-%d").tolist() == ["02-23", "02-28"]
    assert incidents["fatalities_kind"].tolist() == ["event", "unknown"]
    assert incidents["contacto"].tolist() == ["x", "y"]
    assert codes(problems) == ["unknown_event_type", "unknown_kind"]


def test_ids_are_told_apart_and_reported(tmp_path):
    text = "id,place,note\n1,Ureña,a\n1,Ureña,a\n1,Cúcuta,b\n,Arauca,c\n,Arauca,c\n1~2,X,d\n"
    incidents, problems, *_ = understood(tmp_path, text)
    ids = incidents["incident_id"].tolist()
    assert ids[:3] == ["1", "1~3", "1~4"]
    assert ids[3].startswith("r-")
    assert ids[4] == f"{ids[3]}~2"
    assert len(set(ids)) == 6
    assert codes(problems) == ["duplicate_id", "duplicate_row", "id_made"]


def test_a_made_id_does_not_depend_on_counts_or_order(tmp_path):
    a, *_ = understood(tmp_path, "place,date,killed\nUreña,2019-02-23,1\nCúcuta,2019-02-24,2\n")
    b, *_ = understood(tmp_path, "place,date,killed\nCúcuta,2019-02-24,9\nUreña,2019-02-23,1\n")
    assert set(a["incident_id"]) == set(b["incident_id"])


def test_several_files_keep_ids_apart(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,place\n1,Ureña\n")
    raw = read([tmp_path / "a.csv", tmp_path / "b.csv"])
    incidents, problems = normalise.apply(raw.frame, normalise.profile(raw))
    assert incidents["incident_id"].tolist() == ["1", "1~2"]
    assert codes(problems) == ["duplicate_id_files"]
    assert "a.csv" in problems["problem"].iloc[0]


def test_names_that_collide_are_kept_aside(tmp_path):
    text = "place,lugar,country,latitude,longitude,status,geometry\nUreña,b,VE,7.9,-72.4,x,y\n"
    incidents, *_ = understood(tmp_path, text)
    assert incidents["file_status"].tolist() == ["x"]
    assert incidents["file_geometry"].tolist() == ["y"]
    assert incidents["lugar"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("cells", "expected", "code"),
    [
        (("7.9", "-72.4", "VE"), (7.9, -72.4), ""),
        (("-72.4", "7.9", "VE"), (7.9, -72.4), "coordinates_swapped"),
        (("-95.5", "7.9", ""), (7.9, -95.5), "coordinates_swapped"),
        (("7.89", "72.5", "CO"), (7.89, -72.5), "coordinates_longitude_sign"),
        (("0", "0", "VE"), None, "zero_coordinates"),
        (("97", "-200", "VE"), None, "coordinate_out_of_range"),
        (("7.9", "", "VE"), None, "half_coordinates"),
        (("north", "west", "VE"), None, "bad_coordinate"),
        (("48.8", "2.3", "VE"), (48.8, 2.3), ""),
        (("72°27' W", "7°49' N", ""), (7.8167, -72.45), "coordinates_swapped"),
    ],
)
def test_coordinates_are_repaired_only_on_evidence(tmp_path, cells, expected, code):
    lat, lon, country = cells
    text = f'id,place,country,lat,lon\n1,X,{country},"{lat}","{lon}"\n'
    incidents, problems, *_ = understood(tmp_path, text)
    found = incidents[["given_latitude", "given_longitude"]].iloc[0].to_numpy()
    if expected:
        assert np.allclose(found, expected, atol=1e-4)
    else:
        assert np.isnan(found).all()
    assert codes(problems) == ([code] if code else [])


def test_day_order_needs_evidence(tmp_path):
    plain = "id,date,place\n1,03/04/2019,Ureña\n2,05/06/2019,Cúcuta\n"
    incidents, problems, *_ = understood(tmp_path, plain)
    assert incidents["date_start"].isna().all()
    assert codes(problems) == ["ambiguous_date", "undecided_order"]
    told, problems, *_ = understood(tmp_path, plain, date_order="mdy")
    assert told["date_start"].tolist() == [pd.Timestamp("2019-03-04"), pd.Timestamp("2019-05-06")]
    assert len(problems) == 0
    shown, *_ = understood(tmp_path, plain + "3,23/02/2019,Arauca\n")
    assert shown["date_start"].iloc[0] == pd.Timestamp("2019-04-03")


def test_another_date_column_is_evidence(tmp_path):
    text = "id,start date,end date,place\n1,03/04/2019,23/04/2019,Ureña\n"
    incidents, problems, known, _ = understood(tmp_path, text)
    assert incidents["date_start"].tolist() == [pd.Timestamp("2019-04-03")]
    assert known.order_evidence["date_start"] == "other_column"
    assert len(problems) == 0


def test_counts_out_of_order_are_repaired(tmp_path):
    header = "id,place,fatalities_low,fatalities_best,fatalities_high\n"
    incidents, problems, *_ = understood(tmp_path, header + "1,X,5,3,1\n2,X,1,2,3\n")
    counts = incidents[["fatalities_low", "fatalities_best", "fatalities_high"]]
    assert counts.to_numpy().tolist() == [[1, 3, 5], [1, 2, 3]]
    assert codes(problems) == ["order_of_counts"]


def test_the_users_word_wins(tmp_path):
    text = "a,b,place\nUreña,3,whatever\n"
    incidents, *_ = understood(tmp_path, text, columns={"A": "place", "b": "fatalities_best"})
    assert incidents["place"].tolist() == ["Ureña"]
    assert incidents["fatalities_best"].tolist() == [3]
    with pytest.raises(UsageError, match="no file has a column c"):
        understood(tmp_path, text, columns={"c": "place"})
    with pytest.raises(UsageError, match="there is no field nonsense"):
        understood(tmp_path, text, columns={"a": "nonsense"})


def test_encoding_and_delimiter_can_be_told(tmp_path):
    (tmp_path / "a.csv").write_bytes("место*дата\nКиев*2019\n".encode("koi8-r"))
    raw = read([tmp_path / "a.csv"], told=Told(encoding="koi8-r", delimiter="*"))
    assert raw.frame["место"].tolist() == ["Киев"]


def test_no_place_is_one_clear_line(tmp_path):
    with pytest.raises(InputError, match=r"x\.csv: no column names a place or coordinates"):
        understood(tmp_path, "a,b,c\n1,2,3\n4,5,6\n")


def test_rejected_rows_are_listed(tmp_path):
    rows = [f"{i},2019-02-{i:02d},Ureña,VE,{i}" for i in range(1, 28)]
    rows[10] = "11,2019-02-11,one,two,three,four,five"
    incidents, problems, *_ = understood(
        tmp_path, "id,date,place,country,killed\n" + "\n".join(rows)
    )
    assert len(incidents) == 26
    listed = problems[problems["severity"] == "rejected"]
    assert listed["source_row"].tolist() == [11]
    assert "line 12" in listed["problem"].iloc[0]


def test_year_month_and_day_in_columns(tmp_path):
    text = "id,year,month,day,place\n1,2019,2,23,X\n2,2019,2,,X\n3,2019,,,X\n"
    incidents, *_ = understood(tmp_path, text)
    assert incidents["date_precision"].tolist() == ["day", "month", "year"]
    assert incidents["date_text"].tolist() == ["2019-02-23", "2019-02", "2019"]


def test_spreadsheet_day_numbers(tmp_path):
    incidents, *_ = understood(tmp_path, "id,fecha,lugar\n1,43519,Ureña\n2,43520,Cúcuta\n")
    assert incidents["date_start"].dt.strftime("%m-%d").tolist() == ["02-23", "02-24"]


def test_na_is_a_place_but_no_country(tmp_path):
    incidents, problems, *_ = understood(tmp_path, "id,place,country\n1,NA,NA\n2,Rundu,Namibia\n")
    assert incidents["place"].tolist() == ["NA", "Rundu"]
    assert incidents["place_country"].tolist() == ["", "NA"]
    assert codes(problems) == ["na_country"]


def test_columns_without_names_are_guessed_and_said(tmp_path):
    text = (
        "1,2019-02-23,Ureña,VE,2,7.9172,-72.4456\n2,2019-02-24,Cúcuta,CO,1,7.8939,-72.5078\n"
        "3,2019-02-25,Arauca,CO,0,7.0903,-70.7591\n"
    )
    incidents, problems, known, _ = understood(tmp_path, text)
    assert incidents["place"].tolist() == ["Ureña", "Cúcuta", "Arauca"]
    assert incidents["given_latitude"].tolist() == [7.9172, 7.8939, 7.0903]
    assert incidents["incident_id"].tolist() == ["1", "2", "3"]
    assert known.guessed["place_country"] == "column_4"
    assert codes(problems) == ["columns_guessed"]
