/** On the map, what is different from the edition before: new and changed reports with a sign,
 * a line from the old place of one that moved, a ghost where one was withdrawn. */
import { changesOf } from "../state/changes.js";
import { unitX, unitY, worldSize } from "./mercator.js";
import { FONT } from "./symbols.js";

/**
 * @typedef {object} Drawn
 * @property {{i: number, sort: number, x: number, y: number, spot: number, badge: number}[]} marked
 *   new and changed reports that stand on the map; x, y in units
 * @property {{i: number, from: [number, number], to: [number, number]}[]} moved  units
 * @property {{x: number, y: number, id: string}[]} ghosts
 */

/** A change of words alone is told, not drawn. */
const NEW = 1;
const CHANGED = 2;
const SIZE = 7.5;

/**
 * @param {import("../data/store.js").Store} store
 * @param {import("./spots.js").Spots} spots
 * @returns {Drawn | null} null where there was no edition before
 */
export function drawnChanges(store, spots) {
  const changes = changesOf(store);
  if (!changes) return null;
  /** @type {Drawn} */
  const drawn = { marked: [], moved: [], ghosts: [] };
  for (let i = 0; i < store.n; i++) {
    const sort = changes.codes[i];
    if (sort !== NEW && sort !== CHANGED) continue;
    const p = store.place[i];
    const [spot, badge] = [spots.ofPlace[p], spots.badgeOfPlace[p]];
    if (spot < 0 && badge < 0) continue;
    const at = spot >= 0 ? { x: spots.x[spot], y: spots.y[spot] } : spots.badges[badge];
    drawn.marked.push({ i, sort, x: at.x, y: at.y, spot, badge });
    const from = changes.changed.get(i)?.from;
    if (from) drawn.moved.push({ i, from: [unitX(from[1]), unitY(from[0])], to: [at.x, at.y] });
  }
  for (const { id, lat, lon } of changes.removed) {
    if (typeof lat === "number" && typeof lon === "number") drawn.ghosts.push({ x: unitX(lon), y: unitY(lat), id });
  }
  return drawn;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./basemap.js").Frame} frame
 * @param {Drawn} drawn
 * @param {{mask: Uint8Array|null, marks: import("./marks.js").Mark[], colours: Record<string, string>}} scene
 */
export function drawChanges(context, frame, drawn, { mask, marks, colours }) {
  const size = worldSize(frame.zoom);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [x * size - frame.left, y * size - frame.top];
  context.save();
  context.strokeStyle = context.fillStyle = colours.ink;
  context.lineWidth = 1.3;
  for (const { i, from, to } of drawn.moved) {
    if (mask && !mask[i]) continue;
    const [a, b] = [at(...from), at(...to)];
    arrow(context, outOf(marks, a, b), outOf(marks, b, a));
  }
  for (const { x, y } of drawn.ghosts) {
    const [gx, gy] = at(x, y);
    const mark = holding(marks, gx, gy);
    // beside the mark that stands there now, so that its count can be read
    const off = mark ? (mark.r + SIZE + 2) * Math.SQRT1_2 : 0;
    ghost(context, mark ? mark.x - off : gx, mark ? mark.y + off : gy);
  }
  for (const [mark, counts] of signed(frame, drawn, { mask, marks })) sign(context, mark, counts, colours);
  context.restore();
}

/**
 * New and changed reports of each mark.
 * @param {import("./basemap.js").Frame} frame
 * @param {Drawn} drawn
 * @param {{mask: Uint8Array|null, marks: import("./marks.js").Mark[]}} scene
 */
function signed(frame, drawn, { mask, marks }) {
  const size = worldSize(frame.zoom);
  /** @type {Map<import("./marks.js").Mark, [number, number]>} new and changed in each mark */
  const held = new Map();
  for (const one of drawn.marked) {
    if (mask && !mask[one.i]) continue;
    const [x, y] = [one.x * size - frame.left, one.y * size - frame.top];
    const mark = marks.find((m) => (one.badge >= 0 ? m.badges.includes(one.badge) : m.badge < 0 && Math.hypot(m.x - x, m.y - y) < m.r + 1));
    if (!mark) continue;
    const counts = held.get(mark) ?? [0, 0];
    counts[one.sort - 1]++;
    held.set(mark, counts);
  }
  return held;
}

/**
 * The boxes of the signs that drawChanges draws, so that no name is laid under them.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./basemap.js").Frame} frame
 * @param {Drawn} drawn
 * @param {{mask: Uint8Array|null, marks: import("./marks.js").Mark[]}} scene
 * @returns {import("./place.js").Rect[]}
 */
export function changeSigns(context, frame, drawn, scene) {
  return [...signed(frame, drawn, scene)].map(([mark, counts]) => signBox(context, mark, counts));
}

/** @param {import("./marks.js").Mark[]} marks @param {number} x @param {number} y */
const holding = (marks, x, y) => marks.find((m) => Math.hypot(m.x - x, m.y - y) < m.r + 1);

/**
 * The end of a line, moved to the edge of the mark it lies in.
 * @param {import("./marks.js").Mark[]} marks
 * @param {number[]} end @param {number[]} other
 */
function outOf(marks, end, other) {
  const mark = holding(marks, end[0], end[1]);
  if (!mark) return end;
  const far = Math.hypot(other[0] - mark.x, other[1] - mark.y);
  if (far <= mark.r) return end;
  const share = (mark.r + 4) / far;
  return [mark.x + (other[0] - mark.x) * share, mark.y + (other[1] - mark.y) * share];
}

/** From the old place to the new one. */
function arrow(/** @type {CanvasRenderingContext2D} */ context, /** @type {number[]} */ [ax, ay], /** @type {number[]} */ [bx, by]) {
  context.setLineDash([5, 3]);
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(ax, ay, 4, 0, 2 * Math.PI);
  context.stroke();
  const turn = Math.atan2(by - ay, bx - ax);
  const far = Math.hypot(bx - ax, by - ay);
  if (far < 24) return;
  const [mx, my] = [ax + (bx - ax) * 0.55, ay + (by - ay) * 0.55];
  context.beginPath();
  context.moveTo(mx, my);
  for (const side of [2.6, -2.6]) context.lineTo(mx + 8 * Math.cos(turn + side), my + 8 * Math.sin(turn + side));
  context.closePath();
  context.fill();
}

/** A withdrawn report: the outline of a mark, crossed out. */
function ghost(/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ x, /** @type {number} */ y) {
  context.globalAlpha = 0.75;
  context.setLineDash([3, 2.5]);
  context.beginPath();
  context.arc(x, y, SIZE, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  for (const way of [1, -1]) {
    context.moveTo(x - 3.4, y - 3.4 * way);
    context.lineTo(x + 3.4, y + 3.4 * way);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** "+2" for new reports and "Δ1" for changed ones. @param {[number, number]} counts */
const signText = ([added, changed]) =>
  [added ? `+${added}` : "", changed ? `\u0394${changed}` : ""].filter(Boolean).join(" ");

/**
 * At the upper edge of its mark.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./marks.js").Mark} mark
 * @param {[number, number]} counts
 * @returns {import("./place.js").Rect}
 */
function signBox(context, mark, counts) {
  context.font = `700 10px ${FONT}`;
  const wide = context.measureText(signText(counts)).width + 8;
  const x = mark.x + mark.r * 0.5;
  const y = mark.y - mark.r - 9;
  return [x, y, x + wide, y + 14];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./marks.js").Mark} mark
 * @param {[number, number]} counts
 * @param {Record<string, string>} colours
 */
function sign(context, mark, counts, colours) {
  const [left, top, right] = signBox(context, mark, counts);
  context.fillStyle = colours.ink;
  context.beginPath();
  context.roundRect(left, top, right - left, 14, 7);
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colours.paper;
  context.stroke();
  context.fillStyle = colours.paper;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(signText(counts), (left + right) / 2, top + 7.5);
}
