/**
 * From the text of the data elements to typed arrays: pure, run in a worker for large files and
 * in the page for small ones.
 */
import { column, open, strings } from "./container.js";
import { fromBase64, inflate } from "./inflate.js";

/** The day number that means "no date". */
export const NODATE = -2147483648;

/**
 * @typedef {import("./container.js").Numbers} Numbers
 * @typedef {import("./container.js").RawStrings} RawStrings
 * @typedef {{n: number, columns: Record<string, Numbers>, values: Record<string, Float64Array>}} Table
 *
 * @typedef {object} Decoded
 * @property {any} meta
 * @property {Table} rows
 * @property {Table} places
 * @property {Record<string, RawStrings>} strings
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
  /** @param {any} spec @returns {Table} */
  const table = (spec) => ({
    n: spec.n,
    columns: Object.fromEntries(
      Object.entries(spec.columns).map(([name, one]) => [name, column(data, /** @type {any} */ (one))]),
    ),
    values: Object.fromEntries(
      Object.entries(spec.values ?? {}).map(([name, list]) => [
        name,
        Float64Array.from(/** @type {any} */ (list), (x) => x ?? NaN),
      ]),
    ),
  });
  const packed = directory.ids;
  const rows = table(directory.rows);
  settleDates(rows.columns, directory.rows.columns);
  return {
    meta: directory.meta,
    rows,
    places: table(directory.places),
    strings: Object.fromEntries(
      Object.entries(directory.strings).map(([k, spec]) => [k, strings(data, /** @type {any} */ (spec))]),
    ),
    ids: {
      strings: strings(data, packed.strings),
      ...(packed.number && {
        prefix: /** @type {any} */ (column(data, packed.prefix)),
        width: /** @type {any} */ (column(data, packed.width)),
        number: /** @type {any} */ (column(data, packed.number)),
      }),
    },
    texts: directory.texts,
  };
}

/**
 * Last days are packed as distances from the first days, a missing day as the day before all.
 * @param {Record<string, Numbers>} columns
 * @param {Record<string, {nodate?: number, after?: string}>} specs
 */
function settleDates(columns, specs) {
  const { date_start: start, date_end: end } = columns;
  const none = /** @type {number} */ (specs.date_start.nodate);
  for (let i = 0; i < start.length; i++) {
    end[i] += start[i];
    if (end[i] === none) end[i] = NODATE;
    if (start[i] === none) start[i] = NODATE;
  }
}

/**
 * The buffers of a decoded core, to be handed over instead of copied.
 * @param {any} value
 * @param {Set<ArrayBuffer>} [found]
 * @returns {ArrayBuffer[]}
 */
export function buffersOf(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) found.add(/** @type {ArrayBuffer} */ (value.buffer));
  else if (value && typeof value === "object") {
    for (const inner of Object.values(value)) buffersOf(inner, found);
  }
  return [...found];
}
