/**
 * @template T
 * @param {() => T} make
 * @returns {() => T} makes it at the first call and keeps it
 */
export function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}
