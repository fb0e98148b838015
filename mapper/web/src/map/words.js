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

/** @typedef {ReturnType<typeof mapWords>} MapWords */
