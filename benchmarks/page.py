"""How large, how heavy and how quick the page is: synthetic located reports, headless Chromium.

    python benchmarks/page.py [ROWS ...]        default 10000 100000 360000

Prints for each size: CPU seconds and peak memory of `render`, bytes of the HTML with and without
texts, CPU seconds of the browser's processes until the page is ready, the longest blocked task,
JavaScript heap and buffers, the time a filter takes, and frames while panning.
"""

import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import CDPSession, Playwright, sync_playwright

from mapper.columns import EVENT_TYPES, LOCATED, empty
from mapper.render import render

WORDS = ("soldiers", "border", "crowd", "crossed", "bridge", "closed", "convoy", "village", "fired",
         "market", "families", "river", "patrol", "night", "checkpoint", "wounded", "officials",
         "said", "aid", "trucks", "blocked", "returned", "group", "reported")  # fmt: skip
WATCH = """
window.blocked = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => window.blocked.push(e.duration)))
  .observe({type: 'longtask', buffered: true});
"""
FRAMES = """() => {
  window.gaps = []; let last = performance.now();
  const step = () => {
    const now = performance.now(); window.gaps.push(now - last); last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}"""
FILTER = """async () => {
  const start = performance.now();
  await mapper.setFilter({types: ['clash']});
  const done = performance.now() - start;
  await mapper.setFilter(null);
  return done;
}"""


def located(rows: int, seed: int = 4) -> gpd.GeoDataFrame:
    """Return LOCATED rows: a sixth as many places, clustered along a border, two years of days."""
    random = np.random.default_rng(seed)
    spots = max(1, rows // 6)
    centre = random.integers(0, 40, spots)
    latitude = np.round(2 + 0.25 * centre + random.normal(0, 0.08, spots), 5)
    longitude = np.round(-72 + 0.03 * (centre - 20) + random.normal(0, 0.08, spots), 5)
    place = random.zipf(1.3, rows) % spots
    frame = empty(LOCATED, rows)

    def text(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
        return pd.array(list(values), dtype="str")

    day = np.datetime64("2018-01-01") + random.integers(0, 730, rows).astype("timedelta64[D]")
    frame["incident_id"] = text([f"SYN{k:07d}" for k in range(rows)])
    frame["date_start"] = frame["date_end"] = day.astype("datetime64[s]")
    frame["date_precision"] = "day"
    kinds = random.integers(0, len(EVENT_TYPES), rows)
    frame["event_type"] = frame["event_label"] = text(np.array(EVENT_TYPES)[kinds])
    frame["place"] = frame["matched_name"] = text([f"Place {p}" for p in place])
    frame["place_id"] = text([f"geonames:{p}" for p in place])
    frame["latitude"], frame["longitude"] = latitude[place], longitude[place]
    for name, value in (("status", "resolved"), ("shape", "point"), ("precision", "settlement"),
                        ("method", "name"), ("country", "VE"), ("border", "CO-VE")):  # fmt: skip
        frame[name] = value
    frame["uncertainty_km"] = 3.0
    frame["actor1"] = text([f"Actor {a}" for a in random.zipf(1.6, rows) % 300])
    frame["source_name"] = text([f"Source {a}" for a in random.integers(0, 120, rows)])
    picks = random.integers(0, len(WORDS), (rows, 16))
    frame["description"] = text([" ".join(WORDS[w] for w in line) for line in picks])
    frame["source_url"] = text([f"https://example.org/{k * 7919 % 1000003}" for k in range(rows)])
    frame["source_file"] = "synthetic.csv"
    frame["source_row"] = np.arange(1, rows + 1)
    points = gpd.points_from_xy(frame["longitude"], frame["latitude"], crs=4326)
    return gpd.GeoDataFrame(frame, geometry=points)


def browser_seconds(cdp: CDPSession) -> float:
    """Return the CPU seconds of all processes of the browser."""
    processes = cdp.send("SystemInfo.getProcessInfo")["processInfo"]
    return float(sum(process["cpuTime"] for process in processes))


def measure(playwright: Playwright, path: Path) -> dict[str, Any]:
    """Open the page once and return what it cost."""
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    flags = ["--no-sandbox", "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto("about:blank")
    page.add_init_script(WATCH)
    cdp = browser.new_browser_cdp_session()
    before = browser_seconds(cdp)
    page.goto(path.as_uri(), wait_until="commit")
    while page.evaluate("document.documentElement.dataset.mapper") in (None, "building"):
        time.sleep(0.02)
    spent = browser_seconds(cdp) - before
    state = page.evaluate("document.documentElement.dataset.mapper")
    page.wait_for_load_state("load")
    blocked = max(page.evaluate("window.blocked"), default=0)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    held = heap["usedSize"] + heap.get("backingStorageSize", 0)
    filtered = statistics.median(page.evaluate(FILTER) for _ in range(3))
    page.evaluate("mapper.map.fire('mouseout')")
    page.mouse.move(640, 320)
    page.mouse.down()
    page.evaluate(FRAMES)
    for k in range(60):  # a drag of the map: to and fro, further than the drawn margin
        page.mouse.move(640 + 5 * (k if k < 30 else 60 - k), 320 + 2 * k)
        page.wait_for_timeout(16)
    gaps = sorted(page.evaluate("window.gaps"))
    page.mouse.up()
    browser.close()
    return {
        "state": state,
        "ready CPU s": spent,
        "blocked ms": blocked,
        "heap MB": held / 1e6,
        "filter ms": filtered,
        "pan p95 ms": gaps[int(len(gaps) * 0.95)],
    }


def main() -> None:
    """Measure every size and print a table."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000, 360_000]
    render(located(100))  # what is loaded once
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            table = located(rows)
            start = time.process_time()
            html = render(table)
            spent = time.process_time() - start
            path = Path(folder) / "page.html"
            path.write_text(html, encoding="utf-8")
            bare = len(render(table, texts="none").encode())
            found = {
                "rows": rows,
                "render CPU s": spent,
                "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
                "MB": len(html.encode()) / 1e6,
                "MB without texts": bare / 1e6,
                **measure(playwright, path),
            }
            print(json.dumps({k: round(v, 3) if isinstance(v, float) else v
                              for k, v in found.items()}), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
