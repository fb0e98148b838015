// The bars of the timeline and the dates under them.

import { labelStep } from "../state/timeline.js";
import { fill, svg } from "./el.js";

/**
 * @typedef {object} Chart
 * @property {number} width   px
 * @property {number} height  px, with the dates
 * @property {Int32Array} edges  days on which bars begin, and the one after the last
 * @property {(day: number) => number} x  px from the left
 *
 * @typedef {object} Stack
 * @property {Float64Array} counts  of family f in bar b at [b * families + f]
 * @property {import("../data/store.js").Family[]} families
 * @property {import("../state/timeline.js").Span} chosen  bars outside are paler
 */

/** @param {number} px */
const tenth = (px) => Math.round(px * 10) / 10;
/** @param {number} px */
const hundredth = (px) => Math.round(px * 100) / 100;

const TOP = 17;
const FOOT = 18;
/** px a date takes under the bars, by unit. */
const LABEL = { day: 58, week: 64, month: 66, year: 48 };

/**
 * @param {SVGElement} group
 * @param {Chart} chart
 * @param {Stack} stack
 * @param {import("../state/words.js").Words} words
 * @returns {number[]} reports in each bar
 */
export function drawBars(group, { height, edges, x }, { counts, families, chosen }, words) {
  const size = families.length;
  const totals = Array.from({ length: edges.length - 1 }, (_, b) => {
    let sum = 0;
    for (let f = 0; f < size; f++) sum += counts[b * size + f];
    return sum;
  });
  const most = Math.max(1, ...totals);
  const base = height - FOOT;
  const scale = (base - TOP) / most;
  // one path a family, not an element a bar: hundreds of elements would be made with every filter
  const outlines = [true, false].map(() => families.map(() => ""));
  /** @type {SVGElement[][]} */
  const peaks = [[], []];
  totals.forEach((total, b) => {
    if (!total) return;
    const left = x(edges[b]);
    const wide = x(edges[b + 1]) - left;
    const gap = wide > 6 ? 1.5 : 0.4;
    const side = edges[b] <= chosen.to && edges[b + 1] > chosen.from ? 0 : 1;
    const [west, width] = [tenth(left + gap), tenth(Math.max(1, wide - 2 * gap))];
    let y = base;
    for (let f = 0; f < size; f++) {
      const tall = counts[b * size + f] * scale;
      if (!tall) continue;
      outlines[side][f] += `M${west},${hundredth(y)}v${hundredth(-tall)}h${width}v${hundredth(tall)}z`;
      y -= tall;
    }
    if (wide >= 20 && total >= most / 5) {
      peaks[side].push(svg("text", { class: "peak", x: left + wide / 2, y: y - 4, "text-anchor": "middle",
        text: words.n(Math.round(total)) }));
    }
  });
  const bars = ["in", "out"].map((name, side) => svg("g", { class: name },
    outlines[side].map((d, f) => d && svg("path", { d, style: { fill: `var(--family-${families[f].key})` } })),
    peaks[side]));
  fill(group, bars);
  return totals;
}

/**
 * @param {SVGElement} group
 * @param {Chart} chart
 * @param {import("../state/timeline.js").Unit} unit
 * @param {import("../state/words.js").Words} words
 */
export function drawAxis(group, { width, height, edges, x }, unit, words) {
  const base = height - FOOT + 0.5;
  const bars = edges.length - 1;
  const step = labelStep(bars, width, LABEL[unit]);
  const marks = [svg("line", { x1: 0, x2: width, y1: base, y2: base })];
  for (let b = 0; b < bars; b += step) {
    const centre = (x(edges[b]) + x(edges[b + 1])) / 2;
    const text = unit === "year" ? words.year(edges[b])
      : unit === "month" ? words.monthShort(edges[b]) : words.dayMonth(edges[b]);
    const anchor = centre < 26 ? "start" : centre > width - 26 ? "end" : "middle";
    const at = { start: 0, end: width, middle: centre }[anchor];
    marks.push(svg("text", { x: at, y: height - 4, "text-anchor": anchor, text }));
  }
  fill(group, marks);
}
