/**
 * incident_id of every report without a string each: a coded prefix, a number and its width
 * ("CVB-" + 0095), or, where most ids do not end in a number, a plain list of strings.
 */
import { Strings } from "./strings.js";

/**
 * @typedef {object} PackedIds
 * @property {Uint8Array|Uint16Array|Uint32Array} [prefix]  code into prefixes
 * @property {Uint8Array} [width]     digits of the number; 0 for none
 * @property {Uint32Array} [number]
 * @property {import("./container.js").RawStrings} strings  the prefixes, or the ids themselves
 */

export class Ids {
  #packed;
  #strings;

  /** @param {PackedIds} packed */
  constructor(packed) {
    this.#packed = packed;
    this.#strings = new Strings(packed.strings);
  }

  /**
   * @param {number} i
   * @returns {string}
   */
  at(i) {
    const { prefix, width, number } = this.#packed;
    if (!prefix || !width || !number) return this.#strings.at(i);
    const head = this.#strings.at(prefix[i]);
    return width[i] ? head + String(number[i]).padStart(width[i], "0") : head;
  }

  /**
   * @param {string} id
   * @returns {number} -1 where there is no such report
   */
  indexOf(id) {
    const { prefix, width, number } = this.#packed;
    if (!prefix || !width || !number) return this.#strings.indexOf(id);
    const digits = /\d{0,9}$/.exec(id)?.[0] ?? "";
    for (let k = 0; k < prefix.length; k++) {
      const numberFits = width[k] ? width[k] <= digits.length && number[k] === +digits.slice(-width[k]) : true;
      if (numberFits && this.at(k) === id) return k;
    }
    return -1;
  }
}
