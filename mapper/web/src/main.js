/** The page starts here: read the data, build the map, let the panels mount, say "ready". */
import { begun, fail } from "./failure.js";
import "./map/trusted.js";
import "leaflet/dist/leaflet.css";
import "./map/fallback.css";
import "./map/map.css";
import "./styles/index.css";
import { Bus } from "./data/bus.js";
import { loadBytes, loadStore } from "./data/load.js";
import { pause } from "./data/pause.js";
import { decodeBasemap } from "./map/basemap.js";
import { createMap } from "./map/map.js";
import { decodeShapes } from "./map/shapes.js";
import { mountChrome } from "./ui/chrome.js";

const page = document.documentElement;

/** @returns {Promise<void>} */
async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("mapper"));
  const container = /** @type {HTMLElement} */ (document.getElementById("map"));
  const [store, basemap, shapes] = await Promise.all([
    loadStore(),
    loadBytes("mapper-basemap"),
    loadBytes("mapper-shapes"),
  ]);
  const bus = new Bus();
  root.hidden = false;
  await pause();
  const ground = { base: decodeBasemap(basemap), outlines: decodeShapes(shapes) };
  await pause();
  const map = createMap(container, store, bus, ground);
  await pause();
  const chrome = mountChrome(root, { store, map, bus });
  Object.assign(surface, {
    version: store.meta.version,
    map: map.map,
    count: store.n,
    ids: () => Array.from({ length: store.n }, (_, i) => store.id(i)),
    select: async (/** @type {string|null} */ id) => {
      const index = id === null ? null : store.indexOf(String(id));
      if (index === -1) throw new RangeError(`no report has the id ${id}`);
      await chrome.select(index);
    },
    setFilter: (/** @type {object|null} */ filter) => chrome.setFilter(filter),
    state: () => chrome.state(),
    labels: () => map.labels(),
  });
  Object.defineProperty(surface, "visible", { get: () => chrome.visible(), enumerable: true });
  await chrome.opened;
  page.dataset.mapper = "ready";
}

/** @type {Record<string, any>} */
const surface = {};
begun();
Object.assign(window, { mapper: surface });
surface.ready = start().catch((error) => {
  fail(error);
  throw error;
});
surface.ready.catch(() => {});
