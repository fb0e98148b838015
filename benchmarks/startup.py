"""What `mapper --help` and `import mapper` cost beside a bare `python -c pass`, in CPU seconds.

    python benchmarks/startup.py

Each is run twenty times; the least is shown, since everything above it is the machine's noise.
"""

import resource
import subprocess
import sys

RUNS = 20
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import mapper": [sys.executable, "-c", "import mapper"],
    "mapper --help": [sys.executable, "-m", "mapper", "--help"],
    "mapper map --help": [sys.executable, "-m", "mapper", "map", "--help"],
}


def cpu_of(command: list[str]) -> float:
    """Return the CPU seconds one run of `command` costs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    least = {name: min(cpu_of(c) for _ in range(RUNS)) for name, c in COMMANDS.items()}
    bare = least["python -c pass"]
    for name, seconds in least.items():
        print(f"{name:<20}{seconds * 1000:>8.0f} ms{seconds / bare:>8.1f}x")


if __name__ == "__main__":
    main()
