/**
 * Fold a text for searching: small letters without accents, words parted by single blanks.
 * Scripts are kept, so كوكوتا finds كوكوتا.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/['\u2018\u2019\u02bc\u02bb\u0060\u00b4]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
