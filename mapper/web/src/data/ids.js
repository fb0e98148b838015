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

  /** Prefixes, widths and numbers; null where the ids are plain strings. */
  get #numbered() {
    const { prefix, width, number } = this.#packed;
    return prefix && width && number ? { prefix: prefix(), width: width(), number: number() } : null;
  }

  /**
   * @param {number} i
   * @returns {string}
   */
  at(i) {
    const { strings } = this.#packed;
    const numbered = this.#numbered;
    if (!numbered) return strings.at(i);
    const { prefix, width, number } = numbered;
    const head = strings.at(prefix[i]);
    return width[i] ? head + String(number[i]).padStart(width[i], "0") : head;
  }

  /**
   * @param {string} id
   * @returns {number} -1 where there is no such report
   */
  indexOf(id) {
    const numbered = this.#numbered;
    if (!numbered) return this.#packed.strings.indexOf(id);
    const { prefix, width, number } = numbered;
    const digits = /\d{0,9}$/.exec(id)?.[0] ?? "";
    for (let k = 0; k < prefix.length; k++) {
      const numberFits = width[k] ? width[k] <= digits.length && number[k] === +digits.slice(-width[k]) : true;
      if (numberFits && this.at(k) === id) return k;
    }
    return -1;
  }
}
