/** The map's own words in the chosen language. */
import { createWords } from "../state/words.js";

/**
 * @param {import("../data/store.js").Store} store
 * @param {string} lang
 */
export function mapWords(store, lang) {
  const { messages, countries, admin1 } = store.meta;
  const words = createWords(lang, { ...messages.en?.map, ...messages[lang]?.map });
  const country = (/** @type {string} */ code) => countries[code]?.[lang] ?? words.country(code);
  return {
    ...words,
    country,
    /** @param {string} code @returns {string} name of an admin area */
    admin1: (code) => admin1[code] ?? "",
    /** @param {string} pair @returns {string} "Colombia–Venezuela border" */
    border(pair) {
      const [a, b] = pair.split("-");
      return words.t("map.border", { a: country(a), b: country(b ?? "") });
    },
  };
}

/**
 * A line of the attribution: our own sentences in the language of the page, others as they are.
 * @param {import("../data/store.js").Credit} credit
 * @param {MapWords} words
 */
export function creditWords({ text, key, view }, words) {
  return key ? words.t(key, { country: view ? words.country(view) : "" }) : text;
}

/** @typedef {ReturnType<typeof mapWords>} MapWords */
