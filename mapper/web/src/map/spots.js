/**
 * What is drawn on the map, made from the table of places once: spots (distinct points), badges
 * (areas, lists, rivers) and whole countries and borders, which stand in a strip at the edge.
 */
import { NODATE } from "../data/decode.js";
import { once } from "../data/once.js";
import { unitX, unitY } from "./mercator.js";

/**
 * @typedef {object} Badge        reports that share an area, a line or a list
 * @property {"area"|"line"|"list"|"country"|"border"} kind
 * @property {string} id          place_id, or the text of a list
 * @property {string} name
 * @property {number} x           units
 * @property {number} y
 * @property {number} radius      km
 * @property {number[]} places
 * @property {{x: number, y: number, name: string, id: string}[]} parts  of a list
 *
 * @typedef {object} Spots
 * @property {number} n
 * @property {Float64Array} x        units, in Z-order
 * @property {Float64Array} y
 * @property {Int32Array} ofPlace    spot of a place, -1 where it is none
 * @property {Int32Array} badgeOfPlace
 * @property {Uint32Array} place     a place of each spot
 * @property {() => {first: Uint32Array, last: Uint32Array}} reports  first report of each spot, and
 *   one beyond its last
 * @property {Badge[]} badges
 *
 * @typedef {object} Counts        reports that pass the filters
 * @property {Uint32Array} bySpot   family f of spot s at s * families + f
 * @property {Uint32Array} byBadge  the same of badges
 * @property {Uint32Array} totals   of each spot
 * @property {number} last           day on which the latest of them ends, NODATE where none is dated
 */

/**
 * @param {import("../data/store.js").Store} store
 * @returns {Spots}
 */
export function findSpots(store) {
  const m = store.placeCount;
  const shape = store.placeColumn("shape");
  const kinds = Array.from({ length: shape.values.length }, (_, k) => shape.values.at(k));
  const ofPlace = new Int32Array(m).fill(-1);
  const badgeOfPlace = new Int32Array(m).fill(-1);
  /** @type {number[]} */
  const xs = [];
  /** @type {number[]} */
  const ys = [];
  /** @type {number[]} */
  const firstPlace = [];
  /** @type {Badge[]} */
  const badges = [];
  /** @type {Map<string, number>} */
  const known = new Map();
  let lastLat = NaN;
  let lastLon = NaN;
  for (let p = 0; p < m; p++) {
    const lat = store.latitude[p];
    const lon = store.longitude[p];
    const kind = kinds[shape.codes[p]];
    if (kind === "none" || kind === "" || Number.isNaN(lat) || Number.isNaN(lon)) continue;
    if (kind === "point") {
      if (lat !== lastLat || lon !== lastLon) {
        firstPlace.push(p);
        xs.push(unitX(lon));
        ys.push(unitY(lat));
        lastLat = lat;
        lastLon = lon;
      }
      ofPlace[p] = xs.length - 1;
      continue;
    }
    const made = badge(store, p, kind, lat, lon);
    const key = `${made.kind} ${made.id}`;
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, badges.length);
      badges.push(made);
    } else {
      badges[before].places.push(p);
    }
    badgeOfPlace[p] = before ?? badges.length - 1;
  }
  return {
    n: xs.length,
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    ofPlace,
    badgeOfPlace,
    place: Uint32Array.from(firstPlace),
    reports: once(() => reportsOf(store, ofPlace, xs.length)),
    badges,
  };
}

/**
 * @param {import("../data/store.js").Store} store
 * @param {Int32Array} ofPlace
 * @param {number} n  how many spots
 */
function reportsOf(store, ofPlace, n) {
  const first = new Uint32Array(n).fill(0xffffffff);
  const last = new Uint32Array(n);
  for (let i = 0; i < store.n; i++) {
    const spot = ofPlace[store.place[i]];
    if (spot < 0) continue;
    if (first[spot] > i) first[spot] = i;
    last[spot] = i + 1;
  }
  return { first, last };
}

/**
 * @param {import("../data/store.js").Store} store
 * @param {number} p
 * @param {string} shape
 * @param {number} lat
 * @param {number} lon
 * @returns {Badge}
 */
function badge(store, p, shape, lat, lon) {
  const precision = store.placeText("precision", p);
  const text = store.placeText("parts", p);
  const id = store.placeText("place_id", p);
  const name = store.placeText("matched_name", p) || store.placeText("place", p);
  /** @type {Badge["kind"]} */
  let kind = shape === "line" ? "line" : shape === "list" ? "list" : "area";
  if (precision === "country") kind = "country";
  if (precision === "border") kind = "border";
  if (shape === "list") kind = "list";
  return {
    kind,
    id: id || text || `${lat} ${lon}`,
    name,
    x: unitX(lon),
    y: unitY(lat),
    radius: store.placeNumber("uncertainty_km", p),
    places: [p],
    parts: shape === "list" ? partsOf(text) : [],
  };
}

/**
 * @param {string} text  JSON list of {place_id, name, latitude, longitude}
 * @returns {Badge["parts"]}
 */
function partsOf(text) {
  try {
    return JSON.parse(text || "[]")
      .filter((/** @type {any} */ part) => Number.isFinite(part?.latitude) && Number.isFinite(part?.longitude))
      .map((/** @type {any} */ part) => ({
        x: unitX(part.longitude),
        y: unitY(part.latitude),
        name: String(part.name ?? ""),
        id: String(part.place_id ?? ""),
      }));
  } catch {
    return [];
  }
}

/**
 * Counts the reports that pass, by spot and family and by badge, and finds the last day of any.
 * @param {import("../data/store.js").Store} store
 * @param {Spots} spots
 * @param {Uint8Array|null} mask
 * @returns {Counts}
 */
export function count(store, spots, mask) {
  const families = store.meta.families.length;
  const bySpot = new Uint32Array(spots.n * families);
  const byBadge = new Uint32Array(spots.badges.length * families);
  const totals = new Uint32Array(spots.n);
  const { place, family, dateEnd, n } = store;
  const { ofPlace, badgeOfPlace } = spots;
  let last = NODATE;
  for (let i = 0; i < n; i++) {
    if (mask && !mask[i]) continue;
    if (dateEnd[i] > last) last = dateEnd[i];
    const p = place[i];
    const spot = ofPlace[p];
    if (spot >= 0) {
      bySpot[spot * families + family[i]]++;
      totals[spot]++;
    } else if (badgeOfPlace[p] >= 0) byBadge[badgeOfPlace[p] * families + family[i]]++;
  }
  return { bySpot, byBadge, totals, last };
}
