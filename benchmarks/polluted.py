"""One clean table spoilt in every way that files are: how much of it is read back.

    python benchmarks/polluted.py [--every 1]

Makes 2,290 files of one made-up table, each with one of the pollutions that Vitagliano, Hameed,
Jiang, Reisener, Wu and Naumann found in a survey of open data (Pollock: A Data Loading Benchmark,
PVLDB 16, 2023): other delimiters, quotes and line ends, preambles, further tables, missing or
repeated headers, separators and quotes too many or too few in one cell. A file scores up to ten:
one for being read at all, and three each for its header, records and cells (precision, recall and
their harmonic mean). The weighted mean counts a pollution as often as the survey met it. mapper
finds everything out by itself; pandas and Python's own sniffer read the same files in the same run.
The table is ours, so the figures may differ a little from those of the authors' files.
"""

import argparse
import csv
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mapper.read import read_rows

HEADER = [
    "DATE", "TIME", "Qty", "PRODUCTID", "Price",
    "ProductType", "ProductDescription", "URL", "Comments",
]  # fmt: skip
# fmt: off
WORDS = (
    "light", "dry", "warm", "trail", "boots", "with", "grip", "and", "a", "lining", "that",
    "breathes", "for", "long", "days", "kids'", "men's", "best-value", "cotton", "fabric", "on",
    "wet", "ground",
)
# fmt: on

Row = list[str]
Reader = Callable[[Path], list[Row]]


@dataclass(frozen=True, slots=True)
class Polluted:
    """A file: what spoils it, its text, the header and rows it should give, its weight."""

    name: str
    text: str
    header: Row
    rows: list[Row]
    weight: float


def clean_rows(seed: int = 7) -> list[Row]:
    """Return 83 rows of nine columns with commas, quotes and apostrophes among the text."""
    rng = random.Random(seed)
    rows = []
    for i in range(1, 84):
        code = f"{rng.choice(('MG', 'RI', 'BH', 'YY'))}-{rng.randint(1000, 9999)}"
        kind = " ".join(rng.choice(("Hiking", "Boots", "Cotton", "Women's")) for _ in range(3))
        told = " ".join(rng.choice(WORDS) for _ in range(rng.randint(10, 30))).capitalize()
        kind += ", Short-Sleeve" if i % 4 == 0 else ' 48"' if i in (10, 21, 22, 41) else ""
        told = told.replace(" and", ", and", 1) + ", always." if i % 3 else told
        rows.append(
            [
                f"{i % 28 + 1:02d}/{i % 12 + 1:02d}/2018",
                f"{i % 24:02d}:{i * 15 % 60:02d}",
                str(i % 5),
                code,
                f"${rng.randint(1, 99)}.{rng.randint(10, 99)}",
                kind,
                told,
                f"https://www.example.com/product/{code.lower()}.html",
                "",
            ]
        )
    return rows


def _cell(value: str, delimiter: str = ",", quote: str = '"', escape: str = '"') -> str:
    needed = delimiter in value or "," in value or quote in value
    return quote + value.replace(quote, escape + quote) + quote if needed else value


def _text(
    table: list[Row],
    delimiter: str = ",",
    quote: str = '"',
    escape: str = '"',
    end: str = "\r\n",
) -> str:
    lines = (delimiter.join(_cell(c, delimiter, quote, escape) for c in row) for row in table)
    return "".join(line + end for line in lines)


def whole_files(rows: list[Row]) -> Iterator[Polluted]:
    """Give the files that are spoilt as a whole, with the weights of the survey."""
    table = [HEADER, *rows]
    plain = _text(table)

    def one(name: str, text: str, weight: float, header: Row = HEADER,
            body: list[Row] = rows) -> Polluted:  # fmt: skip
        return Polluted(name, text, header, body, weight)

    yield one("nothing", plain, 1)
    yield one("no payload", "", 15, [], [])
    yield one("no line end at the end", plain[:-2], 184)
    yield one("two line ends at the end", plain + "\r\n", 5)
    yield one("no header", _text(rows), 470, [])
    yield one("header of two rows", _text([HEADER, *table]), 47, HEADER * 2)
    yield one("header of three rows", _text([HEADER, HEADER, *table]), 47, HEADER * 3)
    yield one("preamble", _text([["PREAMBLE", *[""] * 8], [""] * 9, *table]), 282)
    yield one("a second table, same width", plain + plain, 62.7)
    yield one("a second table, narrower", plain + _text([r[:8] for r in table]), 62.7)
    wider = [[*row, "" if number else "col10"] for number, row in enumerate(table)]
    yield one("a second table, wider", plain + _text(wider), 62.7)
    yield one("nothing but a header", _text([HEADER]), 3, HEADER, [])
    yield one("one row", _text(table[:2]), 4, HEADER, rows[:1])
    yield one("line end CR", _text(table, end="\r"), 7)
    yield one("line end LF", _text(table, end="\n"), 1691)
    for told, delimiter, weight in (
        ("tab", "\t", 4),
        ("semicolon", ";", 834),
        ("space", " ", 4),
        ("comma and space", ", ", 101),
    ):
        yield one(f"delimiter {told}", _text(table, delimiter), weight)
    yield one("quoted by apostrophes", _text(table, quote="'", escape="'"), 11)
    yield one("escaped by backslash", _text(table, escape="\\"), 1)
    yield one("not escaped", _text(table, escape=""), 7)


def spoilt_rows(rows: list[Row]) -> Iterator[Polluted]:
    """Give a file for each row and cell with a separator or a quote too many or too few."""
    table = [HEADER, *rows]
    lines = [",".join(map(_cell, row)) for row in table]
    for number, row in enumerate(table):
        cells = [_cell(value) for value in row]

        def put(name: str, line: str, values: Row, weight: float, at: int = number) -> Polluted:
            text = "\r\n".join([*lines[:at], line, *lines[at + 1 :]]) + "\r\n"
            body = rows if at == 0 else [*rows[: at - 1], values, *rows[at:]]
            return Polluted(name, text, HEADER if at else values, body, weight)

        for j in range(len(row)):
            before, after = row[:j], row[j:]
            line = ",".join([*cells[:j], "", *cells[j:]])
            yield put("a separator too many", line, [*before, "", *after], 0.34)
            if j:
                line = ",".join([*cells[: j - 1], cells[j - 1] + cells[j], *cells[j + 1 :]])
                joined = [*row[: j - 1], row[j - 1] + row[j], *row[j + 1 :]]
                yield put("a separator too few", line, joined, 0.3677)
            spoilt = '""' + cells[j][1:] if cells[j].startswith('"') else '"' + cells[j]
            line = ",".join([*cells[:j], spoilt, *cells[j + 1 :]])
            yield put("a quote too many", line, [*before, '"' + row[j], *row[j + 1 :]], 0.2)
        yield put("another delimiter in one row", " ".join(cells), row, 0.3)


def _same(cell: object) -> str:
    text = "" if cell is None else str(cell)
    try:
        return str(float(text))
    except ValueError:
        return text.lower()


def _agreement(wanted: list[str], got: list[str]) -> float:
    """Return precision + recall + their harmonic mean of two bags of values: 0 to 3."""
    if not wanted:
        return 3.0
    shared = sum((Counter(wanted) & Counter(got)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(got), shared / len(wanted)
    return precision + recall + 2 * precision * recall / (precision + recall)


def score(file: Polluted, got: list[Row]) -> float:
    """Return how well a file was read: 1 for being read, 3 each for header, records and cells."""
    titles = got[0] if file.header and got else []
    body = got[1:] if file.header else got
    return (
        1
        + _agreement([_same(c) for c in file.header], [_same(c) for c in titles])
        + _agreement(
            ["".join(_same(c) for c in row) for row in file.rows],
            ["".join(_same(c) for c in row) for row in body],
        )
        + _agreement(
            [_same(c) for row in file.rows for c in row], [_same(c) for row in body for c in row]
        )
    )


def by_pandas(path: Path) -> list[Row]:
    """Read with pandas as it comes."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return [list(map(str, frame.columns)), *frame.to_numpy(dtype=object).tolist()]


def by_sniffer(path: Path) -> list[Row]:
    """Read with Python's csv module under the dialect that its sniffer finds."""
    with path.open(encoding="utf-8", newline="") as file:
        dialect = csv.Sniffer().sniff(file.read())
        file.seek(0)
        return list(csv.reader(file, dialect))


READERS: dict[str, Reader] = {
    "mapper": read_rows,
    "pandas.read_csv": by_pandas,
    "csv.Sniffer": by_sniffer,
}


def main() -> None:
    """Print a line a kind of pollution, then the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="Of the spoilt rows, every n-th only.")
    every = parser.parse_args().every
    rows = clean_rows()
    files = [*whole_files(rows), *list(spoilt_rows(rows))[::every]]
    scores: dict[str, dict[str, list[tuple[float, float]]]] = {}
    seconds = dict.fromkeys(READERS, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "polluted.csv")
        for file in files:
            path.write_text(file.text, encoding="utf-8", newline="")
            for name, reader in READERS.items():
                begun = time.process_time()
                try:
                    points = score(file, reader(path))
                except Exception:  # noqa: BLE001 - a reader that gives up has read nothing
                    points = 0.0
                seconds[name] += time.process_time() - begun
                kind = scores.setdefault(file.name, defaultdict(list))
                kind[name].append((points, file.weight))
    print(f"{'pollution':32}{'files':>6}" + "".join(f"{name:>17}" for name in READERS))
    for kind, found in scores.items():
        means = "".join(f"{_mean(found[name]):17.2f}" for name in READERS)
        print(f"{kind:32}{len(found['mapper']):6}{means}")
    for told, weighted in (("all files alike", False), ("weighted by the survey", True)):
        means = "".join(f"{_mean(_all(scores, name), weighted=weighted):17.3f}" for name in READERS)
        print(f"{told:32}{len(files):6}{means}")
    print(f"{'CPU s':38}" + "".join(f"{seconds[name]:17.1f}" for name in READERS))


def _all(
    scores: dict[str, dict[str, list[tuple[float, float]]]], name: str
) -> list[tuple[float, float]]:
    return [pair for found in scores.values() for pair in found[name]]


def _mean(pairs: list[tuple[float, float]], *, weighted: bool = False) -> float:
    total = sum(weight if weighted else 1 for _, weight in pairs)
    return sum(points * (weight if weighted else 1) for points, weight in pairs) / total


if __name__ == "__main__":
    main()
