"""What people's columns and cells mean, in the ways newsrooms and relief offices write them."""

import pytest
from helpers import codes, understood

from mapper.errors import InputError


def day(value):
    return "" if str(value) == "NaT" else str(value.date())


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("Date (MM/DD/YYYY)", "05/02/2019", "2019-05-02"),
        ("Fecha dd/mm/aaaa", "05/02/2019", "2019-02-05"),
        ("date_mdy", "05/02/2019", "2019-05-02"),
        ("date", "05/02/2019", ""),
    ],
)
def test_a_mask_in_the_columns_name_gives_the_order(tmp_path, name, cell, expected):
    incidents, problems, known, _ = understood(tmp_path, f"{name};place\n{cell};Ureña\n")
    assert day(incidents["date_start"][0]) == expected
    assert ("undecided_order" in codes(problems)) == (expected == "")
    if expected:
        assert known.order_evidence["date_text"] == "name"


def test_the_dates_themselves_say_more_than_the_name(tmp_path):
    text = "Date (MM/DD/YYYY);place\n25/02/2019;Ureña\n05/02/2019;Ureña\n"
    incidents, *_ = understood(tmp_path, text)
    assert [day(d) for d in incidents["date_start"]] == ["2019-02-25", "2019-02-05"]


@pytest.mark.parametrize("calendar", ["1397/12/04", "23/02/2562", "18/06/1440", "18 Rajab 1440"])
def test_other_calendars_are_refused(tmp_path, calendar):
    incidents, problems, *_ = understood(tmp_path, f"date;place\n{calendar};Ureña\n")
    assert day(incidents["date_start"][0]) == ""
    assert codes(problems)[0] == "bad_date"


@pytest.mark.parametrize("cell", ["02-Mar", "3-May", "mar-02"])
def test_a_count_a_spreadsheet_made_a_date_is_none(tmp_path, cell):
    incidents, problems, *_ = understood(tmp_path, f"date;place;killed\n2019-02-23;Ureña;{cell}\n")
    assert incidents["fatalities_best"].isna().all()
    assert "bad_number" in codes(problems)


@pytest.mark.parametrize(
    "name", ["Nº de muertos", "NO. OF FATALITIES", "Total killed", "Jumlah tewas", "# of deaths"]
)
def test_counting_words_before_what_is_counted(tmp_path, name):
    incidents, *_ = understood(tmp_path, f"date;place;{name}\n2019-02-23;Ureña;2\n")
    assert incidents["fatalities_best"].tolist() == [2]


def test_number_of_sources_is_no_source(tmp_path):
    incidents, *_ = understood(tmp_path, "date;place;number of sources\n2019-02-23;Ureña;2\n")
    assert incidents["source_name"].tolist() == [""]


@pytest.mark.parametrize("pair", ["875123.4;782345.2", "79172;-724456", "-999;-999", "97.9;-272.4"])
def test_what_are_no_degrees_is_left_out_and_said(tmp_path, pair):
    incidents, problems, *_ = understood(tmp_path, f"date;place;lat;lon\n2019-02-23;X;{pair}\n")
    assert incidents["given_latitude"].isna().all()
    assert "doubt" in problems["severity"].tolist()


def test_headings_within_a_table_are_no_reports(tmp_path):
    text = "id;date;place;killed\nTÁCHIRA;;;\n1;2019-02-22;Ureña;1\n2;2019-02-23;San Antonio;2\n"
    incidents, problems, *_ = understood(tmp_path, text)
    assert incidents["incident_id"].tolist() == ["1", "2"]
    row = problems[problems["problem_code"] == "empty_report"].iloc[0]
    assert (row["severity"], row["source_row"], row["value"]) == ("rejected", 1, "TÁCHIRA")


@pytest.mark.parametrize(
    "text",
    [
        "Dear colleague,\nplease find attached the list, as agreed.\nBest, Ana\n",
        "On 23 February the bridge was closed, and people waited.\nSoldiers left, two armed.\n" * 4,
        "2019-02-23 10:00:00 INFO start\n2019-02-23 10:00:01 ERROR failed to fetch\n",
        "fruit,price\napple,3\npear,4\n",
        "name,phone\nAna,300123\nLuis,300124\n",
    ],
)
def test_what_is_no_table_of_incidents_is_refused(tmp_path, text):
    with pytest.raises(InputError):
        understood(tmp_path, text)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("lon, lat", "-72.44, 7.91"),
        ("lng/lat", "-72.44 7.91"),
        ("Coordinates (lon, lat)", "-72.44;7.91"),
        ("Longitud, Latitud", "7.91 N, 72.44 W"),  # letters say more than the name
        ("LatLng", "7.91,-72.44"),
        ("geojson", '{"type": "Point", "coordinates": [-72.44, 7.91]}'),
        ("geometry", "POINT (-72.44 7.91)"),
    ],
)
def test_both_coordinates_in_one_column_in_the_order_its_name_says(tmp_path, name, cell):
    quoted = cell.replace('"', '""')
    table = f'date,place,"{name}"\n2019-02-23,Ureña,"{quoted}"\n'
    incidents, *_ = understood(tmp_path, table)
    at = incidents[["given_latitude", "given_longitude"]].to_numpy().tolist()
    assert at == [[7.91, -72.44]]


def test_a_dash_before_a_coordinate_is_a_minus(tmp_path):
    table = "date,place,lat,lon\n2019-02-23,Ureña,7.91,–72.44\n2019-02-23,Lima,— 12.05,−77.04\n"
    incidents, problems, *_ = understood(tmp_path, table)
    assert incidents["given_longitude"].tolist() == [-72.44, -77.04]
    assert incidents["given_latitude"].tolist() == [7.91, -12.05]
    assert "bad_coordinate" not in codes(problems)


def test_year_month_and_day_in_columns_of_their_own_in_spanish(tmp_path):
    table = "año;mes;día;lugar\n2019;febrero;23;Ureña\n2019;2;24;Cúcuta\n"
    incidents, *_ = understood(tmp_path, table)
    assert [day(d) for d in incidents["date_start"]] == ["2019-02-23", "2019-02-24"]


def test_what_a_spreadsheet_writes_where_it_failed_is_no_place(tmp_path):
    table = "date,place,killed\n2019-02-23,#REF!,1\n2019-02-23,########,2\n2019-02-23,#2 bridge,1\n"
    incidents, problems, *_ = understood(tmp_path, table)
    assert incidents["place"].tolist() == ["", "", "#2 bridge"]
    assert problems["problem_code"].tolist().count("cell_error") == 2


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("República de Colombia", "CO"),
        ("Rep. Bol. de Venezuela", "VE"),
        ("República Federativa do Brasil", "BR"),
        ("Korea (North)", "KP"),
        ("Korea, Rep.", "KR"),
        ("Dem. Rep. Congo", "CD"),
        ("Kingdom of Thailand", "TH"),
        ("Republic of China", ""),
        ("State of Georgia", ""),
        ("Estado de Guerrero", ""),
    ],
)
def test_countries_by_their_official_names(tmp_path, written, code):
    incidents, *_ = understood(tmp_path, f"date;place;country\n2019-02-23;x;{written}\n")
    assert incidents["place_country"].tolist() == [code]


@pytest.mark.parametrize(
    "head",
    ["Ene 2019,Feb 2019,Mar 2019", "Jan,Feb,Mar", "2019-01,2019-02,2019-03", "2017,2018,2019"],
)  # fmt: skip
def test_a_summary_by_period_is_refused(tmp_path, head):
    with pytest.raises(InputError, match="summary"):
        understood(tmp_path, f"Municipio,{head},Total\nCúcuta,3,5,2,10\nArauca,0,2,4,6\n")


def test_columns_of_periods_beside_a_date_are_kept(tmp_path):
    text = "place,date,2017,2018,2019\nCúcuta,2019-02-23,3,5,2\nUreña,2019-02-24,0,1,2\n"
    assert len(understood(tmp_path, text)[0]) == 2
