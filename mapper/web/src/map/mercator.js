/** Web Mercator in units of the whole square: x and y from 0 to 1, y downwards. */

/** @param {number} lon @returns {number} */
export const unitX = (lon) => (lon + 180) / 360;

/** @param {number} lat @returns {number} */
export function unitY(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.atanh(sine) / (2 * Math.PI);
}

/** @param {number} x @returns {number} degrees */
export const lonOf = (x) => x * 360 - 180;

/** @param {number} y @returns {number} degrees */
export const latOf = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;

/** @param {number} zoom @returns {number} pixels across the whole square */
export const worldSize = (zoom) => 256 * 2 ** zoom;

/**
 * How many units of the square a distance covers at a latitude.
 * @param {number} km
 * @param {number} lat
 */
export const unitsOfKm = (km, lat) => km / (40075.017 * Math.cos((lat * Math.PI) / 180));
