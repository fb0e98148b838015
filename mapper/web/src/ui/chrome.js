// Everything of the page except the map: laid out around it, driven by the bus, spoken in the
// chosen language. A change of language builds the parts anew; the state outlives them.

import { pause } from "../data/pause.js";
import { App } from "./app.js";
import { arrange } from "./layout.js";

/**
 * @typedef {object} Chrome
 * @property {(index: number | null) => Promise<void>} select  opens the details of a report
 * @property {(filters: unknown) => Promise<void>} setFilter   null clears all
 * @property {() => object} state
 * @property {() => number} visible  how many reports pass
 * @property {Promise<void>} opened  resolved when the first view stands
 */

/**
 * @param {HTMLElement} root  holds the box of the map
 * @param {{store: import("../data/store.js").Store, map: import("../map/map.js").MapView,
 *   bus: import("../data/bus.js").Bus}} parts
 * @returns {Chrome}
 */
export function mountChrome(root, parts) {
  const app = new App(root, parts);
  // in slices, so that a large table never holds the page for long
  const open = async () => {
    await pause();
    arrange(app);
    await pause();
    await app.open();
  };
  return {
    select: (index) => app.select(index),
    setFilter: async (filters) => app.setFilter(filters),
    state: () => app.state(),
    visible: () => app.engine.visible,
    opened: open(),
  };
}
