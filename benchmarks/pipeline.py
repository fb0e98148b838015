"""What each stage of `mapper map` costs, in CPU seconds, on a generated table.

    python benchmarks/pipeline.py [--rows 300000] [--places 60000]

The table is made first and not counted. CPU seconds are those of this process and its children;
the peak of memory is that of this process.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import synthetic

from mapper import pipeline
from mapper.config import Options

Result = TypeVar("Result")


def cpu() -> float:
    """Return the CPU seconds used so far, with those of finished children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_gb() -> float:
    """Return the largest resident size so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Run the stages one by one and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--places", type=int, default=60_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "synthetic.csv"
        synthetic.write(table, arguments.rows, arguments.places)
        options = Options(inputs=(str(table),))
        spent: list[tuple[str, float, float]] = []

        def timed(stage: str, work: Callable[[], Result]) -> Result:
            before = cpu()
            result = work()
            spent.append((stage, cpu() - before, peak_gb()))
            return result

        understood = timed("read, normalise", lambda: pipeline.understand(options))
        placed = timed("geocode, join", lambda: pipeline.place(understood.incidents, options))
        page = timed("render", lambda: pipeline.draw(placed.located, options))
    total = sum(seconds for _, seconds, _ in spent)
    print(f"{arguments.rows:,} rows, {arguments.places:,} distinct places")
    print(f"{'stage':<18}{'CPU s':>8}{'share':>8}{'peak GB':>10}")
    for stage, seconds, peak in spent:
        print(f"{stage:<18}{seconds:>8.1f}{seconds / total:>8.0%}{peak:>10.2f}")
    print(f"{'all':<18}{total:>8.1f}{1:>8.0%}{peak_gb():>10.2f}   page {len(page) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
