// Where it is hot: jumps to the densest groups of places, and to what has no single place.

import { reportsOf } from "../state/facts.js";
import { createWords } from "../state/words.js";
import { data, el } from "./el.js";

/** Places that are a whole border or country. */
const WIDE = new Set(["border", "country"]);

/** @param {import("./app.js").App} app */
export function hotJumps(app) {
  const { store, words, map } = app;
  const mapWords = createWords(app.language, app.catalogue("map"));
  const { hot } = store.meta;
  const chips = hot.slice(0, 5).map((group, k) => {
    const name = mapWords.has(`hot.${group.kind}`) ? mapWords.t(`hot.${group.kind}`, { area: group.area }) : group.name;
    const count = el("b");
    // "San Francisco de Yuruaní (Kumarakapay)" is too long for a button: the other name is in its title
    const button = el("button", { type: "button", class: "pill", title: name, on: { click: () => {
      map.fit({ hot: k });
      mark(button);
    } } }, data(name.replace(/(?<=.{12}) \([^()]+\)$/, "")), " ", count);
    return { k, button, count };
  });
  const wide = reportsOf(store, "precision", (how) => WIDE.has(how));
  const wideCount = el("b");
  const wideButton = el("button", { type: "button", class: "pill", on: { click: () =>
    app.showList?.({ indexes: wide.filter((i) => app.engine.mask[i]), title: words.t("wide_title") }) } },
  words.t("wide"), " ", wideCount);
  const all = el("button", { type: "button", class: "pill", text: words.t("show_all"), on: { click: () => {
    map.fit("all");
    mark(all);
  } } });
  const buttons = [...chips.map((chip) => chip.button), all];
  /** @param {HTMLElement | null} now */
  const mark = (now) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === now));
  };
  mark(chips[0]?.button ?? null);
  const update = () => {
    const counts = map.hotCounts();
    for (const { k, count } of chips) count.textContent = words.n(counts[k]);
    let n = 0;
    for (const i of wide) n += app.engine.mask[i];
    wideCount.textContent = words.n(n);
    wideButton.hidden = n === 0;
  };
  app.on("filter", update);
  if (app.started) update();
  return el(
    "section",
    { class: "block hot", "aria-label": words.t("hot_title") },
    el("h2", { text: words.t("hot_title") }),
    el("div", { class: "pills" }, chips.map((chip) => chip.button), wide.length ? wideButton : null, all),
  );
}
