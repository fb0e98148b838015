// The legend, which is also the filter of types: a symbol, a name, how many, and how many of all.

import { typeLabel } from "../state/describe.js";
import { el, fill } from "./el.js";
import { symbol } from "./symbols.js";

/** Types of the data that belong to each family. @param {import("./app.js").App} app */
function typesByFamily(app) {
  const { store } = app;
  const types = store.column("event_type");
  // a type belongs to one family: any of its reports tells which
  const familyOf = new Int8Array(types.values.length).fill(-1);
  for (let i = 0; i < store.n; i++) familyOf[types.codes[i]] = store.family[i];
  return store.meta.families.map((_, f) =>
    [...types.values].filter((_type, code) => familyOf[code] === f).sort());
}

/** @param {import("./app.js").App} app */
export function legend(app) {
  const { store, words, engine } = app;
  const { families } = store.meta;
  const types = typesByFamily(app);
  const total = new Uint32Array(families.length);
  for (let i = 0; i < store.n; i++) total[store.family[i]]++;
  const most = Math.max(1, ...total);

  /** @param {number} f @returns {boolean} whether family f is chosen, or none is */
  const chosen = (f) => {
    const wanted = engine.filters.types;
    return !wanted || (types[f].length > 0 && types[f].every((type) => wanted.includes(type)));
  };
  /** @param {number} f */
  const toggle = (f) => {
    const all = families.map((_, k) => k).filter((k) => total[k]);
    const on = engine.filters.types ? all.filter(chosen) : all;
    let next = on.includes(f) ? on.filter((k) => k !== f) : [...on, f];
    if (!engine.filters.types) next = [f];
    const none = next.length === 0 || next.length === all.length;
    void app.patch({ types: none ? null : next.flatMap((k) => types[k]) });
  };

  const rows = families.map((family, f) => {
    if (!total[f]) return null;
    const count = el("span", { class: "count" });
    const bar = el("span", { class: "bar" });
    const inner = el("span", { class: "bar-fill", style: { "background-color": `var(--family-${family.key})` } });
    bar.append(inner);
    const button = el(
      "button",
      {
        type: "button",
        class: "legend-row",
        title: types[f].map((type) => typeLabel(words, type)).join(", "),
        on: { click: () => toggle(f) },
      },
      symbol(family, 12),
      el("span", { class: "legend-name", text: words.t(`family_${family.key}`) }),
      bar,
      count,
    );
    return { f, button, count, inner };
  });

  const update = () => {
    const counts = engine.counts("types", store.family, families.length);
    for (const row of rows) {
      if (!row) continue;
      row.count.textContent = words.n(counts[row.f]);
      row.inner.style.setProperty("inline-size", `${(counts[row.f] / most) * 100}%`);
      row.button.setAttribute("aria-pressed", String(chosen(row.f) && !!engine.filters.types));
      row.button.classList.toggle("off", !chosen(row.f));
    }
  };
  app.on("filter", update);
  if (app.started) update();
  return el(
    "section",
    { class: "block legend", dataset: { mapper: "legend" }, "aria-label": words.t("legend_title") },
    el("h2", { text: words.t("legend_title") }),
    el("div", { role: "group", "aria-label": words.t("legend_title") }, rows.map((row) => row?.button)),
  );
}

/**
 * One line of symbols and counts, for small frames and print.
 * @param {import("./app.js").App} app
 * @param {boolean} follows  whether it follows the filters; paper does not
 */
export function legendLine(app, follows) {
  const { store, words, engine } = app;
  const { families } = store.meta;
  const line = el("p", { class: "legend-line" });
  const update = () => {
    const counts = new Uint32Array(families.length);
    for (let i = 0; i < store.n; i++) if (engine.mask[i]) counts[store.family[i]]++;
    fill(
      line,
      families.map((family, f) =>
        counts[f]
          ? el("span", {}, symbol(family, 10), ` ${words.t(`family_${family.key}`)} `, el("b", { text: words.n(counts[f]) }))
          : null),
    );
  };
  if (follows) app.on("filter", update);
  if (app.started) update();
  return line;
}
