/**
 * The packed container: a directory in JSON, then byte planes of integer columns and the UTF-8
 * bytes of string lists. Written by `mapper/render/pack.py`; the two files mirror each other.
 *
 * Layout of the inflated bytes: u32 (little endian) length of the directory, the directory, data.
 * A column of k planes holds the lowest bytes of all numbers, then the next bytes, and so on;
 * numbers may be differences to the one before, folded to be unsigned (zigzag).
 *
 * @typedef {object} ColumnSpec
 * @property {number} at       offset of the first plane in the data
 * @property {number} n        how many numbers
 * @property {number} planes   bytes a number; 0 means that all are equal to `base`
 * @property {boolean} [delta] differences, zigzag-folded
 * @property {number} base     added to every number
 * @property {"u8"|"u16"|"u32"|"i32"|"f64"} type  the array it becomes
 * @property {number} [scale]  f64 only: the number is divided by it, and 0 means NaN
 *
 * @typedef {object} StringsSpec
 * @property {number} at       offset of the UTF-8 bytes in the data
 * @property {number} bytes    how many
 * @property {ColumnSpec} lengths  bytes of each string
 *
 * @typedef {Uint8Array|Uint16Array|Uint32Array|Int32Array|Float64Array} Numbers
 * @typedef {{bytes: Uint8Array, offsets: Uint32Array}} RawStrings
 */

const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
};

/**
 * Takes a container apart into its directory and its data.
 * @param {Uint8Array} bytes
 * @returns {{directory: any, data: Uint8Array}}
 */
export function open(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const directory = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { directory, data: bytes.subarray(4 + length) };
}

/**
 * Decodes one column. Plain bytes are not copied: nobody may write into a column.
 * @param {Uint8Array} data
 * @param {ColumnSpec} spec
 * @returns {Numbers}
 */
export function column(data, spec) {
  const { n, planes, at, base, delta, scale, type } = spec;
  const Kind = ARRAYS[type];
  if (!planes && !scale) return base ? new Kind(n).fill(base) : new Kind(n);
  if (planes === 1 && type === "u8" && !delta && !base) return data.subarray(at, at + n);
  const raw = joined(data, spec);
  if (!delta && !scale && !base && type === "u32") return raw;
  const out = new Kind(n);
  let last = 0;
  for (let i = 0; i < n; i++) {
    let step = raw[i];
    if (delta) step = last += (step >>> 1) ^ -(step & 1);
    if (!scale) out[i] = step + base;
    else out[i] = step === 0 ? NaN : (step - 1 + base) / scale;
  }
  return out;
}

/**
 * @param {Uint8Array} data
 * @param {ColumnSpec} spec
 * @returns {Uint32Array}  the planes put together
 */
function joined(data, { n, planes, at }) {
  const raw = Uint32Array.from(data.subarray(at, at + (planes ? n : 0)));
  for (let k = 1; k < planes; k++) {
    const plane = data.subarray(at + k * n, at + k * n + n);
    for (let i = 0; i < n; i++) raw[i] |= plane[i] << (8 * k);
  }
  return planes ? raw : new Uint32Array(n);
}

/**
 * One number of a column that is not stored in differences, without decoding the others.
 * @param {Uint8Array} data
 * @param {ColumnSpec} spec
 * @param {number} i
 * @returns {number}
 */
export function cell(data, { n, planes, at, base, scale }, i) {
  let raw = 0;
  for (let k = 0; k < planes; k++) raw += data[at + k * n + i] * 2 ** (8 * k);
  if (!scale) return raw + base;
  return raw === 0 ? NaN : (raw - 1 + base) / scale;
}

/**
 * Finds where each string of a list lies; the strings themselves are made when asked for.
 * @param {Uint8Array} data
 * @param {StringsSpec} spec
 * @returns {RawStrings}
 */
export function strings(data, spec) {
  const lengths = column(data, spec.lengths);
  const offsets = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) offsets[i + 1] = offsets[i] + lengths[i];
  return { bytes: data.subarray(spec.at, spec.at + spec.bytes), offsets };
}
