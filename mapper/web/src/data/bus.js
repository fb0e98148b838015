import { pause } from "./pause.js";

/**
 * The one event bus of the page. Nobody keeps state here; events only say what happened.
 *
 * | event      | payload                                             | said by | heard by |
 * |------------|-----------------------------------------------------|---------|----------|
 * | select     | Select: a report is chosen (index) or none (null)    | any     | map, details, table |
 * | hover      | Hover: reports under the pointer or the focus        | any     | map, table |
 * | open-list  | OpenList: several reports share one mark             | map     | details |
 * | viewchange | View: the map came to rest                           | map     | state, hot jumps |
 * | filter     | Filter: which reports pass; how many                 | state   | map, panels |
 * | theme      | "light" or "dark"                                    | ui      | map |
 * | language   | language code                                        | ui      | map |
 * | map-click  | {lat, lon}: bare ground was clicked                  | map     | – |
 * | search-progress | {done, of}: long texts searched so far          | state   | search |
 *
 * @typedef {{index: number|null, from: string}} Select
 * @typedef {{indexes: ArrayLike<number>, from: string}} Hover
 * @typedef {{indexes: ArrayLike<number>, title: string, from: string}} OpenList
 * @typedef {{lat: number, lon: number, zoom: number, bounds: [number, number, number, number]}} View
 *   bounds are south, west, north, east in degrees
 * @typedef {{mask: Uint8Array, visible: number}} Filter
 * @typedef {object} Events
 * @property {Select} select
 * @property {Hover} hover
 * @property {OpenList} open-list
 * @property {View} viewchange
 * @property {Filter} filter
 * @property {"light"|"dark"} theme
 * @property {string} language
 * @property {{lat: number, lon: number}} map-click
 * @property {{done: number, of: number}} search-progress
 */

export class Bus {
  /** @type {Map<string, Set<(payload: any) => void>>} */
  #heard = new Map();

  /**
   * Calls `listener` at every such event; returns how to stop it.
   * @template {keyof Events} K
   * @param {K} name
   * @param {(payload: Events[K]) => void} listener
   * @returns {() => void}
   */
  on(name, listener) {
    const set = this.#heard.get(name) ?? new Set();
    this.#heard.set(name, set.add(listener));
    return () => set.delete(listener);
  }

  /**
   * @template {keyof Events} K
   * @param {K} name
   * @param {Events[K]} payload
   */
  emit(name, payload) {
    for (const listener of [...(this.#heard.get(name) ?? [])]) listener(payload);
  }

  /**
   * The same, with a pause after every listener: where a long table would hold the page.
   * @template {keyof Events} K
   * @param {K} name
   * @param {Events[K]} payload
   */
  async emitInSlices(name, payload) {
    for (const listener of [...(this.#heard.get(name) ?? [])]) {
      listener(payload);
      await pause();
    }
  }
}
