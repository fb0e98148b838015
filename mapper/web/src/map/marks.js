/** The marks on a canvas: rings, symbols and plates, where they stand and what they hold. */
import { group } from "./cluster.js";
import { Taken } from "./place.js";
import { worldSize } from "./mercator.js";
import { drawPlate, drawRing, drawSymbol, plateSize } from "./symbols.js";

/**
 * @typedef {object} Mark
 * @property {"ring"|"symbol"|"plate"} kind
 * @property {number} x        canvas pixels
 * @property {number} y
 * @property {number} r        pixels: what the pointer hits
 * @property {number} total    reports in it
 * @property {ArrayLike<number>} shares
 * @property {number} at       where its shares begin
 * @property {number} group    index of the group, -1 for a plate
 * @property {number} badge    index of the (first) badge, -1 else
 * @property {number[]} badges  all its badges: lists that lie close together share a plate
 * @property {number} spot     its fullest spot, -1 for a plate
 */

export class Marks {
  #store;
  #spots;
  #families;
  /** @type {{zoom: number, groups: import("./cluster.js").Groups, view: number[]|null}|null} */
  #cache = null;
  /** Counts by spot and family. @type {Uint32Array} */
  bySpot = new Uint32Array(0);
  /** Counts by spot. @type {Uint32Array} */
  totals = new Uint32Array(0);
  /** Counts by badge and family. @type {Uint32Array} */
  byBadge = new Uint32Array(0);

  /**
   * @param {import("../data/store.js").Store} store
   * @param {import("./spots.js").Spots} spots
   */
  constructor(store, spots) {
    this.#store = store;
    this.#spots = spots;
    this.#families = store.meta.families.length;
  }

  /** @param {import("./spots.js").Counts} counts */
  setCounts({ bySpot, byBadge, totals }) {
    this.bySpot = bySpot;
    this.totals = totals;
    this.byBadge = byBadge;
    this.#cache = null;
  }

  /**
   * The groups at the zoom of a frame; kept until the zoom or the filter changes.
   * @param {import("./basemap.js").Frame} frame
   * @returns {import("./cluster.js").Groups}
   */
  groups(frame) {
    const size = worldSize(frame.zoom);
    const box = [frame.left, frame.top, frame.left + frame.width, frame.top + frame.height].map((v) => v / size);
    const kept = this.#cache;
    const holds = kept && kept.zoom === frame.zoom &&
      (!kept.view || (kept.view[0] <= box[0] && kept.view[1] <= box[1] && kept.view[2] >= box[2] && kept.view[3] >= box[3]));
    if (holds) return kept.groups;
    /** @type {[number, number, number, number]|null} */
    let view = null;
    if (this.#spots.n > MANY) {
      const wide = (box[2] - box[0]) / 2;
      const high = (box[3] - box[1]) / 2;
      view = [box[0] - wide, box[1] - high, box[2] + wide, box[3] + high];
    }
    const groups = group(this.#spots, this, this.#families, frame.zoom, view ?? undefined);
    this.#cache = { zoom: frame.zoom, groups, view };
    return groups;
  }

  /**
   * What is drawn in a frame, the fullest last (on top).
   * @param {import("./basemap.js").Frame} frame
   * @returns {Mark[]}
   */
  inFrame(frame) {
    const size = worldSize(frame.zoom);
    const groups = this.groups(frame);
    const families = this.#families;
    /** @type {Mark[]} */
    const marks = [];
    for (let g = 0; g < groups.n; g++) {
      const x = groups.x[g] * size - frame.left;
      const y = groups.y[g] * size - frame.top;
      const r = groups.radius[g];
      if (x < -r || y < -r || x > frame.width + r || y > frame.height + r) continue;
      const total = groups.total[g];
      marks.push({
        kind: total === 1 ? "symbol" : "ring",
        x,
        y,
        r,
        total,
        shares: groups.shares,
        at: g * families,
        group: g,
        badge: -1,
        badges: [],
        spot: this.#fullest(groups.runs[g]),
      });
    }
    marks.sort((a, b) => a.total - b.total || a.group - b.group);
    this.#plates(frame, marks);
    return marks;
  }

  /** @param {number[]} runs @returns {number} */
  #fullest(runs) {
    let best = runs[0];
    let most = -1;
    for (let k = 0; k < runs.length; k += 2) {
      for (let s = runs[k]; s <= runs[k + 1]; s++) {
        if (this.totals[s] > most) [best, most] = [s, this.totals[s]];
      }
    }
    return best;
  }

  /**
   * Adds the plates of areas, lines and lists, moved aside where a ring stands in their place.
   * @param {import("./basemap.js").Frame} frame
   * @param {Mark[]} marks
   */
  #plates(frame, marks) {
    const size = worldSize(frame.zoom);
    const families = this.#families;
    const taken = new Taken();
    for (const { x, y, r } of marks) taken.add([x - r, y - r, x + r, y + r]);
    for (const plate of this.#gathered(frame, size)) {
      const [w, h] = plateSize(plate.total);
      for (const [dx, dy] of NUDGES) {
        const x = plate.x + dx;
        const y = plate.y + dy;
        /** @type {import("./place.js").Rect} */
        const rect = [x - w / 2 - 3, y - h / 2 - 3, x + w / 2 + 3, y + h / 2 + 3];
        if (!taken.free(rect)) continue;
        taken.add(rect);
        marks.push({
          kind: "plate", x, y, r: Math.max(w, h) / 2, total: plate.total, shares: plate.shares,
          at: 0, group: -1, badge: plate.badges[0], badges: plate.badges, spot: -1,
        });
        break;
      }
    }
  }

  /**
   * The plates of a frame before they are moved: one an area or line, one for lists close together.
   * @param {import("./basemap.js").Frame} frame
   * @param {number} size
   */
  #gathered(frame, size) {
    const families = this.#families;
    /** @type {{x: number, y: number, total: number, shares: Uint32Array, badges: number[], list: boolean}[]} */
    const plates = [];
    this.#spots.badges.forEach((badge, b) => {
      if (badge.kind === "country" || badge.kind === "border") return;
      const shares = this.byBadge.slice(b * families, (b + 1) * families);
      const total = shares.reduce((sum, share) => sum + share, 0);
      if (!total) return;
      const x = badge.x * size - frame.left;
      const y = badge.y * size - frame.top;
      if (x < -60 || y < -60 || x > frame.width + 60 || y > frame.height + 60) return;
      const list = badge.kind === "list";
      const beside = list && plates.find((p) => p.list && Math.hypot(p.x - x, p.y - y) < LIST_REACH);
      if (beside) {
        beside.total += total;
        shares.forEach((share, f) => (beside.shares[f] += share));
        beside.badges.push(b);
      } else {
        plates.push({ x, y, total, shares, badges: [b], list });
      }
    });
    return plates.sort((a, b) => b.total - a.total);
  }

  /**
   * The reports of a mark that pass the filters.
   * @param {Mark} mark
   * @param {Uint8Array|null} mask
   * @returns {number[]}
   */
  reports(mark, mask) {
    const { place, n } = this.#store;
    const { ofPlace, badgeOfPlace } = this.#spots;
    /** @type {number[]} */
    const found = [];
    if (mark.badge >= 0) {
      for (let i = 0; i < n; i++) {
        if (mark.badges.includes(badgeOfPlace[place[i]]) && (!mask || mask[i])) found.push(i);
      }
      return found;
    }
    const { first, last } = this.#spots.reports();
    const runs = this.#cache?.groups.runs[mark.group] ?? [];
    for (let k = 0; k < runs.length; k += 2) {
      for (let s = runs[k]; s <= runs[k + 1]; s++) {
        for (let i = first[s]; i < last[s]; i++) {
          if (ofPlace[place[i]] === s && (!mask || mask[i])) found.push(i);
        }
      }
    }
    return found;
  }

  /**
   * West, north, east, south of a mark's spots in units; null for a plate.
   * @param {Mark} mark
   * @returns {[number, number, number, number]|null}
   */
  box(mark) {
    const box = this.#cache?.groups.box;
    if (mark.group < 0 || !box) return null;
    const at = mark.group * 4;
    return [box[at], box[at + 1], box[at + 2], box[at + 3]];
  }
}

/** Beyond this many spots only those near the view are grouped. */
const MANY = 4_000;

/** Lists whose middles are closer than this many pixels share a plate. */
const LIST_REACH = 56;

/** Where a plate may go, the nearest first. */
const NUDGES = [0, 16, 32, 48, 64, 84].flatMap((far) =>
  far ? [0, 1, 2, 3, 4, 5, 6, 7].map((k) => [Math.cos((k * Math.PI) / 4) * far * 1.2, Math.sin((k * Math.PI) / 4) * far]) : [[0, 0]],
);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark[]} marks
 * @param {import("../data/store.js").Meta["families"]} families
 * @param {import("./spots.js").Badge[]} badges
 * @param {"light"|"dark"} theme
 * @param {Record<string, string>} colours
 */
export function drawMarks(context, marks, families, badges, theme, colours) {
  for (const mark of marks) {
    if (mark.kind === "plate") {
      const kind = /** @type {"area"|"line"|"list"} */ (badges[mark.badge].kind);
      drawPlate(context, { ...mark, kind }, families, theme, colours);
    } else if (mark.kind === "ring") {
      drawRing(context, { ...mark, radius: mark.r }, families, theme, colours);
    } else {
      const family = families.findIndex((_, f) => mark.shares[mark.at + f]);
      drawSymbol(context, families[Math.max(0, family)], theme, colours.casing, mark.x, mark.y);
    }
  }
}

/**
 * The mark at a point, the topmost first; small ones are hit within a finger's reach.
 * @param {Mark[]} marks
 * @param {number} x
 * @param {number} y
 * @param {number} reach  pixels beyond the mark that still count
 * @returns {Mark|null}
 */
export function hit(marks, x, y, reach) {
  let best = null;
  let least = Infinity;
  for (let k = marks.length - 1; k >= 0; k--) {
    const mark = marks[k];
    const far = Math.hypot(mark.x - x, mark.y - y) - mark.r;
    if (far <= 0) return mark;
    if (far < reach && far < least) {
      least = far;
      best = mark;
    }
  }
  return best;
}
