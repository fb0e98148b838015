// Claims of a running count in the place of the bars: a dot a source at the day its count was true,
// steps through each day's highest. Dots are buttons that open their reports.

import { countWords, measureOf } from "../state/describe.js";
import { readDay } from "../state/dates.js";
import { claimsOfSeries, stepsOf, ticks } from "../state/steps.js";
import { el, fill, svg } from "./el.js";

const TOP = 14;
const FOOT = 18;
const DOT = 9;
/** From a dot to the middle of its figure. */
const FIGURE = 21;
/** More dots than this hide each other: the highest of the view are drawn. */
const MOST = 400;

/**
 * @typedef {object} Parts
 * @property {SVGElement} bars
 * @property {HTMLElement} dots
 * @property {HTMLElement} tip
 *
 * @typedef {import("../state/steps.js").Claim & {x: number, y: number}} Placed
 */

/**
 * @param {import("./app.js").App} app
 * @param {Parts} at
 * @param {import("./bars.js").Chart} chart
 * @param {import("../state/steps.js").Series} series
 */
export function drawClaims(app, at, chart, series) {
  const { words } = app;
  const { width, height, edges, x } = chart;
  const [first, end] = [edges[0], edges[edges.length - 1]];
  const all = claimsOfSeries(app.store, series, app.engine.without("from"));
  const seen = all.filter(({ day }) => day >= first && day < end);
  const most = Math.max(1, ...seen.map(({ value }) => value));
  const base = height - FOOT;
  const y = (/** @type {number} */ value) => base - (value / most) * (base - TOP);
  const marks = ticks(most, (base - TOP) / 38).flatMap((value) => [
    svg("line", { class: "claim-grid", x1: 0, x2: width, y1: y(value), y2: y(value) }),
    svg("text", { x: 9, y: y(value) - 3, text: words.n(value) }),
  ]);
  const colour = `var(--family-${app.store.meta.families[series.family].key})`;
  fill(at.bars, marks, svg("path", { class: "claim-steps", style: { stroke: colour },
    d: stepPath(stepsOf(all), { first, end, x, y }) }));
  const shown = seen.length > MOST ? [...seen].sort((a, b) => b.value - a.value).slice(0, MOST) : seen;
  const placed = spread(shown.map((claim) => ({ ...claim, x: (x(claim.day) + x(claim.day + 1)) / 2, y: y(claim.value) })));
  const { from, to } = app.engine.filters;
  const handles = [from ? x(readDay(from)) : 0, to ? x(readDay(to) + 1) : width];
  at.bars.append(...figures(placed, handles, width, words));
  fill(at.dots, placed.map((claim, k) => dot(app, at, claim, { series, colour, width, first: k === 0 })));
}

/** @param {{day: number, value: number}[]} steps @param {{first: number, end: number, x: (day: number) => number, y: (value: number) => number}} scale */
function stepPath(steps, { first, end, x, y }) {
  let path = "";
  steps.forEach(({ day, value }, k) => {
    const until = Math.min(steps[k + 1]?.day ?? day + 1, end);
    if (day >= end || until <= first) return;
    path += `${path ? "L" : "M"}${x(Math.max(day, first))} ${y(value)}H${x(until)}`;
  });
  return path;
}

/** Equal claims of one day stand side by side. @param {Placed[]} claims by day and value */
function spread(claims) {
  const rows = new Map();
  for (const claim of claims) {
    const key = `${Math.round(claim.x)}/${Math.round(claim.y / (DOT / 2))}`;
    const row = rows.get(key) ?? [];
    rows.set(key, row);
    row.push(claim);
  }
  for (const row of rows.values()) {
    row.forEach((/** @type {Placed} */ claim, /** @type {number} */ k) => {
      claim.x += (k - (row.length - 1) / 2) * (DOT + 1);
    });
  }
  return claims;
}

/** The figures beside the dots, the highest of a day first; those without room are left out. */
function figures(/** @type {Placed[]} */ claims, /** @type {number[]} */ handles, /** @type {number} */ width, /** @type {import("../state/words.js").Words} */ words) {
  const done = new Set();
  /** @type {{x: number, y: number}[]} */
  const taken = [];
  const texts = [];
  for (const claim of [...claims].sort((a, b) => b.value - a.value || b.x - a.x)) {
    const key = `${claim.day}/${claim.value}`;
    if (done.has(key)) continue;
    done.add(key);
    const left = claim.x > width - 40;
    // beyond the handle of the span, where that is in the way
    const handle = handles.find((at) => !left && at > claim.x - DOT / 2 && at < claim.x + FIGURE + DOT) ?? -Infinity;
    const start = left ? claim.x - DOT : Math.max(claim.x + DOT, handle + 7);
    const middle = start + (left ? DOT - FIGURE : FIGURE - DOT);
    const near = taken.some((one) => Math.abs(one.x - middle) < 36 && Math.abs(one.y - claim.y) < 11);
    const hides = claims.some((one) => Math.abs(one.x - middle) < FIGURE - 2 && Math.abs(one.y - claim.y) < DOT);
    if (near || hides) continue;
    taken.push({ x: middle, y: claim.y });
    texts.push(svg("text", { class: "peak", x: start, y: claim.y + 3.5,
      "text-anchor": left ? "end" : "start", text: words.n(claim.value) }));
  }
  return texts;
}

/**
 * @param {import("./app.js").App} app @param {Parts} at @param {Placed} claim
 * @param {{series: import("../state/steps.js").Series, colour: string, width: number, first: boolean}} how
 */
function dot(app, at, claim, { series, colour, width, first }) {
  const { store, words } = app;
  const said = told(app, claim, series);
  const show = () => {
    fill(at.tip, el("b", { text: said }), ` ${words.day(claim.day)}`, el("br"),
      el("span", { dir: "auto", text: store.text("source_name", claim.i) || words.t("source_none") }));
    at.tip.hidden = false;
    at.tip.style.setProperty("left", `${Math.max(0, Math.min(width - at.tip.offsetWidth, claim.x - at.tip.offsetWidth / 2))}px`);
  };
  const hide = () => (at.tip.hidden = true);
  return el("button", {
    type: "button",
    class: `claim${claim.part ? " part" : ""}${app.selection === claim.i ? " chosen" : ""}`,
    tabindex: first ? 0 : -1,
    dataset: { id: store.id(claim.i) },
    style: { left: `${claim.x}px`, top: `${claim.y}px`, "--dot": colour },
    "aria-label": [said, words.day(claim.day), store.text("source_name", claim.i) || words.t("source_none")].join(words.t("comma")),
    on: {
      click: () => void app.select(claim.i),
      pointerdown: (/** @type {Event} */ event) => event.stopPropagation(),
      pointerenter: show, focus: show, pointerleave: hide, blur: hide,
      keydown: (/** @type {KeyboardEvent} */ event) => walk(at.dots, event),
    },
  });
}

/** The count with its qualifiers. @param {import("./app.js").App} app @param {Placed} claim @param {import("../state/steps.js").Series} series */
function told(app, claim, series) {
  const { store, words } = app;
  const { low, best, high } = measureOf(series.measure);
  const count = countWords(words, store.number(low, claim.i), store.number(best, claim.i), store.number(high, claim.i));
  const said = words.t(`measure_${series.measure}`, { value: count });
  return claim.part ? `${said} (${words.t("kind_part")})` : said;
}

/** Arrow keys walk the dots from day to day. @param {HTMLElement} box @param {KeyboardEvent} event */
function walk(box, event) {
  const dots = /** @type {HTMLElement[]} */ ([...box.children]);
  const at = dots.indexOf(/** @type {HTMLElement} */ (event.currentTarget));
  /** @type {Record<string, number>} */
  const moves = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: dots.length - 1 };
  const next = dots[moves[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  for (const one of dots) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}
