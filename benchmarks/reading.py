"""Reading and normalising against pandas: CPU seconds on the same file in the same run.

    python benchmarks/reading.py [--rows 300000] [--fuzz 10000] [--large-mb 0]

Prints a table. The rows are made up in the layout of UCDP GED (49 columns). With `--fuzz` it reads
that many mutated files and prints the slowest and the largest memory.
"""

import argparse
import csv
import io
import random
import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from mapper import normalise
from mapper.dialects import load
from mapper.errors import MapperError
from mapper.read import read

PLACES = ("Cúcuta", "Ureña town", "Kumarakapay village", "Santa Elena, near the border", "Arauca")


def ucdp_like(path: Path, rows: int, seed: int = 7) -> None:
    """Write `rows` made-up rows in the layout of UCDP GED 20.1 and later."""
    rng = random.Random(seed)
    names = load("ucdp")["headerless"]["columns"]
    headline = 'Clashes reported near the crossing, several wounded; officials deny "any" deaths'
    fixed = {
        "active_year": "true", "code_status": "Clear", "conflict_dset_id": 333,
        "conflict_new_id": 333, "conflict_name": "Colombia: Government", "dyad_dset_id": 623,
        "dyad_new_id": 623,
        "dyad_name": "Government - ELN", "side_a_dset_id": 100, "side_a_new_id": 100,
        "side_a": "Government of Colombia", "side_b_dset_id": 744, "side_b_new_id": 744,
        "side_b": "ELN",
        "source_office": "Agencia EFE", "source_headline": headline, "source_original": "police",
        "where_description": "border town", "adm_1": "Norte de Santander department",
        "adm_2": "Cúcuta municipality", "country": "Colombia", "country_id": 100,
        "region": "Americas",
        "deaths_a": 0, "deaths_civilians": 0, "deaths_unknown": 0, "gwnoa": 100,
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, names, restval="")
        out.writeheader()
        for i in range(1, rows + 1):
            day = f"{rng.randint(1989, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            lat, lon = f"{rng.uniform(2, 8):.6f}", f"{rng.uniform(-75, -71):.6f}"
            best = rng.randint(0, 30)
            row = {
                "id": i, "relid": f"COL-{day[:4]}-1-{i}", "year": day[:4],
                "type_of_violence": rng.randint(1, 3), "number_of_sources": rng.randint(1, 5),
                "source_article": f'"Agencia EFE, {day}, {headline}"', "source_date": day,
                "where_prec": rng.randint(1, 6), "where_coordinates": rng.choice(PLACES),
                "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})",
                "priogrid_gid": rng.randint(1, 200_000), "event_clarity": rng.randint(1, 2),
                "date_prec": rng.randint(1, 5), "date_start": f"{day} 00:00:00.000",
                "date_end": f"{day} 00:00:00.000", "deaths_b": best, "best": best, "low": best,
                "high": best + rng.randint(0, 5),
            }  # fmt: skip
            out.writerow(fixed | row)


def cpu(call: Callable[[], object], times: int = 2) -> float:
    """Return the least CPU seconds of a few calls."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def compare(rows: int) -> None:
    """Print the CPU of reading and of normalising, and their ratio to pandas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ucdp.csv"
        ucdp_like(path, rows)
        size = path.stat().st_size / 1e6
        peer = cpu(lambda: pd.read_csv(path, dtype=str))
        own = cpu(lambda: read([path]))
        raw = read([path])
        whole = cpu(lambda: normalise.apply(raw.frame, normalise.profile(raw)), 1)
    print(f"{rows:,} rows, {size:.0f} MB")
    print(f"{'pandas.read_csv(dtype=str)':34}{peer:8.2f} CPU s    1.00×")
    print(
        f"{'mapper.read.read, with detection':34}{own:8.2f} CPU s {own / peer:7.2f}×  (must ≤ 2.5)"
    )
    print(f"{'mapper.normalise':34}{whole:8.2f} CPU s {whole / peer:7.2f}×")


def mutated(rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return one of `seeds` with a few bytes, lines or blocks changed, cut, doubled or mixed."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(1, 8)):
        kind, at = rng.randrange(9), rng.randrange(len(data) + 1)
        if kind == 0:
            data[at:at] = rng.choice(
                [
                    b'"',
                    b"'",
                    b",",
                    b";",
                    b"\t",
                    b"\n",
                    b"\r",
                    b"\x00",
                    b"\\",
                    b'""',
                    b"\xff",
                    b"#",
                    b"|",
                ]
            )
        elif kind == 1:
            del data[at : at + rng.randint(1, 200)]
        elif kind == 2:
            data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 12)))
        elif kind == 3:
            block = data[at : at + rng.randint(1, 500)]
            data[at:at] = block * rng.randint(1, 20)
        elif kind == 4:
            del data[at:]
        elif kind == 5:
            data[at:at] = rng.choice(seeds)[: rng.randint(1, 3000)]
        elif kind == 6:
            data = bytearray(
                bytes(data).replace(
                    rng.choice([b",", b"\n", b'"', b"-", b"."]),
                    rng.choice([b";", b"\r", b"'", b"", b"\t", b'"']),
                )
            )
        elif kind == 7:
            data = bytearray(
                bytes(data)
                .decode("utf-8", "replace")
                .encode(rng.choice(["utf-16", "cp1252", "utf-16-le", "utf-8-sig"]), "replace")
            )
        else:
            data[at:at] = rng.choice([b'"', b",", b"\n", b"9", b"[", b"{", b"<"]) * rng.randint(
                1, 3000
            )
    return bytes(data[:100_000])


def fuzz(count: int) -> None:
    """Read `count` mutated files; print the slowest and the largest memory."""
    rng = random.Random(11)
    seeds = [p.read_bytes() for p in sorted(Path("seeds").glob("*.csv"))]
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [["fecha", "lugar", "muertos", "lat", "lon"]]
        + [
            [f"{d:02d}/02/2019", "Ureña; centro", "más de 3", "7,91", "-72,44"]
            for d in range(1, 28)
        ]
    )
    seeds = [s[:20_000] for s in seeds] + [
        stream.getvalue().encode(),
        b'[{"place":"x","lat":1,"lon":2},{"place":"y"}]',
    ]
    slowest, refused, done = (0.0, 0, b""), 0, 0
    tracemalloc_peak = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        for number in range(count):
            data = mutated(rng, seeds)
            path.write_bytes(data)
            if number % 100 == 0:
                tracemalloc.start()
            start = time.process_time()
            try:
                raw = read([path])
                incidents, problems = normalise.apply(raw.frame, normalise.profile(raw))
                rejected = problems["severity"].eq("rejected").sum()
                if len(incidents) + rejected != raw.rows_read:
                    print(f"file {number}: {raw.rows_read} rows, {len(incidents)} + {rejected}")
                done += 1
            except MapperError:
                refused += 1
            except Exception as error:  # noqa: BLE001 - that is what we look for
                Path(f"fuzz-{number}.bin").write_bytes(data)
                print(f"file {number}: {type(error).__name__}: {error}")
            spent = time.process_time() - start
            if number % 100 == 0:
                tracemalloc_peak = max(tracemalloc_peak, tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
            else:
                slowest = max(slowest, (spent, number, data))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} mutated files: {done:,} read, {refused:,} refused")
    print(
        f"slowest {slowest[0]:.2f} CPU s ({len(slowest[2]):,} bytes, file {slowest[1]})   (≤ 2 s)"
    )
    print(
        f"largest traced {tracemalloc_peak / 1e6:.0f} MB, process {peak:.0f} MB   (must ≤ 500 MB)"
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--fuzz", type=int, default=0)
    options = parser.parse_args()
    if options.rows:
        compare(options.rows)
    if options.fuzz:
        fuzz(options.fuzz)


if __name__ == "__main__":
    main()
