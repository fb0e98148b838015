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
 * Sort rows by a number, missing (NaN) last whichever way.
 * @param {Uint32Array} rows  sorted in place
 * @param {(i: number) => number} key
 * @param {boolean} descending
 */
export function sortRows(rows, key, descending) {
  const sign = descending ? -1 : 1;
  const keys = new Map();
  for (const i of rows) keys.set(i, key(i));
  return rows.sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x !== x || y !== y) return x !== x ? (y !== y ? a - b : 1) : -1;
    return sign * (x - y) || a - b;
  });
}
