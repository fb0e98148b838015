"""Make incident tables of any size, the same for the same arguments.

    python benchmarks/synthetic.py OUT.csv --rows 300000 --places 60000

Places are towns within reach of a land border, written as people write them: plain, with a country,
misspelt, "near X", "X – Y road", in capitals. Texts have the length of real ones (about 100 bytes).
"""

import argparse
import csv
from pathlib import Path

import numpy as np

from mapper import gazetteer
from mapper.columns import EVENT_TYPES

FIELDS = (
    "incident_id", "date_start", "date_end", "date_precision", "event_type", "place",
    "place_country", "place_admin1", "fatalities_best", "fatalities_kind", "injured", "people",
    "actor1", "actor2", "description", "source_name", "source_url", "source_date", "source_lang",
    "event_id",
)  # fmt: skip
ACTORS = ("Army", "Police", "Border guard", "Residents", "Migrants", "Unknown gunmen", "Traders",
          "Customs", "Militia A", "Militia B", "Aid convoy", "Demonstrators")  # fmt: skip
TEXT = (
    "soldiers crossed the river near the post and were received by officials while residents "
    "reported shots heard from the other side before the crossing was closed to trucks and people"
)
WORDS = TEXT.split()


def place_texts(n: int, random: np.random.Generator) -> list[tuple[str, str]]:
    """Return `n` distinct (place text, country) pairs."""
    towns = gazetteer.towns((-180.0, -60.0, 180.0, 75.0), limit=3 * n)
    names, countries = towns["name"].to_numpy(), towns["country"].to_numpy()
    order = random.permutation(len(towns))
    texts: dict[tuple[str, str], None] = {}
    style = 0
    while len(texts) < n:
        for i in order:
            texts[written(names[i], style, random), countries[i]] = None
            style += 1
            if len(texts) == n:
                break
    return list(texts)


def written(name: str, style: int, random: np.random.Generator) -> str:
    """Return a town's name in one of the ways reports write it."""
    kind = style % 10
    if kind == 6:
        return f"near {name}"
    if kind == 7 and len(name) > 5:
        cut = int(random.integers(1, len(name) - 1))
        return name[:cut] + name[cut + 1 :]
    if kind == 8:
        return name.upper()
    if kind == 9:
        return f"village {style} near {name}"
    return name


def rows(n: int, n_places: int, seed: int = 20190223):  # noqa: ANN201 - a generator of dicts
    """Yield `n` rows as dicts of text."""
    random = np.random.default_rng(seed)
    places = place_texts(n_places, random)
    of_row = np.concatenate([np.arange(n_places), random.zipf(1.4, size=n) % n_places])[:n]
    random.shuffle(of_row)
    days = np.datetime64("2018-01-01") + random.integers(0, 900, size=n)
    types = random.choice(EVENT_TYPES, size=n)
    deaths = random.choice(["", "", "", "", "1", "2", "5"], size=n)
    for i in range(n):
        place, country = places[of_row[i]]
        start = int(random.integers(0, len(WORDS) - 12))
        yield {
            "incident_id": f"S{i:06d}",
            "date_start": str(days[i]),
            "date_end": str(days[i]),
            "date_precision": "day",
            "event_type": types[i],
            "place": place,
            "place_country": country,
            "place_admin1": "",
            "fatalities_best": deaths[i],
            "fatalities_kind": "event" if deaths[i] else "",
            "injured": "",
            "people": "",
            "actor1": ACTORS[i % len(ACTORS)],
            "actor2": ACTORS[(i * 7 + 3) % len(ACTORS)],
            "description": f"{i}: " + " ".join(WORDS[start : start + 12]) + ".",
            "source_name": f"Source {i % 400}",
            "source_url": f"https://source{i % 400}.example/{i}",
            "source_date": str(days[i]),
            "source_lang": "en",
            "event_id": f"E{i // 3}" if i % 5 == 0 else "",
        }


def write(path: Path, n: int, n_places: int) -> None:
    """Write a table of `n` rows with `n_places` distinct places."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows(n, n_places))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--places", type=int, default=60_000)
    arguments = parser.parse_args()
    write(arguments.output, arguments.rows, arguments.places)
