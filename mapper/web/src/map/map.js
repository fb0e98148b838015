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
 * @property {(hot: number) => number} hotCount       reports of a hot group that pass the filters
 * @property {(theme: "light"|"dark") => void} setTheme
 * @property {(lang: string) => void} setLanguage
 * @property {() => {lat: number, lon: number, zoom: number}} view
 * @property {(view: {lat: number, lon: number, zoom: number}) => void} setView
 * @property {() => void} resize                       call after the container changed its size
 * @property {(scale?: number) => HTMLCanvasElement} picture  what is on the map now, drawn anew
 */
import L from "leaflet";

/**
 * @param {HTMLElement} container
 * @param {import("../data/store.js").Store} store
 * @param {import("../data/bus.js").Bus} bus
 * @returns {MapView}
 */
export function createMap(container, store, bus) {
  const map = L.map(container, {
    zoomControl: false,
    attributionControl: false,
    center: [0, 0],
    zoom: 2,
  });
  return {
    map,
    setVisible() {},
    select() {},
    fit() {},
    hotCount: (hot) => store.meta.hot[hot].count,
    setTheme() {},
    setLanguage() {},
    view: () => ({ lat: map.getCenter().lat, lon: map.getCenter().lng, zoom: map.getZoom() }),
    setView: ({ lat, lon, zoom }) => map.setView([lat, lon], zoom, { animate: false }),
    resize: () => map.invalidateSize(),
    picture: () => document.createElement("canvas"),
  };
}
