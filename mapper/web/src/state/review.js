// Which places are worth a look, and what a person decided of them as a table that the next run takes.

import { toCsv } from "./export.js";

/**
 * @typedef {object} Decision
 * @property {string} [place_id]
 * @property {number} [lat]
 * @property {number} [lon]
 * @property {number} [km]
 * @property {boolean} [area]     it has extent
 * @property {boolean} [unknown]  it is not to be drawn
 * @property {string} [report]    incident_id, where one report alone is meant
 * @property {string} [note]
 */

const KEY = ["place", "place_country", "place_admin1", "place_admin2"];
const COLUMNS = [...KEY, "incident_id", "latitude", "longitude", "uncertainty_km", "place_id", "shape", "note"];
/** A place this far from sure (1 - confidence) is doubtful. */
const LEAST = 0.3;

/** @param {import("../data/store.js").Store} store @param {number} p */
const keyParts = (store, p) => KEY.map((name) => store.placeText(name, p));

/** What tells a place key from others. @param {string[]} parts */
export const keyOf = (parts) => parts.join("\u0000");

/** @param {import("../data/store.js").Store} store @param {number} p */
export const placeKey = (store, p) => keyOf(keyParts(store, p));

/**
 * The doubtful places, the weightiest first: least sure, most deaths; each with its reports.
 * @param {import("../data/store.js").Store} store
 * @returns {number[]} places
 */
export function doubtful(store) {
  const deaths = new Float64Array(store.placeCount);
  for (let i = 0; i < store.n; i++) {
    const p = store.place[i];
    deaths[p] = Math.max(deaths[p], Math.min(100, store.number("fatalities_best", i) || 0));
  }
  /** @type {Map<string, [number, number]>} */
  const found = new Map();
  for (let p = 0; p < store.placeCount; p++) {
    const unsure = 1 - (store.placeNumber("confidence", p) || 0);
    if (!store.placeText("place", p) || unsure < LEAST) continue;
    if (["given", "override"].includes(store.placeText("method", p))) continue;
    const weight = unsure * (1 + Math.log1p(deaths[p]));
    const key = placeKey(store, p);
    if (weight > (found.get(key)?.[0] ?? 0)) found.set(key, [weight, p]);
  }
  return [...found.values()].sort(([a, p], [b, q]) => b - a || p - q).map(([, p]) => p);
}

/**
 * @param {import("../data/store.js").Store} store
 * @param {Map<number, Decision>} decisions  by place
 * @returns {string} CSV
 */
export function fixesCsv(store, decisions) {
  const rows = [...decisions].map(([p, { place_id: id, lat, lon, km, area, unknown, report, note }]) => {
    const placed = !unknown && !id;
    return Object.fromEntries(COLUMNS.map((name, k) => [name, [
      ...keyParts(store, p), report, placed ? lat : "", placed ? lon : "", placed || area ? km : "",
      unknown ? "" : id, unknown ? "none" : area ? "area" : "", note,
    ][k]]));
  });
  return toCsv(COLUMNS, rows);
}
