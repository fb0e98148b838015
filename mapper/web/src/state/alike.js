// Reports that may be of one event though nobody says so: a suggestion, marked as one.

import { NO_DAY } from "./dates.js";

/** Wider places are compared by name only: half a country holds many events. */
const FARTHEST_KM = 25;
const NEAREST_KM = 1;
const KM_A_DEGREE = 111.2;

/**
 * Reports of the same kind on overlapping days whose places overlap, none of them of a named event.
 *
 * Places overlap where they are the same (the same crossing, area, border, list), or where one lies
 * within the radius of the other and neither radius is wider than 25 km.
 * @param {import("../data/store.js").Store} store
 * @param {number} i
 * @param {number} [most] so many are enough
 * @returns {number[]} positions, the same place first; empty where report i has no day or no place
 */
export function alike(store, i, most = 12) {
  const p = store.place[i];
  if (store.dateStart[i] === NO_DAY || unplaced(store, p)) return [];
  const events = store.column("event_id").codes;
  /** @type {Map<number, number>} by place: 2 the same, 1 overlapping, 0 neither */
  const met = new Map();
  /** @type {[number[], number[]]} */
  const found = [[], []];
  for (let k = 0; k < store.n && found[0].length < most; k++) {
    if (k === i || events[k] || store.family[k] !== store.family[i]) continue;
    if (store.dateStart[k] > store.dateEnd[i] || store.dateEnd[k] < store.dateStart[i]) continue;
    const q = store.place[k];
    let how = met.get(q);
    if (how === undefined) met.set(q, (how = meeting(store, p, q)));
    if (how) found[2 - how].push(k);
  }
  return [...found[0], ...found[1]].slice(0, most);
}

/** @param {import("../data/store.js").Store} store @param {number} p a place */
function unplaced(store, p) {
  const shape = store.placeText("shape", p);
  return shape === "" || shape === "none";
}

/** @param {import("../data/store.js").Store} store @param {number} p @param {number} q places @returns {0 | 1 | 2} */
function meeting(store, p, q) {
  if (p === q) return 2;
  if (unplaced(store, q)) return 0;
  const shape = store.placeText("shape", p);
  const id = store.placeText("place_id", p);
  if (id && id === store.placeText("place_id", q) && shape === store.placeText("shape", q)) return 2;
  const reach = Math.max(radius(store, p), radius(store, q));
  const lat = store.latitude[p];
  const dy = (store.latitude[q] - lat) * KM_A_DEGREE;
  const dx = (store.longitude[q] - store.longitude[p]) * KM_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(dx, dy) <= reach ? 1 : 0;
}

/**
 * How far the place may reach from where it stands; NaN, which is near nothing, where it is too
 * wide or is not one place.
 * @param {import("../data/store.js").Store} store @param {number} p
 */
function radius(store, p) {
  const shape = store.placeText("shape", p);
  const km = store.placeNumber("uncertainty_km", p);
  if (shape === "point") return Math.min(FARTHEST_KM, Math.max(NEAREST_KM, km || NEAREST_KM));
  return shape === "area" && km <= FARTHEST_KM ? km : NaN;
}
