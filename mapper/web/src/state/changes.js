// What is different from the edition before, as the page was told when it was made.

/**
 * @typedef {object} Change
 * @property {string[]} kinds
 * @property {Record<string, [string, string]>} fields  by name: as it was, as it is
 * @property {[number, number] | null} from  where it stood before; null where it did not move
 *
 * @typedef {object} Changes
 * @property {string} old            label of the edition before
 * @property {string[]} sentences    in the language the page was made in
 * @property {string[]} byTool       on places taken for something else, though the data say the same
 * @property {boolean} countsOnly    nothing but the sentences may be told
 * @property {Uint8Array} codes      one a report: index into SORTS
 * @property {Uint32Array} counts    by code
 * @property {Map<number, Change>} changed  by report
 * @property {{id: string, what: string, lat: number | null, lon: number | null}[]} removed
 */

/** What a report is against the edition before; these are the values of the filter. */
export const SORTS = ["", "new", "changed", "text"];

/** @type {WeakMap<object, Changes | null>} */
const known = new WeakMap();

/** @param {unknown} list @returns {any[]} */
const listOf = (list) => (Array.isArray(list) ? list : []);

/**
 * @param {import("../data/store.js").Store} store
 * @returns {Changes | null} null where the page was made without an edition before
 */
export function changesOf(store) {
  if (!known.has(store)) known.set(store, read(store));
  return known.get(store) ?? null;
}

/** @param {import("../data/store.js").Store} store @returns {Changes | null} */
function read(store) {
  const told = store.meta.changes;
  if (!told || typeof told !== "object") return null;
  const codes = new Uint8Array(store.n);
  /** @type {Map<number, Change>} */
  const changed = new Map();
  /** @param {unknown} id @param {string} sort @returns {number} */
  const mark = (id, sort) => {
    const i = store.indexOf(String(id));
    if (i >= 0) codes[i] = SORTS.indexOf(sort);
    return i;
  };
  for (const id of listOf(told.text_only)) mark(id, "text");
  for (const id of listOf(told.added)) mark(id, "new");
  for (const { id, kinds, fields, from } of listOf(told.changed)) {
    const i = mark(id, "changed");
    if (i >= 0) changed.set(i, { kinds: listOf(kinds), fields: fields ?? {}, from: from ?? null });
  }
  const counts = new Uint32Array(SORTS.length);
  for (const code of codes) counts[code]++;
  return {
    old: told.old ?? "",
    sentences: listOf(told.sentences),
    byTool: listOf(told.by_tool),
    countsOnly: !!told.counts_only,
    codes,
    counts,
    changed,
    removed: listOf(told.removed),
  };
}
