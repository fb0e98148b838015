// The columns a table can have: what stands in a cell, and by what its rows sort.

import {
  borderWords, countPhrase, crossingName, dateWords, isPlaced, linkOf, placeName, sureWords, typeLabel,
} from "../state/describe.js";
import { NO_DAY } from "../state/dates.js";
import { ranks } from "../state/order.js";
import { data, el } from "./el.js";
import { icon, symbol } from "./symbols.js";

/**
 * @typedef {object} Col
 * @property {string} key
 * @property {string} title
 * @property {[number, number]} width  least px, and share of what is left
 * @property {(i: number, cell: HTMLElement) => void} fill
 * @property {((i: number) => number) | null} sort
 */

/** The columns a table can have. @param {import("./app.js").App} app @returns {Col[]} */
export function columnsOf(app) {
  const { store, words } = app;
  /** @param {string} name @returns {(i: number) => number} */
  const byText = (name) => {
    /** @type {Uint32Array | null} */
    let rank = null;
    const column = store.column(name);
    return (i) => {
      rank ??= ranks(column.values, app.language);
      return column.codes[i] ? rank[column.codes[i]] : NaN;
    };
  };
  const counts = ["fatalities_best", "fatalities_low", "fatalities_high", "injured", "people"]
    .filter((name) => store.names.includes(name))
    .map((name) => store.numbers(name));
  const measure = (/** @type {number} */ i) => {
    for (const { codes, values } of counts) if (codes[i]) return values[codes[i]];
    return NaN;
  };
  /** @param {string} key @param {[number, number]} width @param {(i: number, cell: HTMLElement) => void} put @param {((i: number) => number) | null} sort */
  const col = (key, width, put, sort) => ({ key, title: words.t(`col_${key}`), width, fill: put, sort });
  const text = (/** @type {string} */ name) => (/** @type {number} */ i, /** @type {HTMLElement} */ cell) =>
    cell.append(data(store.text(name, i)));
  const late = (/** @type {string} */ name) => (/** @type {number} */ i, /** @type {HTMLElement} */ cell) => {
    void store.report(i).then((record) => cell.append(data(record[name] ?? "")));
  };
  const all = [
    col("date", [78, 0.7], (i, cell) => cell.append(dateWords(store, words, i)),
      (i) => (store.dateStart[i] === NO_DAY ? NaN : store.dateStart[i])),
    col("what", [88, 0.9], (i, cell) =>
      cell.append(symbol(store.meta.families[store.family[i]], 10), " ", data(typeLabel(words, store.text("event_type", i)))),
    byText("event_type")),
    col("where", [122, 2], (i, cell) => whereCell(app, i, cell), byText("matched_name")),
    col("count", [88, 1.3], (i, cell) => cell.append(countPhrase(store, words, i)), measure),
    col("who", [96, 1.2], (i, cell) => whoCell(app, i, cell), byText("source_name")),
    col("sure", [92, 1], (i, cell) => cell.append(sureWords(store, words, i)),
      (i) => (isPlaced(store, i) ? store.number("uncertainty_km", i) : NaN)),
    col("said", [220, 3], late("description"), null),
    col("actor1", [120, 1], text("actor1"), byText("actor1")),
    col("actor2", [120, 1], text("actor2"), byText("actor2")),
    col("border", [130, 1.2], (i, cell) => cell.append(borderWords(store, words, i)), (i) => store.number("border_km", i)),
    col("crossing", [130, 1.2], (i, cell) => {
      const id = store.text("nearest_crossing", i);
      if (id) cell.append(data(crossingName(store, words, id)));
    }, (i) => store.number("crossing_km", i)),
    col("event", [96, 0.8], text("event_id"), byText("event_id")),
    col("id", [96, 0.8], (i, cell) => cell.append(data(store.id(i))), (i) => i),
  ];
  for (const { name, own } of store.meta.columns) {
    if (own) all.push({ key: `own:${name}`, title: name, width: [110, 1], fill: late(name), sort: null });
  }
  return all;
}

/** Those shown until somebody chooses others. */
export const DEFAULT = ["date", "what", "where", "count", "who", "sure"];

/** Two lines of a cell, each cut where it is too long. @param {HTMLElement} cell @param {Node[][]} lines */
function lines(cell, ...lines) {
  cell.classList.add("lines");
  cell.append(...lines.map((pieces) => el("span", { class: "line" }, ...pieces)));
}

/** As written, and under it what it was taken for. @param {import("./app.js").App} app @param {number} i @param {HTMLElement} cell */
function whereCell(app, i, cell) {
  const { store, words } = app;
  const arrow = words.rtl ? "←" : "→";
  const written = store.text("place", i) || words.t("place_none");
  const name = isPlaced(store, i) ? placeName(store, words, i) : "";
  cell.title = [written, name].filter(Boolean).join(` ${arrow} `);
  if (name === written) return void cell.append(data(written));
  const taken = name ? data(name) : el("span", { class: "quiet", text: words.t("place_unplaced") });
  lines(cell, [data(written)], [el("span", { class: "arrow-to", text: arrow }), taken]);
}

/** The source, and where its link leads. @param {import("./app.js").App} app @param {number} i @param {HTMLElement} cell */
function whoCell(app, i, cell) {
  const { store } = app;
  lines(cell, [data(store.text("source_name", i))]);
  void store.report(i).then((record) => {
    const link = linkOf(record.source_url ?? "");
    if (!link) return;
    lines(cell, [el("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", tabindex: -1, dir: "ltr" },
      `${link.host}\u00a0`, icon("link", 8))]);
  });
}
