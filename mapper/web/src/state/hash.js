// The view of the page as the part of its address after the #, and back.

import { BIT, LISTS, checkFilters } from "./filters.js";

/**
 * @typedef {object} View
 * @property {{lat: number, lon: number, zoom: number} | null} map
 * @property {import("./filters.js").Filters | null} filters  null: not said
 * @property {string} selection  incident_id, "" for none
 * @property {string} language   "" for the page's own
 * @property {string} theme      "", "light" or "dark"
 * @property {boolean} table     whether the table is open
 * @property {boolean} [review]  whether doubtful places are reviewed
 * @property {boolean} embed
 * @property {boolean} marks     whether changes are marked on the map
 * @property {string} claims     the running count in the timeline, "" for reports per day
 */

const PLAIN = Object.keys(BIT).filter((key) => !LISTS.includes(key));

/**
 * @param {View} view
 * @returns {string} without the #; keys in a fixed order
 */
export function writeHash(view) {
  const parts = [];
  /** @param {string} key @param {string} value */
  const add = (key, value) => parts.push(`${key}=${value}`);
  if (view.embed) parts.push("embed");
  if (view.map) {
    const { zoom, lat, lon } = view.map;
    add("map", [+zoom.toFixed(2), lat.toFixed(4), lon.toFixed(4)].join("/"));
  }
  const filters = view.filters;
  if (filters) {
    const keys = Object.keys(filters);
    if (!keys.length) add("all", "1");
    for (const key of LISTS) {
      if (filters[key]) add(key, filters[key].map((/** @type {string} */ x) => encode(x)).join(","));
    }
    for (const key of PLAIN) if (filters[key] !== undefined) add(key, encode(String(filters[key])));
  }
  if (view.selection) add("report", encode(view.selection));
  if (view.language) add("lang", view.language);
  if (view.theme) add("theme", view.theme);
  if (view.table) add("table", "1");
  if (view.review) parts.push("review");
  if (!view.marks) add("marks", "0");
  if (view.claims) add("claims", view.claims);
  return parts.join("&");
}

/** @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/%20/g, "+");

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, "%20"));
  } catch {
    return text;
  }
}

/**
 * Read an address; what cannot be understood is left out, never an error.
 * @param {string} hash  with or without the #
 * @returns {View}
 */
export function readHash(hash) {
  /** @type {View} */
  const view = {
    map: null, filters: null, selection: "", language: "", theme: "", table: false, review: false, embed: false, claims: "", marks: true,
  };
  /** @type {Record<string, any>} */
  const given = {};
  let told = false;
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    const value = at < 0 ? "" : part.slice(at + 1);
    if (key === "embed") view.embed = true;
    else if (key === "review") view.review = true;
    else if (key === "all") told = true;
    else if (key === "map") view.map = readMap(value);
    else if (key === "report") view.selection = decode(value);
    else if (key === "lang") view.language = /^[a-z]{2}$/.test(value) ? value : "";
    else if (key === "theme") view.theme = value === "dark" || value === "light" ? value : "";
    else if (key === "marks") view.marks = value !== "0";
    else if (key === "claims") view.claims = /^[a-z_]+\.[a-z_]+$/.test(value) ? value : "";
    else if (key === "table") view.table = value === "1";
    else if (LISTS.includes(key)) given[key] = value ? value.split(",").map(decode) : [];
    else if (PLAIN.includes(key)) given[key] = decode(value);
  }
  for (const [key, value] of Object.entries(given)) {
    try {
      Object.assign(view, { filters: { ...view.filters, ...checkFilters({ [key]: value }) } });
    } catch {
      told = true; // a filter nobody can read: the rest of the address still counts
    }
  }
  if (told && !view.filters) view.filters = {};
  return view;
}

/** @param {string} text `zoom/lat/lon` */
function readMap(text) {
  const [zoom, lat, lon] = text.split("/").map(Number);
  const good = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 && Math.abs(lon) <= 360;
  return good ? { zoom, lat, lon } : null;
}
