/** How many reports of each hot group pass the filters. */

/** @type {WeakMap<object, Int8Array>} */
const hotOfPlace = new WeakMap();

/**
 * @param {import("../data/store.js").Store} store
 * @param {Uint8Array|null} mask
 * @returns {Uint32Array}
 */
export function hotCounts(store, mask) {
  let groups = hotOfPlace.get(store);
  if (!groups) {
    groups = new Int8Array(store.placeCount).fill(-1);
    for (const [k, { places }] of store.meta.hot.entries()) for (const p of places) groups[p] = k;
    hotOfPlace.set(store, groups);
  }
  const counts = new Uint32Array(store.meta.hot.length);
  for (let i = 0; i < store.n; i++) {
    const hot = groups[store.place[i]];
    if (hot >= 0 && (!mask || mask[i])) counts[hot]++;
  }
  return counts;
}
