"""How border places are read as thirteen languages write them: accuracy against the gold table.

Run `python benchmarks/border_names.py [--part dev|held] [--misses]`.
The table is tests/gold/border_names.csv. A point is right within the place's own extent + 0.5 km;
an area, line or list is right if it is drawn as one and lies where the place is. The part
`held` was written together with the part `dev` and is not looked at while the tool is changed.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from mapper import geocode
from mapper.world import geodesic_km

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "border_names.csv"
MARGIN_KM = 0.5
FAR_KM = 50.0


def read_gold() -> pd.DataFrame:
    """Return the gold table: text columns, and latitude, longitude, extent_km as numbers."""
    gold = pd.read_csv(GOLD, dtype=str, keep_default_na=False)
    for name in ("latitude", "longitude", "extent_km"):
        gold[name] = pd.to_numeric(gold[name], errors="coerce")
    return gold


def judge(gold: pd.DataFrame) -> pd.DataFrame:
    """Return the gold table with the answer and what it is worth.

    Added columns: status, shape, place_id, km (from the truth), right, far (more than 50 km beyond
    the place's extent), bare (an area, line or list answered with a point).
    """
    keys = pd.DataFrame(
        {
            "place": gold["text"],
            "place_country": gold["place_country"],
            "place_admin1": "",
            "place_admin2": "",
        }
    ).astype("str")
    found = geocode.resolve(keys)
    out = gold.copy()
    for name in ("status", "shape", "place_id", "uncertainty_km"):
        out[name] = found[name].to_numpy()
    out["km"] = geodesic_km(
        gold["longitude"].to_numpy(float),
        gold["latitude"].to_numpy(float),
        found["longitude"].to_numpy(float),
        found["latitude"].to_numpy(float),
    )
    near = out["km"] <= out["extent_km"] + MARGIN_KM
    point, none = gold["kind"] == "point", gold["kind"] == "none"
    drawn = out["shape"].isin(["area", "line", "list"])
    out["right"] = np.where(
        none, out["shape"] == "none", near & np.where(point, out["shape"] == "point", drawn)
    )
    out["far"] = ~none & (out["shape"] != "none") & (out["km"] > out["extent_km"] + FAR_KM)
    out["bare"] = ~point & (out["shape"] == "point")
    return out


def score(judged: pd.DataFrame) -> dict[str, float]:
    """Return shares: point_right, whole_right (all kinds), far, bare; and the number of rows."""
    points = judged[judged["kind"] == "point"]
    wide = judged[judged["kind"].isin(["area", "line", "list"])]
    return {
        "rows": len(judged),
        "point_right": float(points["right"].mean()),
        "wide_right": float(wide["right"].mean()),
        "none_right": float(judged["right"][judged["kind"] == "none"].mean()),
        "far": float(judged["far"].mean()),
        "bare": float(wide["bare"].mean()),
    }


def summary(judged: pd.DataFrame) -> None:
    """Print what share of points is right, of all is far wrong, of wide places is a bare point."""
    print(f"\n{'border places in 13 languages':<30}{'n':>6}{'right':>8}{'> 50 km':>9}{'bare':>7}")
    parts = [("all", judged), *((str(p), rows) for p, rows in judged.groupby("part"))]
    for name, rows in parts:
        s = {k: 100 * v for k, v in score(rows).items()}
        print(f"{name:<30}{len(rows):>6}{s['point_right']:>8.1f}{s['far']:>9.1f}{s['bare']:>7.1f}")


def main() -> None:
    """Print the scores by part and language, and on request the misses of a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=["dev", "held", "second", "third"])
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    judged = judge(read_gold())
    if chosen.part:
        judged = judged[judged["part"] == chosen.part]
    lines = [{"of": part, **score(rows)} for part, rows in judged.groupby("part")]
    lines += [{"of": lang, **score(rows)} for lang, rows in judged.groupby("language")]
    print(pd.DataFrame(lines).round(3).to_string(index=False))
    if chosen.misses:
        wrong = judged[~judged["right"].astype(bool)]
        columns = ["text", "place_country", "note", "kind", "shape", "km", "place_id"]
        print(wrong[columns].round(1).to_csv(sep="|", index=False))


if __name__ == "__main__":
    main()
