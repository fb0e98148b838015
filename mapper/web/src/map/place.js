/**
 * Places labels so that no two overlap and none covers a mark. Pure: boxes in, positions out.
 *
 * @typedef {[number, number, number, number]} Rect   left, top, right, bottom in pixels
 * @typedef {{x: number, y: number, align: "left"|"right"|"center", leader?: [number, number, number, number]}} Spot
 */

/** A field of taken rectangles, found by a grid of cells. */
export class Taken {
  /** @type {Map<number, Rect[]>} */
  #cells = new Map();
  #size;

  /** @param {number} [size]  pixels across a cell */
  constructor(size = 64) {
    this.#size = size;
  }

  /** @param {Rect} rect @param {(cell: Rect[]|undefined, key: number) => boolean|void} visit */
  #each([left, top, right, bottom], visit) {
    const s = this.#size;
    for (let cx = Math.floor(left / s); cx <= Math.floor(right / s); cx++) {
      for (let cy = Math.floor(top / s); cy <= Math.floor(bottom / s); cy++) {
        const key = cx * 65536 + cy;
        if (visit(this.#cells.get(key), key)) return true;
      }
    }
    return false;
  }

  /** @param {Rect} rect @returns {boolean} */
  free(rect) {
    return !this.#each(rect, (cell) => cell?.some((other) => overlap(rect, other)) ?? false);
  }

  /** @param {Rect} rect */
  add(rect) {
    this.#each(rect, (cell, key) => {
      if (cell) cell.push(rect);
      else this.#cells.set(key, [rect]);
    });
  }
}

/** @param {Rect} a @param {Rect} b @returns {boolean} */
export const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * The places a label of this size may take around a round body, best first.
 * @param {number} x       centre of the body
 * @param {number} y
 * @param {number} radius  of the body
 * @param {number} width   of the label
 * @param {number} height
 * @param {boolean} rtl    the reader's side comes first
 * @returns {(Spot & {rect: Rect})[]}
 */
export function around(x, y, radius, width, height, rtl = false) {
  const gap = radius + 4;
  const slant = radius * 0.72 + 4;
  /** @type {[number, number, "left"|"right"|"center"][]} */
  const spots = [
    [gap, 0, "left"],
    [-gap, 0, "right"],
    [slant, -slant, "left"],
    [slant, slant, "left"],
    [-slant, -slant, "right"],
    [-slant, slant, "right"],
    [0, -radius - 3 - height / 2, "center"],
    [0, radius + 3 + height / 2, "center"],
    [gap, -height * 0.8, "left"],
    [gap, height * 0.8, "left"],
    [-gap, -height * 0.8, "right"],
    [-gap, height * 0.8, "right"],
  ];
  if (rtl) [spots[0], spots[1]] = [spots[1], spots[0]];
  return spots.map(([dx, dy, align]) => {
    const rect = boxOf(x + dx, y + dy, width, height, align);
    return { x: x + dx, y: y + dy, align, rect };
  });
}

/**
 * @param {number} x
 * @param {number} y       middle of the height
 * @param {number} width
 * @param {number} height
 * @param {"left"|"right"|"center"} align
 * @returns {Rect}
 */
export function boxOf(x, y, width, height, align) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return [left, y - height / 2, left + width, y + height / 2];
}

/**
 * The places a label with a leader line may take: rings of directions around its point.
 * @param {number} x
 * @param {number} y
 * @param {number} clear   radius that must stay free
 * @param {number} width
 * @param {number} height
 * @returns {(Spot & {rect: Rect, path: Rect[]})[]}
 */
export function led(x, y, clear, width, height) {
  const found = [];
  for (const reach of [26, 44, 66, 92, 122]) {
    for (const angle of ANGLES) {
      const px = x + Math.cos(angle) * (clear + reach);
      const py = y + Math.sin(angle) * (clear + reach) * 0.8;
      /** @type {"left"|"right"} */
      const align = Math.cos(angle) >= 0 ? "left" : "right";
      const rect = boxOf(px, py, width, height, align);
      /** @type {[number, number, number, number]} */
      const leader = [x, y, px, py];
      found.push({ x: px, y: py, align, rect, leader, path: alongLine(leader, clear) });
    }
  }
  return found;
}

const ANGLES = [0.35, Math.PI - 0.35, -0.35, Math.PI + 0.35, 0.8, Math.PI - 0.8, -0.8, Math.PI + 0.8, 0, Math.PI, 1.25, -1.25, Math.PI - 1.25, Math.PI + 1.25];

/**
 * Small boxes along a line, outside a circle around its start.
 * @param {[number, number, number, number]} line
 * @param {number} clear
 * @returns {Rect[]}
 */
export function alongLine([x1, y1, x2, y2], clear) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  /** @type {Rect[]} */
  const boxes = [];
  for (let at = clear + 2; at < length - 4; at += 6) {
    const x = x1 + ((x2 - x1) * at) / length;
    const y = y1 + ((y2 - y1) * at) / length;
    boxes.push([x - 2, y - 2, x + 2, y + 2]);
  }
  return boxes;
}
