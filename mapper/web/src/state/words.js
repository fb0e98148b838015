// The words of the page: messages of the catalogue filled in, numbers and dates by Intl.

import { once } from "../data/once.js";
import { dateOf } from "./dates.js";

/** @typedef {string | Record<string, string>} Message a text, or one text a plural category */
/** @typedef {{text: string, field?: string}} Part a piece of a message; `field` where an argument stood */

/** Arabic pages keep Latin figures: the counts of the sources are written so, and must be found. */
const LOCALES = /** @type {Record<string, string>} */ ({ en: "en-GB", ar: "ar-u-nu-latn" });

/** Languages written from right to left. */
const RTL = new Set(["ar"]);

/**
 * @param {string} lang
 * @param {Record<string, Message>} messages
 */
export function createWords(lang, messages) {
  const locale = LOCALES[lang] || lang;
  // each is made when first asked for: making them all takes longer than the page has to open
  const plural = once(() => new Intl.PluralRules(lang));
  const number = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }));
  const decimals = [0, 1, 2].map((d) =>
    once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: d })));
  const [metre, kilometre] = ["meter", "kilometer"].map((unit) =>
    once(() => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" })));
  const formats = new Map();
  /** @param {string} key @param {Intl.DateTimeFormatOptions} options */
  const format = (key, options) => {
    if (!formats.has(key)) {
      formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }));
    }
    return formats.get(key);
  };
  const DAY = /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric" });
  const lists = once(() => new Intl.ListFormat(locale, { type: "conjunction" }));
  const regions = once(() => new Intl.DisplayNames([locale], { type: "region" }));

  const tongues = once(() => new Intl.DisplayNames([locale], { type: "language" }));

  /** @param {string} code @param {Record<string, unknown>} args */
  function pattern(code, args) {
    const message = messages[code];
    if (message === undefined) return code;
    if (typeof message === "string") return message;
    return message[plural().select(Number(args.n))] ?? message.other;
  }

  const words = {
    /** @param {string} code @returns {string} "Spanish"; what is no code of a language stays as it is */
    tongue: (code) => (/^[a-z]{2,3}(-[A-Za-z]{2,8})*$/.test(code) ? (tongues().of(code) ?? code) : code),
    lang,
    rtl: RTL.has(lang),
    /** Between the parts of a list that have commas of their own. */
    semicolon: lang === "ar" ? "\u061b " : "; ",
    /** @param {string} code @returns {boolean} whether the catalogue has the message */
    has: (code) => messages[code] !== undefined,
    /**
     * The message as pieces, so that a figure in it can be set bold.
     * @param {string} code
     * @param {Record<string, unknown>} [args] numbers are written the language's way
     * @returns {Part[]}
     */
    parts(code, args = {}) {
      const pieces = [];
      for (const piece of pattern(code, args).split(/(\{\w+\})/)) {
        if (!piece) continue;
        const field = /^\{(\w+)\}$/.exec(piece)?.[1];
        if (field === undefined) pieces.push({ text: piece });
        else {
          const value = args[field];
          const text = typeof value === "number" ? words.n(value) : String(value ?? "");
          pieces.push({ text, field });
        }
      }
      return pieces;
    },
    /** @param {string} code @param {Record<string, unknown>} [args] @returns {string} */
    t: (code, args) => words.parts(code, args).map((part) => part.text).join(""),
    /** @param {number} value @returns {string} the whole number, grouped */
    n: (value) => number().format(value),
    /** @param {number} value kilometres @returns {string} with as many decimals as it deserves */
    km: (value) => decimals[value < 1 ? 2 : value < 10 ? 1 : 0]().format(value),
    /** @param {number} metres @returns {string} a round length: "500 m", "5 km" */
    length: (metres) => (metres < 1000 ? metre().format(metres) : kilometre().format(metres / 1000)),
    /** @param {number} day @returns {string} "23 Feb 2019" */
    day: (day) => format("day", DAY).format(dateOf(day)),
    /** @param {number} day @returns {string} "Sat 23 Feb 2019" */
    weekday: (day) => format("weekday", { ...DAY, weekday: "short" }).format(dateOf(day)).replace(/^(\w+), /, "$1 "),
    /** @param {number} day @returns {string} "23 Feb" */
    dayMonth: (day) => format("dm", { day: "numeric", month: "short" }).format(dateOf(day)),
    /** @param {number} day @returns {string} "February 2019" */
    month: (day) => format("month", { month: "long", year: "numeric" }).format(dateOf(day)),
    /** @param {number} day @returns {string} "Feb 2019" */
    monthShort: (day) => format("mshort", { month: "short", year: "numeric" }).format(dateOf(day)),
    /** @param {number} day @returns {string} "2019" */
    year: (day) => format("year", { year: "numeric" }).format(dateOf(day)),
    /** @param {number} from @param {number} to @returns {string} "21–28 Feb 2019" */
    range: (from, to) =>
      from === to ? words.day(from) : even(format("day", DAY).formatRange(dateOf(from), dateOf(to))),
    /** @param {number} from @param {number} to @returns {string} "February–March 2019" */
    monthRange: (from, to) =>
      even(format("month", { month: "long", year: "numeric" }).formatRange(dateOf(from), dateOf(to))),
    /** @param {string[]} items @returns {string} "a, b and c" */
    list: (items) => lists().format(items),
    /** @param {string} code ISO 3166-1 alpha-2 @returns {string} the country's name */
    country(code) {
      try {
        return regions().of(code) ?? code;
      } catch {
        return code;
      }
    },
    /** @param {number} low @param {number} high @returns {string} "2–4", or "2" */
    span: (low, high) =>
      low === high ? words.n(low) : `${words.n(low)}–${words.n(high)}`,
  };
  return words;
}
/** Browsers differ in the blanks around a dash: none between figures, plain ones between words. */
const even = (/** @type {string} */ range) =>
  range.replace(/[\u2009\u202f]/g, " ").replace(/^(\d{1,2}) ?– ?(\d)/, "$1–$2");

/** @typedef {ReturnType<typeof createWords>} Words */
