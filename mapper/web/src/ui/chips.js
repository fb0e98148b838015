// What is filtered, as chips that can be taken off.

import { readDay } from "../state/dates.js";
import { countryName, crossingName, typeLabel } from "../state/describe.js";
import { el, fill } from "./el.js";
import { icon } from "./symbols.js";

/**
 * The filters in words, one entry a chip.
 * @param {import("./app.js").App} app
 * @returns {{keys: string[], words: string}[]}
 */
export function filterWords(app) {
  const { words, store } = app;
  const { filters } = app.engine;
  const found = [];
  /** @param {string} key @param {(item: string) => string} name */
  const list = (key, name) => {
    const wanted = filters[key];
    if (!wanted) return;
    const names = wanted.slice(0, 3).map(name);
    const more = wanted.length - names.length;
    const text = wanted.length ? words.list(names) : words.t("chip_nothing");
    found.push({ keys: [key], words: more > 0 ? words.t("chip_more", { names: text, n: more }) : text });
  };
  if (filters.from || filters.to) {
    const [from, to] = [readDay(filters.from ?? ""), readDay(filters.to ?? "", true)];
    const text = !filters.from
      ? words.t("chip_until", { day: words.day(to) })
      : !filters.to
        ? words.t("chip_since", { day: words.day(from) })
        : words.range(from, to);
    found.push({ keys: ["from", "to"], words: text });
  }
  typesChip(app, found);
  list("countries", (code) => countryName(store, words, code));
  list("crossings", (id) => crossingName(store, words, id));
  list("actors", (name) => name);
  list("sources", (name) => name);
  list("precision", (how) => (words.has(`precision_${how}`) ? words.t(`precision_${how}`) : how));
  list("changes", (sort) => (words.has(`changed_${sort}`) ? words.t(`changed_${sort}`) : sort));
  if (filters.text) found.push({ keys: ["text"], words: words.t("chip_text", { text: filters.text }) });
  if (filters.max_km !== undefined) found.push({ keys: ["max_km"], words: words.t("chip_km", { km: filters.max_km }) });
  if (filters.border_km !== undefined) {
    found.push({ keys: ["border_km"], words: words.t("chip_border_km", { km: filters.border_km }) });
  }
  if (filters.min_count !== undefined) {
    found.push({ keys: ["min_count"], words: words.t("chip_count", { n: filters.min_count }) });
  }
  return found;
}

/** Whole families are named as families. @param {import("./app.js").App} app @param {any[]} found */
function typesChip(app, found) {
  const { words, store, engine } = app;
  const wanted = engine.filters.types;
  if (!wanted) return;
  const names = [];
  const left = new Set(wanted);
  const present = new Set(store.column("event_type").values);
  for (const family of store.meta.families) {
    const own = family.types.filter((type) => present.has(type));
    if (own.length > 1 && own.every((type) => left.has(type))) {
      names.push(words.t(`family_${family.key}`));
      for (const type of own) left.delete(type);
    }
  }
  names.push(...[...left].map((type) => typeLabel(words, type)));
  const shown = names.slice(0, 3);
  const text = names.length ? words.list(shown) : words.t("chip_nothing");
  const more = names.length - shown.length;
  found.push({ keys: ["types"], words: more > 0 ? words.t("chip_more", { names: text, n: more }) : text });
}

/** @param {import("./app.js").App} app */
export function chipsBar(app) {
  const { words } = app;
  const bar = el("div", { class: "chips", role: "group", "aria-label": words.t("chips_title") });
  const update = () => {
    const all = filterWords(app);
    bar.hidden = all.length === 0;
    const chips = all.map(({ keys, words: text }) =>
      el(
        "button",
        {
          type: "button",
          class: "chip",
          "aria-label": words.t("chip_remove", { filter: text }),
          on: { click: () => void app.patch(Object.fromEntries(keys.map((key) => [key, null]))) },
        },
        el("span", { dir: "auto", text }),
        icon("close", 9),
      ));
    const clear = el("button", {
      type: "button",
      class: "chip clear",
      text: words.t("clear_all", { n: app.store.n }),
      on: { click: () => void app.setFilter(null) },
    });
    fill(bar, chips, clear);
  };
  app.on("filter", update);
  if (app.started) update();
  return bar;
}
