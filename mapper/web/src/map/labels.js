/** Which names stand on the map, how they look, and where: crossings, towns, areas, countries. */
import { whereIs } from "./basemap.js";
import { bordersIn } from "./ground.js";
import { worldSize } from "./mercator.js";
import { Taken, alongLine, around, boxOf, led, overlap } from "./place.js";
import { FONT } from "./symbols.js";

/**
 * @typedef {import("./basemap.js").Basemap} Basemap
 * @typedef {import("./basemap.js").Frame} Frame
 * @typedef {import("./place.js").Rect} Rect
 *
 * @typedef {object} Label
 * @property {"crossing"|"town"|"country"|"admin1"} kind
 * @property {string} text
 * @property {string[]} lines      the text as it is set, one or two lines
 * @property {string} [under]     a smaller line below
 * @property {number} x           of the text, canvas pixels
 * @property {number} y           middle of the first line
 * @property {"left"|"right"|"center"} align
 * @property {string} font
 * @property {number} [spacing]   between letters
 * @property {Rect} rect
 * @property {number} rank        0 the most important
 * @property {{x: number, y: number}} [dot]   a town's ring
 * @property {{x: number, y: number, status: string, leader: [number, number, number, number]|null}} [sign]
 *
 * @typedef {object} Body         a mark that names must not cover
 * @property {number} x
 * @property {number} y
 * @property {number} r
 *
 * @typedef {object} Wanted
 * @property {Basemap} base
 * @property {Frame} frame
 * @property {import("./basemap.js").Town[]} more  settlements in view that the basemap does not name
 * @property {Body[]} bodies
 * @property {Rect[]} [signs]     small signs at marks
 * @property {Rect} view          the visible part of the canvas
 * @property {Rect[]} covered     controls that lie over the map
 * @property {(code: string) => string} countryName
 * @property {(code: string) => string} adminName
 * @property {{x: number, y: number, name: string, status: string, under: string, id: string}[]} crossings
 * @property {boolean} rtl
 * @property {CanvasRenderingContext2D} context  to measure with
 *
 * @typedef {Wanted & {onBorder: (rect: Rect) => boolean}} Laying
 */

const CROSSING_ZOOM = 9.2;
const MOST_TOWNS = 400;
/** From one line of a crossing's label to the next, pixels. */
export const LINE = 13.5;
/** A name on the line between countries is as bad as one this far from the middle of its country. */
const FAR = 1e5;
/** Room for a crossing's sign before its label, pixels. */
const SIGN = 20;
const TOWN_FONTS = /** @type {const} */ ([
  [250_000, 600, 14],
  [60_000, 500, 12.5],
  [12_000, 400, 11.5],
  [0, 400, 10.5],
]);

/**
 * @param {Wanted} asked
 * @returns {Label[]} no two of their boxes overlap
 */
export function layLabels(asked) {
  const wanted = { ...asked, onBorder: bordersIn(asked.base, asked.frame) };
  const taken = new Taken();
  for (const { x, y, r } of wanted.bodies) {
    // a disc as three boxes, so that its corners stay free
    for (const [w, h] of [[0.95, 0.4], [0.72, 0.72], [0.4, 0.95]]) {
      taken.add([x - r * w, y - r * h, x + r * w, y + r * h]);
    }
  }
  for (const rect of [...wanted.covered, ...(wanted.signs ?? [])]) taken.add(rect);
  /** @type {Label[]} */
  const labels = [];
  const towns = townsIn(wanted);
  const large = towns.slice(0, 9);
  // the rings of the chief towns are kept free, so that each can be named
  for (const { x, y } of large) {
    if (!covering(wanted.bodies, x, y)) taken.add([x - 4, y - 4, x + 4, y + 4]);
  }
  const first = large.filter(({ town }) => town.weight >= TOWN_FONTS[0][0]);
  layTowns(wanted, taken, labels, first, true);
  if (wanted.frame.zoom >= CROSSING_ZOOM) layCrossings(wanted, taken, labels);
  layTowns(wanted, taken, labels, large.slice(first.length), true);
  layAreas(wanted, taken, labels, "country");
  if (wanted.frame.zoom >= 5.5) layAreas(wanted, taken, labels, "admin1");
  layTowns(wanted, taken, labels, towns.slice(9), false);
  return labels;
}

/** @param {Wanted} wanted */
function townsIn({ base, frame, more }) {
  const size = worldSize(frame.zoom);
  const found = [];
  for (const town of base.towns) {
    if (town.zoom > frame.zoom) continue;
    const x = town.x * size - frame.left;
    const y = town.y * size - frame.top;
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    found.push({ town, x, y });
    if (found.length >= MOST_TOWNS) break;
  }
  if (!more.length) return found;
  for (const town of more) found.push({ town, x: town.x * size - frame.left, y: town.y * size - frame.top });
  return found.sort((a, b) => b.town.weight - a.town.weight).slice(0, MOST_TOWNS);
}

/** @type {Map<string, Map<string, number>>} by font and text: names are the same from view to view */
const widths = new Map();
/** More than these are not of one view any longer. */
const MOST_WIDTHS = 20_000;

/** @param {CanvasRenderingContext2D} context @param {string} font @param {string} text @returns {number} pixels */
function widthOf(context, font, text) {
  let known = widths.get(font);
  if (!known || known.size > MOST_WIDTHS) widths.set(font, (known = new Map()));
  let width = known.get(text);
  if (width === undefined) {
    context.font = font;
    known.set(text, (width = context.measureText(text).width));
  }
  return width;
}

/**
 * The mark that covers a point, if any: its name then stands beside the mark.
 * @param {Body[]} bodies
 * @param {number} x
 * @param {number} y
 */
function covering(bodies, x, y) {
  // asked for hundreds of towns of hundreds of marks: squares, no roots
  return bodies.find((body) => (body.x - x) ** 2 + (body.y - y) ** 2 < (body.r + 5) ** 2);
}

/**
 * @param {Laying} wanted
 * @param {Taken} taken
 * @param {Label[]} labels
 * @param {{town: import("./basemap.js").Town, x: number, y: number}[]} towns
 * @param {boolean} reserved  their rings have been kept free
 */
function layTowns(wanted, taken, labels, towns, reserved) {
  const { context, bodies, frame, view, rtl, onBorder } = wanted;
  for (const { town, x, y } of towns) {
    const step = TOWN_FONTS.findIndex(([least]) => town.weight >= least);
    // from far away many large towns are in view: their names step back
    const rank = Math.min(3, step + (frame.zoom < 8 && town.weight < 1_500_000 ? 1 : 0));
    const [, weight, px] = TOWN_FONTS[rank];
    const font = `${weight} ${px}px ${FONT}`;
    const width = widthOf(context, font, town.name);
    const height = px + 3;
    const body = covering(bodies, x, y);
    const dot = body ? undefined : { x, y };
    if (dot && !reserved && !taken.free([x - 3, y - 3, x + 3, y + 3])) continue;
    const radius = body ? body.r + 1 : 3.5;
    const spots = around(body?.x ?? x, body?.y ?? y, radius, width, height, rtl);
    // a name stands on its own side of a mark that hides the place
    const free = (/** @type {{rect: Rect}} */ { rect }) => inside(rect, frame) && !cut(rect, view) && taken.free(grown(rect, 1.5));
    const open = spots.filter(free);
    // off the line between countries, where there is room: a name belongs to one side
    const clear = open.filter(({ rect }) => !onBorder(rect));
    const spot = body ? nearest(clear.length ? clear : open, x, y) : (clear[0] ?? open[0]);
    if (!spot) continue;
    taken.add(grown(spot.rect, town.weight < 12_000 ? 6 : 3));
    if (dot) taken.add([x - 4, y - 4, x + 4, y + 4]);
    labels.push({
      kind: "town",
      text: town.name,
      lines: [town.name],
      x: spot.x,
      y: spot.y,
      align: spot.align,
      font,
      rect: spot.rect,
      rank,
      dot,
    });
  }
}

/**
 * @template {{rect: Rect}} T
 * @param {T[]} spots
 * @param {number} x
 * @param {number} y
 * @returns {T|undefined}
 */
function nearest(spots, x, y) {
  let best;
  let least = Infinity;
  for (const spot of spots) {
    const [left, top, right, bottom] = spot.rect;
    const dx = Math.max(left - x, 0, x - right);
    const dy = Math.max(top - y, 0, y - bottom);
    const far = Math.hypot(dx, dy);
    if (far < least - 4) {
      least = far;
      best = spot;
    }
  }
  return best;
}

/** @param {Rect} rect @param {Frame} frame */
const inside = ([left, top, right, bottom], { width, height }) =>
  left > 2 && top > 2 && right < width - 2 && bottom < height - 2;

/**
 * Whether a label is cut by the edge of the visible part.
 * @param {Rect} rect
 * @param {Rect} view
 */
function cut(rect, view) {
  const whole = rect[0] > view[0] + 3 && rect[1] > view[1] + 3 && rect[2] < view[2] - 3 && rect[3] < view[3] - 3;
  return !whole && overlap(rect, view);
}

/** @param {Rect} rect @param {number} by @returns {Rect} */
const grown = ([left, top, right, bottom], by) => [left - by, top - by, right + by, bottom + by];

/**
 * @param {Laying} wanted
 * @param {Taken} taken
 * @param {Label[]} labels
 */
function layCrossings(wanted, taken, labels) {
  const { context, bodies, frame, view, onBorder } = wanted;
  const size = worldSize(frame.zoom);
  const font = `600 11.5px ${FONT}`;
  const small = `400 10.5px ${FONT}`;
  for (const crossing of wanted.crossings) {
    const x = crossing.x * size - frame.left;
    const y = crossing.y * size - frame.top;
    if (x < -20 || y < -20 || x > frame.width + 20 || y > frame.height + 20) continue;
    const least = crossing.under ? widthOf(context, small, crossing.under) : 0;
    const body = covering(bodies, x, y);
    // where room is scarce the sign alone tells the status
    for (const { lines, under } of ways(crossing)) {
      const width = Math.max(under ? least : 0, ...lines.map((line) => widthOf(context, font, line)));
      const height = 16 + LINE * (lines.length - 1) + (under ? LINE : 0);
      const free = (/** @type {Rect} */ rect) =>
        inside(rect, frame) && !cut(rect, view) && taken.free(grown(rect, 2));
      const label = { kind: /** @type {const} */ ("crossing"), text: crossing.name, lines, under, font, rank: 0 };
      const own = body ? [] : around(x, y, 7, width, height).slice(0, 6);
      const spot = own.find(({ rect }) => free(rect));
      if (spot) {
        taken.add(grown(spot.rect, 3));
        taken.add([x - 8, y - 8, x + 8, y + 8]);
        const sign = { x, y, status: crossing.status, leader: null };
        labels.push({ ...label, x: spot.x, y: spot.rect[1] + 8, align: spot.align, rect: spot.rect, sign });
        break;
      }
      const clear = body?.r ?? 8;
      const open = led(body?.x ?? x, body?.y ?? y, clear, width + SIGN, height).filter(
        ({ rect, path }) => free(rect) && path.every((box) => taken.free(box)),
      );
      const away = open.find(({ rect }) => !onBorder(rect)) ?? open[0];
      if (!away || !away.leader) continue;
      taken.add(grown(away.rect, 3));
      for (const box of alongLine(away.leader, clear)) taken.add(box);
      const toRight = away.align === "left";
      const [left, top, right] = away.rect;
      labels.push({
        ...label,
        x: toRight ? left + SIGN : right - SIGN,
        y: top + 8,
        align: away.align,
        rect: away.rect,
        sign: {
          x: toRight ? left + 8 : right - 8,
          y: top + 8,
          status: crossing.status,
          leader: [x, y, toRight ? left + 1 : right - 1, top + 8],
        },
      });
      break;
    }
  }
}

/**
 * How a crossing may be named, the fullest first.
 * @param {{name: string, under: string}} crossing
 * @returns {{lines: string[], under: string}[]}
 */
function ways({ name, under }) {
  const set = settings(name);
  const full = set.map((lines) => ({ lines, under }));
  return under ? [...full, ...set.reverse().map((lines) => ({ lines, under: "" }))] : full;
}

/**
 * How a name may be set: in one line, else, where that finds no room, in two of about one length.
 * @param {string} name
 * @returns {string[][]}
 */
export function settings(name) {
  const words = name.split(" ");
  if (words.length < 2) return [[name]];
  let best = [name];
  for (let at = 1; at < words.length; at++) {
    const lines = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    const longest = Math.max(...lines.map((line) => line.length));
    if (best.length < 2 || longest < Math.max(...best.map((line) => line.length))) best = lines;
  }
  return [[name], best];
}

/**
 * Names of countries and admin areas stand where most of them is in view, clear of the line; a
 * country too narrow for that is named all the same, an admin area is not.
 * @param {Laying} wanted
 * @param {Taken} taken
 * @param {Label[]} labels
 * @param {"country"|"admin1"} kind
 */
function layAreas(wanted, taken, labels, kind) {
  const { context, base, frame, view } = wanted;
  const size = worldSize(frame.zoom);
  const columns = 18;
  const rows = 14;
  const w = view[2] - view[0];
  const h = view[3] - view[1];
  /** @type {Map<string, {x: number, y: number}[]>} */
  const samples = new Map();
  const nameAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    whereIs(base, (x + frame.left) / size, (y + frame.top) / size)[kind];
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      const x = view[0] + ((c + 0.5) * w) / columns;
      const y = view[1] + ((r + 0.5) * h) / rows;
      const code = nameAt(x, y);
      if (!code) continue;
      const list = samples.get(code);
      if (list) list.push({ x, y });
      else samples.set(code, [{ x, y }]);
    }
  }
  const all = columns * rows;
  const ordered = [...samples].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  for (const [code, points] of ordered) {
    const share = points.length / all;
    if (share < (kind === "country" ? 0.035 : 0.06)) continue;
    const country = kind === "country";
    const name = country ? wanted.countryName(code) : wanted.adminName(code);
    if (!name) continue;
    const px = country ? (share > 0.12 ? 15 : 12) : 11;
    const font = country ? `600 ${px}px ${FONT}` : `italic 400 ${px}px ${FONT}`;
    const text = country ? name.toLocaleUpperCase() : name;
    const joined = /[\u0600-\u06ff]/.test(text);
    const spacing = joined ? 0 : country ? px * 0.34 : 0.6;
    const width = widthOf(context, font, text) + spacing * (text.length - 1);
    const height = px + 4;
    const mx = points.reduce((sum, p) => sum + p.x, 0) / points.length;
    const my = points.reduce((sum, p) => sum + p.y, 0) / points.length;
    let best = null;
    let least = Infinity;
    for (const { x, y } of points) {
      const rect = boxOf(x, y, width, height, "center");
      if (rect[0] < view[0] + 8 || rect[2] > view[2] - 8 || rect[1] < view[1] + 8 || rect[3] > view[3] - 8) continue;
      const crossed = wanted.onBorder(grown(rect, 3));
      if (crossed && !country) continue;
      const far = Math.hypot(x - mx, (y - my) * 1.3) + (crossed ? FAR : 0);
      if (far >= least || !taken.free(grown(rect, country ? 8 : 4))) continue;
      const reach = country ? 14 : 6;
      const ends = [
        [rect[0] - reach, y],
        [rect[2] + reach, y],
        [(rect[0] + x) / 2, y],
        [(rect[2] + x) / 2, y],
        [x, y - reach],
        [x, y + reach],
      ];
      if (ends.some(([ex, ey]) => nameAt(ex, ey) !== code)) continue;
      least = far;
      best = { x, y, rect };
    }
    if (!best) continue;
    taken.add(grown(best.rect, 4));
    labels.push({ kind, text, lines: [text], x: best.x, y: best.y, align: "center", font, spacing, rect: best.rect, rank: 0 });
  }
}
