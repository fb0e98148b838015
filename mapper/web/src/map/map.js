/**
 * The map: Leaflet holds the view; land, labels and reports are our own canvas layers.
 *
 * What the rest of the page needs of it is this object; it says what happens on the bus (see
 * `src/data/bus.js`: it emits select, hover, open-list, viewchange, map-click and listens to
 * select, hover, filter, theme, language).
 *
 * @typedef {object} MapView
 * @property {import("leaflet").Map} map
 * @property {(mask: Uint8Array) => void} setVisible  1 for each report that passes the filters
 * @property {(index: number|null) => void} select    mark one report and bring it into view
 * @property {(what: "hot"|"all"|{hot: number}|{report: number}|{bounds: [number, number, number, number]}|{lat: number, lon: number, zoom?: number}) => void} fit
 * @property {() => Uint32Array} hotCounts            reports of each hot group that pass the filters
 * @property {(theme: "light"|"dark") => void} setTheme
 * @property {(lang: string) => void} setLanguage
 * @property {() => {lat: number, lon: number, zoom: number}} view
 * @property {(view: {lat: number, lon: number, zoom: number}) => void} setView
 * @property {() => Promise<void>} show                  draw the first view, layer by layer
 * @property {(asked: ((lat: number, lon: number) => void) | null) => void} pick  a click anywhere
 *   gives its position to who asked, until null asks for nothing
 * @property {(on: boolean) => void} markChanges       mark what is new, changed or withdrawn
 * @property {() => void} resize                       call after the container changed its size
 * @property {(asked: {scale: number, size?: {width: number, height: number}, theme?: "light"|"dark"}) => HTMLCanvasElement} picture
 *   what is on the map now, drawn anew with its scale
 * @property {() => import("./wholes.js").Whole[]} wholes  reports about whole countries and borders
 * @property {() => {text: string, kind: string, rect: number[]}[]} labels  names that stand on the map
 */
import L from "leaflet";
import { pause } from "../data/pause.js";
import { CanvasLayer } from "./canvaslayer.js";
import { drawnChanges } from "./changes.js";
import { createControls } from "./controls.js";
import { createFitting } from "./fitting.js";
import { hotCounts } from "./hotcounts.js";
import { createKeys } from "./keys.js";
import { hit } from "./marks.js";
import { latOf, lonOf } from "./mercator.js";
import { Scene } from "./scene.js";
import { addStreets } from "./streetslot.js";
import { addTiles } from "./tiles.js";
import { createStrip } from "./strip.js";
import { drawPicture } from "./picture.js";
import { wholes } from "./wholes.js";

/** The embedded data hold up to here; a little further in the page says so. */
const DATA_ZOOM = 14;
const LEAST_ZOOM = 2;
const MAX_ZOOM = 16;
/** From the last change of a filter until the buttons over the marks follow it. */
const MIRROR_MS = 50;

/**
 * @param {HTMLElement} container
 * @param {import("../data/store.js").Store} store
 * @param {import("../data/bus.js").Bus} bus
 * @param {{base: import("./basemap.js").Basemap, outlines: Map<string, import("./shapes.js").Outline>}} ground
 * @returns {MapView}
 */
export function createMap(container, store, bus, ground) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.5,
    wheelPxPerZoomLevel: 90,
    minZoom: LEAST_ZOOM,
    maxZoom: MAX_ZOOM,
    maxBounds: [[-85, -220], [85, 220]],
    maxBoundsViscosity: 0.8,
    zoomAnimation: !calm,
    fadeAnimation: false,
    inertia: !calm,
    center: [0, 0],
    zoom: 3,
  });
  container.setAttribute("role", "region");
  const scene = new Scene(store, ground.base, ground.outlines);
  const { fitTo, inView } = createFitting(map, scene, calm);
  container.setAttribute("aria-label", scene.words.t("map.label"));
  const reach = Math.max(DATA_ZOOM, (store.meta.streets?.max_zoom ?? 0) + 1);
  const controls = createControls(map, { home: () => fit("hot") }, store.meta.attribution, reach);
  const strip = createStrip(container, {
    outline: (badge) => {
      scene.outlined = badge === null ? [] : [badge];
      focusLayer.request();
    },
    open: (badge) => openBadge(badge),
  });
  const keys = createKeys(container, {
    name: (mark) => scene.nameOf(mark),
    focus: (mark) => light(mark, false),
    activate: (mark) => activate(mark),
  });
  const tip = document.createElement("div");
  tip.className = "mapper-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  container.append(tip);

  const groundLayer = new CanvasLayer((c, f) => scene.drawGround(c, f), "tilePane").addTo(map);
  const tiles = addTiles(map, store.meta.tiles, container);
  const streets = addStreets(map, store.meta.streets, store.meta.lang);
  scene.overTiles = !!tiles || !!streets;
  if (!tiles) keepNear(map, ground.base.overview.box);
  const markLayer = new CanvasLayer((c, f) => {
    scene.drawMarks(c, f, visibleRect(f), coveredRects(f));
  }, "overlayPane").addTo(map);
  const focusLayer = new CanvasLayer((c, f) => scene.drawFocus(c, f), "markerPane").addTo(map);

  /** @param {import("./basemap.js").Frame} frame @returns {import("./place.js").Rect} */
  function visibleRect(frame) {
    const size = map.getSize();
    const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    const left = corner.x - frame.left;
    const top = corner.y - frame.top;
    return [left, top, left + size.x, top + size.y];
  }

  /** @param {import("./basemap.js").Frame} frame @returns {import("./place.js").Rect[]} */
  function coveredRects(frame) {
    const [left, top] = visibleRect(frame);
    const origin = container.getBoundingClientRect();
    // the buttons that the page lays over the map cover it too
    const laid = /** @type {NodeListOf<HTMLElement>} */ (container.parentElement?.querySelectorAll(".over button") ?? []);
    return [...controls.covering, strip.element, ...laid]
      .filter((element) => !element.hidden)
      .map((element) => {
        const r = element.getBoundingClientRect();
        const x = left + r.left - origin.left;
        const y = top + r.top - origin.top;
        return [x - 4, y - 4, x + r.width + 4, y + r.height + 4];
      });
  }

  /** Buttons over the marks in view, and the strip. */
  function mirror() {
    const frame = markLayer.frame;
    if (!frame) return;
    const [left, top, right, bottom] = visibleRect(frame);
    const seen = scene.marks
      .filter((m) => m.x > left && m.x < right && m.y > top && m.y < bottom)
      .sort((a, b) => b.total - a.total)
      .slice(0, 150)
      .map((mark) => ({ mark, x: mark.x - left, y: mark.y - top }));
    keys.show(seen, scene.words.t("map.items"));
  }

  function showStrip() {
    const { families } = store.meta;
    strip.show(scene.words.t("map.whole"), wholes(scene), families.map((family) => family[scene.theme]));
  }

  /** Draws everything anew. */
  function repaint() {
    groundLayer.redraw();
    markLayer.redraw();
    focusLayer.redraw();
    mirror();
  }

  /** Draws the first view; nothing is drawn before. */
  async function show() {
    for (const layer of [groundLayer, markLayer, focusLayer]) {
      layer.wake();
      await pause();
    }
    mirror();
  }

  /** @param {import("./marks.js").Mark|null} mark @param {boolean} withTip */
  function light(mark, withTip = true) {
    if (scene.lit === mark) return;
    scene.lit = mark;
    scene.outlined = mark ? mark.badges : [];
    container.classList.toggle("mapper-hit", !!mark);
    focusLayer.request();
    tip.hidden = !mark || !withTip;
    const frame = markLayer.frame;
    if (!mark || !withTip || !frame) return;
    const [left, top, right] = visibleRect(frame);
    tip.textContent = scene.nameOf(mark);
    const wide = tip.offsetWidth;
    const x = Math.max(4, Math.min(mark.x - left - wide / 2, right - left - wide - 4));
    const above = mark.y - top - mark.r - tip.offsetHeight - 8;
    const y = above > 4 ? above : mark.y - top + mark.r + 8;
    tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** @param {number} badge */
  function openBadge(badge) {
    const { spots, mask } = scene;
    const indexes = [];
    for (let i = 0; i < store.n; i++) {
      if (spots.badgeOfPlace[store.place[i]] === badge && (!mask || mask[i])) indexes.push(i);
    }
    open(indexes, spots.badges[badge].name);
  }

  /** @param {import("./marks.js").Mark} mark */
  const namesOf = (mark) => mark.badges.map((b) => scene.spots.badges[b].name).join("; ");

  /** @param {number[]} indexes @param {string} title */
  function open(indexes, title) {
    if (indexes.length === 1) bus.emit("select", { index: indexes[0], from: "map" });
    else bus.emit("open-list", { indexes, title, from: "map" });
  }

  /** A click, or Enter: one report opens, a ring of several places splits, one place lists.
   * @param {import("./marks.js").Mark} mark */
  function activate(mark) {
    light(null);
    if (mark.badge >= 0) return open(scene.marksOf.reports(mark, scene.mask), namesOf(mark));
    const box = scene.marksOf.box(mark);
    if (box && (box[0] !== box[2] || box[1] !== box[3])) {
      const bounds = L.latLngBounds([latOf(box[3]), lonOf(box[0])], [latOf(box[1]), lonOf(box[2])]);
      const zoom = Math.min(map.getBoundsZoom(bounds, false, L.point(120, 120)), MAX_ZOOM);
      if (zoom > map.getZoom() + 0.4 || map.getZoom() < DATA_ZOOM) {
        map.setView(bounds.getCenter(), Math.max(zoom, map.getZoom() + 1), { animate: !calm });
        return undefined;
      }
    }
    const p = scene.spots.place[mark.spot];
    return open(scene.marksOf.reports(mark, scene.mask), store.placeText("matched_name", p) || store.placeText("place", p));
  }

  /** @param {L.LeafletMouseEvent} event @param {number} reach */
  function markAt(event, reach) {
    const frame = markLayer.frame;
    if (!frame) return null;
    const [left, top] = visibleRect(frame);
    return hit(scene.marks, event.containerPoint.x + left, event.containerPoint.y + top, reach);
  }

  /** Somebody waits for a position. @type {((lat: number, lon: number) => void) | null} */
  let picker = null;
  map.on("click", (event) => {
    if (picker) return picker(event.latlng.lat, event.latlng.wrap().lng);
    const mark = markAt(event, matchMedia("(pointer: coarse)").matches ? 18 : 5);
    if (mark) activate(mark);
    else bus.emit("map-click", { lat: event.latlng.lat, lon: event.latlng.lng });
    return undefined;
  });
  map.on("mousemove", (event) => light(markAt(event, 4)));
  map.on("mouseout", () => light(null));
  map.on("movestart zoomstart", () => light(null));
  map.on("moveend", () => {
    mirror();
    bus.emit("viewchange", { ...view(), bounds: boundsOf(map.getBounds()) });
  });

  /** @param {number|null} index */
  function select(index) {
    scene.selected = index;
    if (index !== null && !inView(index)) fit({ report: index });
    focusLayer.request();
  }

  /** What was last fitted, as long as nobody moved the map by hand. @type {Parameters<MapView["fit"]>[0]|null} */
  let fitted = null;
  map.on("dragstart keydown", () => {
    fitted = null;
  });
  container.addEventListener("wheel", () => {
    fitted = null;
  }, { passive: true });

  /** The view stays fitted, or its centre stays, when the box changes. */
  function resize() {
    const size = map.getSize();
    if (size.x === container.clientWidth && size.y === container.clientHeight) return;
    map.invalidateSize({ animate: false });
    if (fitted) fit(fitted);
    repaint();
  }

  /** @type {MapView["fit"]} */
  function fit(what) {
    map.invalidateSize({ animate: false });
    fitted = what;
    fitTo(what);
  }

  const view = () => {
    const { lat, lng } = map.getCenter();
    return { lat, lon: lng, zoom: map.getZoom() };
  };

  /** @param {"light"|"dark"} theme */
  function setTheme(theme) {
    scene.theme = theme;
    streets?.setTheme(theme);
    showStrip();
    repaint();
  }

  /** @param {string} lang */
  function setLanguage(lang) {
    scene.setLanguage(lang);
    container.setAttribute("aria-label", scene.words.t("map.label"));
    controls.speak(scene.words);
    tiles?.speak(scene.words);
    streets?.setLanguage(lang);
    showStrip();
    repaint();
  }

  let mirroring = 0;

  /** @param {Uint8Array} mask */
  function setVisible(mask) {
    const before = scene.areas;
    scene.setVisible(mask);
    showStrip();
    if (scene.areas !== before) groundLayer.request();
    markLayer.redraw();
    if (scene.focused) focusLayer.request();
    // what is seen comes first; while a handle is dragged the buttons would be made at every step
    clearTimeout(mirroring);
    mirroring = setTimeout(mirror, MIRROR_MS);
  }

  bus.on("select", ({ index }) => select(index));
  bus.on("hover", ({ indexes, from }) => {
    if (from === "map") return;
    scene.hovered = indexes;
    focusLayer.request();
  });
  bus.on("filter", ({ mask }) => setVisible(mask));
  bus.on("theme", setTheme);
  bus.on("language", setLanguage);
  controls.speak(scene.words);
  tiles?.speak(scene.words);
  showStrip();

  return {
    map,
    setVisible,
    select,
    fit,
    hotCounts: () => hotCounts(store, scene.mask),
    pick: (asked) => {
      picker = asked;
      container.classList.toggle("mapper-pick", !!asked);
    },
    setTheme,
    setLanguage,
    view,
    setView: ({ lat, lon, zoom }) => {
      fitted = null;
      map.invalidateSize({ animate: false });
      map.setView([lat, lon], zoom, { animate: false });
    },
    markChanges: (on) => {
      scene.changes = on ? drawnChanges(store, scene.spots) : null;
      markLayer.request();
      focusLayer.request();
    },
    resize,
    show,
    picture: (asked) => {
      const drawn = drawPicture({ map, scene, streets }, asked);
      // the marks of the picture are not those of the screen
      markLayer.request();
      return drawn;
    },
    wholes: () => wholes(scene),
    labels: () => {
      const frame = markLayer.frame;
      if (!frame) return [];
      const [left, top] = visibleRect(frame);
      return scene.labels.map(({ text, kind, rect: [a, b, c, d] }) => ({
        text,
        kind,
        rect: [a - left, b - top, c - left, d - top],
      }));
    },
  };
}

/** @param {L.LatLngBounds} bounds @returns {[number, number, number, number]} */
const boundsOf = (bounds) => [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];

/**
 * Nobody zooms out further than to see the whole region: there is no ground beyond it.
 * @param {L.Map} map
 * @param {[number, number, number, number]} box  west, south, east, north in units
 */
function keepNear(map, [west, south, east, north]) {
  const region = L.latLngBounds([latOf(south), lonOf(west)], [latOf(north), lonOf(east)]);
  const limit = () => {
    const fits = map.getBoundsZoom(region);
    // of a box without a size nothing can be said; the view itself is left to who sets it
    if (map.getSize().x && Number.isFinite(fits)) map.options.minZoom = Math.max(LEAST_ZOOM, fits);
  };
  map.on("resize", limit);
  map.whenReady(limit);
}
