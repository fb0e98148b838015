/**
 * From the text of the data elements to typed arrays: pure, run in a worker for large files and
 * in the page for small ones.
 */
import { column, open, strings } from "./container.js";
import { fromBase64, inflate } from "./inflate.js";

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
  return {
    meta: directory.meta,
    rows: table(directory.rows),
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
