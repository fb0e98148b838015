/**
 * Lets the browser draw and listen between two slices of long work.
 * @returns {Promise<void>}
 */
export const pause = () => new Promise((resolve) => setTimeout(resolve));
