/** Names as a map has room for them. */

/**
 * A crossing's name as a map has room for it: what is in brackets and "International" go.
 * @param {string} name
 */
export function shortName(name) {
  return name
    .replace(/\s*\(.*?\)\s*/g, " ")
    .replace(/\b(?:internacional|international|internasional)\s+/gi, "")
    .trim();
}
