// What only paper shows: the map laid out for a sheet, the filters in words, a numbered list of the
// reports.

import { countPhrase, dateWords, placeName, sureWords, typeLabel } from "../state/describe.js";
import { passing } from "../state/order.js";
import { filterWords } from "./chips.js";
import { data, el, fill } from "./el.js";
import { legendLine } from "./legend.js";
import { creditLine, wholeWords } from "./picture.js";

/** More than this is a table for a file, not for paper. */
const MOST = 500;
/** Of the map on paper: of a sheet's width, at most of half its height. */
const SHEET = { width: 700, height: 520 };

/** @param {import("./app.js").App} app @param {HTMLElement} sheet */
export function printSheet(app, sheet) {
  const { words, store, engine } = app;
  const prepare = () => {
    const rows = [...passing(engine.mask, engine.visible)]
      .sort((a, b) => store.dateStart[a] - store.dateStart[b] || a - b);
    const filters = filterWords(app).map((one) => one.words);
    app.colour("light");
    const map = app.map.picture({ scale: 3, size: SHEET, theme: "light" });
    map.setAttribute("role", "img");
    map.setAttribute("aria-label", words.t("part_map"));
    fill(
      sheet,
      map,
      el("p", { class: "printed-credit", text: creditLine(app) }),
      el("p", {}, words.t("counts", { n: engine.visible, all: store.n }), filters.length ? ` — ${filters.join(" · ")}` : ""),
      legendLine(app, false),
      el("p", { text: wholeWords(app) }),
      el("ol", {}, rows.slice(0, MOST).map((i) =>
        el("li", {}, el("b", { text: dateWords(store, words, i) }), " ",
          data(typeLabel(words, store.text("event_type", i))), words.t("comma"), data(placeName(store, words, i)),
          ` (${sureWords(store, words, i)}). ${sentence(words.lang, countPhrase(store, words, i))}`,
          data(store.text("source_name", i)), ` [${store.id(i)}]`))),
      rows.length > MOST ? el("p", { text: words.t("print_more", { n: rows.length - MOST }) }) : null,
    );
  };
  window.addEventListener("beforeprint", prepare);
  // a picture of this size is not kept for the screen
  const done = () => {
    sheet.replaceChildren();
    app.colour(app.shownTheme);
  };
  window.addEventListener("afterprint", done);
  app.cleanup(() => {
    window.removeEventListener("beforeprint", prepare);
    window.removeEventListener("afterprint", done);
  });
}

/** @param {string} lang @param {string} text @returns {string} a capital and a full stop, "" stays so */
const sentence = (lang, text) => (text ? `${text[0].toLocaleUpperCase(lang)}${text.slice(1)}. ` : "");
