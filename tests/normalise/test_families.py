import json

import pandas as pd
import pytest
from helpers import codes, understood

from mapper.columns import INCIDENT, PROBLEM, require
from mapper.dialects import headerless, hxl_field, load, recognise

ACLED_2017 = """GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,FATALITIES
615,1ALG,1,18/04/2001,2001,1,Violence against civilians,Police Forces of Algeria,,1,Civilians (Algeria),,7,17,Algeria,Tizi Ouzou,Beni-Douala,,Beni Douala,36.6195,4.0828,1,A paper,Made up.,1
615,2ALG,2,19/04/2001,2001,2,Riots/Protests,Rioters (Algeria),,5,,,0,50,Algeria,Tizi Ouzou,Tizi Ouzou,,Tizi Ouzou,36.7117,4.0459,3,A paper,Made up.,0
"""  # noqa: E501 - the layout is one line
ACLED_2018 = """ISO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,SUB_EVENT_TYPE,ACTOR1,ASSOC_ACTOR_1,INTER1,ACTOR2,ASSOC_ACTOR_2,INTER2,INTERACTION,REGION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,SOURCE SCALE,NOTES,FATALITIES
862,VEN1,1,23 February 2019,2019,1,Battles,Armed clash,Army,,1,Civilians,,7,17,South America,Venezuela,Bolivar,Gran Sabana,,Kumarakapay,5.03,-61.11,1,A paper,National,Made up.,2
862,VEN1,1,23 February 2019,2019,1,Battles,Armed clash,Civilians,,7,Army,,1,17,South America,Venezuela,Bolivar,Gran Sabana,,Kumarakapay,5.03,-61.11,1,A paper,National,Made up.,2
"""  # noqa: E501 - the layout is one line
ACLED_NOW = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
VEN9,2023-05-04,2023,3,Demonstrations,Protests,Peaceful protest,Protesters,,Protesters,,,,Protesters only,,862,South America,Venezuela,Tachira,Bolivar,,Ureña,7.917,-72.445,2,A paper,National,Made up.,0,crowd size=no report,1683600000
"""  # noqa: E501 - the layout is one line


def ucdp_row(**changed):
    row = {
        "id": "1", "year": "2019", "active_year": "true", "type_of_violence": "3", "side_a": "Army",
        "side_b": "Civilians", "where_prec": "5", "where_coordinates": "border", "latitude": "7.8",
        "longitude": "-72.4", "country": "Venezuela", "adm_1": "Táchira state", "date_prec": "2",
        "date_start": "2019-02-22 00:00:00.000", "date_end": "2019-02-24 00:00:00.000", "best": "3",
        "high": "2", "low": "1", "gwnoa": "101;100", "number_of_sources": "2", "priogrid_gid": "1",
    }  # fmt: skip
    return row | changed


def ucdp(rows, *, header=True, names=None):
    names = names or load("ucdp")["headerless"]["columns"]
    lines = [",".join(names)] if header else []
    lines += [",".join(row.get(n, "") for n in names) for row in rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [ACLED_2017, ACLED_2018, ACLED_NOW])
def test_acled_of_all_generations(tmp_path, text):
    incidents, problems, known, _ = understood(tmp_path, text)
    assert known.family == "acled"
    assert known.restricted
    assert "ACLED" in known.attribution
    assert set(problems["severity"]) <= {"repaired", "note"}
    assert incidents["given_latitude"].notna().all()
    assert incidents["event_type"].isin(("attack", "protest", "clash")).all()
    require(incidents, INCIDENT)
    require(problems, PROBLEM)


def test_acled_codes(tmp_path):
    incidents, *_ = understood(tmp_path, ACLED_2017)
    assert incidents["date_precision"].tolist() == ["day", "week"]
    assert incidents["date_start"].dt.strftime("%m-%d").tolist() == ["04-18", "04-16"]
    assert incidents["given_shape"].tolist() == ["point", "area"]
    assert incidents["given_uncertainty_km"].tolist() == [5, 100]
    assert incidents["fatalities_kind"].tolist() == ["event", "event"]
    now, *_ = understood(tmp_path, ACLED_NOW)
    assert now["date_precision"].tolist() == ["month"]
    assert now["event_label"].tolist() == ["Peaceful protest"]
    assert now["file_event_type"].tolist() == ["Protests"]


def test_the_monadic_export_repeats_one_event(tmp_path):
    incidents, problems, *_ = understood(tmp_path, ACLED_2018)
    assert incidents["incident_id"].tolist() == ["VEN1", "VEN1~2"]
    assert incidents["event_id"].tolist() == ["VEN1", "VEN1"]
    assert codes(problems) == ["duplicate_id"]


@pytest.mark.parametrize("header", [True, False])
def test_ucdp_with_and_without_header(tmp_path, header):
    rows = [ucdp_row(id=str(i)) for i in range(1, 8)]
    incidents, problems, known, _ = understood(tmp_path, ucdp(rows, header=header))
    assert known.family == "ucdp"
    assert len(incidents) == 7
    first = incidents.iloc[0]
    assert (first["event_type"], first["event_label"]) == ("attack", "one-sided violence")
    assert (first["fatalities_low"], first["fatalities_best"], first["fatalities_high"]) == (
        1,
        3,
        3,
    )
    assert first["given_shape"] == "line"
    assert (str(first["date_start"].date()), str(first["date_end"].date())) == (
        "2019-02-22",
        "2019-02-24",
    )
    assert first["gwnoa"] == "101;100"
    assert codes(problems) == ["order_of_counts"]


def test_ucdp_of_2019_has_another_order(tmp_path):
    names = [
        n
        for n in load("ucdp")["headerless"]["columns"]
        if n not in ("relid", "code_status", "where_description", "best", "high", "low", "gwnob")
    ]
    names += ["low", "best", "high"]
    incidents, _, known, _ = understood(tmp_path, ucdp([ucdp_row()], names=names))
    assert known.family == "ucdp"
    assert incidents["fatalities_best"].tolist() == [3]


@pytest.mark.parametrize("width", [61, 58, 57])
def test_gdelt_without_header(tmp_path, width):
    table = load("gdelt")["headerless"]
    left_out = table.get(f"without_{width}", [])
    names = [n for n in table["columns"] if n not in left_out]
    row = {
        "GLOBALEVENTID": "830000001", "SQLDATE": "20190223", "MonthYear": "201902", "Year": "2019",
        "FractionDate": "2019.1452", "EventCode": "190", "ActionGeo_Type": "4", "QuadClass": "4",
        "ActionGeo_FullName": "Cúcuta, Norte De Santander, Colombia", "ActionGeo_CountryCode": "CO",
        "ActionGeo_Lat": "7.88333", "ActionGeo_Long": "-72.5053", "Actor1Name": "ARMY",
    }  # fmt: skip
    lines = [
        "\t".join((row | {"GLOBALEVENTID": str(830_000_001 + i)}).get(n, "") for n in names)
        for i in range(4)
    ]
    incidents, problems, known, _ = understood(tmp_path, "\n".join(lines) + "\n", "x.export.CSV")
    assert known.family == "gdelt"
    assert incidents["event_type"].tolist() == ["clash"] * 4
    assert incidents["place_country"].tolist() == ["CO"] * 4
    assert incidents["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2019-02-23"] * 4
    assert len(problems) == 0


def test_fips_codes_are_not_iso(tmp_path):
    header = "GLOBALEVENTID\tSQLDATE\tActor1Name\tActionGeo_FullName\tActionGeo_CountryCode\n"
    text = (
        header + "1\t20190223\tX\tKyiv\tUP\n2\t20190223\tX\tMinsk\tBO\n3\t20190223\tX\tLa Paz\tBL\n"
    )
    incidents, *_ = understood(tmp_path, text)
    assert incidents["place_country"].tolist() == ["UA", "BY", "BO"]


def test_hxl_tags_anywhere_in_the_first_lines(tmp_path):
    text = (
        "Informe de incidentes\n\nCuándo,Dónde,Muertos,Lat,Lon\n"
        "#date +occurred,#loc +name,#affected+killed,#geo+lat,#geo+lon\n"
        "23/02/2019,Ureña,más de 3,7.9,-72.4\n"
    )
    incidents, _, known, raw = understood(tmp_path, text)
    assert known.family == "hxl"
    assert incidents["place"].tolist() == ["Ureña"]
    assert incidents["fatalities_low"].tolist() == [3]
    assert raw.files[0].header_line == 3


@pytest.mark.parametrize(
    ("tag", "field"),
    [
        ("#affected+killed+high", "fatalities_high"),
        ("#affected +high +killed", "fatalities_high"),
        ("#affected+f+killed", "people"),
        ("#event+id", "incident_id"),
        ("#date+reported", "source_date"),
        ("#geo+lon", "given_longitude"),
        ("#meta+source", "source_name"),
        ("#indicator+num", ""),
    ],
)
def test_hxl_fields(tag, field):
    assert hxl_field(tag) == field


def test_timemap_and_geoconfirmed(tmp_path):
    event = {"id": "1", "description": "d", "date": "2/23/2019", "location": "Ureña",
             "latitude": "7.9", "longitude": "-72.4",
             "sources": ["https://a.org"], "category": "Attack"}  # fmt: skip
    incidents, _, known, _ = understood(tmp_path, json.dumps([event]), "a.json")
    assert known.family == "timemap"
    assert incidents["date_start"].tolist() == [pd.Timestamp("2019-02-23")]
    mark = {"id": "a", "date": "2019-02-23T10:00:00Z", "la": 7.8, "lo": -72.4, "description": "x",
            "originalSource": "https://b.org", "faction": "A"}  # fmt: skip
    incidents, _, known, _ = understood(tmp_path, json.dumps({"items": [mark]}), "b.json")
    assert known.family == "geoconfirmed"
    assert incidents["source_url"].tolist() == ["https://b.org"]


def test_recognise_needs_a_whole_set():
    assert recognise(["id", "date", "place"]) == ""
    assert headerless([{"text"}] * 61) == []


TAGS = ["#date", "#loc+name", "#adm1+name", "#affected+killed"]
ROW = ["2019-02-23", "Ureña", "Táchira", 2]
HXL_CSV = """Fecha,Lugar,Depto,Muertos
# date +occurred,#Loc +Name,# adm1+name,#affected + killed
2019-02-23,Ureña,Táchira,2
"""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.csv", HXL_CSV),
        ("a.json", json.dumps([["Date", "Place", "State", "Dead"], TAGS, ROW])),
        ("b.json", json.dumps([dict(zip(TAGS, ROW, strict=True))])),
        ("c.json", json.dumps([dict(zip("dpsn", cells, strict=True)) for cells in (TAGS, ROW)])),
    ],
)  # fmt: skip
def test_hxl_as_it_is_written_and_as_json(tmp_path, file, content):
    incidents, _, known, _ = understood(tmp_path, content, file)
    assert known.family == "hxl"
    assert incidents[["place", "place_admin1"]].to_numpy().tolist() == [["Ureña", "Táchira"]]
    assert incidents["fatalities_best"].tolist() == [2]
