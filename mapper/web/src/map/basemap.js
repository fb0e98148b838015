/** The embedded basemap: decodes what `mapper/render/basemap.py` packs. */
import { column, open } from "../data/container.js";
import { once } from "../data/once.js";
import { latOf, lonOf, unitX, unitY } from "./mercator.js";

/**
 * @typedef {object} Path        all lines or rings of one kind and key, as one drawable path
 * @property {string} kind       land lake river admin1 border
 * @property {string} key        kind of border, "" otherwise
 * @property {Path2D} area       of land and lakes, in units of SPAN from the level's origin
 * @property {Stretch[]} stretches  its lines, a few points each
 *
 * @typedef {object} Stretch     a piece of a line, with its box: what is out of sight is not drawn
 * @property {[number, number, number, number]} box  west, north, east, south, in units of SPAN
 * @property {Path2D} path
 * @property {number[]} [points]  x and y in turn, of borders only
 *
 * @typedef {object} Level
 * @property {[number, number, number, number]} box  west, south, east, north in units
 * @property {Path[]} paths
 *
 * @typedef {object} Grid        which country and admin area lies where
 * @property {number} west
 * @property {number} south
 * @property {number} step
 * @property {number} columns
 * @property {number} rows
 * @property {string[]} countries
 * @property {ArrayLike<number>} country
 * @property {string[]} admins
 * @property {ArrayLike<number>} admin1
 *
 * @typedef {object} Town
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} zoom    shown from this zoom on
 * @property {number} weight  the larger, the earlier it is placed
 * @property {string} id
 *
 * @typedef {{origin: [number, number], overview: Level, details: Level[], grids: Grid[],
 *   towns: Town[]}} Basemap
 */

/** Units of the square are multiplied by this in paths, which hold single precision numbers. */
export const SPAN = 2 ** 16;

/**
 * @param {Uint8Array} bytes  the inflated container
 * @returns {Basemap}
 */
export function decodeBasemap(bytes) {
  const { directory, data } = open(bytes);
  const [west, south, east, north] = directory.box;
  /** @type {[number, number]} */
  const origin = [unitX((west + east) / 2), unitY((south + north) / 2)];
  return {
    origin,
    overview: level(directory.overview, data, origin),
    details: directory.details.map((/** @type {any} */ one) => level(one, data, origin)),
    grids: directory.grids.map((/** @type {any} */ one) => grid(one, data)),
    towns: directory.labels.map((/** @type {any[]} */ [name, lat, lon, zoom, weight, id]) => ({
      name,
      x: unitX(lon),
      y: unitY(lat),
      zoom,
      weight,
      id,
    })),
  };
}

/**
 * @param {any} spec
 * @param {Uint8Array} data
 * @returns {Grid}
 */
function grid(spec, data) {
  const country = column(data, spec.country.codes);
  return {
    west: spec.west,
    south: spec.south,
    step: spec.step,
    columns: spec.columns,
    rows: country.length / spec.columns,
    countries: spec.country.names,
    country,
    admins: spec.admin1.names,
    admin1: column(data, spec.admin1.codes),
  };
}

/**
 * @param {any} spec
 * @param {Uint8Array} data
 * @param {[number, number]} origin
 * @returns {Level}
 */
function level(spec, data, origin) {
  const [west, south, east, north] = spec.box;
  const paths = once(() => pathsOf(spec, data, origin));
  return {
    box: [unitX(west), unitY(south), unitX(east), unitY(north)],
    get paths() {
      return paths();
    },
  };
}

/**
 * The lines of a level; made when it is first drawn.
 * @param {any} spec
 * @param {Uint8Array} data
 * @param {[number, number]} origin
 * @returns {Path[]}
 */
function pathsOf(spec, data, [ox, oy]) {
  const lengths = column(data, spec.lengths);
  const dx = column(data, spec.x);
  const dy = column(data, spec.y);
  /** @type {Path[]} */
  const paths = [];
  let part = 0;
  let at = 0;
  let x = 0;
  let y = 0;
  for (const [kind, key, parts] of spec.entries) {
    const last = paths[paths.length - 1];
    const same = last?.kind === kind && last.key === key;
    /** @type {Path} */
    const into = same ? last : { kind, key, area: new Path2D(), stretches: [] };
    if (!same) paths.push(into);
    const area = kind === "land" || kind === "lake";
    for (let end = part + parts; part < end; part++) {
      /** @type {number[]} */
      const points = [];
      for (let k = 0; k < lengths[part]; k++, at++) {
        x += (dx[at] >>> 1) ^ -(dx[at] & 1);
        y += (dy[at] >>> 1) ^ -(dy[at] & 1);
        points.push((unitX(x / spec.scale) - ox) * SPAN, (unitY(y / spec.scale) - oy) * SPAN);
      }
      if (area) {
        traceInto(into.area, points, 0, points.length);
        into.area.closePath();
        points.push(points[0], points[1]);
      }
      into.stretches.push(...stretchesOf(points, kind === "border"));
    }
  }
  return paths;
}

/** Points of a stretch. */
const STRETCH = 48;

/**
 * @param {Path2D} path
 * @param {number[]} points  x and y in turn
 * @param {number} from      position of the first x
 * @param {number} end       one beyond the last y
 */
function traceInto(path, points, from, end) {
  path.moveTo(points[from], points[from + 1]);
  for (let k = from + 2; k < end; k += 2) path.lineTo(points[k], points[k + 1]);
}

/**
 * A line in stretches; each begins where the one before ends.
 * @param {number[]} points  x and y in turn
 * @param {boolean} kept      whether a stretch keeps its points
 * @returns {Stretch[]}
 */
function stretchesOf(points, kept) {
  /** @type {Stretch[]} */
  const stretches = [];
  for (let from = 0; from + 2 < points.length; from += 2 * STRETCH) {
    const end = Math.min(points.length, from + 2 * STRETCH + 2);
    const path = new Path2D();
    traceInto(path, points, from, end);
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = from; k < end; k += 2) {
      west = Math.min(west, points[k]);
      east = Math.max(east, points[k]);
      north = Math.min(north, points[k + 1]);
      south = Math.max(south, points[k + 1]);
    }
    stretches.push({ box: [west, north, east, south], path, ...(kept && { points: points.slice(from, end) }) });
  }
  return stretches;
}

/**
 * @typedef {object} Frame      what a canvas shows
 * @property {number} zoom
 * @property {number} left      pixels of the square at this zoom, of the canvas' left edge
 * @property {number} top
 * @property {number} width     in CSS pixels
 * @property {number} height
 */

/**
 * The names of country and admin area at a point; the finest grid that holds it answers.
 * @param {Basemap} base
 * @param {number} x  units
 * @param {number} y
 * @returns {{country: string, admin1: string}}
 */
export function whereIs(base, x, y) {
  const lon = lonOf(x);
  const lat = latOf(y);
  for (let g = base.grids.length - 1; g >= 0; g--) {
    const one = base.grids[g];
    const c = Math.round((lon - one.west) / one.step);
    const r = Math.round((lat - one.south) / one.step);
    if (c < 0 || r < 0 || c >= one.columns || r >= one.rows) continue;
    const at = r * one.columns + c;
    return { country: one.countries[one.country[at]], admin1: one.admins[one.admin1[at]] };
  }
  return { country: "", admin1: "" };
}
