/**
 * From the text of the data elements to typed arrays. A column is made when first asked for: the
 * opening view needs a few of them, and making them all would hold the page.
 */
import { cell, column, open, strings } from "./container.js";
import { fromBase64, inflate } from "./inflate.js";
import { once } from "./once.js";
import { Strings } from "./strings.js";

/** The day number that means "no date". */
export const NODATE = -2147483648;

/**
 * @typedef {import("./container.js").Numbers} Numbers
 * @typedef {(() => Numbers) & {at: (i: number) => number}} Column  makes it at the first call; `at`
 *   gives one number of it without making it, where that can be done
 * @typedef {{n: number, columns: Record<string, Column>, values: Record<string, Float64Array>}} Table
 *
 * @typedef {object} Decoded
 * @property {any} meta
 * @property {Table} rows
 * @property {Table} places
 * @property {Record<string, Strings>} strings
 * @property {import("./ids.js").PackedIds} ids
 * @property {{columns: string[], size: number}} texts
 */

/**
 * Decodes the core: everything but the long texts.
 * @param {string} text  base64 of the deflated container
 * @returns {Promise<Decoded>}
 */
export async function decodeCore(text) {
  const { directory, data } = open(await inflate(fromBase64(text)));
  const lazy = (/** @type {any} */ spec) => columnOf(data, spec);
  /** @param {any} spec @returns {Table} */
  const table = (spec) => ({
    n: spec.n,
    columns: mapped(spec.columns, lazy),
    values: mapped(spec.values ?? {}, (list) => Float64Array.from(list, (/** @type {number|null} */ x) => x ?? NaN)),
  });
  const packed = directory.ids;
  const rows = table(directory.rows);
  const dates = once(() => settledDates(rows.columns, directory.rows.columns.date_start.nodate));
  return {
    meta: directory.meta,
    rows: {
      ...rows,
      columns: {
        ...rows.columns,
        date_start: made(() => dates().start),
        date_end: made(() => dates().end),
      },
    },
    places: table(directory.places),
    strings: mapped(directory.strings, (spec) => new Strings(once(() => strings(data, spec)))),
    ids: {
      strings: new Strings(once(() => strings(data, packed.strings))),
      ...(packed.number && {
        prefix: lazy(packed.prefix),
        width: lazy(packed.width),
        number: lazy(packed.number),
      }),
    },
    texts: directory.texts,
  };
}

/**
 * @param {Uint8Array} data
 * @param {import("./container.js").ColumnSpec} spec
 * @returns {Column}
 */
function columnOf(data, spec) {
  /** @type {Numbers | undefined} */
  let all;
  const make = () => (all ??= column(data, spec));
  return Object.assign(make, {
    at: (/** @type {number} */ i) => {
      if (spec.delta) make();
      return all ? all[i] : cell(data, spec, i);
    },
  });
}

/** @param {() => Numbers} make @returns {Column} */
const made = (make) => Object.assign(make, { at: (/** @type {number} */ i) => make()[i] });

/**
 * Last days are packed as distances from the first days, a missing day as the day before all.
 * @param {Record<string, Column>} columns
 * @param {number} none
 */
function settledDates(columns, none) {
  const [start, end] = [columns.date_start(), columns.date_end()];
  // both are of 32 bits with a sign: never the bytes of the file themselves
  for (let i = 0; i < start.length; i++) {
    end[i] += start[i];
    if (end[i] === none) end[i] = NODATE;
    if (start[i] === none) start[i] = NODATE;
  }
  return { start, end };
}

/**
 * @template T
 * @param {Record<string, any>} entries
 * @param {(entry: any) => T} make
 * @returns {Record<string, T>}
 */
const mapped = (entries, make) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, make(entry)]));
