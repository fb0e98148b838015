import pytest

from mapper.normalise.dates import evidence, from_serial, parse
from mapper.normalise.intervals import AMBIGUOUS
from mapper.normalise.order import shows_serials

# written, order told, first day, last day, precision
DATES = """
2019                                    |     | 2019-01-01 | 2019-12-31 | year
2019-02                                 |     | 2019-02-01 | 2019-02-28 | month
2019-02-23                              |     | 2019-02-23 | 2019-02-23 | day
2019/02/23                              |     | 2019-02-23 | 2019-02-23 | day
20190223                                |     | 2019-02-23 | 2019-02-23 | day
201902                                  |     | 2019-02-01 | 2019-02-28 | month
23/02/2019                              |     | 2019-02-23 | 2019-02-23 | day
02/23/2019                              |     | 2019-02-23 | 2019-02-23 | day
03/04/2019                              | dmy | 2019-04-03 | 2019-04-03 | day
03/04/2019                              | mdy | 2019-03-04 | 2019-03-04 | day
05/05/2019                              |     | 2019-05-05 | 2019-05-05 | day
03.04.2019                              |     | 2019-04-03 | 2019-04-03 | day
23/2/19                                 | dmy | 2019-02-23 | 2019-02-23 | day
19-02-23                                | ymd | 2019-02-23 | 2019-02-23 | day
02/2019                                 |     | 2019-02-01 | 2019-02-28 | month
2018-2019                               |     | 2018-01-01 | 2019-12-31 | year
2019-02-23T10:30:00+07:00               |     | 2019-02-23 | 2019-02-23 | day
2019-02-23 00:00:00.000                 |     | 2019-02-23 | 2019-02-23 | day
23/02/2019 10:30                        |     | 2019-02-23 | 2019-02-23 | day
Feb 23, 2019 10:30 PM                   |     | 2019-02-23 | 2019-02-23 | day
1550880000                              |     | 2019-02-23 | 2019-02-23 | day
٢٣/٠٢/٢٠١٩                              |     | 2019-02-23 | 2019-02-23 | day
2019年2月23日                            |     | 2019-02-23 | 2019-02-23 | day
2019-W08                                |     | 2019-02-18 | 2019-02-24 | week
2019-02-XX                              |     | 2019-02-01 | 2019-02-28 | month
2019-02-23~                             |     | 2019-02-20 | 2019-02-26 | week
Q1 2019                                 |     | 2019-01-01 | 2019-03-31 | month
23 de febrero de 2019                   |     | 2019-02-23 | 2019-02-23 | day
sábado 23 de febrero de 2019            |     | 2019-02-23 | 2019-02-23 | day
martes 5 de marzo de 2019               |     | 2019-03-05 | 2019-03-05 | day
12 de octubre del 2018                  |     | 2018-10-12 | 2018-10-12 | day
23 de setiembre de 2019                 |     | 2019-09-23 | 2019-09-23 | day
February 23rd, 2019                     |     | 2019-02-23 | 2019-02-23 | day
23rd of February, 2019                  |     | 2019-02-23 | 2019-02-23 | day
23-feb-19                               |     | 2019-02-23 | 2019-02-23 | day
1º de março de 2019                     |     | 2019-03-01 | 2019-03-01 | day
1er février 2019                        |     | 2019-02-01 | 2019-02-01 | day
23 août 2019                            |     | 2019-08-23 | 2019-08-23 | day
mar 5 mars 2019                         |     | 2019-03-05 | 2019-03-05 | day
Sabtu, 23 Februari 2019                 |     | 2019-02-23 | 2019-02-23 | day
23 Agt 2019                             |     | 2019-08-23 | 2019-08-23 | day
23 Peb 2019                             |     | 2019-02-23 | 2019-02-23 | day
febrero de 2019                         |     | 2019-02-01 | 2019-02-28 | month
Feb-19                                  |     | 2019-02-01 | 2019-02-28 | month
mid-February 2019                       |     | 2019-02-11 | 2019-02-20 | month
fines de febrero de 2019                |     | 2019-02-21 | 2019-02-28 | month
mediados de febrero de 2019             |     | 2019-02-11 | 2019-02-20 | month
awal Maret 2019                         |     | 2019-03-01 | 2019-03-10 | month
c. 23 Feb 2019                          |     | 2019-02-20 | 2019-02-26 | week
23-25 de febrero de 2019                |     | 2019-02-23 | 2019-02-25 | day
23–25 February 2019                     |     | 2019-02-23 | 2019-02-25 | day
Feb 23-25, 2019                         |     | 2019-02-23 | 2019-02-25 | day
del 23 al 25 de febrero de 2019         |     | 2019-02-23 | 2019-02-25 | day
entre el 22 y el 25 de febrero de 2019  |     | 2019-02-22 | 2019-02-25 | day
22 y 23 de febrero de 2019              |     | 2019-02-22 | 2019-02-23 | day
du 23 au 25 février 2019                |     | 2019-02-23 | 2019-02-25 | day
de 23 a 25 de fevereiro de 2019         |     | 2019-02-23 | 2019-02-25 | day
23 s/d 25 Februari 2019                 |     | 2019-02-23 | 2019-02-25 | day
23.-25.02.2019                          |     | 2019-02-23 | 2019-02-25 | day
del 28 de febrero al 2 de marzo de 2019 |     | 2019-02-28 | 2019-03-02 | day
28 Dec - 2 Jan 2019                     |     | 2018-12-28 | 2019-01-02 | day
2019-02-23/2019-02-25                   |     | 2019-02-23 | 2019-02-25 | day
2019-02-23 to 2019-02-25                |     | 2019-02-23 | 2019-02-25 | day
23/02/2019 - 25/02/2019                 |     | 2019-02-23 | 2019-02-25 | day
enero-marzo 2019                        |     | 2019-01-01 | 2019-03-31 | month
"""
TABLE = [[c.strip() for c in line.split("|")] for line in DATES.strip().splitlines()]


@pytest.mark.parametrize(("written", "order", "first", "last", "precision"), TABLE)
def test_dates(written, order, first, last, precision):
    found = parse(written, order)
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (
        first,
        last,
        precision,
    )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hola",
        "23 feb",
        "30/02/2019",
        "2019-13-01",
        "99/99/2019",
        "25/02/2019 - 23/02/2019",
        "12",
        "0",
    ],
)
def test_what_is_no_date(written):
    assert parse(written) is None


@pytest.mark.parametrize("written", ["03/04/2019", "3-4-19", "03/04/2019 - 05/06/2019"])
def test_two_readings_are_never_guessed(written):
    assert parse(written) is AMBIGUOUS


def test_serials_of_spreadsheets():
    assert from_serial("43519").start.isoformat() == "2019-02-23"
    assert from_serial("43519,5").start.isoformat() == "2019-02-23"
    assert from_serial("2019") is None


@pytest.mark.parametrize(
    ("cells", "serials"),
    [
        (["43519", "43520", "", "2019-02-25"], True),
        (["2019-02-22", "43519", "24/02/2019"], True),
        (["2019-02-22", "53519", "2019-02-24"], False),
        (["soon", "43519", "later"], False),
        (["", ""], False),
    ],
)
def test_a_column_shows_serials(cells, serials):
    assert shows_serials(cells) is serials


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("13/02/2019", "dmy"),
        ("02/13/2019", "mdy"),
        ("02/03/2019", ""),
        ("2019-02-13", ""),
        ("13-02-19", "dmy"),
    ],
)
def test_evidence(written, order):
    assert evidence(written) == order
