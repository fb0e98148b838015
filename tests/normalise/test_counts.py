import math

import pytest

from mapper.normalise.counts import parse_count

# written | lowest | best | highest
COUNTS = """
300                  |      | 300     |
3.0                  |      | 3       |
1,000                |      | 1000    |
1.000                |      | 1000    |
1 000                |      | 1000    |
1.234.567            |      | 1234567 |
35.000               |      | 35000   |
más de 300           | 300  | 300     |
al menos 4           | 4    | 4       |
at least 4           | 4    | 4       |
lebih dari 1.000     | 1000 | 1000    |
300+                 | 300  | 300     |
>300                 | 300  | 300     |
hasta 50             |      |         | 50
menos de 10          |      |         | 10
unos 300             |      | 300     |
about 1,000          |      | 1000    |
20-30                | 20   |         | 30
20–30                | 20   |         | 30
entre 20 y 30        | 20   |         | 30
20 to 30 people      | 20   |         | 30
1,000-1,500          | 1000 |         | 1500
8 or 9               | 8    |         | 9
300 ribu             |      | 300000  |
40 mil               |      | 40000   |
1,5 millones         |      | 1500000 |
2,5 juta             |      | 2500000 |
1.5k                 |      | 1500    |
dos                  |      | 2       |
seorang              |      | 1       |
veinte mil           |      | 20000   |
ninguno              |      | 0       |
sin muertos          |      | 0       |
decenas              | 20   |         |
4 muertos            |      | 4       |
3 muertos y 5 heridos|      | 3       |
12 (3 niños)         |      | 12      |
25 (según testigos)  |      | 25      |
١٥                   |      | 15      |
15 orang             |      | 15      |
"""
TABLE = [[c.strip() for c in line.split("|")] for line in COUNTS.strip().splitlines()]


@pytest.mark.parametrize(("written", "low", "best", "high"), TABLE)
def test_counts(written, low, best, high):
    found = parse_count(written, "dead")
    said = ["" if math.isnan(v) else f"{v:g}" for v in (found.low, found.best, found.high)]
    assert said == [f"{float(v):g}" if v else "" for v in (low, best, high)]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hola",
        "-1",
        "12%",
        "2019-02-23",
        "23/02/2019",
        "sin datos",
        "varios",
        "1/2",
        "3 y 5",
        "99999999999999",
    ],
)
def test_what_is_no_count(written):
    assert parse_count(written, "") is None


def test_the_number_beside_the_right_word():
    assert parse_count("3 muertos y 5 heridos", "injured").best == 5
    assert parse_count("5 wounded, 2 dead", "dead").best == 2
