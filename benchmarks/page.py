"""How large, how heavy and how quick the page is: synthetic located reports, headless Chromium.

    python benchmarks/page.py [--alone] [--runs N] [ROWS ...]     default 10000 100000 360000

Prints for each size: CPU seconds and peak memory of `render`, bytes of the HTML with and without
texts, CPU seconds of the browser's processes until the page is ready, the longest blocked task,
JavaScript heap and buffers, the time a filter, a window of time and the details of a report take,
and frames while panning.

The peer is folium's FastMarkerCluster with the same rows and the same texts of each, its marker
made as folium's documentation shows, measured in turn in the same run; what its page asks a CDN for
is answered from the npm packages, so no network is timed. The browser's own start is not counted;
what a page without anything costs is printed first and subtracted from neither. `--alone` leaves
the peer out. Playwright keeps a copy of every response: what that costs (a task of some 100 ms at
20 MB) is in the figures of both pages, though no reader's browser does it.

Either page is opened in `--runs` fresh browsers, three by default, and of each figure the least is
given: what another program did meanwhile only ever adds. Every run is printed besides, with its
number. A filter, a window and the details are timed from the call until the frame after it was
painted, each report's details in a block of texts that was not read before.
"""

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from folium.plugins import FastMarkerCluster
from playwright.sync_api import CDPSession, Page, Playwright, Route, sync_playwright

from mapper.columns import EVENT_TYPES, LOCATED, empty
from mapper.render import render
from mapper.render.rows import PLACE_TEXTS, ROW_TEXTS
from mapper.render.texts import text_columns

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
TIMED = """async ([act, at]) => {
  const id = act === 'details' ? mapper.ids()[Math.floor(mapper.count * at)] : null;
  await new Promise((resolve) => setTimeout(resolve, 400));  // what came before is done
  const start = performance.now();
  if (act === 'filter') await mapper.setFilter({types: ['clash']});
  if (act === 'window') await mapper.setFilter({from: '2018-03-01', to: '2018-03-31'});
  if (act === 'details') await mapper.select(id);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const done = performance.now() - start;
  await mapper.setFilter(null);
  await mapper.select(null);
  return done;
}"""
# said once by either page; a question asked again and again would be counted as theirs
SAID = "page is ready"
SAY_READY = """new MutationObserver((_, waiting) => {
  const page = document.documentElement;
  if (!page) return;
  waiting.disconnect();
  const ready = () => page.dataset.mapper === 'ready' || page.dataset.peer === 'ready';
  const say = () => ready() && (console.info('page is ready'), true);
  if (say()) return;
  new MutationObserver((_, observer) => say() && observer.disconnect())
    .observe(page, {attributes: true, attributeFilter: ['data-mapper', 'data-peer']});
}).observe(document, {childList: true});"""
NOTHING = '<!doctype html><html data-peer="ready"><title>Nothing</title></html>'
PEER_READY = """window.addEventListener('load', () => requestAnimationFrame(() => setTimeout(
  () => { document.documentElement.dataset.peer = 'ready'; })));"""
ACTS = {"filter ms": "filter", "window ms": "window", "details ms": "details"}


def located(rows: int, seed: int = 4) -> gpd.GeoDataFrame:
    """Return LOCATED rows: a fifth as many places, clustered along a border, two years of days."""
    random = np.random.default_rng(seed)
    spots = max(1, rows // 5)
    centre = random.integers(0, 40, spots)
    latitude = np.round(2 + 0.25 * centre + random.normal(0, 0.3, spots), 5)
    longitude = np.round(-72 + 0.1 * (centre - 20) + random.normal(0, 0.3, spots), 5)
    weight = random.lognormal(0, 1.5, spots)
    place = random.choice(spots, rows, p=weight / weight.sum())
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


class Cdn:
    """Answers what folium's page asks a CDN for with the files of the npm packages.

    Stylesheets and icon fonts that draw nothing here are answered with nothing.
    """

    PACKAGES = ("leaflet@1.9.3", "leaflet.markercluster@1.1.0", "leaflet.awesome-markers@2.0.5",
                "jquery@3.7.1", "bootstrap@5.2.2")  # fmt: skip
    FILES: ClassVar = {
        "leaflet.js": "leaflet/dist/leaflet.js",
        "leaflet.css": "leaflet/dist/leaflet.css",
        "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
        "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
        "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
        "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
        "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
        "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
        "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    }

    def __init__(self, folder: Path) -> None:
        command = ["npm", "install", "--no-save", "--silent", "--prefix", folder, *self.PACKAGES]
        subprocess.run(command, check=True)
        modules = folder / "node_modules"
        self.bodies = {name: (modules / path).read_bytes() for name, path in self.FILES.items()}

    def answer(self, route: Route) -> None:
        """Fulfil one request."""
        name = route.request.url.rpartition("/")[2]
        kind = "text/css" if name.endswith("css") else "text/javascript"
        route.fulfill(body=self.bodies.get(name, b""), content_type=kind)


def peer_page(table: gpd.GeoDataFrame) -> str:
    """Return folium's page of the same rows: clusters, and a popup with the texts of a report.

    The popup holds what our page shows of a report: every column that says anything.
    """
    columns = [name for name in [*ROW_TEXTS, *PLACE_TEXTS] if name in LOCATED]
    columns += [str(column["name"]) for column in text_columns(table, "full", ())]
    said = [name for name in dict.fromkeys(["incident_id", *columns]) if table[name].ne("").any()]
    values = [table["latitude"], table["longitude"], table["date_start"].astype("str")]
    rows = [list(row) for row in zip(*values, *(table[name] for name in said), strict=True)]
    chart = folium.Map(location=(6, -72), zoom_start=6, tiles=None)
    # as folium's documentation shows it
    callback = """function (row) {
      var marker = L.marker(new L.LatLng(row[0], row[1]), {color: "red"});
      var icon = L.AwesomeMarkers.icon({
        icon: "info-sign",
        iconColor: "white",
        markerColor: "green",
        prefix: "glyphicon",
        extraClasses: "fa-rotate-0"
      });
      marker.setIcon(icon);
      var popup = L.popup({maxWidth: "300"});
      const display_text = {text: row.slice(2).join("<br>")};
      var mytext = $(`<div id='mytext' class='display_text' style='width: 100.0%; height: 100.0%;'> ${display_text.text}</div>`)[0];
      popup.setContent(mytext);
      marker.bindPopup(popup);
      return marker;
    }"""  # noqa: E501
    FastMarkerCluster(rows, callback=callback, options={"maxZoom": 18}).add_to(chart)
    chart.get_root().script.add_child(folium.Element(PEER_READY))
    return str(chart.get_root().render())


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is ready, and the CPU seconds of the browser until then."""

    page: Page
    spent: float


@contextmanager
def opened(playwright: Playwright, path: Path, cdn: Cdn | None = None) -> Iterator[Opened]:
    """Open a page and wait until it says that it is ready."""
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    flags = ["--no-sandbox", "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(300_000)
    if cdn:
        page.route(re.compile("^https?:"), cdn.answer)
    page.goto("about:blank")
    page.add_init_script(WATCH + SAY_READY)
    page.wait_for_timeout(1500)  # the browser comes to rest
    cdp = browser.new_browser_cdp_session()
    before = browser_seconds(cdp)
    with page.expect_console_message(lambda message: message.text == SAID):
        page.goto(path.as_uri(), wait_until="commit")
    spent = browser_seconds(cdp) - before
    page.wait_for_load_state("load")
    yield Opened(page, spent)
    browser.close()


def common(opened_page: Opened) -> dict[str, Any]:
    """Return what is measured of both pages: CPU to ready, blocked, heap, frames of a pan."""
    page = opened_page.page
    blocked = max(page.evaluate("window.blocked"), default=0)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    held = heap["usedSize"] + heap.get("backingStorageSize", 0)
    page.mouse.move(640, 320)
    page.mouse.down()
    page.evaluate(FRAMES)
    for k in range(60):  # a drag of the map: to and fro, further than the drawn margin
        page.mouse.move(640 + 5 * (k if k < 30 else 60 - k), 320 + 2 * k)
        page.wait_for_timeout(16)
    gaps = sorted(page.evaluate("window.gaps"))
    page.mouse.up()
    page.evaluate(FRAMES)
    for _ in range(4):  # two steps in, two steps out
        page.mouse.wheel(0, -240 if _ < 2 else 240)
        page.wait_for_timeout(600)
    zoomed = sorted(page.evaluate("window.gaps"))
    return {
        "ready CPU s": opened_page.spent,
        "blocked ms": blocked,
        "heap MB": held / 1e6,
        "pan p95 ms": gaps[int(len(gaps) * 0.95)],
        "zoom p95 ms": zoomed[int(len(zoomed) * 0.95)],
        "zoom worst ms": zoomed[-1],
    }


def ours(playwright: Playwright, path: Path) -> dict[str, Any]:
    """Open our page once and return what it cost."""
    with opened(playwright, path) as found:
        page = found.page
        acts = {
            name: statistics.median(page.evaluate(TIMED, [act, at]) for at in (0.3, 0.5, 0.7))
            for name, act in ACTS.items()
        }
        page.evaluate("mapper.map.fire('mouseout')")
        return {**common(found), **acts}


def theirs(playwright: Playwright, path: Path, cdn: Cdn) -> dict[str, Any]:
    """Open the peer's page once and return what it cost."""
    with opened(playwright, path, cdn) as found:
        return common(found)


def least(name: str, runs: int, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Measure several times, print each run, and return the least of every figure."""
    found = []
    for run in range(1, runs + 1):
        found.append(measure())
        show({"page": name, "run": run, **found[-1]})
    return {key: min(one[key] for one in found) for key in found[0]}


def main() -> None:
    """Measure every size and print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[10_000, 100_000, 360_000])
    parser.add_argument("--alone", action="store_true", help="leave the peer out")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is opened")
    arguments = parser.parse_args()
    render(located(100))  # what is loaded once
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        cdn = None if arguments.alone else Cdn(Path(folder))
        path = Path(folder) / "page.html"
        path.write_text(NOTHING, encoding="utf-8")
        with opened(playwright, path) as found_nothing:
            show({"page": "nothing", "ready CPU s": found_nothing.spent})
        for rows in arguments.rows:
            table = located(rows)
            html, spent = timed(lambda: render(table))  # noqa: B023 - called at once
            path.write_text(html, encoding="utf-8")
            bare = len(render(table, texts="none").encode())
            found = {
                "page": "mapper",
                "rows": rows,
                "render CPU s": spent,
                "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
                "MB": len(html.encode()) / 1e6,
                "MB without texts": bare / 1e6,
                **least("mapper", arguments.runs, lambda: ours(playwright, path)),
            }
            show(found)
            if cdn:
                html, built = timed(lambda: peer_page(table))  # noqa: B023 - called at once
                path.write_text(html, encoding="utf-8")
                peer = {
                    "page": "FastMarkerCluster",
                    "rows": rows,
                    "render CPU s": built,
                    "MB": len(html.encode()) / 1e6,
                    **least(
                        "FastMarkerCluster",
                        arguments.runs,
                        lambda: theirs(playwright, path, cdn),
                    ),
                }
                show(peer)
                show({"ratio": rows} | {
                    name: peer[name] / found[name] for name in ("render CPU s", "ready CPU s")
                })  # fmt: skip


def timed(work: Callable[[], str]) -> tuple[str, float]:
    """Return what `work` makes and the CPU seconds it took."""
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def show(found: dict[str, Any]) -> None:
    """Print one line of figures."""
    short = {k: round(v, 3) if isinstance(v, float) else v for k, v in found.items()}
    print(json.dumps(short), flush=True)


if __name__ == "__main__":
    main()
