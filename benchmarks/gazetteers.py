"""What a plugged-in gazetteer of generated rows costs: to add, to load, to ask.

    python benchmarks/gazetteers.py [ROWS]

Prints a table: seconds, CPU seconds and peak memory of `mapper gazetteer add`, the time to load it
with the shipped index, and a look-up of 1,000 of its names. It uses a data folder of its own.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = [
    "ba",
    "ca",
    "da",
    "fa",
    "ga",
    "la",
    "ma",
    "na",
    "que",
    "tor",
    "men",
    "san",
    "chi",
    "ro",
]


def name_of(random_: random.Random) -> str:
    """Return a made-up name of one to three words."""
    words = ("".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))) for _ in range(2))
    return " ".join(words).title()


def generate(file: Path, rows: int) -> list[str]:
    """Write a dump in GeoNames' format about Venezuela; return 1,000 of its names."""
    random_ = random.Random(1)
    kept = []
    with file.open("w", encoding="utf-8") as out:
        for number in range(rows):
            name = name_of(random_)
            other = name_of(random_)
            lat, lon = random_.uniform(1.5, 11.5), random_.uniform(-72.0, -60.5)
            people = str(random_.randint(0, 900))
            spot = [f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", "VE", *[""] * 5, people, "", "", "", ""]
            cells = [f"{50_000_000 + number}", name, name, f"{other},{name} Viejo", *spot]
            out.write("\t".join(cells) + "\n")
            if number % max(rows // 1000, 1) == 0:
                kept.append(name)
    return kept


def main(rows: int) -> None:
    """Generate, add, load and ask; print what each took."""
    with tempfile.TemporaryDirectory() as box:
        os.environ["XDG_DATA_HOME"] = box
        file = Path(box) / "VE.txt"
        names = generate(file, rows)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mapper", "gazetteer", "add", file], check=True)
        wall = time.perf_counter() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        from mapper import gazetteer
        from mapper.gazetteer.keys import key
        from mapper.geocode.atlas import Atlas
        from mapper.text import fold
        from mapper.world import crossings

        gazetteer.places()
        started = time.perf_counter()
        index = gazetteer.places(["VE"])
        load = time.perf_counter() - started
        started = time.perf_counter()
        which, _ = index.lookup([key(fold(n)) for n in names])
        look = time.perf_counter() - started
        atlas = Atlas(crossings(), index)
        hits = atlas.find(fold(names[0]))
        size = sum(f.stat().st_size for f in Path(box).rglob("*.arrow")) / 1e6
    print(f"rows added                 {rows:>12,}")
    print(f"add, wall s                {wall:>12.1f}")
    print(f"add, CPU s                 {used.ru_utime + used.ru_stime:>12.1f}")
    print(f"add, peak MB               {used.ru_maxrss / 1024:>12.0f}")
    print(f"on disk, MB                {size:>12.0f}")
    print(f"load with the shipped, s   {load:>12.2f}")
    print(f"look up 1,000 names, ms    {look * 1000:>12.1f}")
    print(f"found of 1,000             {len(set(which.tolist())):>12,}")
    print(f"first                      {names[0]} → {hits[0].place.place_id}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"this process, peak MB      {peak:>12.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
