/**
 * Lets the browser draw and listen between two slices of long work.
 * @returns {Promise<void>}
 */
export const pause = () => {
  // ahead of the reading of the file: its long texts come last and are not needed for the map
  const scheduler = /** @type {any} */ (globalThis).scheduler;
  if (scheduler?.postTask) return scheduler.postTask(() => {}, { priority: "user-blocking" });
  return new Promise((resolve) => setTimeout(resolve));
};
