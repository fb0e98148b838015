/** Draws the embedded basemap: land, water, admin lines, borders. */
import { SPAN } from "./basemap.js";
import { reaches } from "./lines.js";
import { overlap } from "./place.js";
import { worldSize } from "./mercator.js";

/**
 * @typedef {import("./basemap.js").Basemap} Basemap
 * @typedef {import("./basemap.js").Frame} Frame
 * @typedef {import("./basemap.js").Level} Level
 * @typedef {import("./basemap.js").Path} Path
 */

/** From this zoom on the focus boxes are drawn in detail. */
const DETAIL_ZOOM = 8;

/**
 * @param {CanvasRenderingContext2D} context  in CSS pixels
 * @param {Basemap} base
 * @param {Frame} frame
 * @param {Record<string, string>} colours
 * @param {boolean} [bordersOnly]  nothing but the lines between countries
 */
export function drawBasemap(context, base, frame, colours, bordersOnly = false) {
  const { width, height } = frame;
  const region = rectOf(base.overview.box, worldSize(frame.zoom), frame);
  if (!bordersOnly) {
    // beyond the region nothing is known of the ground: it is neither land nor sea
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, width, height);
    context.fillStyle = colours.sea;
    context.fillRect(...region);
  }
  eachLevel(context, base, frame, (level) => drawLevel(context, base, level, frame, colours, bordersOnly));
}

/**
 * Draws something of every level in view, each where it is the finest.
 * @param {CanvasRenderingContext2D} context
 * @param {Basemap} base
 * @param {Frame} frame
 * @param {(level: Level) => void} draw
 */
function eachLevel(context, base, frame, draw) {
  const { width, height } = frame;
  const { seen, whole } = levelsIn(base, frame);
  if (!whole) {
    context.save();
    context.beginPath();
    context.rect(...rectOf(base.overview.box, worldSize(frame.zoom), frame));
    context.clip();
    if (seen.length) {
      context.beginPath();
      context.rect(0, 0, width, height);
      for (const { rect } of seen) context.rect(...rect);
      context.clip("evenodd");
    }
    draw(base.overview);
    context.restore();
  }
  for (const { level: detail, rect } of seen) {
    context.save();
    context.beginPath();
    context.rect(...rect);
    context.clip();
    draw(detail);
    context.restore();
  }
}

/**
 * Draws the line between two countries once more, exactly where it lies.
 * @param {CanvasRenderingContext2D} context
 * @param {Basemap} base
 * @param {Frame} frame
 * @param {string} pair    `CO-VE`
 * @param {string} colour
 * @param {number} wide    pixels
 * @returns {boolean} whether any of it is on the ground that is embedded
 */
export function drawBorder(context, base, frame, pair, colour, wide) {
  const ours = (/** @type {Path} */ path) => path.kind === "border" && path.key === pair;
  if (!base.overview.paths.some(ours)) return false;
  const size = worldSize(frame.zoom);
  const scale = size / SPAN;
  eachLevel(context, base, frame, ({ paths }) => {
    context.save();
    context.translate(base.origin[0] * size - frame.left, base.origin[1] * size - frame.top);
    context.scale(scale, scale);
    context.lineWidth = wide / scale;
    context.strokeStyle = colour;
    context.lineJoin = context.lineCap = "round";
    const path = new Path2D();
    for (const one of paths.filter(ours)) for (const stretch of one.stretches) path.addPath(stretch.path);
    context.stroke(path);
    context.restore();
  });
  return true;
}

/**
 * The detailed levels in view, and whether one of them is all of it.
 * @param {Basemap} base
 * @param {Frame} frame
 */
function levelsIn(base, frame) {
  const { width, height } = frame;
  const size = worldSize(frame.zoom);
  const boxes = frame.zoom < DETAIL_ZOOM ? [] : base.details.map((d) => ({ level: d, rect: rectOf(d.box, size, frame) }));
  const seen = boxes.filter(
    ({ rect: [x, y, w, h] }) => x < width && y < height && x + w > 0 && y + h > 0,
  );
  const whole = seen.some(
    ({ rect: [x, y, w, h] }) => x <= 0 && y <= 0 && x + w >= width && y + h >= height,
  );
  return { seen, whole };
}

/**
 * @param {Basemap} base
 * @param {Frame} frame
 * @returns {(rect: import("./place.js").Rect) => boolean} whether a drawn line between countries
 *   runs through a box of the canvas
 */
export function bordersIn(base, frame) {
  const { seen, whole } = levelsIn(base, frame);
  const size = worldSize(frame.zoom);
  const [ox, oy] = [base.origin[0] * size - frame.left, base.origin[1] * size - frame.top];
  const scale = size / SPAN;
  const inSight = inside(frame, [base.origin[0] * size, base.origin[1] * size], scale);
  const lines = [...(whole ? [] : [base.overview]), ...seen.map(({ level: one }) => one)].flatMap(({ paths }) =>
    paths.flatMap(({ stretches }) => stretches.filter(({ points, box }) => points && inSight(box))));
  return ([left, top, right, bottom]) => {
    /** @type {import("./place.js").Rect} */
    const rect = [(left - ox) / scale, (top - oy) / scale, (right - ox) / scale, (bottom - oy) / scale];
    return lines.some(({ box, points = [] }) => overlap(box, rect) && reaches(points, rect));
  };
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
  // dashes cost by the length of a line, seen or not, and a line is much longer than a close view
  const inSight = inside(frame, [ox * size, oy * size], scale);
  const stroke = (/** @type {Path} */ line, /** @type {string} */ colour, /** @type {number} */ wide, /** @type {number[]} */ dash = []) => {
    const path = new Path2D();
    for (const stretch of line.stretches) if (inSight(stretch.box)) path.addPath(stretch.path);
    context.strokeStyle = colour;
    context.lineWidth = wide * px;
    context.setLineDash(dash.map((d) => d * px));
    context.stroke(path);
  };
  const { zoom } = frame;
  for (const line of bordersOnly ? [] : detail.paths) {
    const { kind, area } = line;
    if (kind === "land") {
      context.fillStyle = colours.land;
      context.fill(area, "evenodd");
      stroke(line, colours.coast, 0.8);
    } else if (kind === "lake") {
      context.fillStyle = colours.sea;
      context.fill(area, "evenodd");
      stroke(line, colours.coast, 0.6);
    } else if (kind === "river") {
      if (zoom >= 5) stroke(line, colours.river, zoom >= 9 ? 1.4 : 0.9);
    }
  }
  if (zoom >= 5.5 && !bordersOnly) {
    for (const line of detail.paths) {
      if (line.kind === "admin1") stroke(line, colours.admin1, zoom >= 8 ? 1.2 : 0.8, [0.1, 3.2]);
    }
  }
  const thick = zoom >= 9 ? 1.9 : zoom >= 6 ? 1.5 : 1.1;
  const borders = detail.paths.filter(({ kind }) => kind === "border");
  for (const line of borders) stroke(line, colours.casing, thick + 3.4);
  for (const line of borders) {
    stroke(line, colours.border, thick, /disput|control|indefinite/.test(line.key) ? [5, 4] : []);
  }
  for (const line of detail.paths) {
    if (line.kind !== "disputed") continue;
    stroke(line, colours.casing, thick + 3.4);
    stroke(line, colours.border, thick, [5, 4]);
  }
  context.restore();
}

/**
 * @param {Frame} frame
 * @param {[number, number]} origin  of the paths, pixels of the square at this zoom
 * @param {number} scale             pixels a unit of the paths
 * @returns {(box: [number, number, number, number]) => boolean} whether a box reaches into a frame
 */
function inside(frame, [ox, oy], scale) {
  const spare = 8;
  const west = (frame.left - spare - ox) / scale;
  const north = (frame.top - spare - oy) / scale;
  const east = (frame.left + frame.width + spare - ox) / scale;
  const south = (frame.top + frame.height + spare - oy) / scale;
  return (box) => box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north;
}
