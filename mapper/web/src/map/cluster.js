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
 * @param {Uint32Array} bySpot   counts by spot and family
 * @param {number} families
 * @param {number} zoom
 * @param {[number, number, number, number]} [view]  west, north, east, south in units: where there
 *   are very many cells only those inside are grouped
 * @returns {Groups}
 */
export function group(spots, bySpot, families, zoom, view) {
  const cells = gather(spots, bySpot, families, zoom, view);
  return settle(cells, families, zoom);
}

/**
 * First pass: cells of a grid that is finer than any ring.
 * @param {{n: number, x: Float64Array, y: Float64Array}} spots
 * @param {Uint32Array} bySpot
 * @param {number} families
 * @param {number} zoom
 * @param {[number, number, number, number]} [view]
 */
function gather(spots, bySpot, families, zoom, view) {
  const { x, y } = spots;
  const across = 2 ** Math.floor(zoom + 8 - Math.log2(CELL));
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
    let total = 0;
    for (let f = s * families, end = f + families; f < end; f++) total += bySpot[f];
    if (!total) continue;
    const px = x[s];
    const py = y[s];
    if (view && (px < view[0] || px > view[2] || py < view[1] || py > view[3])) continue;
    const sx = Math.floor(px * across);
    const sy = Math.floor(py * across);
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
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let s = runs[2 * c]; s <= runs[2 * c + 1]; s++) {
      let some = 0;
      for (let f = 0; f < families; f++) {
        some |= bySpot[s * families + f];
        shares[c * families + f] += bySpot[s * families + f];
      }
      if (!some) continue;
      west = Math.min(west, x[s]);
      east = Math.max(east, x[s]);
      north = Math.min(north, y[s]);
      south = Math.max(south, y[s]);
    }
    box.set([west, north, east, south], c * 4);
  }
  return {
    n,
    x: cellX,
    y: cellY,
    total: Uint32Array.from(totals),
    shares,
    box,
    runs: Array.from({ length: n }, (_, c) => [runs[2 * c], runs[2 * c + 1]]),
  };
}

/**
 * Second pass: take in what a ring covers, the fullest first, until nothing overlaps.
 * @param {Omit<Groups, "radius">} cells
 * @param {number} families
 * @param {number} zoom
 * @returns {Groups}
 */
function settle(cells, families, zoom) {
  const size = 256 * 2 ** zoom;
  let now = cells;
  for (let round = 0; round < 6; round++) {
    const next = merge(now, families, size);
    if (next.n === now.n) break;
    now = next;
  }
  return { ...now, radius: Float32Array.from(now.total, ringRadius) };
}

/**
 * @param {Omit<Groups, "radius">} from
 * @param {number} families
 * @param {number} size  pixels across the square
 * @returns {Omit<Groups, "radius">}
 */
function merge(from, families, size) {
  const { n, x, y, total } = from;
  const radius = Float32Array.from(total, ringRadius);
  const widest = radius.reduce((a, b) => Math.max(a, b), 0);
  // a hash of cells as wide as the two widest rings: neighbours lie in the cells around
  const wide = Math.max(1, 2 * widest);
  const order = Uint32Array.from({ length: n }, (_, k) => k).sort((a, b) => total[b] - total[a] || a - b);
  /** @type {Map<number, number[]>} */
  const hash = new Map();
  const keyOf = (/** @type {number} */ hx, /** @type {number} */ hy) => hx * 4194304 + hy;
  const hx = Int32Array.from(x, (u) => Math.floor((u * size) / wide));
  const hy = Int32Array.from(y, (u) => Math.floor((u * size) / wide));
  for (let k = 0; k < n; k++) {
    const key = keyOf(hx[k], hy[k]);
    const list = hash.get(key);
    if (list) list.push(k);
    else hash.set(key, [k]);
  }
  const into = new Int32Array(n).fill(-1);
  /** @type {number[]} */
  const kept = [];
  for (const k of order) {
    if (into[k] >= 0) continue;
    into[k] = kept.length;
    kept.push(k);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of hash.get(keyOf(hx[k] + dx, hy[k] + dy)) ?? []) {
          if (into[other] >= 0) continue;
          const far = Math.hypot(x[other] - x[k], y[other] - y[k]) * size;
          if (far < (radius[k] + radius[other]) * (1 - OVERLAP)) into[other] = into[k];
        }
      }
    }
  }
  const m = kept.length;
  const shares = new Uint32Array(m * families);
  const totals = new Uint32Array(m);
  const box = new Float64Array(m * 4);
  /** @type {number[][]} */
  const runs = kept.map(() => []);
  for (let g = 0; g < m; g++) box.set([Infinity, Infinity, -Infinity, -Infinity], g * 4);
  for (let k = 0; k < n; k++) {
    const g = into[k];
    totals[g] += total[k];
    for (let f = 0; f < families; f++) shares[g * families + f] += from.shares[k * families + f];
    for (const at of from.runs[k]) runs[g].push(at);
    box[g * 4] = Math.min(box[g * 4], from.box[k * 4]);
    box[g * 4 + 1] = Math.min(box[g * 4 + 1], from.box[k * 4 + 1]);
    box[g * 4 + 2] = Math.max(box[g * 4 + 2], from.box[k * 4 + 2]);
    box[g * 4 + 3] = Math.max(box[g * 4 + 3], from.box[k * 4 + 3]);
  }
  return {
    n: m,
    x: Float64Array.from(kept, (k) => x[k]),
    y: Float64Array.from(kept, (k) => y[k]),
    total: totals,
    shares,
    box,
    runs,
  };
}
