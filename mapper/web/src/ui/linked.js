// Text in which the ids of reports open them.

import { el } from "./el.js";

/**
 * @param {import("./app.js").App} app
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function linked(app, text) {
  return text.split(/([\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)+)/u).map((piece, k) => {
    const index = k % 2 ? app.store.indexOf(piece) : -1;
    return index < 0 ? piece : el("button", { type: "button", class: "plain", text: piece, on: { click: () => void app.select(index) } });
  });
}
