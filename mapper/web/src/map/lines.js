/** Where the drawn lines between countries run: names keep off them. Pure. */

/**
 * Whether a line reaches into a box.
 * @param {ArrayLike<number>} points  x and y in turn
 * @param {import("./place.js").Rect} box
 */
export function reaches(points, box) {
  for (let k = 2; k < points.length; k += 2) {
    if (crosses(points[k - 2], points[k - 1], points[k], points[k + 1], box)) return true;
  }
  return false;
}

/**
 * Whether a stretch from one point to another touches a box: what of it lies between each pair of
 * sides is kept, until nothing is left.
 * @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2
 * @param {import("./place.js").Rect} box
 */
export function crosses(x1, y1, x2, y2, [left, top, right, bottom]) {
  let from = 0;
  let to = 1;
  for (const [start, way, low, high] of [[x1, x2 - x1, left, right], [y1, y2 - y1, top, bottom]]) {
    if (way === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const a = (low - start) / way;
    const b = (high - start) / way;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
    if (from > to) return false;
  }
  return true;
}
