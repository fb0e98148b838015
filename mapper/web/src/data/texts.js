/**
 * The long texts, in deflated blocks at the end of the file, each inflated when a report of it is
 * asked for. A block is JSON: one entry a column, a string where all its rows say the same.
 */
import { inflate, fromBase64 } from "./inflate.js";

const KEPT = 24;

/** @typedef {(string|string[])[]} Block */

export class Texts {
  #columns;
  #size;
  #find;
  /** @type {Map<number, Promise<Block>>} */
  #kept = new Map();

  /**
   * @param {string[]} columns     names, in the order of a block's entries
   * @param {number} size          reports a block
   * @param {(block: number) => Promise<string>} find  the base64 text of a block
   */
  constructor(columns, size, find) {
    this.#columns = columns;
    this.#size = size;
    this.#find = find;
  }

  /**
   * @param {number} b
   * @returns {Promise<Block>}
   */
  #block(b) {
    const kept = this.#kept.get(b);
    if (kept) {
      this.#kept.delete(b);
      this.#kept.set(b, kept);
      return kept;
    }
    const made = this.#find(b)
      .then((text) => inflate(fromBase64(text)))
      .then((bytes) => JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
    this.#kept.set(b, made);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  /**
   * @param {number} i
   * @returns {Promise<Record<string, string>>}
   */
  async row(i) {
    if (!this.#columns.length) return {};
    const block = await this.#block(Math.floor(i / this.#size));
    return this.#record(block, i % this.#size);
  }

  /**
   * @param {Block} block
   * @param {number} r  row inside the block
   */
  #record(block, r) {
    /** @type {Record<string, string>} */
    const record = {};
    this.#columns.forEach((name, k) => {
      const entry = block[k];
      record[name] = typeof entry === "string" ? entry : entry[r];
    });
    return record;
  }

  /**
   * @param {(i: number, record: Record<string, string>) => boolean|void} visit
   * @param {number} [n]
   */
  async each(visit, n = Infinity) {
    for (let b = 0, i = 0; i < n && this.#columns.length; b++) {
      const block = await this.#block(b).catch(() => null);
      if (!block) return;
      const rows = Math.max(...block.map((entry) => (typeof entry === "string" ? 0 : entry.length)));
      for (let r = 0; r < rows; r++, i++) {
        if (visit(i, this.#record(block, r)) === false) return;
      }
    }
  }

  /**
   * @param {number} n
   * @param {(text: string) => boolean} matches
   * @param {(done: number, of: number) => void} [progress]
   * @returns {Promise<Uint8Array>}
   */
  async search(n, matches, progress) {
    const hits = new Uint8Array(n);
    if (!this.#columns.length) return hits;
    for (let start = 0, b = 0; start < n; start += this.#size, b++) {
      const block = await this.#block(b);
      const rows = Math.min(this.#size, n - start);
      for (const entry of block) {
        if (typeof entry === "string") {
          if (entry && matches(entry)) hits.fill(1, start, start + rows);
        } else {
          for (let r = 0; r < rows; r++) if (!hits[start + r] && matches(entry[r])) hits[start + r] = 1;
        }
      }
      progress?.(start + rows, n);
    }
    return hits;
  }
}
