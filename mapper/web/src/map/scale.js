/** The scale of a picture, as it stands on the page's own map. */
import { latOf, unitsOfKm, worldSize } from "./mercator.js";
import { FONT } from "./symbols.js";

/** Pixels across, at most. */
const WIDEST_BAR = 110;

/**
 * @typedef {{wide: number, text: string, x: number, y: number, rect: import("./place.js").Rect}} Bar
 *
 * @param {import("./basemap.js").Frame} frame
 * @param {import("./words.js").MapWords} words
 * @returns {Bar} the longest round length that is short enough, at the foot of the picture
 */
export function scaleBar(frame, words) {
  const world = worldSize(frame.zoom);
  const lat = latOf((frame.top + frame.height / 2) / world);
  const kilometre = unitsOfKm(1, lat) * world;
  const metres = roundLength((WIDEST_BAR / kilometre) * 1000);
  const wide = (metres / 1000) * kilometre;
  const x = words.rtl ? frame.width - 14 - wide : 14;
  const y = frame.height - 14;
  return { wide, text: words.length(metres), x, y, rect: [x - 6, y - 22, x + wide + 6, y + 6] };
}

/** @param {number} most metres @returns {number} 1, 2, 3 or 5 times a power of ten, not above */
export function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const times = most / power;
  return power * (times >= 5 ? 5 : times >= 3 ? 3 : times >= 2 ? 2 : 1);
}

/** @param {CanvasRenderingContext2D} context @param {Bar} bar @param {Record<string, string>} colours */
export function drawScale(context, { wide, text, x, y, rect }, colours) {
  context.fillStyle = colours.halo;
  context.globalAlpha = 0.85;
  context.fillRect(rect[0], rect[1], rect[2] - rect[0], rect[3] - rect[1]);
  context.globalAlpha = 1;
  context.beginPath();
  context.moveTo(x, y - 6);
  context.lineTo(x, y);
  context.lineTo(x + wide, y);
  context.lineTo(x + wide, y - 6);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.lineJoin = "miter";
  context.stroke();
  context.font = `400 10.5px ${FONT}`;
  context.fillStyle = colours.ink;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(text, x + wide / 2, y - 4);
}
