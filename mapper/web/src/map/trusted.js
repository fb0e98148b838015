/**
 * The page's only Trusted Types policy, named "default": every string that some code hands to
 * an HTML or script sink goes through it. Imported before Leaflet, which feels its way with two
 * constants as it loads. Leaflet's own constants pass; any other text is escaped, so that it is
 * shown and never run. No address of a script passes.
 */

/** The HTML that Leaflet 1.9.4 itself writes, word for word. */
const LEAFLET = new Set([
  "",
  "<svg/>",
  '<v:shape adj="1"/>',
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
  "&nbsp;",
]);

/** @param {string} text */
export function escapeHtml(text) {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

const trustedTypes = /** @type {any} */ (globalThis).trustedTypes;

trustedTypes?.createPolicy("default", {
  createHTML: (/** @type {string} */ text) => (LEAFLET.has(text) ? text : escapeHtml(text)),
});
