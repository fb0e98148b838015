/**
 * Where what draws the user's own street tiles announces itself: only pages that hold such tiles
 * carry it, so the map asks here and knows nothing of it.
 *
 * @typedef {object} Streets
 * @property {(theme: "light"|"dark") => void} setTheme
 * @property {(lang: string) => void} setLanguage
 * @property {(context: CanvasRenderingContext2D, origin: {left: number, top: number}) => void} paint
 *   the tiles in view onto a picture, `origin` being the corner of the view on the screen
 *
 * @typedef {{min_zoom: number, max_zoom: number, layers: string[]}} Source
 * @typedef {(map: import("leaflet").Map, source: Source, lang: string) => Streets} Maker
 */

/** @type {Maker | null} */
let maker = null;

/** @param {Maker} ours */
export function announceStreets(ours) {
  maker = ours;
}

/**
 * @param {import("leaflet").Map} map
 * @param {Source | undefined} source
 * @param {string} lang
 * @returns {Streets | null} null where the page holds no tiles
 */
export function addStreets(map, source, lang) {
  return source && maker ? maker(map, source, lang) : null;
}
