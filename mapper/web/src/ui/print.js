// What only paper shows: the filters in words and a numbered list of the reports.

import { countPhrase, dateWords, placeName, sureWords, typeLabel } from "../state/describe.js";
import { passing } from "../state/order.js";
import { filterWords } from "./chips.js";
import { data, el, fill } from "./el.js";
import { legendLine } from "./legend.js";

/** More than this is a table for a file, not for paper. */
const MOST = 500;

/** @param {import("./app.js").App} app @param {HTMLElement} sheet */
export function printSheet(app, sheet) {
  const { words, store, engine } = app;
  const prepare = async () => {
    const rows = [...passing(engine.mask, engine.visible)]
      .sort((a, b) => store.dateStart[a] - store.dateStart[b] || a - b);
    const filters = filterWords(app).map((one) => one.words);
    fill(
      sheet,
      el("p", {}, words.t("counts", { n: engine.visible, all: store.n }), filters.length ? ` — ${filters.join(" · ")}` : ""),
      legendLine(app),
      el("ol", {}, rows.slice(0, MOST).map((i) =>
        el("li", {}, el("b", { text: dateWords(store, words, i) }), " ",
          data(typeLabel(words, store.text("event_type", i))), ", ", data(placeName(store, words, i)),
          ` (${sureWords(store, words, i)}). ${sentence(countPhrase(store, words, i))}`,
          data(store.text("source_name", i)), ` [${store.id(i)}]`))),
      rows.length > MOST ? el("p", { text: words.t("print_more", { n: rows.length - MOST }) }) : null,
    );
    app.map.resize();
  };
  window.addEventListener("beforeprint", prepare);
  app.cleanup(() => window.removeEventListener("beforeprint", prepare));
}

/** @param {string} text @returns {string} with its full stop, "" stays so */
const sentence = (text) => (text ? `${text}. ` : "");
