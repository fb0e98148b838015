/**
 * Names of the settlements of the reports, close up. The basemap names those with most reports; a
 * file of very many places has more, which are read from the table of places when they come in view.
 *
 * @typedef {import("./basemap.js").Town} Town
 */
import { once } from "../data/once.js";
import { fold } from "../state/fold.js";

/** From this zoom on. */
const CLOSE = 8.5;
/** What a report weighs in inhabitants, as in the labels of the basemap. */
const WEIGHT = 40_000;
/** A town of the same name so near is the same town: a tenth of a degree, in units. */
const NEAR = 0.1 / 360;
/** In a view so full no more could be told apart. */
const MOST = 400;

/**
 * @param {import("../data/store.js").Store} store
 * @param {import("./spots.js").Spots} spots
 * @param {Town[]} towns  of the basemap
 * @returns {(zoom: number, box: number[], totals: Uint32Array) => Town[]}  within west, north, east,
 *   south in units; by spot how many reports pass; the heaviest first
 */
export function settlements(store, spots, towns) {
  const known = new Set(towns.map(({ id }) => id));
  const byName = once(() => namesOf(towns));
  const named = (/** @type {string} */ name, /** @type {number} */ s) => byName().get(fold(name))?.some(
    (town) => Math.abs(town.x - spots.x[s]) < NEAR && Math.abs(town.y - spots.y[s]) < NEAR);
  return (zoom, [west, north, east, south], totals) => {
    if (zoom < CLOSE) return [];
    /** @type {number[]} */
    const seen = [];
    for (let s = 0; s < spots.n; s++) {
      const inside = spots.x[s] >= west && spots.x[s] <= east && spots.y[s] >= north && spots.y[s] <= south;
      if (inside && totals[s]) seen.push(s);
    }
    seen.sort((a, b) => totals[b] - totals[a] || a - b);
    /** @type {Town[]} */
    const found = [];
    for (const s of seen) {
      const p = spots.place[s];
      const id = store.placeText("place_id", p);
      if (store.placeText("precision", p) !== "settlement" || !id || known.has(id)) continue;
      const name = store.placeText("matched_name", p);
      if (name && !named(name, s)) found.push({ name, x: spots.x[s], y: spots.y[s], zoom: CLOSE, weight: WEIGHT * totals[s], id });
      if (found.length === MOST) break;
    }
    return found;
  };
}

/** @param {Town[]} towns @returns {Map<string, Town[]>} by folded name */
function namesOf(towns) {
  /** @type {Map<string, Town[]>} */
  const byName = new Map();
  for (const town of towns) {
    const name = fold(town.name);
    const same = byName.get(name);
    if (same) same.push(town);
    else byName.set(name, [town]);
  }
  return byName;
}
