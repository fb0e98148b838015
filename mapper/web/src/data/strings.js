/** A list of strings over UTF-8 bytes: each is decoded when first asked for, then kept. */
export class Strings {
  #raw;
  /** @type {(string|undefined)[]} */
  #made = [];
  #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** @param {() => import("./container.js").RawStrings} raw  where they lie */
  constructor(raw) {
    this.#raw = raw;
  }

  /** How many strings there are. */
  get length() {
    return this.#raw().offsets.length - 1;
  }

  /**
   * The string at `k`; `""` beyond the end.
   * @param {number} k
   * @returns {string}
   */
  at(k) {
    const made = this.#made[k];
    if (made !== undefined) return made;
    if (!(k >= 0 && k < this.length)) return "";
    const { bytes, offsets } = this.#raw();
    const text = this.#decoder.decode(bytes.subarray(offsets[k], offsets[k + 1]));
    this.#made[k] = text;
    return text;
  }

  /**
   * The position of `text`, or -1. Compares bytes, so it decodes nothing.
   * @param {string} text
   * @returns {number}
   */
  indexOf(text) {
    const wanted = new TextEncoder().encode(text);
    const { bytes, offsets } = this.#raw();
    for (let k = 0; k < this.length; k++) {
      if (offsets[k + 1] - offsets[k] !== wanted.length) continue;
      let same = true;
      for (let j = 0, at = offsets[k]; same && j < wanted.length; j++, at++) {
        same = bytes[at] === wanted[j];
      }
      if (same) return k;
    }
    return -1;
  }

  *[Symbol.iterator]() {
    for (let k = 0; k < this.length; k++) yield this.at(k);
  }
}
