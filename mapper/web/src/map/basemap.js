/** The embedded basemap: decodes what `mapper/render/basemap.py` packs, and draws it. */
import { column, open } from "../data/container.js";
import { once } from "../data/once.js";
import { latOf, lonOf, unitX, unitY, worldSize } from "./mercator.js";

/**
 * @typedef {object} Path        all lines or rings of one kind and key, as one drawable path
 * @property {string} kind       land lake river admin1 border
 * @property {string} key        kind of border, "" otherwise
 * @property {Path2D} path       in units of SPAN, from the level's origin
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
const SPAN = 2 ** 16;
/** From this zoom on the focus boxes are drawn in detail. */
const DETAIL_ZOOM = 8;

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
    const path = last?.kind === kind && last.key === key ? last.path : new Path2D();
    if (path !== last?.path) paths.push({ kind, key, path });
    const area = kind === "land" || kind === "lake";
    for (let end = part + parts; part < end; part++) {
      for (let k = 0; k < lengths[part]; k++, at++) {
        x += (dx[at] >>> 1) ^ -(dx[at] & 1);
        y += (dy[at] >>> 1) ^ -(dy[at] & 1);
        const px = (unitX(x / spec.scale) - ox) * SPAN;
        const py = (unitY(y / spec.scale) - oy) * SPAN;
        if (k) path.lineTo(px, py);
        else path.moveTo(px, py);
      }
      if (area) path.closePath();
    }
  }
  return paths;
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
 * @param {CanvasRenderingContext2D} context  in CSS pixels
 * @param {Basemap} base
 * @param {Frame} frame
 * @param {Record<string, string>} colours
 * @param {boolean} [bordersOnly]  nothing but the lines between countries
 */
export function drawBasemap(context, base, frame, colours, bordersOnly = false) {
  const { width, height } = frame;
  if (!bordersOnly) {
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, width, height);
  }
  const size = worldSize(frame.zoom);
  const boxes = frame.zoom < DETAIL_ZOOM ? [] : base.details.map((d) => ({ level: d, rect: rectOf(d.box, size, frame) }));
  const seen = boxes.filter(
    ({ rect: [x, y, w, h] }) => x < width && y < height && x + w > 0 && y + h > 0,
  );
  const whole = seen.some(
    ({ rect: [x, y, w, h] }) => x <= 0 && y <= 0 && x + w >= width && y + h >= height,
  );
  if (!whole) {
    context.save();
    if (seen.length) {
      context.beginPath();
      context.rect(0, 0, width, height);
      for (const { rect } of seen) context.rect(...rect);
      context.clip("evenodd");
    }
    drawLevel(context, base, base.overview, frame, colours, bordersOnly);
    context.restore();
  }
  for (const { level: detail, rect } of seen) {
    context.save();
    context.beginPath();
    context.rect(...rect);
    context.clip();
    drawLevel(context, base, detail, frame, colours, bordersOnly);
    context.restore();
  }
}

/**
 * @param {[number, number, number, number]} box
 * @param {number} size
 * @param {Frame} frame
 * @returns {[number, number, number, number]} x, y, width, height on the canvas
 */
function rectOf([west, south, east, north], size, { left, top }) {
  // a pixel inside: where land is cut by the box, its edge is no coast and is not to be seen
  return [west * size - left + 1, north * size - top + 1, (east - west) * size - 2, (south - north) * size - 2];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Basemap} base
 * @param {Level} detail
 * @param {Frame} frame
 * @param {Record<string, string>} colours
 * @param {boolean} bordersOnly
 */
function drawLevel(context, base, detail, frame, colours, bordersOnly) {
  const size = worldSize(frame.zoom);
  const scale = size / SPAN;
  const [ox, oy] = base.origin;
  context.save();
  context.translate(ox * size - frame.left, oy * size - frame.top);
  context.scale(scale, scale);
  const px = 1 / scale;
  context.lineJoin = "round";
  context.lineCap = "round";
  const stroke = (/** @type {Path2D} */ path, /** @type {string} */ colour, /** @type {number} */ wide, /** @type {number[]} */ dash = []) => {
    context.strokeStyle = colour;
    context.lineWidth = wide * px;
    context.setLineDash(dash.map((d) => d * px));
    context.stroke(path);
  };
  const { zoom } = frame;
  for (const { kind, path } of bordersOnly ? [] : detail.paths) {
    if (kind === "land") {
      context.fillStyle = colours.land;
      context.fill(path, "evenodd");
      stroke(path, colours.coast, 0.8);
    } else if (kind === "lake") {
      context.fillStyle = colours.sea;
      context.fill(path, "evenodd");
      stroke(path, colours.coast, 0.6);
    } else if (kind === "river") {
      if (zoom >= 5) stroke(path, colours.river, zoom >= 9 ? 1.4 : 0.9);
    }
  }
  if (zoom >= 5.5 && !bordersOnly) {
    for (const { kind, path } of detail.paths) {
      if (kind === "admin1") stroke(path, colours.admin1, zoom >= 8 ? 1.2 : 0.8, [0.1, 3.2]);
    }
  }
  const thick = zoom >= 9 ? 1.9 : zoom >= 6 ? 1.5 : 1.1;
  const borders = detail.paths.filter(({ kind }) => kind === "border");
  for (const { path } of borders) stroke(path, colours.casing, thick + 3.4);
  for (const { path, key } of borders) {
    stroke(path, colours.border, thick, /disput|control|indefinite/.test(key) ? [5, 4] : []);
  }
  for (const { kind, path } of detail.paths) {
    if (kind !== "disputed") continue;
    stroke(path, colours.casing, thick + 3.4);
    stroke(path, colours.border, thick, [5, 4]);
  }
  context.restore();
}

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
