/** Outlines of areas and lines, decoded from what `mapper/render/shapes.py` packed. */
import { column, open } from "../data/container.js";
import { unitX, unitY, worldSize } from "./mercator.js";

/**
 * @typedef {{closed: boolean, lines: Float64Array[], box: [number, number, number, number]}} Outline
 *   coordinates in units, x and y in turn; box west, north, east, south
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Map<string, Outline>} by place_id
 */
export function decodeShapes(bytes) {
  const { directory, data } = open(bytes);
  const outlines = new Map();
  for (const spec of directory.shapes) {
    const dx = column(data, spec.x);
    const dy = column(data, spec.y);
    let at = 0;
    let x = 0;
    let y = 0;
    /** @type {[number, number, number, number]} */
    const box = [1, 1, 0, 0];
    const lines = spec.lengths.map((/** @type {number} */ length) => {
      const line = new Float64Array(length * 2);
      for (let k = 0; k < length; k++, at++) {
        x += (dx[at] >>> 1) ^ -(dx[at] & 1);
        y += (dy[at] >>> 1) ^ -(dy[at] & 1);
        const px = unitX(x / spec.scale);
        const py = unitY(y / spec.scale);
        line[2 * k] = px;
        line[2 * k + 1] = py;
        box[0] = Math.min(box[0], px);
        box[1] = Math.min(box[1], py);
        box[2] = Math.max(box[2], px);
        box[3] = Math.max(box[3], py);
      }
      return line;
    });
    outlines.set(spec.id, { closed: spec.closed, lines, box });
  }
  return outlines;
}

/**
 * Traces an outline as the current path.
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {import("./basemap.js").Frame} frame
 */
export function traceOutline(context, outline, frame) {
  const size = worldSize(frame.zoom);
  context.beginPath();
  for (const line of outline.lines) {
    for (let k = 0; k < line.length; k += 2) {
      const x = line[k] * size - frame.left;
      const y = line[k + 1] * size - frame.top;
      if (k) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    if (outline.closed) context.closePath();
  }
}

/**
 * Hatches an area: quiet, so that what lies in it can still be read.
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {import("./basemap.js").Frame} frame
 * @param {string} colour
 */
export function hatch(context, outline, frame, colour) {
  context.save();
  traceOutline(context, outline, frame);
  context.clip("evenodd");
  context.strokeStyle = colour;
    context.lineWidth = 0.7;
  context.beginPath();
  const start = -((frame.left + frame.top) % 14);
  for (let at = start; at < frame.width + frame.height; at += 14) {
    context.moveTo(at, 0);
    context.lineTo(at - frame.height, frame.height);
  }
  context.stroke();
  context.restore();
}
