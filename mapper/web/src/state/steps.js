// Claims of a running count, day by day: a dot a source, and steps through each day's highest. The
// claims are of the same people, counted on and on: nothing is ever added.

import { NO_DAY } from "./dates.js";
import { MEASURES, measureOf } from "./describe.js";

/**
 * @typedef {import("../data/store.js").Store} Store
 * @typedef {{key: string, measure: string, family: number, count: number}} Series  a measure of a
 *   family of reports that has running counts; `key` goes into the address; how many claims
 * @typedef {{i: number, day: number, value: number, bound: "" | "least" | "most", part: boolean}} Claim
 *   one report's count, at the day it was true; bound: the source says "at least" or "up to"; part:
 *   a part of a larger count
 */

const RUNS = new Set(["running", "cumulative"]);
/** Where no report has a running count. */
const NONE = () => false;

/**
 * The events that some report counts on, by code of `event_id`; code 0 is no event.
 * @param {Store} store @param {(i: number) => boolean} runs
 */
function runningEvents(store, runs) {
  const events = store.column("event_id");
  const marked = new Uint8Array(events.values.length);
  for (let i = 0; i < store.n; i++) if (runs(i)) marked[events.codes[i]] = 1;
  marked[0] = 0;
  return { marked, codes: events.codes };
}

/**
 * Which reports claim something of a running count: those that say so, and the others of the same
 * event; never counts of the same people under another name.
 * @param {Store} store @param {string} measure
 * @returns {(i: number) => boolean}
 */
function claimants(store, measure) {
  const names = measureOf(measure);
  if (!store.names.includes(names.kind)) return NONE;
  const kind = store.column(names.kind);
  const running = Uint8Array.from(kind.values, (value) => (RUNS.has(value) ? 1 : 0));
  if (!running.includes(1)) return NONE;
  const foreign = Uint8Array.from(kind.values, (value) => (value === "same_as_injured" ? 1 : 0));
  const runs = (/** @type {number} */ i) => running[kind.codes[i]] === 1;
  const { marked, codes } = runningEvents(store, runs);
  return (i) => runs(i) || (marked[codes[i]] === 1 && !foreign[kind.codes[i]]);
}

/**
 * The running counts of the file, the one with most claims first.
 * @param {Store} store
 * @returns {Series[]}
 */
export function seriesOf(store) {
  /** @type {Series[]} */
  const found = [];
  for (const { key: measure } of MEASURES) {
    const claims = claimants(store, measure);
    if (claims === NONE) continue;
    const value = valueOf(store, measure);
    const counts = new Uint32Array(store.meta.families.length);
    for (let i = 0; i < store.n; i++) {
      if (claims(i) && store.dateEnd[i] !== NO_DAY && value(i).value === value(i).value) counts[store.family[i]]++;
    }
    counts.forEach((count, family) => {
      if (count > 1) found.push({ key: `${measure}.${store.meta.families[family].key}`, measure, family, count });
    });
  }
  return found.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/**
 * What a report claims: the best figure, else the bound it gives.
 * @param {Store} store @param {string} measure
 * @returns {(i: number) => {value: number, bound: "" | "least" | "most"}}
 */
function valueOf(store, measure) {
  const { low, best, high } = measureOf(measure);
  return (i) => {
    const given = store.number(best, i);
    if (given === given) return { value: given, bound: "" };
    const least = store.number(low, i);
    if (least === least) return { value: least, bound: "least" };
    return { value: store.number(high, i), bound: "most" };
  };
}

/**
 * The claims of a series, by day and then by value.
 * @param {Store} store @param {Series} series
 * @param {Uint8Array | null} pass  which reports are shown; all where null
 * @returns {Claim[]}
 */
export function claimsOfSeries(store, { measure, family }, pass) {
  const claims = claimants(store, measure);
  const value = valueOf(store, measure);
  const kind = measureOf(measure).kind;
  /** @type {Claim[]} */
  const found = [];
  for (let i = 0; i < store.n; i++) {
    if ((pass && !pass[i]) || store.family[i] !== family || store.dateEnd[i] === NO_DAY || !claims(i)) continue;
    const said = value(i);
    if (said.value !== said.value) continue;
    found.push({ i, day: store.dateEnd[i], ...said, part: store.text(kind, i) === "part" });
  }
  return found.sort((a, b) => a.day - b.day || a.value - b.value || a.i - b.i);
}

/**
 * The steps: each day's highest claim, held until a later day claims another. Parts of a count and
 * upper bounds make no step.
 * @param {Claim[]} claims  from `claimsOfSeries`
 * @returns {{day: number, value: number}[]}
 */
export function stepsOf(claims) {
  /** @type {{day: number, value: number}[]} */
  const steps = [];
  for (const { day, value, bound, part } of claims) {
    if (part || bound === "most") continue;
    const last = steps[steps.length - 1];
    if (last?.day === day) last.value = Math.max(last.value, value);
    else steps.push({ day, value });
  }
  return steps;
}

/**
 * Round figures for an axis from 0 to `most`.
 * @param {number} most @param {number} wanted  about so many
 * @returns {number[]}
 */
export function ticks(most, wanted) {
  const raw = Math.max(1, most / Math.max(1, wanted));
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((nice) => nice * power).find((nice) => nice >= raw) ?? raw;
  const found = [];
  for (let at = step; at <= most; at += step) found.push(at);
  return found;
}
