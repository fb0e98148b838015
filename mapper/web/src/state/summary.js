// "How many were killed?": what may be added is added, the rest is laid side by side.
//
// A count may be added only where its kind says that it is the count of one event (`event`), where
// that event has no second count that differs, where no report is said to be part of or the same
// as another, and never across files. Everything else overlaps in ways nobody can undo, so the
// claims stand beside each other. `mapper/render/summary.py` is the same logic in Python; both are
// held by `tests/vectors/summary.json`.

/**
 * @typedef {object} Claims  one measure (deaths, say): what each report says of it
 * @property {number} n
 * @property {number} events  how many event codes there are
 * @property {(i: number) => number} event   code of the event, -1 where the file gives none
 * @property {(i: number) => number} low     NaN where not given
 * @property {(i: number) => number} best
 * @property {(i: number) => number} high
 * @property {(i: number) => number} kind    position in KINDS
 * @property {(i: number) => number} file    code of the source file
 * @property {(i: number) => boolean} related  whether it relates to another report, or one to it
 * @property {(i: number) => number} place   code of the place, -1 where it has none or is no point
 */

export const KINDS = ["unknown", "event", "running", "cumulative", "part", "total", "same_as_injured"];
const EVENT = KINDS.indexOf("event");
const PART = KINDS.indexOf("part");
const TOTAL = KINDS.indexOf("total");

/** Whether an event's count may be added: one count, of the event itself, alone or agreed. */
const OPEN = 0;
const ADDABLE = 1;
const CONTESTED = 2;

/**
 * @typedef {object} Sum     what was added, of one file
 * @property {number} file
 * @property {number} low    people, at least
 * @property {number} high   people, at most; of what the sources say
 * @property {boolean} atLeast  a source says "at least" and gives no upper bound
 * @property {number} events
 * @property {number} reports
 *
 * @typedef {object} Group   claims laid side by side
 * @property {number} event  code, -1: reports that name no event
 * @property {number} reports
 * @property {number} low    lowest count claimed, NaN where none is
 * @property {number} high   highest count claimed, but for those in `beyond`
 * @property {number[]} beyond  counts that stand apart, ascending: more than three times the
 *   median of the event's claims, or an upper bound with nothing else
 * @property {boolean} whole most of the claims are totals over several places
 * @property {number} place  code of the place most of them name, -1
 * @property {number} first  a report of the group
 *
 * @typedef {{reports: number, sums: Sum[], apart: number, groups: Group[], all: number}} Summary
 *   `all` is how many groups there are, told or not
 */

/** @param {number} x @returns {boolean} whether it is a number */
const given = (x) => x === x;

/** @param {Claims} c @param {number} i @returns {boolean} whether report i gives a count */
function counted(c, i) {
  return given(c.best(i)) || given(c.low(i)) || given(c.high(i));
}

/** NaN equals NaN here. @param {number} a @param {number} b */
const same = (a, b) => a === b || (a !== a && b !== b);

/**
 * Judge every event over the whole file: whether an event is contested is a property of the data,
 * not of what a filter happens to show.
 * @param {Claims} claims
 * @returns {Uint8Array} by event code
 */
export function judge(claims) {
  const verdict = new Uint8Array(claims.events);
  const witness = new Int32Array(claims.events);
  for (let i = 0; i < claims.n; i++) {
    const event = claims.event(i);
    if (event < 0 || !counted(claims, i)) continue;
    const k = witness[event];
    const agrees =
      verdict[event] === OPEN ||
      (same(claims.low(i), claims.low(k)) &&
        same(claims.best(i), claims.best(k)) &&
        same(claims.high(i), claims.high(k)) &&
        claims.file(i) === claims.file(k));
    const plain = claims.kind(i) === EVENT && !claims.related(i);
    if (verdict[event] === OPEN) witness[event] = i;
    verdict[event] = plain && agrees && verdict[event] !== CONTESTED ? ADDABLE : CONTESTED;
  }
  return verdict;
}

/**
 * @param {Claims} claims
 * @param {Uint8Array} verdict  from `judge`
 * @param {Uint8Array | null} pass  which reports are meant; all where null
 * @param {number} [most] at most so many groups are told in full
 * @returns {Summary} groups by number of reports, the largest first
 */
export function summarise(claims, verdict, pass, most = Infinity) {
  const added = new Uint8Array(verdict.length);
  /** @type {Map<number, Sum>} */
  const sums = new Map();
  // reports laid beside each other, by event + 1; 0 is for those that name none
  const beside = new Int32Array(verdict.length + 1);
  const first = new Int32Array(verdict.length + 1);
  let reports = 0;
  let apart = 0;
  for (let i = 0; i < claims.n; i++) {
    if ((pass && !pass[i]) || !counted(claims, i)) continue;
    reports++;
    const event = claims.event(i);
    if (isAddable(claims, verdict, i)) {
      addTo(sums, claims, i, event < 0 || !added[event]);
      if (event >= 0) added[event] = 1;
    } else {
      apart++;
      if (!beside[event + 1]++) first[event + 1] = i;
    }
  }
  const chosen = largest(beside, first, most);
  /** @type {Map<number, any>} */
  const groups = new Map(chosen.map((key) => [key - 1, null]));
  if (groups.size) {
    for (let i = 0; i < claims.n; i++) {
      if ((pass && !pass[i]) || !groups.has(claims.event(i)) || !counted(claims, i)) continue;
      if (!isAddable(claims, verdict, i)) layBeside(groups, claims, i);
    }
  }
  return {
    reports,
    sums: [...sums.values()].sort((a, b) => a.file - b.file),
    apart,
    groups: [...groups.values()].map(finish),
    all: beside.reduce((sum, n) => sum + (n ? 1 : 0), 0),
  };
}

/** @param {Claims} claims @param {Uint8Array} verdict @param {number} i */
function isAddable(claims, verdict, i) {
  const event = claims.event(i);
  return event < 0 ? claims.kind(i) === EVENT && !claims.related(i) : verdict[event] === ADDABLE;
}

/**
 * @param {Int32Array} sizes @param {Int32Array} first @param {number} most
 * @returns {number[]} positions of the largest, the earlier first where equal
 */
function largest(sizes, first, most) {
  const before = (/** @type {number} */ a, /** @type {number} */ b) =>
    sizes[b] - sizes[a] || first[a] - first[b];
  /** @type {number[]} */
  const found = [];
  if (most === Infinity) {
    for (let key = 0; key < sizes.length; key++) if (sizes[key]) found.push(key);
    return found.sort(before);
  }
  for (let key = 0; key < sizes.length; key++) {
    if (!sizes[key]) continue;
    if (found.length === most && before(key, found[most - 1]) >= 0) continue;
    let at = Math.min(found.length, most - 1);
    while (at > 0 && before(key, found[at - 1]) < 0) {
      found[at] = found[at - 1];
      at--;
    }
    found[at] = key;
  }
  return found;
}

/** @param {Map<number, Sum>} sums @param {Claims} c @param {number} i @param {boolean} fresh */
function addTo(sums, c, i, fresh) {
  const file = c.file(i);
  let sum = sums.get(file);
  if (!sum) sums.set(file, (sum = { file, low: 0, high: 0, atLeast: false, events: 0, reports: 0 }));
  sum.reports++;
  if (!fresh) return;
  sum.events++;
  const low = c.low(i);
  const best = c.best(i);
  const high = c.high(i);
  sum.low += given(low) ? low : given(best) ? best : 0;
  sum.high += given(high) ? high : given(best) ? best : low;
  if (given(low) && !given(high)) sum.atLeast = true;
}

/** @param {Map<number, any>} groups @param {Claims} c @param {number} i */
function layBeside(groups, c, i) {
  const event = c.event(i);
  let group = groups.get(event);
  if (!group) {
    group = { event, reports: 0, values: new Map(), bounds: [], totals: 0, places: new Map(), first: i };
    groups.set(event, group);
  }
  group.reports++;
  if (c.kind(i) === TOTAL) group.totals++;
  if (c.place(i) >= 0) count(group.places, c.place(i));
  if (c.kind(i) === PART) return;
  const value = given(c.best(i)) ? c.best(i) : c.low(i);
  if (given(value)) count(group.values, value);
  else group.bounds.push(c.high(i));
}

/** @param {Map<number, number>} counts @param {number} key */
function count(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How far above the median a claim must lie to stand apart, and how many claims that takes. */
const FAR = 3;
const FEWEST = 3;

/** @param {any} group @returns {Group} */
function finish(group) {
  const { event, reports, values, bounds, totals, places, first } = group;
  const sorted = [...values.keys()].sort((a, b) => a - b);
  const limit = event < 0 ? Infinity : FAR * Math.max(1, lowerMedian(sorted, values));
  const core = sorted.filter((value) => value <= limit);
  const apart = [...sorted.slice(core.length), ...bounds].sort((a, b) => a - b);
  let place = -1;
  let most = 0;
  for (const [code, times] of places) {
    if (times > most) [place, most] = [code, times];
  }
  return {
    event,
    reports,
    low: core.length ? core[0] : NaN,
    high: core.length ? core[core.length - 1] : NaN,
    beyond: apart.filter((value, k) => k === 0 || value !== apart[k - 1]),
    whole: totals * 2 >= reports,
    place,
    first,
  };
}

/**
 * @param {number[]} sorted  distinct values
 * @param {Map<number, number>} times  how often each is claimed
 * @returns {number} Infinity where there are too few claims to tell
 */
function lowerMedian(sorted, times) {
  let all = 0;
  for (const value of sorted) all += times.get(value) ?? 0;
  if (all < FEWEST) return Infinity;
  let seen = 0;
  for (const value of sorted) {
    seen += times.get(value) ?? 0;
    if (seen * 2 >= all) return value;
  }
  return Infinity;
}
