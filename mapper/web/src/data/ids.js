/**
 * incident_id of every report without a string each: a coded prefix, a number and its width
 * ("CVB-" + 0095), or, where most ids do not end in a number, a plain list of strings.
 */
/**
 * @typedef {import("./strings.js").Strings} Strings
 *
 * @typedef {object} PackedIds
 * @property {import("./decode.js").Column} [prefix]  code into prefixes
 * @property {import("./decode.js").Column} [width]   digits of the number; 0 for none
 * @property {import("./decode.js").Column} [number]
 * @property {Strings} strings  the prefixes, or the ids themselves
 */

export class Ids {
  #packed;

  /** @param {PackedIds} packed */
  constructor(packed) {
    this.#packed = packed;
  }

  /**
   * @param {number} i
   * @returns {string}
   */
  at(i) {
    const { strings, prefix, width, number } = this.#packed;
    if (!prefix || !width || !number) return strings.at(i);
    const head = strings.at(prefix.at(i));
    const digits = width.at(i);
    return digits ? head + String(number.at(i)).padStart(digits, "0") : head;
  }

  /**
   * @param {string} id
   * @returns {number} -1 where there is no such report
   */
  indexOf(id) {
    const packed = this.#packed;
    if (!packed.prefix || !packed.width || !packed.number) return packed.strings.indexOf(id);
    const [prefix, width, number] = [packed.prefix(), packed.width(), packed.number()];
    const digits = /\d{0,9}$/.exec(id)?.[0] ?? "";
    for (let k = 0; k < prefix.length; k++) {
      const numberFits = width[k] ? width[k] <= digits.length && number[k] === +digits.slice(-width[k]) : true;
      if (numberFits && this.at(k) === id) return k;
    }
    return -1;
  }
}
