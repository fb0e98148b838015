// What the state needs to know of the reports beyond their columns, worked out once.

import { KINDS } from "./summary.js";

/** @typedef {import("../data/store.js").Store} Store */

/**
 * Where the reports stand in time, for the timeline.
 * @param {Store} store
 * @returns {import("./timeline.js").Times}
 */
export function timesOf(store) {
  const coarse = new Uint8Array(store.n);
  const asOf = new Uint8Array(store.n);
  const precision = store.column("date_precision");
  const isCoarse = Uint8Array.from(precision.values, (p) => (p === "month" || p === "year" ? 1 : 0));
  if (isCoarse.includes(1)) for (let i = 0; i < store.n; i++) coarse[i] = isCoarse[precision.codes[i]];
  for (const name of ["fatalities_kind", "injured_kind", "people_kind"]) {
    if (!store.names.includes(name)) continue;
    const kind = store.column(name);
    const runs = Uint8Array.from(kind.values, (k) => (k === "running" || k === "cumulative" ? 1 : 0));
    if (runs.includes(1)) for (let i = 0; i < store.n; i++) asOf[i] |= runs[kind.codes[i]];
  }
  return { n: store.n, start: store.dateStart, end: store.dateEnd, coarse, asOf, family: store.family };
}

const NONE = () => NaN;

/**
 * One measure of the reports as claims.
 * @param {Store} store
 * @param {{low: string, best: string, high: string, kind: string}} names  of the columns
 * @returns {import("./summary.js").Claims}
 */
export function claimsOf(store, names) {
  const has = (/** @type {string} */ name) => store.names.includes(name);
  /** @param {string} name @returns {(i: number) => number} */
  const number = (name) => {
    if (!has(name)) return NONE;
    const { codes, values } = store.numbers(name);
    return (i) => values[codes[i]];
  };
  /** @param {string} name @returns {{codes: ArrayLike<number>, values: Iterable<string>} | null} */
  const column = (name) => (has(name) ? store.column(name) : null);

  const events = column("event_id");
  const kinds = column(names.kind);
  const kindOf = kinds && Uint8Array.from(kinds.values, (k) => Math.max(0, KINDS.indexOf(k)));
  const files = column("source_file");
  const relations = column("relates_to");
  const related = relations && relatedReports(store, relations);
  const labels = placeLabels(store);
  return {
    n: store.n,
    events: events ? /** @type {any} */ (events.values).length : 0,
    event: events ? (i) => events.codes[i] - 1 : () => -1,
    low: number(names.low),
    best: number(names.best),
    high: number(names.high),
    kind: kinds && kindOf ? (i) => kindOf[kinds.codes[i]] : () => 0,
    file: files ? (i) => files.codes[i] : () => 0,
    related: related ? (i) => related[i] === 1 : () => false,
    place: (i) => labels[store.place[i]],
  };
}

/** The columns of the deaths. */
export const DEATHS = {
  low: "fatalities_low", best: "fatalities_best", high: "fatalities_high", kind: "fatalities_kind",
};

/**
 * Reports that relate to another, and those they name.
 * @param {Store} store
 * @param {{codes: ArrayLike<number>, values: Iterable<string>}} relations
 */
function relatedReports(store, relations) {
  const marked = new Uint8Array(store.n);
  const values = [...relations.values];
  if (values.every((text) => !text)) return marked;
  for (let i = 0; i < store.n; i++) {
    const text = values[relations.codes[i]];
    if (!text) continue;
    marked[i] = 1;
    for (const relation of text.split(/\s+/)) {
      const other = store.indexOf(relation.slice(relation.indexOf(":") + 1));
      if (other >= 0) marked[other] = 1;
    }
  }
  return marked;
}

/** By place: the code of its matched name, -1 where it is no point. @param {Store} store */
function placeLabels(store) {
  const names = store.placeColumn("matched_name");
  const shapes = store.placeColumn("shape");
  const pointlike = Uint8Array.from(shapes.values, (shape) => (shape === "point" ? 1 : 0));
  return Int32Array.from({ length: store.placeCount }, (_, p) =>
    pointlike[shapes.codes[p]] && names.codes[p] ? names.codes[p] : -1);
}

/**
 * Reports whose place says something in one of its columns.
 * @param {Store} store
 * @param {string} name  of a column of places
 * @param {(value: string) => boolean} wanted
 * @returns {number[]} their positions
 */
export function reportsOf(store, name, wanted) {
  const column = store.placeColumn(name);
  const good = Uint8Array.from(column.values, (value) => (wanted(value) ? 1 : 0));
  /** @type {number[]} */
  const found = [];
  if (!good.includes(1)) return found;
  for (let i = 0; i < store.n; i++) if (good[column.codes[store.place[i]]]) found.push(i);
  return found;
}
