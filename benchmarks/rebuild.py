"""What a map costs from nothing, rebuilt after one changed row, and with `--previous`.

    python benchmarks/rebuild.py [--rows 300000] [--places 60000] [--runs 2]

Each run is `mapper map` in a process of its own, with a memory of its own; CPU seconds are those
of the process, seconds those of the clock on the wall, each the least of the runs. The changed
row names another place, so that the places, their order and the packed blocks change. All rebuilt
files are compared with those from nothing.
"""

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic

SUFFIXES = ("html", "places.csv")


Cost = tuple[float, float]


def cost_of_map(table: Path, output: Path, memory: Path, *more: str) -> Cost:
    """Return the CPU seconds of one `mapper map`, and those of the clock."""
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "mapper", "map", table, "-o", output, "-q", *more],
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(memory)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - begun


def with_one_row_changed(table: Path, other: Path, place: str, country: str) -> None:
    """Write the table again with another place in its middle row."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[len(rows) // 2] |= {"place": place, "place_country": country, "event_type": "clash"}
    with other.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, synthetic.FIELDS)
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Time the three kinds of run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--places", type=int, default=60_000)
    parser.add_argument("--runs", type=int, default=2)
    told = parser.parse_args()
    spent: dict[str, list[Cost]] = {"from nothing": [], "rebuilt": [], "with --previous": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = folder / "old.csv", folder / "new.csv"
        synthetic.write(old, told.rows, told.places)
        with_one_row_changed(old, new, "Puerto Carreño", "CO")
        fresh, warm, since = (folder / f"{one}.html" for one in ("fresh", "warm", "since"))
        for run in range(told.runs):
            memory = folder / f"memory-{run}"
            cost_of_map(old, warm, memory)
            spent["rebuilt"].append(cost_of_map(new, warm, memory))
            for suffix in SUFFIXES:
                fresh.with_suffix(f".{suffix}").unlink(missing_ok=True)
            spent["from nothing"].append(cost_of_map(new, fresh, folder / "none", "--no-cache"))
            for suffix in SUFFIXES:
                one, other = (path.with_suffix(f".{suffix}").read_bytes() for path in (fresh, warm))
                if one != other:
                    sys.exit(f"the rebuilt {suffix} differs from the one from nothing")
            shutil.copy(fresh, folder / "edition.html")
            cost = cost_of_map(
                old,
                since,
                folder / "none",
                "--no-cache",
                "--previous",
                str(folder / "edition.html"),
            )
            spent["with --previous"].append(cost)
            shutil.rmtree(memory)
    least = {
        kind: [min(each) for each in zip(*costs, strict=True)] for kind, costs in spent.items()
    }
    plain, rebuilt = least["from nothing"], least["rebuilt"]
    print(f"{told.rows:,} rows, {told.places:,} distinct places; the rebuilt files are the same")
    print(f"{'map':<18}{'CPU s':>8}{'of plain':>10}{'wall s':>8}{'of plain':>10}")
    for kind, (cpu, wall) in least.items():
        print(f"{kind:<18}{cpu:>8.1f}{cpu / plain[0]:>10.2f}{wall:>8.1f}{wall / plain[1]:>10.2f}")
    times = [a / b for a, b in zip(plain, rebuilt, strict=True)]
    print(f"a rebuild is {times[0]:.1f} times as fast in CPU, {times[1]:.1f} times on the clock")


if __name__ == "__main__":
    main()
