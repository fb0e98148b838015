/**
 * Groups spots that would overlap on the screen. Nothing is sampled or thrown away: every report
 * that passes the filters is in exactly one group, whose arcs are the shares of the families.
 *
 * Spots come in Z-order, so the spots of a grid cell stand one after the other and a first pass
 * needs no index. The second pass takes the fullest first: it stays where it is and takes in
 * what its ring would cover, until no two rings overlap.
 *
 * @typedef {object} Groups
 * @property {number} n
 * @property {Float64Array} x       units: the fullest spot of the group
 * @property {Float64Array} y
 * @property {Uint32Array} total
 * @property {Uint32Array} shares   family f of group g at g * families + f
 * @property {Float32Array} radius  pixels
 * @property {number[][]} runs      first and last spot (inclusive) of each run of spots, in pairs
 * @property {Float64Array} box     west, north, east, south of each group, units
 *
 * @typedef {Omit<Groups, "radius"|"runs"> & {runs: number[]}} Cells  of the first pass; one run each
 * @typedef {Pick<Groups, "n"|"x"|"y"|"total">} Round   groups of a round of the second pass
 */

/** Pixels across a cell of the first pass. */
const CELL = 8;
/** A share of two rings' radii that may overlap. */
const OVERLAP = 0.08;

/**
 * Radius of the ring of `n` reports, in pixels; single reports are symbols.
 * @param {number} n
 */
export function ringRadius(n) {
  if (n <= 1) return 6;
  return n <= 100 ? 8 + 2.1 * Math.sqrt(n) : 29 + 3 * Math.log10(n / 100);
}

/**
 * @param {{n: number, x: Float64Array, y: Float64Array}} spots  in Z-order
 * @param {{bySpot: Uint32Array, totals: Uint32Array}} counts  by spot and family, and by spot
 * @param {number} families
 * @param {number} zoom
 * @param {[number, number, number, number]} [view]  west, north, east, south in units: where there
 *   are very many cells only those inside are grouped
 * @returns {Groups}
 */
export function group(spots, counts, families, zoom, view) {
  const cells = gather(spots, counts, families, zoom, view);
  return settle(cells, families, zoom);
}

/**
 * First pass: cells of a grid that is finer than any ring.
 * @param {{n: number, x: Float64Array, y: Float64Array}} spots
 * @param {{bySpot: Uint32Array, totals: Uint32Array}} counts
 * @param {number} families
 * @param {number} zoom
 * @param {[number, number, number, number]} [view]
 * @returns {Cells}
 */
function gather(spots, { bySpot, totals: spotTotals }, families, zoom, view) {
  const { x, y } = spots;
  const across = 2 ** Math.floor(zoom + 8 - Math.log2(CELL));
  // whole cells are inside or not: what a group counts and what it holds is then the same
  const [west, north, east, south] = (view ?? [-Infinity, -Infinity, Infinity, Infinity]).map((unit) => Math.floor(unit * across));
  /** @type {number[]} */
  const anchors = [];
  /** @type {number[]} */
  const runs = [];
  /** @type {number[]} */
  const totals = [];
  let cx = -1;
  let cy = -1;
  let best = 0;
  let open = -1;
  for (let s = 0; s < spots.n; s++) {
    const total = spotTotals[s];
    if (!total) continue;
    const sx = Math.floor(x[s] * across);
    const sy = Math.floor(y[s] * across);
    if (sx < west || sx > east || sy < north || sy > south) continue;
    if (open < 0 || sx !== cx || sy !== cy) {
      cx = sx;
      cy = sy;
      best = total;
      open = anchors.length;
      anchors.push(s);
      totals.push(total);
      runs.push(s, s);
      continue;
    }
    totals[open] += total;
    runs[2 * open + 1] = s;
    if (total > best) {
      best = total;
      anchors[open] = s;
    }
  }
  const n = anchors.length;
  const shares = new Uint32Array(n * families);
  const box = new Float64Array(n * 4);
  const cellX = new Float64Array(n);
  const cellY = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    cellX[c] = x[anchors[c]];
    cellY[c] = y[anchors[c]];
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let s = runs[2 * c]; s <= runs[2 * c + 1]; s++) {
      if (!spotTotals[s]) continue;
      for (let f = 0; f < families; f++) shares[c * families + f] += bySpot[s * families + f];
      left = Math.min(left, x[s]);
      right = Math.max(right, x[s]);
      top = Math.min(top, y[s]);
      bottom = Math.max(bottom, y[s]);
    }
    box.set([left, top, right, bottom], c * 4);
  }
  return {
    n,
    x: cellX,
    y: cellY,
    total: Uint32Array.from(totals),
    shares,
    box,
    runs,
  };
}

/**
 * Second pass: take in what a ring covers, the fullest first, until nothing overlaps. Rounds tell
 * only which group a cell is in; what a group holds beside its count is summed at the end, once.
 * @param {Cells} cells
 * @param {number} families
 * @param {number} zoom
 * @returns {Groups}
 */
function settle(cells, families, zoom) {
  const size = 256 * 2 ** zoom;
  /** @type {Round} */
  let now = { n: cells.n, x: cells.x, y: cells.y, total: cells.total };
  const groupOf = Uint32Array.from({ length: cells.n }, (_, k) => k);
  for (let round = 0; round < 6; round++) {
    const { into, next } = merge(now, size);
    if (next.n === now.n) break;
    for (let k = 0; k < groupOf.length; k++) groupOf[k] = into[groupOf[k]];
    now = next;
  }
  return { ...now, ...summed(cells, groupOf, now.n, families), radius: Float32Array.from(now.total, ringRadius) };
}

/**
 * One round: who is taken in by whom.
 * @param {Round} from
 * @param {number} size  pixels across the square
 * @returns {{into: Int32Array, next: Round}}
 */
function merge({ n, x, y, total }, size) {
  const radius = Float32Array.from(total, ringRadius);
  const near = neighbours(x, y, size / SQUARE);
  const into = new Int32Array(n).fill(-1);
  const kept = new Uint32Array(n);
  let m = 0;
  for (const k of fullestFirst(total)) {
    if (into[k] >= 0) continue;
    into[k] = m;
    kept[m++] = k;
    // nobody later is fuller, so no reach is longer than two of this ring's radii
    near(k, Math.ceil((2 * radius[k]) / SQUARE), (other) => {
      if (into[other] >= 0) return;
      const dx = (x[other] - x[k]) * size;
      const dy = (y[other] - y[k]) * size;
      const reach = (radius[k] + radius[other]) * (1 - OVERLAP);
      if (dx * dx + dy * dy < reach * reach) into[other] = into[k];
    });
  }
  const totals = new Uint32Array(m);
  for (let k = 0; k < n; k++) totals[into[k]] += total[k];
  const keptOnly = kept.subarray(0, m);
  return {
    into,
    next: { n: m, x: Float64Array.from(keptOnly, (k) => x[k]), y: Float64Array.from(keptOnly, (k) => y[k]), total: totals },
  };
}

/**
 * @param {Uint32Array} total
 * @returns {Float64Array} positions, the fullest first, equals in their order
 */
function fullestFirst(total) {
  // one number to sort by, without a comparing function: both parts are whole numbers
  const keys = Float64Array.from(total, (count, k) => k - count * POSITIONS).sort();
  return keys.map((key) => key - Math.floor(key / POSITIONS) * POSITIONS);
}

/** Pixels across a square of the second pass' hash. */
const SQUARE = 16;
/** More than there are cells. */
const POSITIONS = 2 ** 21;

/**
 * A hash of squares, in chains: what lies around a point is in its square and those around it.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} across  squares across the world
 * @returns {(k: number, squares: number, visit: (other: number) => void) => void}  visits what lies
 *   at most so many squares away
 */
function neighbours(x, y, across) {
  const slots = 2 ** Math.ceil(Math.log2(x.length + 1));
  const column = Int32Array.from(x, (u) => Math.floor(u * across));
  const row = Int32Array.from(y, (u) => Math.floor(u * across));
  const slot = (/** @type {number} */ c, /** @type {number} */ r) => (Math.imul(c, 73856093) ^ Math.imul(r, 19349663)) & (slots - 1);
  const head = new Int32Array(slots).fill(-1);
  const next = new Int32Array(x.length);
  for (let k = x.length - 1; k >= 0; k--) {
    const at = slot(column[k], row[k]);
    next[k] = head[at];
    head[at] = k;
  }
  return (k, squares, visit) => {
    for (let c = column[k] - squares; c <= column[k] + squares; c++) {
      for (let r = row[k] - squares; r <= row[k] + squares; r++) {
        for (let other = head[slot(c, r)]; other >= 0; other = next[other]) {
          if (column[other] === c && row[other] === r) visit(other);
        }
      }
    }
  };
}

/**
 * @param {Cells} cells
 * @param {Uint32Array} groupOf  the group of each cell
 * @param {number} n             how many groups
 * @param {number} families
 */
function summed(cells, groupOf, n, families) {
  const shares = new Uint32Array(n * families);
  const box = new Float64Array(n * 4);
  /** @type {number[][]} */
  const runs = Array.from({ length: n }, () => []);
  for (let g = 0; g < n; g++) box.set([Infinity, Infinity, -Infinity, -Infinity], g * 4);
  for (let c = 0; c < cells.n; c++) {
    const g = groupOf[c];
    for (let f = 0; f < families; f++) shares[g * families + f] += cells.shares[c * families + f];
    runs[g].push(cells.runs[2 * c], cells.runs[2 * c + 1]);
    const at = g * 4;
    box[at] = Math.min(box[at], cells.box[c * 4]);
    box[at + 1] = Math.min(box[at + 1], cells.box[c * 4 + 1]);
    box[at + 2] = Math.max(box[at + 2], cells.box[c * 4 + 2]);
    box[at + 3] = Math.max(box[at + 3], cells.box[c * 4 + 3]);
  }
  return { shares, box, runs };
}
