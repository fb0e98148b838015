// The status of a crossing on a day, side by side: the rules of `mapper/world/crossings.py`.

/** @typedef {import("../data/store.js").Interval} Interval */

/** From free to shut. A passage is as free as its shutter side. */
const SEVERITY = ["unknown", "open", "restricted", "disputed", "closed", "blocked"];

/** A fact that has stood longer than this is told as the last one known. */
export const STALE_DAYS = 90;

/** @param {Interval} one @param {number} day */
const covers = (one, day) => (one.from ?? -Infinity) <= day && (one.to ?? Infinity) >= day;

/**
 * Two intervals of one side and mode contradict each other where they differ on more than the day
 * on which one ends and the other begins.
 * @param {Interval} a @param {Interval} b
 */
function contradict(a, b) {
  if (a.status === b.status) return false;
  const first = Math.max(a.from ?? -Infinity, b.from ?? -Infinity);
  return Math.min(a.to ?? Infinity, b.to ?? Infinity) > first;
}

/**
 * What holds on a day on one side: the freest way through decides.
 * @param {Interval[]} intervals
 * @param {string} side  ISO2; intervals of no side hold on both
 * @param {number} day
 * @returns {{status: string, holding: Interval[]}}
 */
export function sideStatus(intervals, side, day) {
  const holding = intervals.filter((one) => (one.side === "" || one.side === side) && covers(one, day));
  /** @type {Map<string, Interval[]>} */
  const byMode = new Map();
  for (const one of holding) byMode.set(one.mode, [...(byMode.get(one.mode) ?? []), one]);
  let freest = 0;
  for (const said of byMode.values()) {
    const differ = said.some((a, k) => said.slice(k + 1).some((b) => contradict(a, b)));
    const worst = differ ? SEVERITY.indexOf("disputed") : Math.max(...said.map((one) => SEVERITY.indexOf(one.status)));
    if (worst > 0 && (freest === 0 || worst < freest)) freest = worst;
  }
  return { status: SEVERITY[freest], holding };
}

/**
 * The days of a calendar: all of a window, or as many at its end as there is room for.
 * @param {number} from @param {number} to @param {number} room
 * @returns {number[]}
 */
export function calendarDays(from, to, room) {
  const first = Math.max(from, to - room + 1);
  return Array.from({ length: to - first + 1 }, (_, k) => first + k);
}

/**
 * Intervals that say the same of several ways through, as one each.
 * @param {Interval[]} intervals
 * @returns {{side: string, status: string, from: number | null, to: number | null, modes: string[],
 *   detail: string, source: string, at: string}[]}
 */
export function merged(intervals) {
  /** @type {Map<string, any>} */
  const found = new Map();
  for (const { side, status, from, to, mode, detail = "", source, at = "" } of intervals) {
    const key = JSON.stringify([side, status, from, to, source]);
    const known = found.get(key);
    if (known) known.modes.push(mode);
    else found.set(key, { side, status, from, to, modes: [mode], detail, source, at });
  }
  return [...found.values()];
}
