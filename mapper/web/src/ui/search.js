// One box to find a place, a crossing, a person or a source, and to filter by any words.

import { crossingName } from "../state/describe.js";
import { fold } from "../state/fold.js";
import { el, fill } from "./el.js";
import { icon } from "./symbols.js";

const SHOWN = 8;

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {string} folded
 * @property {string} kind   "place", "crossing", "actor" or "source"
 * @property {number} weight reports
 * @property {() => void} go
 */

/** Everything that can be found by name. @param {import("./app.js").App} app @returns {Target[]} */
function targets(app) {
  const { store, map } = app;
  /** @type {Map<string, Target>} */
  const found = new Map();
  /** @param {string} kind @param {string} name @param {() => void} go @param {string} [also] */
  const add = (kind, name, go, also = "") => {
    const key = `${kind} ${name}`;
    const known = found.get(key);
    if (known) {
      known.weight++;
      return;
    }
    found.set(key, { name, folded: fold(`${name} ${also}`), kind, weight: 1, go });
  };
  for (const crossing of store.meta.crossings) {
    const names = Object.values(crossing.names ?? {}).join(" ");
    add("crossing", crossingName(store, app.words, crossing.id), () =>
      map.fit({ lat: crossing.lat, lon: crossing.lon, zoom: 14 }), names);
  }
  const usable = (/** @type {number} */ p) =>
    store.placeText("shape", p) === "point" || store.placeText("shape", p) === "area";
  const weight = new Uint32Array(store.placeCount);
  for (let i = 0; i < store.n; i++) weight[store.place[i]]++;
  for (let p = 0; p < store.placeCount; p++) {
    const name = store.placeText("matched_name", p);
    if (!name || !usable(p)) continue;
    const zoom = store.placeText("shape", p) === "area" ? 9 : 13;
    const go = () => map.fit({ lat: store.latitude[p], lon: store.longitude[p], zoom });
    const key = `place ${name}`;
    if (!found.has(key)) {
      found.set(key, { name, folded: fold(name), kind: "place", weight: 0, go });
    }
    const target = found.get(key);
    if (target) target.weight += weight[p];
  }
  for (const [kind, columns, filter] of /** @type {const} */ ([
    ["actor", ["actor1", "actor2"], "actors"],
    ["source", ["source_name"], "sources"],
  ])) {
    for (const column of columns) {
      for (const name of store.column(column).values) {
        if (name) add(kind, name, () => void app.patch({ [filter]: [name], text: null }));
      }
    }
  }
  return [...found.values()];
}

/** @param {import("./app.js").App} app */
export function searchBox(app) {
  const { words } = app;
  /** @type {Target[] | null} */
  let all = null;
  /** @type {Target[]} */
  let shown = [];
  let active = -1;
  let timer = 0;

  const list = el("ul", { class: "suggestions", role: "listbox", id: "suggestions", hidden: true,
    "aria-label": words.t("search_found") });
  const input = el("input", {
    type: "search",
    class: "search-input",
    id: "search-input",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: words.t("search_hint"),
    "aria-label": words.t("search_label"),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "suggestions",
  });
  input.value = app.engine.filters.text ?? "";
  const progress = el("p", { class: "search-progress", role: "status", hidden: true });

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const paint = () => {
    fill(
      list,
      shown.map((target, k) =>
        el(
          "li",
          {
            role: "option",
            id: `suggestion-${k}`,
            "aria-selected": String(k === active),
            on: { pointerdown: (/** @type {Event} */ event) => {
              event.preventDefault();
              choose(k);
            } },
          },
          el("span", { class: "suggestion-name", dir: "auto", text: target.name }),
          el("span", { class: "suggestion-kind", text: words.t(`search_${target.kind}`) }),
        )),
    );
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `suggestion-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  /** @param {number} k */
  const choose = (k) => {
    const target = shown[k];
    clearTimeout(timer);
    if (!target) return;
    input.value = "";
    if (app.engine.filters.text) void app.patch({ text: null });
    target.go();
    close();
    app.say(target.name);
  };
  const suggest = () => {
    const folded = fold(input.value);
    all ??= targets(app);
    active = -1;
    shown = folded.length < 2 ? [] : all
      .filter((target) => target.folded.includes(folded))
      .sort((a, b) =>
        Number(b.folded.startsWith(folded)) - Number(a.folded.startsWith(folded)) ||
        Number(b.kind === "crossing") - Number(a.kind === "crossing") || b.weight - a.weight)
      .slice(0, SHOWN);
    paint();
  };
  const filter = () => {
    clearTimeout(timer);
    void app.patch({ text: input.value.trim() || null });
  };
  input.addEventListener("input", () => {
    if (input.value) input.dir = "auto";
    else input.removeAttribute("dir");
    suggest();
    clearTimeout(timer);
    timer = window.setTimeout(filter, 220);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!shown.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = (active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length;
      paint();
    } else if (event.key === "Enter") {
      if (active >= 0) choose(active);
      else filter();
      close();
    } else if (event.key === "Escape") {
      if (!list.hidden) close();
      else {
        input.value = "";
        filter();
      }
    }
  });
  input.addEventListener("blur", close);
  app.on("filter", () => {
    if (document.activeElement !== input) input.value = app.engine.filters.text ?? "";
  });
  app.on("search-progress", ({ done, of }) => {
    progress.hidden = done >= of;
    progress.textContent = words.t("search_progress", { done: words.n(done), of: words.n(of) });
  });
  app.cleanup(() => clearTimeout(timer));
  return el(
    "div",
    { class: "search", role: "search", dataset: { mapper: "search" } },
    icon("search"),
    input,
    list,
    progress,
  );
}
