// The arithmetic of the timeline: where a report stands in time, how many a day, which span opens.

import { NO_DAY, addUnits, floorTo } from "./dates.js";

/**
 * What the timeline needs of the reports.
 * @typedef {object} Times
 * @property {number} n
 * @property {Int32Array} start   first day, NO_DAY where unknown
 * @property {Int32Array} end     last day
 * @property {Uint8Array} coarse  1: known to the month or the year only, spread over its days
 * @property {Uint8Array} asOf    1: a running or cumulative count, stands at its last day
 * @property {ArrayLike<number>} family  position in the order of families
 */

/** @typedef {"day"|"week"|"month"|"year"} Unit */
/** @typedef {{from: number, to: number}} Span first and last day, both included */

/**
 * First and last day of all reports.
 * @param {Times} times
 * @returns {Span | null} null where no report has a date
 */
export function extent(times) {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < times.n; i++) {
    if (times.start[i] === NO_DAY) continue;
    if (times.start[i] < from) from = times.start[i];
    if (times.end[i] > to) to = times.end[i];
  }
  return from > to ? null : { from, to };
}

/**
 * Reports by the day they begin: the days in order, and how many begin by then.
 * @param {Times} times
 * @returns {{days: Int32Array, counts: Int32Array}} distinct days and reports on each
 */
export function byDay(times) {
  const all = extent(times);
  /** @type {number[]} */
  const days = [];
  /** @type {number[]} */
  const counts = [];
  if (all && all.to - all.from < WIDE) {
    const tally = new Int32Array(all.to - all.from + 1);
    for (let i = 0; i < times.n; i++) if (times.start[i] !== NO_DAY) tally[times.start[i] - all.from]++;
    for (let k = 0; k < tally.length; k++) {
      if (!tally[k]) continue;
      days.push(all.from + k);
      counts.push(tally[k]);
    }
  } else {
    for (const day of times.start.filter((one) => one !== NO_DAY).sort()) {
      if (days[days.length - 1] === day) counts[counts.length - 1]++;
      else {
        days.push(day);
        counts.push(1);
      }
    }
  }
  return { days: Int32Array.from(days), counts: Int32Array.from(counts) };
}

/** Up to so many days are tallied; beyond, in a file with a wild date, they are sorted. */
const WIDE = 400_000;

/**
 * The shortest span that holds three quarters of the dated reports (by first day), widened to the
 * quiet day on either side if that is less than a quarter of its length away: a burst of reports
 * is shown from its first day to its last. The earliest of equally short spans wins.
 * @param {{days: ArrayLike<number>, counts: ArrayLike<number>}} perDay
 * @param {number} share
 * @returns {Span | null}
 */
export function openingSpan({ days, counts }, share = 0.75) {
  const n = days.length;
  if (!n) return null;
  let total = 0;
  for (let k = 0; k < n; k++) total += counts[k];
  const wanted = total * share;
  let best = { left: 0, right: n - 1, length: Infinity };
  let held = 0;
  let left = 0;
  let most = 0;
  for (let right = 0; right < n; right++) {
    held += counts[right];
    while (held - counts[left] >= wanted) held -= counts[left++];
    if (held < wanted) continue;
    const length = days[right] - days[left];
    if (length < best.length || (length === best.length && held > most)) {
      best = { left, right, length };
      most = held;
    }
  }
  let { left: a, right: b } = best;
  const reach = Math.floor((best.length + 1) / 4);
  while (a > 0 && days[a - 1] === days[a] - 1 && days[best.left] - days[a - 1] <= reach) a--;
  while (b < n - 1 && days[b + 1] === days[b] + 1 && days[b + 1] - days[best.right] <= reach) b++;
  return { from: days[a], to: days[b] };
}

/**
 * The days shown when the timeline opens on `span`: the span and some ground on either side, as
 * far as there are reports at all.
 * @param {Span} span
 * @param {Span} all
 * @returns {Span}
 */
export function openingView(span, all) {
  const length = span.to - span.from + 1;
  if (length * 3 >= all.to - all.from + 1) return all;
  const margin = Math.max(2, Math.round(length * 0.4));
  return { from: Math.max(all.from, span.from - margin), to: Math.min(all.to, span.to + margin) };
}

/**
 * The unit that gives a readable number of bars.
 * @param {Span} view
 * @returns {Unit}
 */
export function unitFor(view) {
  const days = view.to - view.from + 1;
  if (days <= 92) return "day";
  if (days <= 92 * 7) return "week";
  return days <= 366 * 12 ? "month" : "year";
}

/**
 * The bars of a view: the first day of each and of the one after the last.
 * @param {Span} view
 * @param {Unit} unit
 * @returns {Int32Array} bars + 1 days
 */
export function edges(view, unit) {
  const found = [floorTo(view.from, unit)];
  while (found[found.length - 1] <= view.to) {
    found.push(addUnits(found[found.length - 1], unit));
  }
  return Int32Array.from(found);
}

/**
 * How many reports stand in each bar, by family, and before and after the view.
 *
 * A report stands at its first day; a running or cumulative count at its last (the day it was
 * true); one known to the month or year is spread evenly over its days.
 *
 * @param {Times} times
 * @param {Int32Array} bars  edges of the bars, see `edges`
 * @param {number} families how many there are
 * @param {Uint8Array | null} pass which reports are counted; all where null
 * @returns {{counts: Float64Array, earlier: number, later: number, undated: number,
 *   spread: number}} counts of family f in bar b at [b * families + f]; earlier and later are
 *   reports that stand wholly outside
 */
export function histogram(times, bars, families, pass) {
  const n = bars.length - 1;
  const first = bars[0];
  const end = bars[n];
  const counts = new Float64Array(n * families);
  const binOf = new Int32Array(end - first);
  for (let b = 0; b < n; b++) binOf.fill(b, bars[b] - first, bars[b + 1] - first);
  let earlier = 0;
  let later = 0;
  let undated = 0;
  let spread = 0;
  for (let i = 0; i < times.n; i++) {
    if (pass && !pass[i]) continue;
    const start = times.start[i];
    if (start === NO_DAY) {
      undated++;
      continue;
    }
    const family = times.family[i];
    if (times.coarse[i] && !times.asOf[i]) {
      const last = times.end[i];
      spread++;
      if (last < first) earlier++;
      else if (start >= end) later++;
      else {
        const share = 1 / (last - start + 1);
        const stop = Math.min(last, end - 1);
        for (let day = Math.max(start, first); day <= stop; day++) {
          counts[binOf[day - first] * families + family] += share;
        }
      }
      continue;
    }
    const day = times.asOf[i] ? times.end[i] : start;
    if (day < first) earlier++;
    else if (day >= end) later++;
    else counts[binOf[day - first] * families + family]++;
  }
  return { counts, earlier, later, undated, spread };
}

/**
 * Which days carry a date under the bars, so that no two touch.
 * @param {number} bars how many
 * @param {number} width of all, px
 * @param {number} label width of one label with its gap, px
 * @returns {number} every how many bars a label stands
 */
export function labelStep(bars, width, label) {
  const fit = Math.max(1, Math.floor(width / label));
  const step = Math.ceil(bars / fit);
  return [1, 2, 3, 5, 7, 10, 14, 20, 28].find((nice) => nice >= step) ?? step;
}
