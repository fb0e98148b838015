// The symbols of the families: one shape and one colour each, the shapes alike on map and legend.

import { svg } from "./el.js";

/** Outlines in a box of 12 × 12. */
const PATHS = {
  circle: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z",
  "triangle-up": "M6 1.2L11.4 10.8H.6z",
  bar: "M0.5 4h11v4.4H.5z",
  square: "M1.5 1.5h9v9h-9z",
  "triangle-down": "M.6 1.2h10.8L6 10.8z",
  dot: "M6 2.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8z",
};

/**
 * @param {import("../data/store.js").Family} family
 * @param {number} [size] px
 */
export function symbol(family, size = 12) {
  return svg(
    "svg",
    { class: "symbol", viewBox: "0 0 12 12", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: PATHS[family.symbol] ?? PATHS.dot, style: { fill: `var(--family-${family.key})` } }),
  );
}

const ICONS = {
  search: "M8.6 8.6L12 12M5.4 9.8a4.4 4.4 0 1 1 0-8.8a4.4 4.4 0 0 1 0 8.8z",
  close: "M2.5 2.5l8 8M10.5 2.5l-8 8",
  play: "M3.5 1.8v9.4l8-4.7z",
  pause: "M3.4 2v9M8.8 2v9",
  link: "M4 9.5l5.5-5.5M5 3.6h4.6v4.6",
  back: "M8 2L3.5 6.5L8 11",
};

/** @param {keyof typeof ICONS} name @param {number} [size] px */
export function icon(name, size = 13) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 13 13", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}
