"""LOCATED rows made by hand, for tests of what is drawn from them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.columns import LOCATED, empty

BRIDGES = {
    "co-ve-simon-bolivar": ("Puente Internacional Simón Bolívar", 7.8179, -72.4508),
    "co-ve-tienditas": ("Puente Internacional Atanasio Girardot (Tienditas)", 7.876726, -72.452541),
    "co-ve-santander": ("Puente Internacional Francisco de Paula Santander", 7.91639, -72.46278),
}
TYPES = ("clash", "defection", "border_closure", "blocked_aid", "mass_crossing", "protest")

# what an incident table may hold, to run code on the machine that maps or the one that reads
PAYLOADS = (
    "{{7*7}}",
    "{% x",
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`",
    "javascript:alert(1)",
    "a\x00b",
    "line\u2028separator\u2029paragraph",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "<!--",
    "]]>",
    "\ufeffmark",
    "&lt;b&gt;",
    "=cmd|' /C calc'!A0",
    "<style>@import url(http://127.0.0.1/x)</style>",
    "<a href=javascript:alert(1)>x</a>",
    "\u202egnirts",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
)


def located(rows):
    """Return LOCATED of these dicts; what is not given is blank. `shape` decides the geometry."""
    frame = empty(LOCATED, len(rows))
    extra = sorted({name for row in rows for name in row} - set(frame.columns) - {"geometry"})
    for name in extra:
        frame[name] = pd.array([""] * len(rows), dtype="str")
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name == "geometry":
                continue
            dated = name in ("date_start", "date_end")
            frame.loc[i, name] = pd.Timestamp(value).as_unit("s") if dated else value
    frame["source_file"] = frame["source_file"].where(frame["source_file"] != "", "table.csv")
    frame["source_row"] = np.arange(1, len(rows) + 1)
    geometry = [row.get("geometry") or _geometry(row) for row in rows]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, crs=4326))


def _geometry(row):
    if row.get("shape", "none") == "none" or "latitude" not in row:
        return None
    point = shapely.Point(row["longitude"], row["latitude"])
    return point if row["shape"] == "point" else point.buffer(0.5)


def at_bridge(i, bridge, **more):
    """Return one report at a bridge."""
    name, latitude, longitude = BRIDGES[bridge]
    return {
        "incident_id": f"T-{i:04d}",
        "date_start": f"2019-02-{22 + i % 6:02d}",
        "date_end": f"2019-02-{22 + i % 6:02d}",
        "date_text": f"2019-02-{22 + i % 6:02d}",
        "date_precision": "day",
        "event_type": TYPES[i % len(TYPES)],
        "event_label": TYPES[i % len(TYPES)],
        "place": name,
        "status": "resolved",
        "shape": "point",
        "latitude": latitude,
        "longitude": longitude,
        "uncertainty_km": 0.3,
        "precision": "crossing",
        "method": "crossing",
        "matched_name": name,
        "place_id": f"crossing:{bridge}",
        "country": "CO|VE",
        "admin1": "VE-S",
        "border": "CO-VE",
        "border_km": 0.03,
        "nearest_crossing": bridge,
        "crossing_km": 0.0,
        "crossing_status": "closed",
        "description": f"What report {i} says.",
        "source_name": f"Source {i % 3}",
        "source_url": f"https://example.org/{i}",
        **more,
    }


def sample():
    """Return a small table with every shape: points, an area, a line, a list, none."""
    rows = [at_bridge(i, list(BRIDGES)[i % 3]) for i in range(24)]
    town = {"precision": "settlement", "method": "name", "uncertainty_km": 3.0}
    rows.append(
        at_bridge(24, "co-ve-simon-bolivar", **town) | {
            "place": "Rubio", "matched_name": "Rubio", "place_id": "geonames:3628952",
            "latitude": 7.70156, "longitude": -72.355507, "country": "VE",
        }
    )  # fmt: skip
    whole = {"uncertainty_km": 90.0, "method": "admin", "border_km": np.nan}
    rows.append(
        at_bridge(25, "co-ve-simon-bolivar", **whole) | {
            "place": "Táchira", "matched_name": "Táchira", "place_id": "admin1:VE-S",
            "latitude": 8.0, "longitude": -72.1, "shape": "area", "precision": "admin1",
        }
    )  # fmt: skip
    rows.append(
        at_bridge(26, "co-ve-simon-bolivar", **whole) | {
            "place": "frontera", "matched_name": "Colombia–Venezuela border",
            "place_id": "border:CO-VE", "latitude": 8.5, "longitude": -72.3, "shape": "line",
            "precision": "border", "geometry": shapely.LineString([(-72.4, 7.5), (-72.5, 9.0)]),
        }
    )  # fmt: skip
    parts = (
        '[{"place_id":"a","name":"A","latitude":7.8,"longitude":-72.4},'
        '{"place_id":"b","name":"B","latitude":7.9,"longitude":-72.5}]'
    )
    rows.append(
        at_bridge(27, "co-ve-simon-bolivar", **whole) | {
            "place": "A and B", "matched_name": "A; B", "place_id": "", "parts": parts,
            "latitude": 7.6, "longitude": -72.6, "shape": "list", "precision": "crossing",
        }
    )  # fmt: skip
    unplaced = {
        name: at_bridge(28, "co-ve-tienditas")[name]
        for name in ("incident_id", "event_type", "event_label", "description", "source_name")
    }
    rows.append(unplaced | {"status": "unresolved", "shape": "none", "place": "nowhere"})
    return located(rows)


def hostile():
    """Return rows with a payload in every text column, a different one in each cell."""
    count = len(PAYLOADS)
    rows = []
    for i in range(2 * count):
        row = at_bridge(i, list(BRIDGES)[i % 3])
        for k, name in enumerate(LOCATED.of_kind("text")):
            if name in (
                "shape",
                "status",
                "precision",
                "parts",
                "reason_args",
                "country",
                "border",
                "place_id",
                "crossing_status_detail",
                "nearest_crossing",
            ):
                continue  # fmt: skip
            row[name] = PAYLOADS[(i + k) % count] + f" {name} {i}"
        row["a column <b>of theirs</b>"] = PAYLOADS[i % count]
        row["source_url"] = PAYLOADS[i % count]
        rows.append(row)
    return located(rows)
