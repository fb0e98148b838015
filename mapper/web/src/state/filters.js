// Which reports pass, and how many would pass if one filter were let go: typed arrays throughout.
//
// Every filter owns one bit of `fail`. A report passes where no bit is set; it counts for the
// legend of a filter where no other bit than that filter's is set. Changing one filter repaints
// its own bit alone.

import { SORTS, changesOf } from "./changes.js";
import { NO_DAY, isoOf, readDay } from "./dates.js";
import { fold } from "./fold.js";

/**
 * @typedef {object} Named  a missing or null key filters nothing
 * @property {string[] | null} [types]      canonical event types, or as written
 * @property {string[] | null} [actors]     either actor is one of these
 * @property {string[] | null} [sources]    source_name
 * @property {string[] | null} [countries]  ISO2; a place that may lie on either side is on both
 * @property {string[] | null} [crossings]  ids of the nearest crossing
 * @property {string | null} [from]         YYYY, YYYY-MM or YYYY-MM-DD; the report's days reach it
 * @property {string | null} [to]
 * @property {string | null} [text]         every word stands in the report
 * @property {string[] | null} [precision]  how the place is known: crossing, settlement, admin1 …
 * @property {number | null} [max_km]       only places good to this many kilometres
 * @property {number | null} [border_km]    only places at most this far from a land border
 * @property {string[] | null} [changes]    new, changed or text: against the edition before
 * @property {number | null} [min_count]    a count of dead, injured or people of at least this
 *
 * @typedef {Named & Record<string, any>} Filters
 */

/** @type {Record<string, number>} the keys of a filter, each with its bit; `from` and `to` share one */
export const BIT = {
  types: 1, actors: 2, sources: 4, countries: 8, crossings: 16, from: 32, to: 32, text: 64,
  precision: 128, max_km: 256, border_km: 2048, min_count: 512, changes: 1024,
};
/** What a filter is painted under: `to` goes with `from`. */
const PAINTED = Object.keys(BIT).filter((key) => key !== "to");
export const LISTS = ["types", "actors", "sources", "countries", "crossings", "precision", "changes"];
const DAYS = ["from", "to"];
const COUNTS = [
  "fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "injured", "injured_high",
  "people_low", "people", "people_high",
];
/** Columns in which a word of a free text is looked for at once. */
export const SEARCHED = [
  "event_type", "actor1", "actor2", "source_name", "event_id", "people_role",
  "place", "matched_name", "place_admin1", "place_admin2", "admin1", "country",
];

/**
 * Check a filter and write it in one way.
 * @param {unknown} given
 * @returns {Filters} only the keys that filter; lists are sorted and without repeats
 * @throws {TypeError} an unknown key or a value of the wrong kind
 */
export function checkFilters(given) {
  /** @type {Record<string, any>} */
  const checked = {};
  if (given === null || given === undefined) return checked;
  if (typeof given !== "object" || Array.isArray(given)) throw new TypeError("a filter is an object");
  for (const [key, value] of Object.entries(given)) {
    if (!(key in BIT)) throw new TypeError(`unknown filter: ${key}`);
    if (value === null || value === undefined) continue;
    const one = checkValue(key, value);
    if (one !== null) checked[key] = one;
  }
  return checked;
}

/** @param {string} key @param {any} value @returns {any} null where it filters nothing */
function checkValue(key, value) {
  if (LISTS.includes(key)) {
    const list = typeof value === "string" ? [value] : value;
    if (!Array.isArray(list) || list.some((item) => typeof item !== "string")) {
      throw new TypeError(`${key}: a list of texts is wanted`);
    }
    return [...new Set(list)].sort();
  }
  if (DAYS.includes(key)) {
    const day = readDay(value, key === "to");
    if (day === NO_DAY) throw new TypeError(`${key}: a date YYYY-MM-DD is wanted`);
    return isoOf(day);
  }
  if (key === "text") {
    if (typeof value !== "string") throw new TypeError("text: a text is wanted");
    return value.trim() ? value : null;
  }
  const number = Number(value);
  if (!Number.isFinite(number) || typeof value === "boolean" || value === "") {
    throw new TypeError(`${key}: a number is wanted`);
  }
  return number;
}

/** Codes of `values` that a test accepts. @param {Iterable<string>} values @param {(text: string) => boolean} test */
function accepted(values, test) {
  return Uint8Array.from(values, (text) => (test(text) ? 1 : 0));
}

/**
 * @typedef {{codes?: ArrayLike<number>, good: Uint8Array}} Good  1 at the codes that pass; of the
 *   reports' places where no codes are given
 */

/**
 * @param {Uint16Array} fail @param {number} bit @param {ArrayLike<number>} codes @param {Uint8Array} good
 */
function paintCodes(fail, bit, codes, good) {
  for (let i = 0; i < fail.length; i++) fail[i] = good[codes[i]] ? fail[i] & ~bit : fail[i] | bit;
}

export class FilterEngine {
  /** @param {import("../data/store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.n = store.n;
    /** @type {Filters} */
    this.filters = {};
    /** Bits of the filters a report fails. */
    this.fail = new Uint16Array(store.n);
    /** 1 where a report passes all. */
    this.mask = new Uint8Array(store.n).fill(1);
    this.visible = store.n;
  }

  /**
   * @param {Filters} filters  from `checkFilters`
   * @param {Uint8Array | null} [inTexts]  1 where the long texts hold all words of `filters.text`
   * @returns {boolean} whether anything changed
   */
  set(filters, inTexts = null) {
    const keys = new Set([...Object.keys(this.filters), ...Object.keys(filters)]);
    let changed = 0;
    for (const key of keys) {
      const same = JSON.stringify(this.filters[key]) === JSON.stringify(filters[key]);
      if (!same || (key === "text" && inTexts)) changed |= BIT[key];
    }
    this.filters = filters;
    if (!changed) return false;
    for (const key of PAINTED) {
      if (changed & BIT[key]) this.#paint(key, inTexts);
    }
    let visible = 0;
    const { fail, mask } = this;
    for (let i = 0; i < this.n; i++) visible += mask[i] = fail[i] === 0 ? 1 : 0;
    this.visible = visible;
    return true;
  }

  /** Repaint one filter's bit. @param {string} key @param {Uint8Array | null} inTexts */
  #paint(key, inTexts) {
    const bit = BIT[key];
    const { fail, n, filters, store } = this;
    const passes = this.#test(key, filters, inTexts);
    if (!passes) {
      for (let i = 0; i < n; i++) fail[i] &= ~bit;
    } else if (typeof passes === "function") {
      for (let i = 0; i < n; i++) fail[i] = passes(i) ? fail[i] & ~bit : fail[i] | bit;
    } else if (passes.codes) {
      paintCodes(fail, bit, passes.codes, passes.good);
    } else {
      paintCodes(fail, bit, store.place, passes.good);
    }
  }

  /**
   * @param {string} key @param {Filters} filters @param {Uint8Array | null} inTexts
   * @returns {((i: number) => unknown) | Good | null} null where all pass
   */
  #test(key, filters, inTexts) {
    const { store } = this;
    if (key === "from") return this.#inTime(filters.from ?? null, filters.to ?? null);
    const wanted = filters[key];
    if (wanted === undefined) return null;
    if (key === "text") return this.#holds(wanted, inTexts);
    if (key === "changes") {
      const codes = changesOf(store)?.codes;
      return (i) => codes && wanted.includes(SORTS[codes[i]]);
    }
    if (key === "min_count") return this.#counted(wanted);
    if (key === "max_km" || key === "border_km") {
      const name = key === "max_km" ? "uncertainty_km" : key;
      const good = Uint8Array.from({ length: store.placeCount }, (_, p) =>
        store.placeNumber(name, p) <= wanted ? 1 : 0);
      return { good };
    }
    const set = new Set(key === "crossings" ? wanted.map(bareId) : wanted);
    const has = (/** @type {string} */ text) => set.has(text);
    if (key === "actors") {
      const [a, b] = ["actor1", "actor2"].map((name) => store.column(name));
      const [inA, inB] = [accepted(a.values, has), accepted(b.values, has)];
      return (i) => inA[a.codes[i]] | inB[b.codes[i]];
    }
    if (key === "countries" || key === "crossings" || key === "precision") {
      const name = { countries: "country", crossings: "nearest_crossing", precision: "precision" }[key];
      const column = store.placeColumn(name);
      const good = accepted(column.values, (text) => bareId(text).split("|").some(has));
      return { good: Uint8Array.from(column.codes, (code) => good[code]) };
    }
    const column = store.column(key === "types" ? "event_type" : "source_name");
    return { codes: column.codes, good: accepted(column.values, has) };
  }

  /** @param {string | null} from @param {string | null} to */
  #inTime(from, to) {
    if (from === null && to === null) return null;
    const first = from === null ? -Infinity : readDay(from);
    const last = to === null ? Infinity : readDay(to, true);
    const { dateStart, dateEnd } = this.store;
    return (/** @type {number} */ i) =>
      dateStart[i] !== NO_DAY && dateStart[i] <= last && dateEnd[i] >= first;
  }

  /** @param {number} least */
  #counted(least) {
    const columns = COUNTS.filter((name) => this.store.names.includes(name)).map((name) => {
      const { codes, values } = this.store.numbers(name);
      return { codes, good: Uint8Array.from(values, (value) => (value >= least ? 1 : 0)) };
    });
    return (/** @type {number} */ i) => columns.some(({ codes, good }) => good[codes[i]]);
  }

  /** @type {Map<string, string[]>} folded once, when something is first searched */
  #folded = new Map();

  /** @param {string} name @param {Iterable<string>} values @returns {string[]} */
  #foldedValues(name, values) {
    let folded = this.#folded.get(name);
    if (!folded) this.#folded.set(name, (folded = Array.from(values, fold)));
    return folded;
  }

  /** @param {string} text @param {Uint8Array | null} inTexts */
  #holds(text, inTexts) {
    const words = wordsOf(text);
    const { store } = this;
    const columns = SEARCHED.filter((name) => store.names.includes(name)).map((name) => {
      const byPlace = isOfPlace(store, name);
      const column = byPlace ? store.placeColumn(name) : store.column(name);
      const hits = new Uint32Array(column.values.length);
      const folded = this.#foldedValues(name, column.values);
      for (let k = 0; k < folded.length; k++) hits[k] = wordBits(folded[k], words);
      return { byPlace, codes: column.codes, hits };
    });
    const all = words.length >= 32 ? -1 : (1 << words.length) - 1;
    const { place } = store;
    return (/** @type {number} */ i) => {
      if (inTexts && inTexts[i]) return true;
      let found = 0;
      for (const { byPlace, codes, hits } of columns) found |= hits[codes[byPlace ? place[i] : i]];
      return (found & all) === all;
    };
  }

  /**
   * How many reports of each code would pass if `key` were let go.
   * @param {string} key
   * @param {ArrayLike<number>} codes  one a report
   * @param {number} size  how many codes there are
   * @returns {Uint32Array}
   */
  counts(key, codes, size) {
    const others = ~BIT[key];
    const found = new Uint32Array(size);
    const { fail } = this;
    for (let i = 0; i < this.n; i++) if (!(fail[i] & others)) found[codes[i]]++;
    return found;
  }

  /** Whether a filter leaves anything out; `from` and `to` are one. @param {string} key */
  #isSet(key) {
    return Object.keys(this.filters).some((one) => BIT[one] === BIT[key]);
  }

  /**
   * The mask of reports that would pass if `key` were let go.
   * @param {string} key
   * @returns {Uint8Array}
   */
  without(key) {
    // nobody may write into it: where the filter is not set, it is the mask itself
    if (!this.#isSet(key)) return this.mask;
    const others = ~BIT[key];
    const { fail, n } = this;
    const mask = new Uint8Array(n);
    for (let i = 0; i < n; i++) mask[i] = fail[i] & others ? 0 : 1;
    return mask;
  }
}

/** A crossing may be named as the place it is. @param {string} id */
const bareId = (id) => id.replace(/^crossing:/, "");

/** @param {string} text @returns {string[]} at most 31 folded words */
export function wordsOf(text) {
  return fold(text).split(" ").filter(Boolean).slice(0, 31);
}

/** @param {string} folded @param {string[]} words @returns {number} bit k: word k stands in it */
function wordBits(folded, words) {
  let bits = 0;
  if (folded) words.forEach((word, k) => (bits |= folded.includes(word) ? 1 << k : 0));
  return bits;
}

/** @param {import("../data/store.js").Store} store @param {string} name */
function isOfPlace(store, name) {
  try {
    store.placeColumn(name);
    return true;
  } catch {
    return false;
  }
}
